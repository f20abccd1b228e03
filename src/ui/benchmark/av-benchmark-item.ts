import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { clueTimes } from '../../benchmark/clue-frames';
import { replyMarks, trueMarks, type ItemMark } from '../../benchmark/item-marks';
import type { Setting } from '../../benchmark/settings';
import type { SeekRequest } from '../../state/state';
import './av-benchmark-boxes';
import './av-benchmark-lanes';
import '../av-player';
import { BenchmarkEvent } from './benchmark-events';
import type { ItemRow } from './benchmark-rows';
import { categoryName, formatError, modalityName } from './benchmark-words';
import { benchmarkStyles } from '../benchmark.styles';
import type { Playback, PlaybackEvent, SeekEvent } from '../events';
import { formatTime } from '../format';
import { icon } from '../icons';
import { paperType } from '../paper-type.styles';
import { controls } from '../theme';

/** Longer replies are shown from their beginning. */
const mostCharacters = 20_000;

/**
 * One question: its video, the true clues beside those of the model, the reply word for word.
 *
 * @event av-benchmark - another item, or back to the list
 */
@customElement('av-benchmark-item')
@localized()
export class AvBenchmarkItem extends LitElement {
  static override styles = [
    controls,
    paperType,
    benchmarkStyles,
    css`
      :host {
        gap: var(--space-4);
      }
      header {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: start;
        gap: var(--space-2) var(--space-4);
      }
      h3 {
        font-size: var(--text-l);
        outline: 0;
        overflow-wrap: anywhere;
      }
      nav {
        display: flex;
      }
      .verdict {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: var(--space-2) var(--space-5);
      }
      .verdict div {
        display: flex;
        align-items: baseline;
        gap: var(--space-2);
      }
      .verdict dt {
        color: var(--ink-soft);
        font-size: var(--text-s);
      }
      .verdict dd {
        font-size: var(--text-xl);
        font-weight: 650;
        letter-spacing: -0.02em;
      }
      .stage {
        border-radius: var(--radius-l);
        overflow: clip;
        background: var(--screen);
      }
      .none {
        padding: var(--space-5);
        color: var(--screen-soft);
      }
      pre {
        margin: 0;
        max-height: 16rem;
        overflow: auto;
        padding: var(--space-4);
        border-radius: var(--radius-m);
        background: var(--sunken);
        font: var(--text-s) / 1.5 var(--font-mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .key {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-5);
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
      .key i {
        display: inline-block;
        width: 1.4rem;
        height: 0.85rem;
        margin-inline-end: var(--space-1);
        border: 2px dashed currentColor;
        border-radius: 3px;
        vertical-align: -0.1em;
      }
      .key .given {
        border: 2px solid var(--ink);
        background: var(--accent);
        forced-color-adjust: none;
      }
    `,
  ];

