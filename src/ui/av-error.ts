import { localized } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AppError } from '../errors';
import { errorText } from './error-text';
import { RetryEvent } from './events';
import { icon } from './icons';
import { controls } from './theme';

/**
 * What went wrong and what to do now. The code stands there for a report to us.
 *
 * @event av-retry - only where `retry` gives the button its words
 */
@localized()
@customElement('av-error')
export class AvError extends LitElement {
  static override styles = [
    controls,
    css`
      #error {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-1) var(--space-3);
        padding: var(--space-4);
        border-radius: var(--radius-m);
        background: var(--danger-tint);
        color: var(--ink);
      }
      .icon {
        color: var(--danger);
        margin-top: 0.2em;
      }
      h2 {
        font-size: var(--text-m);
        font-weight: 650;
      }
      .rest {
        grid-column: 2;
        display: grid;
        gap: var(--space-2);
        justify-items: start;
      }
      /* At a booth, one friendly sentence is enough. */
      .rest p {
        display: var(--error-detail, block);
      }
      code {
        display: var(--error-detail, inline);
        font: var(--text-s) var(--font-mono);
        color: var(--danger);
        overflow-wrap: anywhere;
      }
      .button {
        margin-top: var(--space-2);
      }
    `,
  ];

  @property({ attribute: false }) error: AppError | null = null;
  /** Words of the button that tries again; empty for none. */
  @property() retry = '';

  protected override render(): TemplateResult | typeof nothing {
    const { error } = this;
    if (!error) return nothing;
    const { title, hint } = errorText(error.code);
    return html`<div id="error" role="alert" data-code=${error.code}>
      ${icon('triangleAlert')}
      <h2>${title}</h2>
      <div class="rest">
        <p>${hint}</p>
        <code lang="en">${error.code}: ${error.message}</code>
        ${
          this.retry
            ? html`<button class="button" @click=${() => this.dispatchEvent(new RetryEvent())}>
                ${this.retry}
              </button>`
            : nothing
        }
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-error': AvError;
  }
}
