import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { StayEvent } from './events';
import { controls } from './theme';

/**
 * Asks whether somebody is still there, and counts down.
 *
 * @event av-stay - somebody is
 */
@localized()
@customElement('av-still-there')
export class AvStillThere extends LitElement {
  static override styles = [
    controls,
    css`
      dialog {
        width: min(34rem, 100vw - 2rem);
        padding: var(--space-7) var(--space-6);
        border: 0;
        border-radius: var(--radius-l);
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--shadow);
        text-align: center;
      }
      dialog::backdrop {
        background: rgb(16 15 13 / 72%);
      }
      h2 {
        font-size: calc(1.6 * var(--text-xl));
        line-height: 1.1;
        font-weight: 700;
        letter-spacing: -0.03em;
      }
      .left {
        margin-block: var(--space-5);
        font-size: var(--text-count);
        font-weight: 700;
        line-height: 1;
        letter-spacing: -0.05em;
        font-variant-numeric: tabular-nums;
      }
      p {
        text-wrap: balance;
      }
      .button {
        margin-top: var(--space-5);
        min-height: 3.5rem;
        font-size: var(--text-l);
      }
    `,
  ];

  /** Until the page begins anew; null closes the dialog. */
  @property({ attribute: false }) secondsLeft: number | null = null;
  /** How long the countdown is. */
  @property({ attribute: false }) warningSeconds = 10;

  @query('dialog') private dialog!: HTMLDialogElement | null;

  protected override updated(): void {
    const { dialog } = this;
    if (dialog && !dialog.open) dialog.showModal();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.secondsLeft === null) return nothing;
    return html`<dialog
      role="alertdialog"
      aria-labelledby="title"
      aria-describedby="what"
      @cancel=${this.#stay}
      @click=${this.#stay}
    >
      <h2 id="title">${msg('Still there?')}</h2>
      <p class="left" id="left" aria-hidden="true">${this.secondsLeft}</p>
      <p id="what">
        ${msg(
          str`Without a touch or a key, this page forgets your visit in ${this.warningSeconds} seconds and begins anew for the next one.`,
        )}
      </p>
      <button class="button primary" autofocus>${msg('I am still here')}</button>
    </dialog>`;
  }

  #stay(): void {
    this.dispatchEvent(new StayEvent());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-still-there': AvStillThere;
  }
}
