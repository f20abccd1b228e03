import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { clueSpan, currentClueIndex, isSeen, loopSpan } from '../clues/clue-time';
import { neighbourClue } from '../clues/neighbour';
import type { ReviewedClue } from '../clues/review';
import { knownModel, type AbsentVideo, type AppState, type OpenVideo } from '../state/state';
import './av-absent';
import './av-answer';
import './av-captions';
import './av-clues';
import './av-error';
import './av-overlay';
import './av-player';
import type { AvPlayer } from './av-player';
import './av-progress';
import './av-question';
import './av-takeaway';
import type { AvQuestion } from './av-question';
import './av-shortcuts';
import type { AvShortcuts } from './av-shortcuts';
import './av-thinking';
import './av-timeline';
import { workspaceStyles } from './av-workspace.styles';
import { describeVideo } from './describe-video';
import { Editing } from './editing';
import type { AddClueEvent, Playback, PlaybackEvent } from './events';
import { AskEvent, BrowseEvent, RecordEvent, SeekEvent } from './events';
import { icon, tallyMark } from './icons';
import { loadPeaks } from './peaks';
import { editNotes } from './edit-keys';
import { clueShortcuts, playerShortcuts } from './player-shortcuts';
import { listenForKeys, type ShortcutGroup } from './shortcuts';
import { labelWords } from './label-words';
import { questionHint } from './question-hint';
import { suggestQuestions } from './suggestions';
import { controls } from './theme';

const noPlayback: Playback = {
  ...{ timeSeconds: 0, frameSeconds: 0, frameUntilSeconds: 0 },
  ...{ endSeconds: 0, width: 0, height: 0 },
};

/** Slices of the sound's outline: so many that it is still sharp at 16×. */
const peakCount = 12_000;

/** From this width on, the answer stands beside the video instead of under it. */
const sideBySide = '(min-width: 62rem)';

/**
 * A video, the question about it and the answer: what the page is while a file is open, or while a
 * result is shown whose video is not here.
 *
 * @slot takeaway - beside a finished answer
 * @event av-browse - to open another file
 */
@localized()
@customElement('av-workspace')
export class AvWorkspace extends LitElement {
  static override styles = [controls, workspaceStyles];

  @property({ attribute: false }) app!: AppState;

  @state() private playback = noPlayback;
  @state() private peaks: Float32Array | null = null;
  /** Id of the clue that was asked for last. */
  @state() private picked: number | null = null;
  @query('av-question') private question!: AvQuestion | null;
  @query('av-player') private player!: AvPlayer | null;
  @query('av-shortcuts') private sheet!: AvShortcuts | null;
  @query('.result') private result!: HTMLElement | null;

