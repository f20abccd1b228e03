import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { localized, msg } from '@lit/localize';
import { icon } from './icons';
import { controls } from './theme';

/** A clip that was just recorded, to look at and listen to. */
@localized()
@customElement('av-record-clip')
export class AvRecordClip extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        position: relative;
        display: grid;
        place-items: center;
        width: 100%;
        height: 100%;
        min-height: 0;
      }
      video,
      button {
        grid-area: 1 / 1;
      }
      video {
        width: 100%;
        height: 100%;
        min-height: 0;
        object-fit: contain;
      }
      button {
        z-index: 1;
        display: grid;
        place-items: center;
        width: 4.5rem;
        height: 4.5rem;
        border-radius: 50%;
        background: var(--accent);
        color: var(--on-accent);
        font-size: 1.5rem;
        transition: opacity var(--quick);
      }
      button svg {
        fill: currentColor;
      }
      .playing:not(:hover, :focus-visible) {
        opacity: 0.3;
      }
      :focus-visible {
        outline-color: var(--screen-ink);
      }
    `,
  ];

  @property({ attribute: false }) file: File | null = null;
  @state() private playing = false;
  @state() private src = '';
  @query('video') private video!: HTMLVideoElement;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    URL.revokeObjectURL(this.src);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('file')) return;
    URL.revokeObjectURL(this.src);
    this.src = this.file ? URL.createObjectURL(this.file) : '';
  }

  protected override render(): TemplateResult {
    return html`<video
        src=${this.src}
        playsinline
        aria-label=${msg('The clip')}
        @play=${() => (this.playing = true)}
        @pause=${() => (this.playing = false)}
      ></video>
      <button
        id="play-clip"
        class=${this.playing ? 'playing' : ''}
        aria-label=${this.playing ? msg('Pause the clip') : msg('Play the clip')}
        @click=${this.#toggle}
      >
        ${icon(this.playing ? 'pause' : 'play')}
      </button>`;
  }

  readonly #toggle = (): void => {
    const { video } = this;
    if (video.paused) video.play().catch(() => undefined);
    else video.pause();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'av-record-clip': AvRecordClip;
  }
}
