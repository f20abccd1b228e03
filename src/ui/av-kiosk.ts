import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { keyed } from 'lit/directives/keyed.js';
import { clueSpan, currentClueIndex, isSeen } from '../clues/clue-time';
import type { ReviewedClue } from '../clues/review';
import type { KioskStep } from '../state/kiosk';
import type { Sample } from '../state/samples';
import type { RunState, VideoState } from '../state/state';
import { kioskStyles } from './av-kiosk.styles';
import './av-overlay';
import { BeginEvent } from './events';
import { icon, tallyMark } from './icons';
import { controls } from './theme';

/** The number climbs to what was found, one by one, so that the eye can follow. */
const tickMs = 140;

/** A touch that turns into a swipe makes no click. */
const swipeGraceMs = 400;

/**
 * The booth's screen while nobody touches it: one sample after the other under the model's eyes. What
 * it shows is the session's own state, so nothing on it is recorded.
 *
 * @event av-begin - somebody is there
 */
@localized()
@customElement('av-kiosk')
export class AvKiosk extends LitElement {
  static override styles = [controls, kioskStyles];

  @property({ attribute: false }) step: KioskStep = { kind: 'loading' };
  @property({ attribute: false }) video: VideoState = { kind: 'none' };
  @property({ attribute: false }) run: RunState = { kind: 'idle' };

