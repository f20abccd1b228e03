import { LitElement, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Clue } from '../clues/clue';
import { timelineStyles } from './av-timeline.styles';
import { clueSpan, isSeen } from '../clues/clue-time';
import type { ReviewedClue } from '../clues/review';
import { SeekEvent } from './events';
import { formatTime } from './format';
import { icon } from './icons';
import { outline } from './peaks';
import { assignLanes } from '../clues/timeline-lanes';
import { controls } from './theme';

const mostLanes = 6;

/** Share of the whole length that an arrow key moves; PageUp and PageDown move ten times as far. */
const keyStepShare = 0.01;

/**
 * When each clue happens, along the length of the file. A slider for the keyboard: arrows move the
 * playhead, Home and End go to the ends, and the two buttons go from clue to clue.
 *
 * @event av-seek
 */
@customElement('av-timeline')
export class AvTimeline extends LitElement {
  static override styles = [controls, timelineStyles];

  @property({ attribute: false }) clues: readonly ReviewedClue[] = [];
  @property({ attribute: false }) timeSeconds = 0;
  @property({ attribute: false }) endSeconds = 0;
  @property({ attribute: false }) current = -1;
  /** 0…1: how much of the file the model has been through; 0 when no run is looking. */
  @property({ attribute: false }) swept = 0;
  /** Outline of the sound, see `peaks.ts`. */
  @property({ attribute: false }) peaks: Float32Array | null = null;
  /** Sound alone: the timeline is the stage. */
  @property({ type: Boolean, reflect: true }) tall = false;

  protected override render(): TemplateResult {
    const length = this.#length;
    const seen = this.clues.filter(({ clue }) => !isEvent(clue));
    const spans = seen.map(({ clue }) => clue);
    const { lanes, laneCount } = assignLanes(spans, length * 0.012, mostLanes);
    const laneOf = new Map(seen.map(({ id }, place) => [id, lanes[place] ?? 0]));
    return html`
      ${this.#renderJump(-1, 'Previous clue', 'skipBack')}
      <div
        id="track"
        class="track"
        role="slider"
        tabindex="0"
        aria-label="Timeline"
        aria-valuemin="0"
        aria-valuemax=${length.toFixed(1)}
        aria-valuenow=${Math.min(this.timeSeconds, length).toFixed(1)}
        aria-valuetext=${this.#valueText}
        .style=${`--lanes:${laneCount};--swept:${this.swept};--now:${this.#share(this.timeSeconds)}`}
        @pointerdown=${this.#onPointer}
        @pointermove=${this.#onPointer}
        @keydown=${this.#onKeydown}
      >
        <div class="swept"></div>
        ${this.peaks ? this.#renderWave(this.peaks) : nothing}
        ${this.clues.map((clue, index) => this.#renderMark(clue, index, laneOf.get(clue.id) ?? 0))}
        <div class="head"></div>
      </div>
      ${this.#renderJump(1, 'Next clue', 'skipForward')}
    `;
  }

  get #length(): number {
    const last = this.clues.reduce((end, { clue }) => Math.max(end, clueSpan(clue)[1]), 0);
    return this.endSeconds || last;
  }

  get #valueText(): string {
    const clue = this.clues[this.current]?.clue;
    const time = `${formatTime(this.timeSeconds)} of ${formatTime(this.#length)}`;
    return clue ? `${time}, clue ${this.current + 1}: ${clue.label}` : time;
  }

  #share(timeSeconds: number): number {
    const length = this.#length;
    return length > 0 ? Math.min(1, Math.max(0, timeSeconds / length)) : 0;
  }

  /** The sound, and over it the parts that became clues. */
  #renderWave(peaks: Float32Array): TemplateResult {
    const shape = outline(peaks);
    return html`<svg
      class="wave"
      viewBox="0 0 ${peaks.length - 1} 2"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <clipPath id="evidence">
        ${this.clues
          .filter(({ clue, verdict }) => verdict !== 'rejected' && !isSeen(clue))
          .map(({ clue }) => {
            const [from, to] = clueSpan(clue).map((time) => this.#share(time) * (peaks.length - 1));
            return svg`<rect x=${from ?? 0} y="0" width=${(to ?? 0) - (from ?? 0)} height="2"/>`;
          })}
      </clipPath>
      <path d=${shape}></path>
      <path class="lit" d=${shape} clip-path="url(#evidence)"></path>
    </svg>`;
  }

  #renderMark({ clue, verdict }: ReviewedClue, index: number, lane: number): TemplateResult {
    const [from, to] = clueSpan(clue);
    const start = this.#share(from);
    return html`<div
      class="mark ${isEvent(clue) ? 'band' : 'bar'} ${index === this.current ? 'current' : ''}"
      data-clue=${index + 1}
      data-verdict=${verdict}
      title=${`${index + 1} · ${clue.label} · ${formatTime(from)}`}
      .style=${`--from:${start};--share:${this.#share(to) - start};--lane:${lane}`}
    ></div>`;
  }

  #renderJump(direction: 1 | -1, label: string, name: 'skipBack' | 'skipForward'): TemplateResult {
    const target = this.#neighbour(direction);
    return html`<button
      class="icon-button"
      aria-label=${label}
      ?disabled=${target === null}
      @click=${() => this.#pick(target)}
    >
      ${icon(name)}
    </button>`;
  }

  /** The clue that begins next, or began last, seen from the current clue or the playhead. */
  #neighbour(direction: 1 | -1): number | null {
    const order = this.clues
      .map(({ clue }, index) => ({ index, from: clueSpan(clue)[0] }))
      .sort((a, b) => a.from - b.from);
    const place = order.findIndex(({ index }) => index === this.current);
    if (place !== -1) return order[place + direction]?.index ?? null;
    const now = this.timeSeconds;
    const beside =
      direction === 1
        ? order.find(({ from }) => from > now)
        : order.findLast(({ from }) => from < now);
    return beside?.index ?? null;
  }

  #pick(index: number | null): void {
    const picked = index === null ? undefined : this.clues[index];
    if (picked) this.dispatchEvent(new SeekEvent(clueSpan(picked.clue)[0], picked.id));
  }

  #onPointer(event: PointerEvent): void {
    const track = event.currentTarget as HTMLElement;
    if (event.type === 'pointerdown') {
      const mark = (event.target as HTMLElement).dataset['clue'];
      if (mark) {
        this.#pick(Number(mark) - 1);
        return;
      }
      track.setPointerCapture(event.pointerId);
    } else if (!track.hasPointerCapture(event.pointerId)) {
      return;
    }
    const { left, width } = track.getBoundingClientRect();
    this.#seek(((event.clientX - left) / width) * this.#length);
  }

  #onKeydown(event: KeyboardEvent): void {
    const step = this.#length * keyStepShare;
    const moves: Record<string, number> = {
      ArrowLeft: this.timeSeconds - step,
      ArrowDown: this.timeSeconds - step,
      ArrowRight: this.timeSeconds + step,
      ArrowUp: this.timeSeconds + step,
      PageDown: this.timeSeconds - 10 * step,
      PageUp: this.timeSeconds + 10 * step,
      Home: 0,
      End: this.#length,
    };
    const target = moves[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#seek(target);
  }

  #seek(timeSeconds: number): void {
    const time = Math.min(this.#length, Math.max(0, timeSeconds));
    this.dispatchEvent(new SeekEvent(time));
  }
}

/** Events are bands over the height of the track, objects are bars in lanes of their own. */
function isEvent(clue: Clue): boolean {
  return clue.kind === 'event';
}

declare global {
  interface HTMLElementTagNameMap {
    'av-timeline': AvTimeline;
  }
}
