import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BoxUnitChoice } from '../../state/benchmark/benchmark-folder';
import type { AnnotationSource } from '../../state/benchmark/benchmark-state';
import type { VideoShelf } from '../../state/benchmark/benchmark-videos';
import { BenchmarkEvent } from './benchmark-events';
import { questionsOf } from './benchmark-words';
import { benchmarkStyles } from '../benchmark.styles';
import { downloadFile } from '../download-file';
import { icon } from '../icons';
import { paperType } from '../paper-type.styles';
import { folderDialog } from '../pick-folder';
import { controls } from '../theme';

/** Faults that are shown; the others can be taken away. */
const mostFaults = 50;
const mostMissing = 12;

/**
 * An annotation file and its videos.
 *
 * @event av-benchmark
 */
@customElement('av-benchmark-choose')
@localized()
export class AvBenchmarkChoose extends LitElement {
  static override styles = [
    controls,
    paperType,
    benchmarkStyles,
    css`
      .slots {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
        gap: var(--space-4);
      }
      .card {
        align-content: start;
        grid-template-rows: auto 1fr auto;
      }
      .card h3 {
        display: flex;
        align-items: center;
        gap: var(--space-2);
      }
      .name {
        font-weight: 550;
        overflow-wrap: anywhere;
      }
      .samples {
        background: var(--sunken);
        border-color: transparent;
      }
      .faults,
      .missing {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-1);
        max-height: 16rem;
        overflow-y: auto;
        padding: var(--space-3) 0;
        font-size: var(--text-s);
      }
      .faults li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-2);
        overflow-wrap: anywhere;
      }
      .faults b {
        font-weight: 600;
      }
      .faults .left-out .icon {
        color: var(--danger);
      }
      .missing li {
        overflow-wrap: anywhere;
      }
      .trouble {
        padding: var(--space-3) var(--space-5);
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
      }
    `,
  ];

  @property({ attribute: false }) source: AnnotationSource | null = null;
  @property({ attribute: false }) videos: VideoShelf | null = null;
  /** Names of videos that the questions need and that are not there. */
  @property({ attribute: false }) missing: readonly string[] = [];
  @property({ attribute: false }) boxUnit: BoxUnitChoice = 'detected';
  /** The browser has a dialog of its own for folders. */
  @property({ type: Boolean }) picks = false;
  /** While a run goes on. */
  @property({ type: Boolean }) disabled = false;

  protected override render(): TemplateResult {
    return html`
      <div class="slots">
        ${this.#renderSamples()} ${this.#renderAnnotations()} ${this.#renderVideos()}
      </div>
      ${this.#renderUnit()} ${this.#renderFaults()} ${this.#renderMissing()}
    `;
  }

