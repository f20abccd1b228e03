import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { localized, msg } from '@lit/localize';
import { controls } from './theme';

/** What a screen reader is told changes no more often than this. */
const tellMilliseconds = 250;

/** A meter of how loud the microphone is right now. */
@localized()
@customElement('av-level')
export class AvLevel extends LitElement {
  static override styles = [
    controls,
    css`
      .track {
        --ticks: repeating-linear-gradient(90deg, #000 0 0.25rem, transparent 0.25rem 0.45rem);
        position: relative;
        height: 0.85rem;
        background: var(--line);
        mask: var(--ticks);
        overflow: clip;
      }
      :host([tall]) .track {
        height: 5rem;
      }
      i {
        position: absolute;
        inset: 0;
        background: var(--level-colour, var(--ink));
        transform-origin: left;
        transform: scaleX(var(--level, 0));
        transition: transform 60ms linear;
      }
      :host(:dir(rtl)) i {
        transform-origin: right;
      }
      @media (prefers-reduced-motion: reduce) {
        i {
          transition: none;
        }
      }
      @media (forced-colors: active) {
        .track {
          forced-color-adjust: none;
          background: GrayText;
        }
        i {
          background: Highlight;
        }
      }
    `,
  ];

  /** Who knows the level, 0…1; null for a still meter. */
  @property({ attribute: false }) source: { level(): number } | null = null;
  /** The large form, for a stage without a picture. */
  @property({ type: Boolean, reflect: true }) tall = false;

  @query('.track') private track!: HTMLElement;
  #request = 0;
  #toldAt = 0;
  #shown = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#request = requestAnimationFrame(this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#request);
  }

  protected override render(): TemplateResult {
    return html`<div
      class="track"
      role="meter"
      aria-label=${msg('Microphone level')}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow="0"
    >
      <i></i>
    </div>`;
  }

  /** Up at once, down slowly: a short sound can be seen. Drawn past Lit: it changes every refresh. */
  readonly #follow = (now: number): void => {
    this.#request = requestAnimationFrame(this.#follow);
    if (!this.hasUpdated) return;
    this.#shown = Math.max(this.source?.level() ?? 0, this.#shown - 0.03);
    this.track.style.setProperty('--level', this.#shown.toFixed(3));
    if (now - this.#toldAt < tellMilliseconds) return;
    this.#toldAt = now;
    this.track.ariaValueNow = String(Math.round(100 * this.#shown));
    this.track.ariaValueText = levelWords(this.#shown);
  };
}

function levelWords(level: number): string {
  if (level < 0.15) return msg('Silent');
  if (level < 0.4) return msg('Quiet');
  return level < 0.97 ? msg('Good') : msg('Too loud');
}

declare global {
  interface HTMLElementTagNameMap {
    'av-level': AvLevel;
  }
}
