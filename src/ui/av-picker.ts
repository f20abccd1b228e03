import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Sample } from '../state/samples';
import { pickerStyles } from './av-picker.styles';
import { FileChosenEvent, SampleChosenEvent } from './events';
import { icon } from './icons';
import { controls } from './theme';

/** Extensions stand beside the types, because some systems know no type for them. */
const accept = 'video/*,audio/*,image/*,.mkv,.avi,.ts,.mts,.m2ts,.flv,.wmv,.opus,.3gp,.json';

/**
 * Ways to a file: the system's picker, the samples. Drops and pastes are taken by the whole page, in
 * `<av-app>`; the zone here only says so.
 *
 * @event av-file
 * @event av-sample
 */
@customElement('av-picker')
export class AvPicker extends LitElement {
  static override styles = [controls, pickerStyles];

  @property({ attribute: false }) samples: readonly Sample[] = [];
  /** Id of the sample that is open, if one is. */
  @property() open = '';
  /** Without the large zone, below a video that is already open. */
  @property({ type: Boolean }) compact = false;

  @query('input') private input!: HTMLInputElement;

  /** Opens the system's file picker; needs a user gesture. */
  browse(): void {
    this.input.click();
  }

  protected override render(): TemplateResult {
    return html`
      <input
        id="file"
        class="visually-hidden"
        type="file"
        tabindex="-1"
        aria-label="Choose a file"
        accept=${accept}
        @change=${this.#onChange}
      />
      ${this.compact ? nothing : this.#renderZone()}
      ${
        this.samples.length === 0
          ? nothing
          : html`<section aria-labelledby="samples-title">
              <h2 id="samples-title">${this.compact ? 'Try another' : 'Or try one of these'}</h2>
              <ul class="samples">
                ${this.samples.map((sample) => this.#renderSample(sample))}
              </ul>
            </section>`
      }
    `;
  }

  #renderZone(): TemplateResult {
    return html`<div class="zone">
      <button id="browse" class="button primary" @click=${() => this.browse()}>
        ${icon('upload')} Choose a video
      </button>
      <p>
        <span class="pointer">or drop it anywhere on this page.</span> Sound files and pictures
        work, too.
      </p>
    </div>`;
  }

  #renderSample(sample: Sample): TemplateResult {
    return html`<li>
      <button
        class="sample"
        data-sample=${sample.id}
        aria-pressed=${sample.id === this.open}
        @click=${() => this.dispatchEvent(new SampleChosenEvent(sample))}
      >
        <span class="poster">
          ${
            sample.poster
              ? html`<img src=${sample.poster} alt="" loading="lazy" />`
              : icon('audioLines')
          }
        </span>
        <span class="text">
          <strong>${sample.title}</strong>
          <span class="soft small">${sample.question}</span>
        </span>
      </button>
    </li>`;
  }

  #onChange(): void {
    const file = this.input.files?.[0];
    // Emptied, so that choosing the same file again is a change, too.
    this.input.value = '';
    if (file) this.dispatchEvent(new FileChosenEvent(file));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-picker': AvPicker;
  }
}
