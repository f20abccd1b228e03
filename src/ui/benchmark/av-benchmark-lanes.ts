import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Interval } from '../../clues/clue-reply';
import type { ItemMark } from '../../benchmark/item-marks';
import { SeekEvent } from '../events';
import { formatTime } from '../format';
import { controls } from '../theme';

/**
 * True clues above, predicted ones below, along the length of the file. Each is a button.
 *
 * @event av-seek
 */
@customElement('av-benchmark-lanes')
@localized()
export class AvBenchmarkLanes extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        --start: 4.25rem;
        --edge: 0.9rem;
        padding: var(--space-3) var(--space-4) var(--space-4);
        background: var(--screen);
        color: var(--screen-ink);
      }
      .lanes {
        position: relative;
        display: grid;
        gap: 2px;
      }
      .lane {
        position: relative;
        height: 3.1rem;
        border-radius: var(--radius-s);
        background: var(--screen-raised);
      }
      .lane > span {
        position: absolute;
        inset: 0 auto 0 0.75rem;
        display: grid;
        align-items: center;
        font-size: var(--text-s);
        color: var(--screen-soft);
        pointer-events: none;
      }
      ol {
        position: absolute;
        inset: 0 var(--edge) 0 var(--start);
      }
      li {
        position: absolute;
        bottom: 0.35rem;
        left: calc(var(--from) * 100%);
        width: calc((var(--to) - var(--from)) * 100%);
        height: 1.5rem;
      }
      li button {
        position: absolute;
        inset-block: 0;
        left: 50%;
        translate: -50%;
        width: max(100%, 1.5rem);
        display: grid;
        place-items: center;
      }
      li button::before {
        content: '';
        position: absolute;
        width: 0.7rem;
        height: 1.1rem;
        border-radius: 3px;
        border: 2px solid var(--screen-ink);
        background: var(--screen-raised);
      }
      @media (pointer: coarse) {
        li button::after {
          content: '';
          position: absolute;
          inset: -1.25rem 0 -0.35rem;
        }
      }
      .long button::before {
        width: 100%;
      }
      .given li button::before {
        border: 2px solid var(--accent);
        background: var(--accent);
      }
      li b {
        position: relative;
        font-size: 0.7rem;
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }
      .given li b {
        color: var(--on-accent);
      }
      li:not(.long) b {
        translate: 0 -1.05rem;
        color: var(--screen-soft);
      }
      :focus-visible {
        outline-color: var(--accent);
      }
      .asked,
      .frame,
      .head {
        position: absolute;
        inset-block: 0;
        pointer-events: none;
      }
      .over {
        position: absolute;
        inset: 0 var(--edge) 0 var(--start);
        pointer-events: none;
      }
      .asked {
        left: calc(var(--from) * 100%);
        width: calc((var(--to) - var(--from)) * 100%);
        border-inline: 2px solid var(--screen-soft);
        background: repeating-linear-gradient(
          45deg,
          transparent 0 6px,
          rgb(246 244 234 / 7%) 6px 8px
        );
      }
      .frame {
        left: calc(var(--from) * 100%);
        border-inline-start: 1.5px dotted var(--screen-soft);
      }
      .head {
        left: calc(var(--from) * 100%);
        border-inline-start: 2px solid var(--screen-ink);
      }
      .ends {
        display: flex;
        justify-content: space-between;
        gap: var(--space-2);
        padding-block-start: var(--space-1);
        padding-inline: var(--start) var(--edge);
        max-width: none;
        font-size: 0.75rem;
        color: var(--screen-soft);
        font-variant-numeric: tabular-nums;
      }
      .lane > .bare {
        inset-inline-start: calc(var(--start) + 1.25rem);
      }
      @media (forced-colors: active) {
        .given li button::before {
          border-color: Highlight;
          background: Highlight;
          forced-color-adjust: none;
        }
        .given li b {
          color: HighlightText;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) truth: readonly ItemMark[] = [];
  @property({ attribute: false }) predicted: readonly ItemMark[] = [];
  /** The model was asked for its clues, not for a number alone. */
  @property({ attribute: false }) asksClues = true;
  @property({ attribute: false }) timeSeconds = 0;
  @property({ attribute: false }) endSeconds = 0;
  /** The part that the model was shown; null: all of it. */
  @property({ attribute: false }) range: Interval | null = null;
  /** The pictures that it was shown; empty: no such choice. */
  @property({ attribute: false }) frames: readonly number[] = [];

  protected override render(): TemplateResult {
    const end = this.#length;
    const share = (seconds: number): number => Math.min(1, Math.max(0, seconds / end));
    return html`<div class="lanes">
        ${this.#renderLane('true', msg('Truth'), this.truth)}
        ${this.#renderLane('given', msg('Model'), this.predicted)}
        <div class="over">
          ${
            this.range
              ? html`<i
                  class="asked"
                  .style=${`--from:${share(this.range[0])};--to:${share(this.range[1])}`}
                ></i>`
              : nothing
          }
          ${this.frames.map(
            (time) => html`<i class="frame" .style=${`--from:${share(time)}`}></i>`,
          )}
          <i class="head" .style=${`--from:${share(this.timeSeconds)}`}></i>
        </div>
      </div>
      <p class="ends" aria-hidden="true">
        <span>${formatTime(0)}</span>
        ${
          this.range
            ? html`<span
                >${msg('asked:')} ${formatTime(this.range[0])} – ${formatTime(this.range[1])}</span
              >`
            : this.frames.length > 0
              ? html`<span>${msg(str`${this.frames.length} pictures shown (dotted)`)}</span>`
              : nothing
        }
        <span>${formatTime(end)}</span>
      </p>`;
  }

  #renderLane(kind: 'true' | 'given', name: string, marks: readonly ItemMark[]): TemplateResult {
    const end = this.#length;
    return html`<div class="lane ${kind}">
      <span aria-hidden="true">${name}</span>
      ${
        kind === 'given' && !this.asksClues
          ? html`<span class="bare">${msg('asked for a number only')}</span>`
          : nothing
      }
      <ol aria-label=${kind === 'true' ? msg('True clues') : msg('Clues of the model')}>
        ${crowdMarks(marks, end).map(({ mark, first, count }) => {
          const { startSeconds, endSeconds, group } = mark;
          const isLong = (endSeconds - startSeconds) / end > 0.03;
          const number = count > 1 ? `${first}–${first + count - 1}` : String(first);
          const words = [
            `${name} ${number}`,
            group === null || count > 1 ? '' : msg(str`group ${group}`),
            [...new Set([startSeconds, endSeconds].map(formatTime))].join(' – '),
          ];
          return html`<li
            class=${isLong ? 'long' : ''}
            .style=${`--from:${Math.min(1, startSeconds / end)};--to:${Math.min(1, endSeconds / end)}`}
          >
            <button
              data-mark=${`${kind}-${first}`}
              aria-label=${words.filter(Boolean).join(', ')}
              title=${words.filter(Boolean).join(', ')}
              @click=${() => this.dispatchEvent(new SeekEvent(startSeconds))}
            >
              <b aria-hidden="true">${count > 1 ? `${count}×` : (group ?? first)}</b>
            </button>
          </li>`;
        })}
      </ol>
    </div>`;
  }

  get #length(): number {
    const ends = [...this.truth, ...this.predicted].map((mark) => mark.endSeconds);
    return Math.max(this.endSeconds, this.range?.[1] ?? 0, ...ends) || 1;
  }
}

/** Marks closer than this share of the length are one button. */
const crowdShare = 0.012;

interface Crowd {
  /** The first of them. */
  readonly mark: ItemMark;
  /** Its number, from 1 on. */
  readonly first: number;
  readonly count: number;
}

/** Moments that lie too close to be pressed one by one, taken together. */
function crowdMarks(marks: readonly ItemMark[], length: number): Crowd[] {
  const crowds: Crowd[] = [];
  marks.forEach((mark, at) => {
    const before = crowds.at(-1);
    const isMoment = mark.endSeconds - mark.startSeconds < crowdShare * length;
    const distance = before ? Math.abs(mark.startSeconds - before.mark.startSeconds) : Infinity;
    if (before && isMoment && mark.box && distance < crowdShare * length) {
      crowds[crowds.length - 1] = { ...before, count: before.count + 1 };
    } else crowds.push({ mark, first: at + 1, count: 1 });
  });
  return crowds;
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-lanes': AvBenchmarkLanes;
  }
}