  @property({ attribute: false }) row: ItemRow | null = null;
  @property({ attribute: false }) setting: Setting = 'long';
  /** Null where the video is not there; undefined while it is on its way. */
  @property({ attribute: false }) file: File | null | undefined = undefined;
  /** What is added to a time of the annotation for one of the file: the part may be a file of its own. */
  @property({ attribute: false }) offsetSeconds = 0;
  /** Null where there is none; undefined while it is read. */
  @property({ attribute: false }) reply: string | null | undefined = undefined;
  @property({ attribute: false }) previous: string | null = null;
  @property({ attribute: false }) next: string | null = null;
  @state() private url = '';
  @state() private playback: Playback | null = null;
  @state() private seek: SeekRequest | null = null;
  @query('h3') private heading!: HTMLElement;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.file && !this.url) this.url = URL.createObjectURL(this.file);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  override focus(): void {
    this.heading.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('row') && changed.get('row')?.annotation !== this.row?.annotation) {
      this.playback = this.seek = null;
    }
    if (!changed.has('file')) return;
    this.#forget();
    this.url = this.file ? URL.createObjectURL(this.file) : '';
  }

  #forget(): void {
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = '';
  }

  protected override render(): TemplateResult | typeof nothing {
    const { row } = this;
    if (!row) return nothing;
    const { annotation, score } = row;
    const { category, modality, file } = annotation;
    return html`
      <header>
        <div>
          <h3 tabindex="-1" lang="en">${annotation.question}</h3>
          <p class="soft small">
            <span class="tabular">${annotation.id}</span> · ${file} · ${categoryName(category)} ·
            ${modalityName(modality)}
          </p>
        </div>
        <nav aria-label=${msg('Questions')}>
          ${this.#renderStep('previous', msg('Previous question'), 'chevronLeft', this.previous)}
          ${this.#renderStep('next', msg('Next question'), 'chevronRight', this.next)}
          ${this.#renderStep('close', msg('Close'), 'close', null)}
        </nav>
      </header>
      <dl class="verdict tabular">
        <div>
          <dt>${msg('Truth')}</dt>
          <dd>${score.truth}</dd>
        </div>
        <div>
          <dt>${msg('Counted')}</dt>
          <dd id="counted">${score.predicted}</dd>
        </div>
        <div>
          <dt>${msg('Error')}</dt>
          <dd>${formatError(score.predicted - score.truth)}</dd>
        </div>
        ${
          score.clueScore === null
            ? nothing
            : html`<div>
                <dt>WCS</dt>
                <dd>${(100 * score.clueScore).toFixed(1)}</dd>
              </div>`
        }
      </dl>
      ${this.#renderStage(row)}
      <ul class="key" aria-hidden="true">
        <li><i></i>${msg('truth, above and dashed')}</li>
        <li><i class="given"></i>${msg('model, below and solid')}</li>
      </ul>
      <div>
        <h3>${msg('Reply, word for word')}</h3>
        ${
          this.reply === undefined
            ? html`<p class="soft small">${msg('Reading…')}</p>`
            : this.reply
              ? html`<pre id="reply" tabindex="0" lang="en">${this.#shortReply}</pre>`
              : html`<p id="reply" class="soft small">
                  ${msg('Nothing: the model does not cover this question, or gave no answer.')}
                </p>`
        }
      </div>
    `;
  }

  #renderStage({ annotation }: ItemRow): TemplateResult {
    const { setting, playback, offsetSeconds } = this;
    const moved = (marks: readonly ItemMark[]): ItemMark[] =>
      marks.map((mark) => ({
        ...mark,
        startSeconds: mark.startSeconds + offsetSeconds,
        endSeconds: mark.endSeconds + offsetSeconds,
      }));
    const truth = moved(trueMarks(annotation));
    const predicted = moved(replyMarks(annotation, this.reply ?? '', setting));
    const { referenceSeconds, clues, boxUnit } = annotation;
    const range =
      setting === 'ref' && referenceSeconds && offsetSeconds === 0 ? referenceSeconds : null;
    const frames = setting === 'clue' && clues ? clueTimes(clues) : [];
    return html`<div class="stage">
      ${
        this.url && this.file
          ? html`<av-player
              .src=${this.url}
              .mime=${this.file.type}
              .name=${this.file.name}
              .seek=${this.seek}
              @av-playback=${(event: PlaybackEvent) => {
                event.stopPropagation();
                this.playback = event.playback;
              }}
            >
              <av-benchmark-boxes
                slot="overlay"
                .truth=${truth}
                .predicted=${predicted}
                .timeSeconds=${playback?.timeSeconds ?? 0}
                .width=${playback?.width ?? 0}
                .height=${playback?.height ?? 0}
                .unit=${boxUnit}
              ></av-benchmark-boxes>
              <av-benchmark-lanes
                slot="timeline"
                .truth=${truth}
                .predicted=${predicted}
                .asksClues=${setting === 'clue'}
                .timeSeconds=${playback?.timeSeconds ?? 0}
                .endSeconds=${playback?.endSeconds ?? 0}
                .range=${range}
                .frames=${frames}
                @av-seek=${(event: SeekEvent) => this.#onSeek(event)}
              ></av-benchmark-lanes>
            </av-player>`
          : html`<p class="none">
                ${
                  this.file === undefined
                    ? msg('Opening the video…')
                    : msg(str`The video ${annotation.file} is not there. Choose its folder above.`)
                }
              </p>
              <av-benchmark-lanes
                .truth=${truth}
                .predicted=${predicted}
                .asksClues=${setting === 'clue'}
                .range=${range}
                .frames=${frames}
                @av-seek=${(event: SeekEvent) => event.stopPropagation()}
              ></av-benchmark-lanes>`
      }
      <p class="visually-hidden">
        ${range ? msg(str`Asked about ${formatTime(range[0])} to ${formatTime(range[1])}.`) : ''}
      </p>
    </div>`;
  }

  #renderStep(
    id: string,
    name: string,
    sign: 'chevronLeft' | 'chevronRight' | 'close',
    index: string | null,
  ): TemplateResult {
    return html`<button
      id=${id}
      class="icon-button"
      aria-label=${name}
      title=${name}
      ?disabled=${id !== 'close' && index === null}
      @click=${() => this.dispatchEvent(new BenchmarkEvent({ to: 'show-item', index }))}
    >
      ${icon(sign)}
    </button>`;
  }

  get #shortReply(): string {
    const text = this.reply ?? '';
    return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
  }

  #onSeek(event: SeekEvent): void {
    event.stopPropagation();
    const serial = (this.seek?.serial ?? 0) + 1;
    this.seek = { timeSeconds: event.timeSeconds, serial };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-item': AvBenchmarkItem;
  }
}
