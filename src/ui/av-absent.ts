import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { AttachEvent } from './events';
import { icon } from './icons';
import { controls } from './theme';

/**
 * In the place of the player: a result whose video is not here, and the way to bring it. The evidence can
 * be read without it.
 *
 * @slot timeline
 * @event av-attach
 */
@localized()
@customElement('av-absent')
export class AvAbsent extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        gap: var(--space-4);
        justify-items: start;
        padding: var(--space-5);
        border-radius: var(--radius-l);
        background: var(--screen);
        color: var(--screen-ink);
        color-scheme: dark;
      }
      p {
        max-width: 40em;
        color: var(--screen-soft);
        text-wrap: pretty;
      }
      .button {
        cursor: pointer;
      }
      .button:focus-within {
        outline: 2.5px solid var(--accent);
        outline-offset: 2px;
      }
      ::slotted(*) {
        width: 100%;
      }
    `,
  ];

  /** Of the video, as the result names it. */
  @property() name = '';

  protected override render(): TemplateResult {
    return html`
      <p>
        ${msg(
          'This result travelled without its video, as videos never leave the device that they are on. Who has the file can open it beside the result.',
        )}
      </p>
      <label class="button primary">
        ${icon('folderOpen')} ${msg(str`Open ${this.name}`)}
        <input id="attach" class="visually-hidden" type="file" @change=${this.#onChange} />
      </label>
      <slot name="timeline"></slot>
    `;
  }

  #onChange(event: Event): void {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file) this.dispatchEvent(new AttachEvent(file));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-absent': AvAbsent;
  }
}
