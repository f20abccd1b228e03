import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { adjusted } from '../clues/adjust';
import type { Clue } from '../clues/clue';
import { clueSpan } from '../clues/clue-time';
import { neighbourClue } from '../clues/neighbour';
import type { ReviewedClue } from '../clues/review';
import { timelineStyles } from './av-timeline.styles';
import { editForKey, editShortcuts, sliderTarget } from './edit-keys';
import { AddClueEvent, EditEvent, SeekEvent } from './events';
import { formatExact, formatTime } from './format';
import { labelWords } from './label-words';
import { controls } from './theme';
import { legendStyles } from './timeline-legend';
import { hitMark, layOutMarks, withMark, type Hit, type MarkLayout } from './timeline-marks';
import { laneHeight, lanesTop, rulerHeight } from './timeline-paint';
import { TimelinePicture, stillFor } from './timeline-picture';
import { renderOverview, renderTools, zoomStep } from './timeline-tools';
import {
  heldView,
  isInView,
  panned,
  revealed,
  shareAt,
  snapped,
  timeAt,
  viewLength,
  wholeView,
  zoomed,
  type View,
} from './timeline-view';
import { TrackGestures, type Track } from './track-gestures';

/** Share of the view that an arrow key moves; PageUp and PageDown move ten times as far. */
const keyStepShare = 0.01;

/** How far beside a mark a pointer still means it. */
const slops = {
  fine: { pixels: 5, lanes: 0.1 },
  coarse: { pixels: 22, lanes: 1 },
};

/** A clue on its way: what the drag would make of it. */
interface Preview {
  readonly hit: Hit;
  readonly clue: Clue;
}

/**
 * When each clue happens, along the length of the file: ruler, frames, sound and marks, at any zoom.
 * A slider for the keyboard: arrows move the playhead, Home and End go to the ends, `+` and `-` zoom,
 * the keys of `edit-keys.ts` edit the current clue, and `a` adds one. Marks are dragged to move them,
 * at their ends to resize them; one drag is one edit.
 *
 * @event av-seek
 * @event av-edit
 * @event av-add-clue
 */
@localized()
@customElement('av-timeline')
export class AvTimeline extends LitElement implements Track {
  static override styles = [controls, legendStyles, timelineStyles];

  /** By their start, as a review keeps them. */
  @property({ attribute: false }) clues: readonly ReviewedClue[] = [];
  @property({ attribute: false }) timeSeconds = 0;
  @property({ attribute: false }) endSeconds = 0;
  @property({ attribute: false }) current = -1;
  /** 0…1: how much of the file the model has been through; 0 when no run is looking. */
  @property({ attribute: false }) swept = 0;
  /** Outline of the sound, see `peaks.ts`. */
  @property({ attribute: false }) peaks: Float32Array | null = null;
  /** Object URL of a video whose frames are to be shown; empty for none. */
  @property({ attribute: false }) src = '';
  /** Frames per second, for snapping with Alt; 0 where unknown. */
  @property({ attribute: false }) fps = 0;
  /** Whether the visitor may change the clues. */
  @property({ type: Boolean }) editable = false;
  /** Sound alone: the timeline is the stage. */
  @property({ type: Boolean, reflect: true }) tall = false;