  @state() private timeSeconds = 0;
  @state() private width = 0;
  @state() private height = 0;
  /** The number on the screen; it follows what was found. */
  @state() private shown = 0;
  @query('video') private player!: HTMLVideoElement | null;
  #listening = new AbortController();
  #tick: ReturnType<typeof setTimeout> | undefined;
  #swipe: ReturnType<typeof setTimeout> | undefined;
  #followed: HTMLVideoElement | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const begin = (): void => this.#begin();
    window.addEventListener('click', begin, { signal });
    window.addEventListener('wheel', begin, { signal, passive: true });
    window.addEventListener('pointerup', () => this.#beginSoon(), { signal });
    window.addEventListener('pointercancel', () => this.#beginSoon(), { signal });
    window.addEventListener('keydown', (event) => this.#onKey(event), { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    clearTimeout(this.#tick);
    clearTimeout(this.#swipe);
    this.#followed = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('video');
    if (changed.has('video') && urlOf(before) !== urlOf(this.video)) {
      this.timeSeconds = this.width = this.height = 0;
    }
    if (this.run.kind === 'idle' || this.#isCalm) this.shown = this.#found ?? 0;
    else if (this.shown > (this.#found ?? 0)) this.shown = this.#found ?? 0;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#climb();
    const { player } = this;
    if (player !== this.#followed) this.#follow(player);
    const before = changed.get('step');
    if (player && before && before.kind !== 'showing' && this.step.kind === 'showing') {
      // From the start again, with all its clues; or, where nothing may move, to one of them.
      player.currentTime = this.#isCalm ? this.#tellingMoment : 0;
    }
  }

  protected override render(): TemplateResult {
    const { step } = this;
    return html`<section class="frame" aria-label=${msg('The model counts by itself')}>
      <div class="top">
        <p class="brand">${tallyMark()} AV-Reasoner</p>
        ${
          'sample' in step
            ? keyed(step.sample.id, html`<h1 class="fades">${step.sample.question}</h1>`)
            : html`<h1>${msg('Count what you see and hear.')}</h1>`
        }
      </div>
      ${'sample' in step ? this.#renderScene(step.sample) : this.#renderWaiting()}
      <div class="invite">
        <button id="begin">${icon('pointer')} ${msg('Touch to try it yourself')}</button>
        <p class="privacy">${icon('lock')} ${msg('Your video never leaves this machine.')}</p>
      </div>
    </section>`;
  }

  #renderWaiting(): TemplateResult {
    const { step } = this;
    return html`<p class="waiting words" id="waiting">
      ${
        step.kind === 'model-failed'
          ? msg(str`The model did not load. Trying again in ${step.secondsLeft} s.`)
          : msg('The model is loading…')
      }
    </p>`;
  }

  #renderScene(sample: Sample): TemplateResult {
    const clues = this.#clues;
    const isDone = this.run.kind === 'done';
    return html`<div class="scene">
      ${keyed(
        `${sample.id} ${this.#isCalm && isDone}`,
        html`<div class="watch fades">${this.#renderPicture(sample, clues)}</div>`,
      )}
      <div class="tell">
        <p class="live"><i aria-hidden="true"></i> ${msg('Live, on this machine')}</p>
        ${keyed(
          isDone,
          html`<p
              id="count"
              class="count fades ${isDone ? 'final' : ''} ${this.shown > 99 ? 'long' : ''}"
              data-state=${this.run.kind}
            >
              ${isDone && this.#found === null ? '?' : this.shown}
            </p>
            <p class="words">${this.#renderWords(sample)}</p>`,
        )}
      </div>
    </div>`;
  }

  #renderWords(sample: Sample): TemplateResult | string {
    const { run, step } = this;
    if (step.kind === 'failed') return msg('On to the next one.');
    if (run.kind === 'done') {
      const seconds = Object.values(run.analysis.timings).reduce((sum, ms) => sum + ms, 0) / 1000;
      return html`${msg(str`Counted by hand: ${sample.count}`)}<small
          >${msg(str`Took ${seconds.toFixed(1)} s on this machine.`)}</small
        >`;
    }
    switch (run.kind === 'running' ? run.progress?.stage : undefined) {
      case 'listen':
        return msg('Listening…');
      case 'look':
        return msg('Looking…');
      case 'reason':
        return msg('Counting…');
      default:
        return msg('Opening the clip…');
    }
  }

  #renderPicture(sample: Sample, clues: readonly ReviewedClue[]): TemplateResult {
    const { video, timeSeconds } = this;
    const url = urlOf(video);
    const current = currentClueIndex(clues, timeSeconds, null);
    const heard = clues[current];
    return html`
      ${
        // The clip is played by its own address only while it is the sample that is told of.
        url && video.kind === 'open' && video.sample?.id === sample.id
          ? html`<video
              .src=${guard([url], () => url)}
              poster=${sample.poster ?? nothing}
              .muted=${true}
              ?autoplay=${!this.#isCalm}
              loop
              playsinline
              disablepictureinpicture
              aria-label=${sample.title}
              @loadedmetadata=${this.#onMetadata}
            ></video>`
          : sample.poster
            ? html`<img class="still" src=${sample.poster} alt=${sample.title} />`
            : nothing
      }
      <av-overlay
        .clues=${clues}
        .timeSeconds=${timeSeconds}
        .width=${this.width}
        .height=${this.height}
        .current=${current}
      ></av-overlay>
      ${
        heard && !isSeen(heard.clue)
          ? html`<p class="said">${current + 1} · ${heard.clue.label}</p>`
          : nothing
      }
      ${this.#renderTrack(clues, current)}
    `;
  }

  /** When it happens. For the eye: the number and the words say the same. */
  #renderTrack(clues: readonly ReviewedClue[], current: number): TemplateResult {
    const end = this.#endSeconds;
    const share = (seconds: number): string =>
      (end > 0 ? Math.min(1, Math.max(0, seconds / end)) : 0).toFixed(4);
    return html`<div class="track" aria-hidden="true">
      <span class="swept" .style=${`--share:${this.#swept}`}></span>
      ${clues.map(
        ({ clue }, index) =>
          html`<span
            class="mark ${index === current ? 'now' : ''}"
            .style=${`--at:${share(clueSpan(clue)[0])}`}
          ></span>`,
      )}
      ${
        this.#isCalm
          ? nothing
          : html`<span class="head" .style=${`--at:${share(this.timeSeconds)}`}></span>`
      }
    </div>`;
  }

  get #clues(): readonly ReviewedClue[] {
    return this.run.kind === 'idle' ? [] : this.run.review.clues;
  }

  /** So far, or in the end; null where the model gave no number. */
  get #found(): number | null {
    const { run } = this;
    if (run.kind === 'idle') return 0;
    return run.kind === 'done' ? run.analysis.count : run.clues.length;
  }

  get #swept(): number {
    const { run } = this;
    if (run.kind !== 'running' || !run.progress) return 0;
    const { done, total } = run.progress;
    return total > 0 ? done / total : 0;
  }

  get #endSeconds(): number {
    const info = this.video.kind === 'open' ? this.video.info : null;
    if (info && info.durationSeconds > 0) return info.startSeconds + info.durationSeconds;
    const duration = this.player?.duration ?? 0;
    return Number.isFinite(duration) ? duration : 0;
  }

  /** Where the clue in the middle is on the screen. */
  get #tellingMoment(): number {
    const clue = this.#clues[Math.floor(this.#clues.length / 2)]?.clue;
    if (!clue) return 0;
    const [from, to] = clueSpan(clue);
    return (from + to) / 2;
  }

  get #isCalm(): boolean {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  #climb(): void {
    if (this.#tick !== undefined || this.shown >= (this.#found ?? 0)) return;
    this.#tick = setTimeout(() => {
      this.#tick = undefined;
      this.shown += 1;
    }, tickMs);
  }

  #onMetadata(event: Event): void {
    const video = event.target as HTMLVideoElement;
    this.width = video.videoWidth;
    this.height = video.videoHeight;
  }

  /** Boxes move with the picture that is on the screen. */
  #follow(video: HTMLVideoElement | null): void {
    this.#followed = video;
    if (!video) return;
    const onFrame: VideoFrameRequestCallback = (_now, { mediaTime }) => {
      if (video !== this.#followed) return;
      this.timeSeconds = mediaTime;
      video.requestVideoFrameCallback(onFrame);
    };
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(onFrame);
    // Refused where the browser wants a gesture even for a silent one: the picture then stands still.
    if (!this.#isCalm) video.play().catch(() => undefined);
  }

  #onKey(event: KeyboardEvent): void {
    if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    this.#begin();
  }

  #beginSoon(): void {
    clearTimeout(this.#swipe);
    this.#swipe = setTimeout(() => this.#begin(), swipeGraceMs);
  }

  #begin(): void {
    this.dispatchEvent(new BeginEvent());
  }
}

function urlOf(video: VideoState | undefined): string {
  return video?.kind === 'open' ? video.url : '';
}

declare global {
  interface HTMLElementTagNameMap {
    'av-kiosk': AvKiosk;
  }
}
