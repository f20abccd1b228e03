import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { TakeAway } from '../results/take-away';
import type { AppState } from '../state/state';
import { knownModel } from '../state/state';
import { controls } from './theme';

/** The answer on the page as a code for the visitor's phone; nothing where there is no answer. */
@localized()
@customElement('av-code')
export class AvCode extends LitElement {
  static override styles = [
    controls,
    css`
      figure {
        display: grid;
        gap: var(--space-3);
        margin: 0;
        text-align: center;
        text-wrap: balance;
      }
      /* Dark on white in every theme: some readers know no other codes. */
      svg {
        forced-color-adjust: none;
        width: 100%;
        max-width: 22rem;
        margin-inline: auto;
        border-radius: var(--radius-s);
        background: #fff;
        fill: #000;
      }
    `,
  ];

  @property({ attribute: false }) app!: AppState;
  @state() private code: TakeAway['qr'] = null;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('app') && changed.get('app')?.run !== this.app.run) void this.#make();
  }

  async #make(): Promise<void> {
    const { video, run, model } = this.app;
    this.code = null;
    if (run.kind !== 'done' || (video.kind !== 'open' && video.kind !== 'absent')) return;
    const { takeAway } = await import('../results/take-away');
    const made = takeAway(
      { video, run, model: knownModel(model) },
      location.origin + location.pathname,
    );
    if (this.app.run === run) this.code = made.qr;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { code } = this;
    if (!code) return nothing;
    return html`<figure>
      <svg
        viewBox="0 0 ${code.size} ${code.size}"
        role="img"
        aria-label=${msg('QR code of the link')}
      >
        <path d=${code.path} shape-rendering="crispEdges"></path>
      </svg>
      <figcaption class="soft small">${msg('Take this result with you: scan it.')}</figcaption>
    </figure>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-code': AvCode;
  }
}