  #renderSamples(): TemplateResult {
    return html`<div class="card samples">
      <h3>${icon('play')} ${msg('Nothing at hand?')}</h3>
      <p class="soft small">
        ${msg('Ten questions about the clips of this page, with answers that are certain. Each takes some seconds.')}
      </p>
      <div>
        <button
          id="samples"
          class="button ${this.source ? '' : 'primary'}"
          ?disabled=${this.disabled}
          @click=${() => this.dispatchEvent(new BenchmarkEvent({ to: 'try-samples' }))}
        >
          ${msg('Try it with our samples')}
        </button>
      </div>
    </div>`;
  }

  #renderAnnotations(): TemplateResult {
    const { source } = this;
    return html`<div class="card">
      <h3>${icon('fileBraces')} ${msg('Annotation file')}</h3>
      <div>
        ${
          source
            ? html`<p id="source" class="name">${source.name}</p>
                <p class="soft small tabular">${questionsOf(source.annotations.length)}</p>`
            : html`<p class="soft small">
                ${msg('JSON: cg-av-counting.json of the release, or a list in the form of our clips.')}
              </p>`
        }
      </div>
      <div>
        <label class="button browse">
          ${msg('Choose the file')}
          <input
            id="annotations"
            ?disabled=${this.disabled}
            type="file"
            accept=".json,application/json"
            @change=${(event: Event) => this.#onFile(event)}
          />
        </label>
      </div>
    </div>`;
  }

  #renderVideos(): TemplateResult {
    const { videos } = this;
    const count = videos?.count ?? 0;
    return html`<div class="card">
      <h3>${icon('folderOpen')} ${msg('Videos')}</h3>
      <div>
        ${
          videos && count > 0
            ? html`<p class="name">${videos.title}</p>
                <p class="soft small tabular">
                  ${msg(str`${count} files`)}${
                    this.source && this.missing.length > 0
                      ? html`, ${msg(str`${this.missing.length} missing`)}`
                      : nothing
                  }
                </p>`
            : html`<p class="soft small">
                ${msg('The folder that they lie in; an annotation file in it is taken by itself. Nothing is uploaded.')}
              </p>`
        }
      </div>
      <div>
        ${
          this.picks
            ? html`<button
                id="pick"
                class="button"
                ?disabled=${this.disabled}
                @click=${() => this.#pick()}
              >
                ${msg('Choose a folder')}
              </button>`
            : html`<label class="button browse">
                ${msg('Choose a folder')}
                <input
                  id="videos"
                  ?disabled=${this.disabled}
                  type="file"
                  webkitdirectory
                  multiple
                  @change=${(event: Event) => this.#onFolder(event)}
                />
              </label>`
        }
      </div>
    </div>`;
  }

  #renderUnit(): TemplateResult | typeof nothing {
    const { source } = this;
    const hasBoxes = source?.annotations.some(({ clues }) => clues && clues.kind !== 'event');
    if (!source || !hasBoxes) return nothing;
    const found = source.annotations[0]?.boxUnit === 'percent' ? msg('per cent') : msg('pixels');
    const names: Readonly<Record<BoxUnitChoice, string>> = {
      detected: this.boxUnit === 'detected' ? msg(str`As detected: ${found}`) : msg('As detected'),
      pixels: msg('Pixels'),
      percent: msg('Per cent'),
    };
    return html`<fieldset ?disabled=${this.disabled}>
      <legend>${msg('Unit of the boxes')}</legend>
      <div class="segments">
        ${(['detected', 'pixels', 'percent'] as const).map(
          (unit) =>
            html`<label
              ><input
                type="radio"
                name="unit"
                value=${unit}
                .checked=${unit === this.boxUnit}
                @change=${() => this.dispatchEvent(new BenchmarkEvent({ to: 'set-unit', unit }))}
              /><span>${names[unit]}</span></label
            >`,
        )}
      </div>
    </fieldset>`;
  }

  #renderFaults(): TemplateResult | typeof nothing {
    const faults = this.source?.faults ?? [];
    if (faults.length === 0) return nothing;
    const leftOut = faults.filter((fault) => fault.leftOut).length;
    const remarks = faults.length - leftOut;
    const more = faults.length - mostFaults;
    return html`<details id="faults" class="trouble" ?open=${leftOut > 0}>
      <summary>
        ${icon('chevronRight')} ${msg(str`Faults: ${leftOut}, remarks: ${remarks}`)}
      </summary>
      <ul class="faults" tabindex="0" aria-label=${msg('What is wrong with the file')}>
        ${faults.slice(0, mostFaults).map(
          ({ item, message, leftOut: isOut }) =>
            html`<li class=${isOut ? 'left-out' : ''} lang="en">
              ${icon(isOut ? 'triangleAlert' : 'pencil')}
              <span><b>${item}</b>: ${message}</span>
            </li>`,
        )}
      </ul>
      <p class="row">
        ${more > 0 ? html`<span class="soft small">${msg(str`and ${more} more`)}</span>` : nothing}
        <button class="button quiet" @click=${() => this.#copyFaults()}>
          ${icon('copy')} ${msg('Copy all')}
        </button>
        <button class="button quiet" @click=${() => this.#saveFaults()}>
          ${icon('download')} ${msg('Download all')}
        </button>
      </p>
    </details>`;
  }

  #renderMissing(): TemplateResult | typeof nothing {
    const { missing } = this;
    if (!this.source || missing.length === 0 || !this.videos?.count) return nothing;
    const more = missing.length - mostMissing;
    return html`<details id="missing" class="trouble">
      <summary>
        ${icon('chevronRight')} ${msg(str`Videos that are not there: ${missing.length}`)}
      </summary>
      <p class="note">
        ${msg('Their questions are passed over. Choose another folder to add to this one.')}
      </p>
      <ul class="missing" tabindex="0" aria-label=${msg('Missing videos')}>
        ${missing.slice(0, mostMissing).map((name) => html`<li>${name}</li>`)}
      </ul>
      ${more > 0 ? html`<p class="soft small">${msg(str`and ${more} more`)}</p>` : nothing}
    </details>`;
  }

  get #faultText(): string {
    return (this.source?.faults ?? [])
      .map(
        ({ item, message, leftOut }) => `${leftOut ? 'left out' : 'remark'}: ${item}: ${message}`,
      )
      .join('\n');
  }

  #copyFaults(): void {
    void navigator.clipboard?.writeText(this.#faultText).catch(() => undefined);
  }

  #saveFaults(): void {
    downloadFile(new File([`${this.#faultText}\n`], 'faults.txt', { type: 'text/plain' }));
  }

  #onFile({ target }: Event): void {
    const input = target as HTMLInputElement;
    const file = input.files?.[0];
    if (file) this.dispatchEvent(new BenchmarkEvent({ to: 'open-annotations', file }));
    input.value = '';
  }

  #onFolder({ target }: Event): void {
    const input = target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    const title = files[0]?.webkitRelativePath.split('/')[0] ?? '';
    if (files.length > 0) {
      this.dispatchEvent(new BenchmarkEvent({ to: 'open-files', files, title }));
    }
    input.value = '';
  }

  #pick(): void {
    void folderDialog({ id: 'videos', depth: 2 })?.().then((folder) => {
      if (!folder) return;
      const { files, title } = folder;
      this.dispatchEvent(new BenchmarkEvent({ to: 'open-files', files, title }));
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-choose': AvBenchmarkChoose;
  }
}
