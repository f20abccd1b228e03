import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { icon } from './icons';
import { controls } from './theme';

/**
 * Captions over the picture, and the button that turns them on. They are drawn here and not by the
 * player's `<video>`, because a painted picture lies over that.
 */
@localized()
@customElement('av-captions')
export class AvCaptions extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        align-items: end;
        justify-items: center;
        padding: var(--space-3);
        color: var(--screen-ink);
      }
      video {
        display: none;
      }
      button {
        position: absolute;
        top: var(--space-2);
        right: var(--space-2);
        pointer-events: auto;
        background: rgb(10 9 8 / 62%);
      }
      button[aria-pressed='true'] {
        background: var(--accent);
        color: var(--on-accent);
      }
      p {
        max-width: 90%;
        padding: 0.15em 0.6em;
        border-radius: var(--radius-s);
        background: rgb(10 9 8 / 82%);
        font-weight: 550;
        text-align: center;
        text-wrap: balance;
      }
    `,
  ];

  /** Address of the WebVTT file. */
  @property() src = '';
  /** Of the picture on the screen. */
  @property({ attribute: false }) timeSeconds = 0;

  @state() private isOn = false;
  @query('track') private track!: HTMLTrackElement | null;

  protected override render(): TemplateResult {
    const words = this.isOn ? this.#words : '';
    return html`
      <video tabindex="-1" aria-hidden="true">
        ${
          this.isOn
            ? html`<track
                kind="captions"
                srclang="en"
                src=${this.src}
                @load=${() => this.requestUpdate()}
              />`
            : nothing
        }
      </video>
      <button
        id="captions"
        class="icon-button"
        aria-label=${msg('Captions')}
        aria-pressed=${this.isOn}
        @click=${() => (this.isOn = !this.isOn)}
      >
        ${icon('captions')}
      </button>
      ${words ? html`<p lang="en">${words}</p>` : nothing}
    `;
  }

  protected override updated(): void {
    // A track is read only once somebody may want it.
    if (this.track && this.track.track.mode === 'disabled') this.track.track.mode = 'hidden';
  }

  get #words(): string {
    const cues = [...(this.track?.track.cues ?? [])] as VTTCue[];
    return cues
      .filter(
        ({ startTime, endTime }) => this.timeSeconds >= startTime && this.timeSeconds < endTime,
      )
      .map(({ text }) => text)
      .join(' ');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-captions': AvCaptions;
  }
}