  readonly #editing = new Editing(this);
  #url = '';
  #endKeys: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    // Another page of the site may lie over this one.
    this.#endKeys = listenForKeys(() => (this.checkVisibility() ? this.#keys : []));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endKeys?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('app')) return;
    const before = changed.get('app');
    const { video, run } = this.app;
    if (run.kind === 'running' && before?.run.kind !== 'running') this.picked = null;
    if (before) this.picked = this.#editing.follow(before) ?? this.picked;
    const url = video.kind === 'open' ? video.url : '';
    if (url === this.#url) return;
    this.#url = url;
    this.playback = noPlayback;
    this.picked = null;
    this.peaks = null;
    if (video.kind === 'open') {
      void this.#drawSound(video);
      void this.updateComplete.then(() => this.#welcomeVideo());
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('app');
    const { kind } = this.app.run;
    if (before?.run.kind === 'running' && (kind === 'done' || kind === 'failed'))
      this.#showAnswer();
  }

  async #drawSound({ file, url }: OpenVideo): Promise<void> {
    const peaks = await loadPeaks(file, peakCount);
    if (this.#url === url) this.peaks = peaks;
  }

  /** The control that opened the video may be gone, so the keyboard goes to what comes next. */
  #welcomeVideo(): void {
    window.scrollTo({ top: 0 });
    if (matchMedia('(pointer: fine)').matches) this.question?.focus({ preventScroll: true });
  }

  /** Where the answer stands under the video, the visitor must not have to look for it. */
  #showAnswer(): void {
    if (matchMedia(sideBySide).matches) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.result?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'nearest' });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { video } = this.app;
    if (video.kind !== 'open' && video.kind !== 'absent') return nothing;
    const clues = this.#clues;
    const current = currentClueIndex(clues, this.playback.timeSeconds, this.picked);
    return html`
      <div
        class="workspace"
        @av-playback=${(event: PlaybackEvent) => (this.playback = event.playback)}
        @av-seek=${this.#onSeek}
        @av-add-clue=${this.#onAddClue}
        @av-shortcuts=${this.#showKeys}
      >
        <section class="watch" aria-labelledby="video-title">
          ${this.#renderTitle(video)}
          ${video.kind === 'open' ? this.#renderPlayer(video, clues, current) : this.#renderAbsent(video, clues, current)}
          ${video.kind === 'open' ? this.#renderQuestion(video) : nothing}
        </section>
        <section class="result" aria-label=${msg('Answer')}>
          ${this.#renderResult(clues, current)}
          <p id="edit-status" class="visually-hidden" role="status">${this.#editing.told}</p>
        </section>
        <av-shortcuts></av-shortcuts>
      </div>
    `;
  }

  #renderTitle(video: OpenVideo | AbsentVideo): TemplateResult {
    return html`<div class="title">
      <h1 id="video-title">${labelWords(video.title)}</h1>
      <p class="soft small tabular">
        ${video.kind === 'open' ? describeVideo(video, this.playback) : msg('A result without its video')}
      </p>
      <button
        id="record-another"
        class="icon-button"
        aria-label=${msg('Record a clip')}
        title=${msg('Record a clip')}
        @click=${() => this.dispatchEvent(new RecordEvent())}
      >
        ${icon('video')}
      </button>
      <button
        id="open-another"
        class="button"
        aria-label=${msg('Open another file')}
        @click=${() => this.dispatchEvent(new BrowseEvent())}
      >
        ${icon('upload')} <span class="roomy">${msg('Open another')}</span>
      </button>
    </div>`;
  }

  #renderPlayer(video: OpenVideo, clues: readonly ReviewedClue[], current: number): TemplateResult {
    const { frameSeconds, frameUntilSeconds, endSeconds, width, height } = this.playback;
    const { info, file } = video;
    const clue = clues[current]?.clue;
    const isSound = info ? info.video === null : file.type.startsWith('audio/');
    return html`<av-player
      .src=${video.url}
      .mime=${file.type}
      .name=${video.title}
      .info=${info}
      .seek=${video.seek}
      .loop=${clue ? loopSpan(clue) : null}
      ?marked=${clues.some(({ clue }) => isSeen(clue))}
    >
      <av-overlay
        slot="overlay"
        .clues=${clues}
        .timeSeconds=${frameSeconds}
        .untilSeconds=${frameUntilSeconds}
        .width=${width}
        .height=${height}
        .current=${current}
      ></av-overlay>
      ${
        video.sample?.captions
          ? html`<av-captions
              slot="overlay"
              .src=${video.sample.captions}
              .timeSeconds=${this.playback.timeSeconds}
            ></av-captions>`
          : nothing
      }
      ${endSeconds > 0 ? this.#renderTimeline(clues, current, endSeconds, isSound) : nothing}
    </av-player>`;
  }

  #renderTimeline(
    clues: readonly ReviewedClue[],
    current: number,
    endSeconds: number,
    isSound: boolean,
  ): TemplateResult {
    const { video } = this.app;
    return html`<av-timeline
      slot="timeline"
      .clues=${clues}
      .timeSeconds=${this.playback.timeSeconds}
      .endSeconds=${endSeconds}
      .current=${current}
      .swept=${this.#swept}
      .peaks=${this.peaks}
      .src=${video.kind === 'open' && !isSound ? video.url : ''}
      .fps=${video.kind === 'open' ? (video.info?.video?.fps ?? 0) : 0}
      ?editable=${this.#editing.isPossible}
      ?tall=${isSound}
    ></av-timeline>`;
  }

  #renderAbsent(
    video: AbsentVideo,
    clues: readonly ReviewedClue[],
    current: number,
  ): TemplateResult {
    const { durationSeconds } = video.media;
    return html`<av-absent .name=${video.title}>
      ${durationSeconds > 0 ? this.#renderTimeline(clues, current, durationSeconds, false) : nothing}
    </av-absent>`;
  }

  #renderQuestion(video: OpenVideo): TemplateResult {
    const { run, model, draft } = this.app;
    const { sample, info, glimpse, file } = video;
    const reach = knownModel(model)?.reach ?? null;
    return html`<av-question
      .value=${run.kind === 'done' ? run.question : (sample?.question ?? '')}
      .suggestions=${suggestQuestions({ sample, reach, info, glimpse, mime: file.type })}
      .draft=${draft}
      .hint=${questionHint(knownModel(model))}
      ?running=${run.kind === 'running'}
    >
      ${
        run.kind === 'running'
          ? html`<av-progress .progress=${run.progress}></av-progress>`
          : nothing
      }
    </av-question>`;
  }

  #renderResult(clues: readonly ReviewedClue[], current: number): TemplateResult {
    const { run, model } = this.app;
    if (run.kind === 'idle') {
      return html`<div class="await">
        ${tallyMark()}
        <p>${msg('Ask a question. The count appears here, with the moments that prove it.')}</p>
      </div>`;
    }
    return html`
      <div class="verdict">
        <av-answer .run=${run} .model=${knownModel(model)} .byHand=${this.#byHand}></av-answer>
        <slot name="takeaway"></slot>
      </div>
      ${
        run.kind === 'failed'
          ? html`<av-error
              .error=${run.error}
              retry=${msg('Ask again')}
              @av-retry=${() => this.dispatchEvent(new AskEvent(run.question))}
            ></av-error>`
          : nothing
      }
      ${
        run.kind === 'done' && run.analysis.covered
          ? html`<av-takeaway
              .video=${this.app.video}
              .run=${run}
              .model=${knownModel(model)}
            ></av-takeaway>`
          : nothing
      }
      <av-clues
        .clues=${clues}
        .current=${current}
        .endSeconds=${this.#endSeconds}
        ?editable=${this.#editing.isPossible}
        ?undoable=${run.review.past.length > 0}
        ?redoable=${run.review.future.length > 0}
      ></av-clues>
      ${
        run.text
          ? html`<av-thinking .text=${run.text} ?writing=${run.kind === 'running'}></av-thinking>`
          : nothing
      }
    `;
  }

  get #clues(): readonly ReviewedClue[] {
    return this.#editing.review.clues;
  }

  /** How far the model has been through the file: of the sound, then of the picture. */
  get #swept(): number {
    const { run } = this.app;
    if (run.kind !== 'running' || !run.progress) return 0;
    const { stage, done, total } = run.progress;
    return (stage === 'listen' || stage === 'look') && total > 0 ? done / total : 0;
  }

  get #byHand(): number | null {
    const { video, run } = this.app;
    if (video.kind !== 'open' || run.kind === 'idle' || !video.sample) return null;
    return run.question === video.sample.question ? video.sample.count : null;
  }

  /** Where the clip ends, as far as is known; without its video, as the answer says. */
  get #endSeconds(): number {
    const { video } = this.app;
    const end = video.kind === 'absent' ? video.media.durationSeconds : this.playback.endSeconds;
    return end > 0 ? end : Infinity;
  }

  /** What the keys do while a video is here. */
  get #keys(): readonly ShortcutGroup[] {
    const { player } = this;
    return [
      ...(player ? [playerShortcuts(player)] : []),
      clueShortcuts((direction) => this.#goToClue(direction)),
      {
        words: msg('This page'),
        shortcuts: [
          {
            keys: ['Shift+?', '?'],
            words: msg('Keyboard shortcuts'),
            run: () => this.#showKeys(),
          },
        ],
      },
    ];
  }

  #showKeys(): void {
    this.sheet?.open([...this.#keys, editNotes()]);
  }

  #goToClue(direction: 1 | -1): void {
    const { timeSeconds } = this.playback;
    const current = currentClueIndex(this.#clues, timeSeconds, this.picked);
    const next = neighbourClue(this.#clues, current, timeSeconds, direction);
    if (next) this.sheet?.dispatchEvent(new SeekEvent(clueSpan(next.clue)[0], next.id));
  }

  #onSeek(event: SeekEvent): void {
    this.picked = event.clueId;
  }

  #onAddClue({ timeSeconds }: AddClueEvent): void {
    this.#editing.add(timeSeconds ?? this.playback.timeSeconds, this.#endSeconds);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-workspace': AvWorkspace;
  }
}
