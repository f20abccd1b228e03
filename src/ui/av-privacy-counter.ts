import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { pageRequests, type RequestCounter } from '../state/request-counter';
import { controls } from './theme';

/**
 * How many requests this page has made to others, and how many that carried something (as a file would
 * have to be sent), as it goes on. Small text, for a footer; `large` sets the numbers big. It is no live region: nobody wants to be told of
 * every request.
 */
@customElement('av-privacy-counter')
@localized()
export class AvPrivacyCounter extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        font-size: var(--text-s);
        font-variant-numeric: tabular-nums;
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-4);
      }
      dl > div {
        display: flex;
        gap: 0.35em;
      }
      :host(:not([large])) dt::after {
        content: ':';
      }
      dd {
        font-weight: 650;
        color: var(--ink);
      }
      :host([large]) dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
        gap: var(--space-4) var(--space-5);
      }
      :host([large]) dl > div {
        flex-direction: column-reverse;
        justify-content: flex-end;
        gap: var(--space-1);
        padding-top: var(--space-3);
        border-top: 2px solid var(--ink);
      }
      :host([large]) dd {
        font-size: clamp(2rem, 1.6rem + 1vw, 2.75rem);
        line-height: 1.15;
        letter-spacing: -0.03em;
      }
      :host([large]) dt {
        color: var(--ink-soft);
      }
    `,
  ];

  @property({ attribute: false }) counter: RequestCounter = pageRequests();
  @property({ type: Boolean, reflect: true }) large = false;
  #listening = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('counter')) this.#listen();
  }

  #listen(): void {
    this.#listening.abort();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.counter.addEventListener('change', () => this.requestUpdate(), { signal });
  }

  protected override render(): TemplateResult {
    const { own, other, blocked, sent } = this.counter.count;
    return html`<dl>
      <div data-count="other">
        <dt>${msg('Requests to other sites since load')}</dt>
        <dd>${other}</dd>
      </div>
      <div data-count="sent">
        <dt>${msg('Files sent')}</dt>
        <dd>${sent}</dd>
      </div>
      ${
        this.large
          ? html`<div data-count="own">
              <dt>${msg('Requests to this site, for its own files')}</dt>
              <dd>${own}</dd>
            </div>`
          : nothing
      }
      ${
        blocked > 0 || this.large
          ? html`<div data-count="blocked">
              <dt>${msg('Blocked by the page’s policy')}</dt>
              <dd>${blocked}</dd>
            </div>`
          : nothing
      }
    </dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-privacy-counter': AvPrivacyCounter;
  }
}