  @state() private view: View = wholeView;
  @state() private preview: Preview | null = null;
  @state() private hovered: Hit | null = null;
  @query('#track') private trackElement!: HTMLElement | null;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  readonly #gestures = new TrackGestures(() => this.trackElement, this);
  readonly #picture = new TimelinePicture(() => this.requestUpdate('src'));
  readonly #resized = new ResizeObserver(() => this.#onResize());
  #layout: MarkLayout = layOutMarks([], 0);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    if (this.hasUpdated) this.#picture.show(this.src);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.#picture.show('');
  }

  protected override firstUpdated(): void {
    this.#onResize();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src') && this.#picture.show(this.src)) this.view = wholeView;
    if (changed.has('clues') || changed.has('endSeconds')) {
      this.#layout = layOutMarks(this.clues, this.#length);
      this.hovered = null;
    }
    if (changed.has('endSeconds')) this.view = heldView(this.view, this.#length);
    if (changed.has('timeSeconds')) this.#follow(changed.get('timeSeconds') ?? 0);
  }

  protected override updated(changed: PropertyValues): void {
    // The playhead moves on its own, without the picture under it; another language has no name.
    const isStill = [...changed.keys()].every((name) => stillFor.has(name as string));
    if (!isStill || changed.size === 0) this.#paint();
  }

  protected override render(): TemplateResult {
    const length = this.#length;
    const [now, end] = [this.#share(this.timeSeconds), this.#share(this.swept * length)];
    const vars =
      `--lanes:${this.#layout.laneCount};--film:${this.#picture.hasFilm ? 1 : 0};` +
      `--swept:${this.swept > 0 ? Math.min(1, Math.max(0, end)) : 0};--now:${now}`;
    return html`
      <div
        id="track"
        class="track"
        role="slider"
        tabindex="0"
        aria-label=${msg('Timeline')}
        aria-valuemin="0"
        aria-valuemax=${length.toFixed(1)}
        aria-valuenow=${Math.min(this.timeSeconds, length).toFixed(1)}
        aria-valuetext=${this.#valueText}
        aria-keyshortcuts=${this.editable ? `+ - A ${editShortcuts}` : '+ -'}
        data-grip=${this.#grip ?? nothing}
        data-dragging=${this.preview ? '' : nothing}
        .style=${vars}
        @pointerdown=${this.#gestures.onDown}
        @pointermove=${this.#gestures.onMove}
        @pointerup=${this.#gestures.onUp}
        @pointercancel=${this.#gestures.onCancel}
        @pointerleave=${() => this.hover(null)}
        @dblclick=${this.#onDoubleClick}
        @wheel=${this.#onWheel}
        @keydown=${this.#onKeydown}
      >
        <div class="ground"><div class="swept"></div></div>
        <canvas aria-hidden="true"></canvas>
        <div class="clip">
          <div class="lane"><div class="head"></div></div>
        </div>
        ${this.#renderBubble()}
      </div>
      ${
        this.view.zoom > 1
          ? renderOverview(this.view, length, (view) => (this.view = view))
          : nothing
      }
      ${this.#renderTools()}
    `;
  }

  #renderBubble(): TemplateResult | typeof nothing {
    const hit = this.preview?.hit ?? this.hovered;
    const reviewed = hit && this.clues[hit.mark.index];
    if (!hit || !reviewed) return nothing;
    const [from, to] = clueSpan(this.preview?.clue ?? reviewed.clue);
    const at = hit.grip === 'end' && this.preview ? to : from;
    const words = this.preview
      ? [...new Set([from, to].map(formatExact))].join(' – ')
      : `${hit.mark.index + 1} · ${labelWords(reviewed.clue.label)} · ${formatTime(from)}`;
    const place = `--at:${Math.min(1, Math.max(0, this.#share(at)))}`;
    return html`<div class="bubble tabular" aria-hidden="true" .style=${place}>${words}</div>`;
  }

  #renderTools(): TemplateResult {
    const { view, timeSeconds, clues, current } = this;
    return renderTools({
      ...{ view, timeSeconds, layout: this.#layout, isEditable: this.editable },
      previous: neighbourClue(clues, current, timeSeconds, -1),
      next: neighbourClue(clues, current, timeSeconds, 1),
      onPick: (clue) => this.#pickClue(clue),
      onAdd: () => this.dispatchEvent(new AddClueEvent(this.timeSeconds)),
      onZoom: (factor) => (factor === 0 ? (this.view = wholeView) : this.#zoomHere(factor)),
    });
  }

  get #length(): number {
    if (this.endSeconds > 0) return this.endSeconds;
    return this.clues.reduce((end, { clue }) => Math.max(end, clueSpan(clue)[1]), 0);
  }

  get #valueText(): string {
    const clue = this.clues[this.current]?.clue;
    const [time, length] = [this.timeSeconds, this.#length].map(formatTime);
    return clue
      ? msg(str`${time} of ${length}, clue ${this.current + 1}: ${labelWords(clue.label)}`)
      : msg(str`${time} of ${length}`);
  }

  /** What the pointer would take hold of. */
  get #grip(): string | null {
    if (this.preview) return this.preview.hit.grip;
    return this.hovered && this.editable ? this.hovered.grip : null;
  }

  #share(timeSeconds: number): number {
    return shareAt(this.view, this.#length, timeSeconds);
  }

  #timeAt(x: number): number {
    return timeAt(this.view, this.#length, x / this.#width);
  }

  get #width(): number {
    return this.trackElement?.clientWidth || 1;
  }

  #onResize(): void {
    if (this.trackElement) this.#picture.measure(this.trackElement);
    this.#paint();
  }

  #paint(): void {
    const { canvas, preview } = this;
    if (!canvas) return;
    const [from, to] = preview ? clueSpan(preview.clue) : [0, 0];
    const layout = preview
      ? withMark(this.#layout, { ...preview.hit.mark, from, to })
      : this.#layout;
    this.#picture.paint(canvas, {
      ...{ view: this.view, endSeconds: this.#length, layout, peaks: this.peaks },
      current: preview?.hit.mark.id ?? this.clues[this.current]?.id ?? null,
      isEditable: this.editable,
      labels: (index) => `${index + 1} ${labelWords(this.clues[index]?.clue.label ?? '')}`,
    });
  }

  /** A playhead that was in view stays in view, and one that jumps is brought there. */
  #follow(before: number): void {
    const jumps = Math.abs(this.timeSeconds - before) > 1;
    if (jumps || isInView(this.view, this.#length, before)) {
      this.view = revealed(this.view, this.#length, this.timeSeconds);
    }
  }

  #pickClue({ id, clue }: ReviewedClue): void {
    this.dispatchEvent(new SeekEvent(clueSpan(clue)[0], id));
  }

  #seek(timeSeconds: number): void {
    const time = Math.min(this.#length, Math.max(0, timeSeconds));
    this.dispatchEvent(new SeekEvent(time));
  }

  #zoomHere(factor: number): void {
    const { view } = this;
    const middle = view.startSeconds + viewLength(view, this.#length) / 2;
    const around = isInView(view, this.#length, this.timeSeconds) ? this.timeSeconds : middle;
    this.view = zoomed(view, this.#length, factor, around);
  }

  // What gestures do, see Track.

  hitAt(x: number, y: number, isCoarse: boolean): Hit | null {
    const { unit, height, hasFilm } = this.#picture.sizes;
    const top = lanesTop({ unit, height, hasFilm, layout: this.#layout });
    if (y < rulerHeight * unit) return null;
    const lane = (y - top) / (laneHeight * unit);
    const xOf = (seconds: number): number => this.#share(seconds) * this.#width;
    const slop = slops[isCoarse ? 'coarse' : 'fine'];
    return hitMark(this.#layout.marks, xOf, { x, y: lane }, slop);
  }

  /** A finger first picks a clue, then drags it; else one could not scrub past a mark. */
  mayDrag({ mark }: Hit, isCoarse: boolean): boolean {
    return this.editable && (!isCoarse || this.clues[this.current]?.id === mark.id);
  }

  scrub(x: number): void {
    this.#seek(this.#timeAt(x));
  }

  pick({ mark }: Hit): void {
    const picked = this.clues[mark.index];
    if (picked) this.#pickClue(picked);
  }

  drag(hit: Hit, byX: number, toFrames: boolean): void {
    const reviewed = this.clues.find(({ id }) => id === hit.mark.id);
    if (!reviewed) return;
    const held = hit.grip === 'end' ? hit.mark.to : hit.mark.from;
    const bySeconds = (byX / this.#width) * viewLength(this.view, this.#length);
    const to = snapped(held + bySeconds, toFrames ? this.fps : 0);
    const clue = adjusted(reviewed.clue, hit.grip, to, this.#length);
    this.preview = { hit, clue };
    // The stage shows the moment that is being set.
    const [from, until] = clueSpan(clue);
    this.dispatchEvent(new SeekEvent(hit.grip === 'end' ? until : from, hit.mark.id));
  }

  drop(hit: Hit): void {
    const clue = this.preview?.clue;
    this.preview = null;
    const before = this.clues.find(({ id }) => id === hit.mark.id)?.clue;
    if (!clue || !before || String(clueSpan(clue)) === String(clueSpan(before))) return;
    this.dispatchEvent(new EditEvent({ kind: 'change', id: hit.mark.id, clue }));
  }

  leave(): void {
    this.preview = null;
  }

  zoom(factor: number, x: number): void {
    this.view = zoomed(this.view, this.#length, factor, this.#timeAt(x));
  }

  pan(byX: number): void {
    const bySeconds = (-byX / this.#width) * viewLength(this.view, this.#length);
    this.view = panned(this.view, this.#length, bySeconds);
  }

  hover(hit: Hit | null): void {
    if (hit?.mark.id === this.hovered?.mark.id && hit?.grip === this.hovered?.grip) return;
    this.hovered = hit;
  }

  #onDoubleClick({ offsetX, offsetY }: MouseEvent): void {
    if (!this.editable || this.hitAt(offsetX, offsetY, false)) return;
    this.dispatchEvent(new AddClueEvent(this.#timeAt(offsetX)));
  }

  #onWheel(event: WheelEvent): void {
    const { deltaX, deltaY, ctrlKey, metaKey, shiftKey } = event;
    const x = event.clientX - (this.trackElement?.getBoundingClientRect().left ?? 0);
    if (ctrlKey || metaKey) this.zoom(2 ** (-deltaY / 100), x);
    else if (this.view.zoom > 1 && shiftKey) this.pan(-(deltaX || deltaY));
    else if (this.view.zoom > 1 && Math.abs(deltaX) > Math.abs(deltaY)) this.pan(-deltaX);
    else return;
    event.preventDefault();
  }

  #onKeydown(event: KeyboardEvent): void {
    if (this.#onEditKey(event) || this.#onSliderKey(event)) event.preventDefault();
  }

  #onEditKey(event: KeyboardEvent): boolean {
    if (event.key === 'Escape' && this.#gestures.isDragging) {
      this.#gestures.cancel();
      return true;
    }
    if (!this.editable) return false;
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey;
    if (event.key === 'a' && isPlain) {
      this.dispatchEvent(new AddClueEvent(this.timeSeconds));
      return true;
    }
    const reviewed = this.clues[this.current];
    if (!reviewed) return false;
    const key = event.key === 'Enter' ? 'y' : event.key;
    const done = editForKey(event, reviewed, this.#length, key);
    if (!done) return false;
    this.dispatchEvent(new EditEvent(done.edit));
    if (done.seekSeconds !== null) {
      this.dispatchEvent(new SeekEvent(done.seekSeconds, reviewed.id));
    }
    return true;
  }

  #onSliderKey({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (altKey || ctrlKey || metaKey) return false;
    if (key === '+' || key === '=' || key === '-') {
      this.#zoomHere(key === '-' ? 1 / zoomStep : zoomStep);
      return true;
    }
    const step = viewLength(this.view, this.#length) * keyStepShare;
    const target = sliderTarget(key, this.timeSeconds, step, this.#length);
    if (target !== undefined) this.#seek(target);
    return target !== undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-timeline': AvTimeline;
  }
}
