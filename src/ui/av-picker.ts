import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { localized, msg } from '@lit/localize';
import type { Sample } from '../state/samples';
import { pickerStyles } from './av-picker.styles';
import { FileChosenEvent, RecordEvent, SampleChosenEvent } from './events';
import { icon } from './icons';
import { labelWords, languageOf } from './label-words';
import { controls } from './theme';

/** Extensions stand beside the types, because some systems know no type for them. */
const accept = 'video/*,audio/*,image/*,.mkv,.avi,.ts,.mts,.m2ts,.flv,.wmv,.opus,.3gp,.json';

/** How many places are kept while the list is on its way. */
const usualSamples = 4;

/**
 * Ways to a file: the system's picker, the camera, the samples. Drops and pastes are taken by the whole page, in
 * `<av-app>`; the zone here only says so.
 *
 * @event av-file
 * @event av-record
 * @event av-sample
 */
@localized()
@customElement('av-picker')
export class AvPicker extends LitElement {
  static override styles = [controls, pickerStyles];

  /** Null while the list is on its way. */
  @property({ attribute: false }) samples: readonly Sample[] | null = [];
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
        aria-label=${msg('Choose a file')}
        accept=${accept}
        @change=${this.#onChange}
      />
      ${this.compact ? nothing : this.#renderZone()}
      ${
        this.samples?.length === 0
          ? nothing
          : html`<section aria-labelledby="samples-title">
              <div class="title">
                <h2 id="samples-title">
                  ${this.compact ? msg('Try another') : msg('Or try one of these')}
                </h2>
                ${this.compact ? this.#renderRecord() : nothing}
              </div>
              <ul class="samples">
                ${
                  this.samples?.map((sample) => this.#renderSample(sample)) ??
                  Array.from({ length: usualSamples }, renderPlaceholder)
                }
              </ul>
            </section>`
      }
    `;
  }

  #renderZone(): TemplateResult {
    return html`<div class="zone">
      <button id="browse" class="button primary" @click=${() => this.browse()}>
        ${icon('upload')} ${msg('Choose a video')}
      </button>
      ${this.#renderRecord()}
      <p>
        <span class="pointer">${msg('or drop it anywhere on this page.')}</span>
        ${msg('Sound files and pictures work, too.')}
      </p>
    </div>`;
  }

  #renderRecord(): TemplateResult {
    return html`<button
      id="record"
      class="button"
      @click=${() => this.dispatchEvent(new RecordEvent())}
    >
      ${icon('video')} ${msg('Record a clip')}
    </button>`;
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
              ? html`<img
                  src=${sample.poster}
                  srcset=${
                    sample.posterSmall
                      ? `${sample.posterSmall} 480w, ${sample.poster} 854w`
                      : nothing
                  }
                  sizes="(max-width: 40rem) 8rem, 20vw"
                  alt=""
                  loading="lazy"
                />`
              : icon('audioLines')
          }
        </span>
        <span class="text">
          <strong lang=${languageOf(sample.title)}>${labelWords(sample.title)}</strong>
          ${
            this.compact
              ? nothing
              : html`<span class="soft small" lang=${languageOf(sample.description)}
                  >${labelWords(sample.description)}</span
                >`
          }
          <span class="ask small" lang="en">${sample.question}</span>
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

/** Keeps the place of a sample, so that nothing below moves when the list arrives. */
function renderPlaceholder(): TemplateResult {
  return html`<li aria-hidden="true">
    <span class="sample placeholder">
      <span class="poster"></span>
      <span class="text"
        ><strong>&nbsp;</strong><span class="small">&nbsp;<br />&nbsp;</span></span
      >
    </span>
  </li>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'av-picker': AvPicker;
  }
}
