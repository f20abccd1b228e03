import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { MediaInfo } from '../media/media';
import type { SeekRequest } from '../state/state';
import { PlaybackEvent } from './events';
import { findNextFrame } from './frame-step';
import { icon } from './icons';
import { playerStyles } from './av-player.styles';
import { paintPicture } from './paint-picture';
import { renderControls, speeds, type PlayerActions } from './player-controls';
import { controls } from './theme';
import { VideoClock } from './video-clock';

/** Where the decoder found no frame rate, a step is this long. */
const defaultStepSeconds = 1 / 30;

/** A loop still counts as the same one so far outside its ends. */
const loopSlackSeconds = 0.06;

/** Ends of a loop that are nearer than this are waited for by the clock, not from picture to picture. */
const loopWatchSeconds = 0.3;

/**
 * Shows the file and owns its time. Nobody else seeks: a wish arrives as `seek`. A format that the
 * browser cannot play (ffmpeg decodes more than `<video>` does) keeps a clock of its own, so that the
 * timeline and the list still work.
 *
 * @slot overlay - boxes over the picture
 * @slot timeline - marks under it
 * @event av-playback - the moment on the screen, the duration and the picture's size
 * @event av-shortcuts - a wish to see what the keys do
 */
@localized()
@customElement('av-player')
export class AvPlayer extends LitElement implements PlayerActions {
  static override styles = [controls, playerStyles];

  /** Object URL of the file. */
  @property() src = '';
  @property() mime = '';
  @property() name = '';
  @property({ attribute: false }) info: MediaInfo | null = null;
  @property({ attribute: false }) seek: SeekRequest | null = null;
  /** What “Loop this clue” plays, seconds on the media's clock; null where there is no clue. */
  @property({ attribute: false }) loop: readonly [number, number] | null = null;
  /** Boxes lie over the picture: it then changes in one go with them. */
  @property({ type: Boolean }) marked = false;

  @state() private unplayable = false;
  /** Nothing has been played or looked up yet: the large sign invites to. */
  @state() private fresh = true;
  @state() private paused = true;
  @state() private muted = false;
  @state() private speed = 1;
  @state() private looping = false;
  @state() private full = false;
  @state() private timeSeconds = 0;
  @state() private frameSeconds = 0;
  @state() private loadedSeconds = 0;
  @state() private width = 0;
  @state() private height = 0;
  /** The canvas holds the picture of this moment. */
  @state() private painted = false;

  @query('video') private video!: HTMLVideoElement | null;
  @query('canvas') private canvas!: HTMLCanvasElement | null;
  @query('section') private section!: HTMLElement;
  #clock: VideoClock | null = null;
  #frameRequest = 0;
  /** The picture that belongs to the playhead has come. */
  #isSettled = true;
  #waitingSeek: number | null = null;
  #steps: Promise<void> | null = null;
  #stepping = new AbortController();
  /** What goes round at the moment. */
  #range: readonly [number, number] | null = null;
  #lap = 0;
  readonly #resized = new ResizeObserver(() => this.#repaint());

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) {
      this.unplayable = this.looping = this.painted = false;
      this.fresh = this.paused = this.#isSettled = true;
      this.timeSeconds = this.frameSeconds = this.loadedSeconds = this.width = this.height = 0;
      this.#waitingSeek = this.#range = null;
      this.#stepping.abort();
    }
    if (changed.has('seek') && this.seek) {
      this.fresh = false;
      this.#range = null;
      this.#stepping.abort();
      if (!this.#canPlay) this.timeSeconds = this.frameSeconds = this.#clamp(this.seek.timeSeconds);
    }
    if (!this.marked && !this.#steps) this.painted = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { video } = this;
    if (changed.has('src')) {
      this.#clock = video ? new VideoClock(video) : null;
      this.#followFrames();
      if (this.canvas) this.#resized.observe(this.canvas);
    }
    if (this.#clock) this.#clock.startSeconds = this.info?.startSeconds ?? 0;
    if (video) {
      video.playbackRate = video.defaultPlaybackRate = this.speed;
      video.preservesPitch = true;
    }
    if (changed.has('seek') && this.seek && this.#canPlay) this.#seekTo(this.seek.timeSeconds);
    else if (changed.has('seek') || changed.has('info') || changed.has('src')) this.#tell();
    if (changed.has('marked') && this.marked) this.#repaint();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stepping.abort();
    this.#resized.disconnect();
    clearTimeout(this.#lap);
  }

  protected override render(): TemplateResult {
    const silent = this.#isImage || (this.info !== null && this.info.audio === null);
    return html`
      <section
        aria-label=${msg('Player')}
        class=${this.full ? 'full' : ''}
        @fullscreenchange=${() => (this.full = this.shadowRoot?.fullscreenElement === this.section)}
      >
        <div class="stage ${this.#isSound ? 'bare' : ''}">
          ${this.#renderMedia()}
          <slot name="overlay"></slot>
          ${
            this.fresh && this.#canPlay && this.#hasPicture
              ? html`<span class="big-play" aria-hidden="true">${icon('play')}</span>`
              : nothing
          }
        </div>
        ${this.unplayable ? this.#renderNotice() : nothing}
        <slot name="timeline"></slot>
        ${this.#isImage ? nothing : this.#renderControls(silent)}
      </section>
    `;
  }

  get #isImage(): boolean {
    return this.mime.startsWith('image/');
  }

  get #isSound(): boolean {
    return this.info ? this.info.video === null : this.mime.startsWith('audio/');
  }

  get #hasPicture(): boolean {
    return !this.#isSound && !this.unplayable;
  }

  get #canPlay(): boolean {
    return !this.unplayable && !this.#isImage;
  }

  /** Where the file ends on its own clock, which need not begin at 0 (MPEG-TS, cut clips). */
  get #endSeconds(): number {
    const { startSeconds = 0, durationSeconds = 0 } = this.info ?? {};
    return durationSeconds > 0 ? startSeconds + durationSeconds : this.loadedSeconds;
  }

  get #stepSeconds(): number {
    const fps = this.info?.video?.fps ?? 0;
    return fps > 0 ? 1 / fps : defaultStepSeconds;
  }

  #renderMedia(): TemplateResult {
    if (this.#isImage) {
      return html`<img
        src=${this.src}
        alt=${this.name}
        @load=${this.#onImageLoad}
        @error=${this.#onMediaError}
      />`;
    }
    return html`
      <video
        id="video"
        class=${this.#hasPicture ? '' : 'unseen'}
        src=${this.src}
        preload="auto"
        playsinline
        aria-label=${this.name}
        .muted=${this.muted}
        @click=${this.toggle}
        @play=${this.#onPlayState}
        @pause=${this.#onPlayState}
        @ended=${this.#onEnded}
        @loadedmetadata=${this.#onMetadata}
        @durationchange=${this.#onMetadata}
        @seeking=${this.#onSeeking}
        @seeked=${this.#onSeeked}
        @timeupdate=${this.#onTimeUpdate}
        @error=${this.#onMediaError}
      ></video>
      <canvas class=${this.painted && this.#hasPicture ? '' : 'unpainted'} aria-hidden="true"></canvas>
    `;
  }

  #renderNotice(): TemplateResult {
    const codec = this.info?.video?.codec ?? this.info?.audio?.codec;
    const format = codec ? `${codec.toUpperCase()}, ${this.info?.container}` : '';
    return html`<p class="notice" role="note">
      ${icon('videoOff')}
      <span>
        <strong>
          ${
            format
              ? msg(str`This browser cannot play this file (${format}).`)
              : msg('This browser cannot play this file.')
          }
        </strong>
        ${msg('It can still be counted here: the timeline and the list work as usual.')}
      </span>
    </p>`;
  }

  #renderControls(silent: boolean): TemplateResult {
    const { timeSeconds, paused, speed, looping, muted } = this;
    return renderControls(
      {
        ...{ timeSeconds, paused, speed, looping, muted, silent },
        endSeconds: this.#endSeconds,
        canPlay: this.#canPlay,
        canLoop: this.#canPlay && this.loop !== null,
        full: document.fullscreenEnabled ? this.full : null,
      },
      this,
    );
  }

  toggle(): void {
    const { video } = this;
    if (!video || !this.#canPlay) return;
    this.#stepping.abort();
    if (video.paused) {
      // Refused where the browser wants a gesture first; the button then still says "Play".
      video.play().catch(() => undefined);
    } else {
      video.pause();
    }
  }

  /** To the next or the previous picture of the film, however long each lasts. */
  step(direction: 1 | -1): void {
    if (this.#isImage) return;
    this.video?.pause();
    this.fresh = false;
    this.#range = null;
    const clock = this.#clock;
    if (!clock || !this.#hasPicture || !('requestVideoFrameCallback' in clock.video)) {
      this.#seekTo(this.timeSeconds + direction * this.#stepSeconds);
    } else if (!this.#steps) {
      // One at a time: a key that is held down repeats faster than a film can be searched.
      this.#steps = this.#search(clock, direction).finally(() => (this.#steps = null));
    }
  }

  async #search(clock: VideoClock, direction: 1 | -1): Promise<void> {
    const from = clock.pictureSeconds() ?? this.frameSeconds;
    // The picture before this one is what is seen just before it; no search is needed.
    if (direction === -1) return this.#seekTo(from - 0.002);
    this.#stepping = new AbortController();
    const { signal } = this.#stepping;
    this.#repaint(true);
    try {
      const next = await findNextFrame(
        (time) => clock.show(time, signal),
        ...([from, this.#stepSeconds, this.#endSeconds] as const),
      );
      this.#steps = null;
      this.#seekTo(next ?? from);
    } catch {
      // Another wish came in between, which has moved the film already.
      this.#steps = null;
    }
  }

  skip(seconds: number): void {
    if (this.#isImage) return;
    this.fresh = false;
    this.#range = null;
    this.#stepping.abort();
    this.#seekTo(this.timeSeconds + seconds);
  }

  setSpeed(speed: number): void {
    this.speed = speed;
  }

  /** The next faster or slower of the speeds. */
  changeSpeed(direction: 1 | -1): void {
    this.speed = speeds[speeds.findIndex((speed) => speed === this.speed) + direction] ?? this.speed;
  }

  toggleLoop(): void {
    if (!this.looping && !this.loop) return;
    this.looping = !this.looping;
    this.#range = this.looping ? this.loop : null;
    this.#keepLoop();
  }

  toggleSound(): void {
    this.muted = !this.muted;
  }

  toggleFull(): void {
    if (!document.fullscreenEnabled) return;
    // Refused without a gesture of the visitor; nothing is lost then.
    const change = this.full ? document.exitFullscreen() : this.section.requestFullscreen();
    change.catch(() => undefined);
  }

  #clamp(timeSeconds: number): number {
    const end = this.#endSeconds;
    return Math.max(0, end > 0 ? Math.min(timeSeconds, end) : timeSeconds);
  }

  #seekTo(timeSeconds: number): void {
    const time = this.#clamp(timeSeconds);
    if (!this.#clock || !this.#canPlay) this.#report(time);
    else if (this.#clock.video.readyState > 0) this.#clock.seek(time);
    else this.#waitingSeek = time;
  }

  #onPlayState(): void {
    this.paused = this.video?.paused ?? true;
    this.fresh = false;
    if (this.paused) clearTimeout(this.#lap);
    else this.#followFrames();
  }

  #onEnded(): void {
    if (!this.looping || !this.#range) return;
    this.#seekTo(this.#range[0]);
    this.video?.play().catch(() => undefined);
  }

  #onMetadata(event: Event): void {
    const clock = this.#clock;
    if (!clock) return;
    const { video } = clock;
    clock.noteFirst();
    this.loadedSeconds = clock.endSeconds;
    this.width = video.videoWidth;
    this.height = video.videoHeight;
    // A codec such as HEVC may leave its sound playable and its picture not.
    if (this.info?.video && video.videoWidth === 0) this.unplayable = true;
    if (event.type === 'loadedmetadata' && this.#waitingSeek !== null) {
      this.#seekTo(this.#waitingSeek);
      this.#waitingSeek = null;
    } else {
      this.#report(clock.nowSeconds);
    }
  }

  #onImageLoad(event: Event): void {
    const image = event.target as HTMLImageElement;
    this.width = image.naturalWidth;
    this.height = image.naturalHeight;
    this.#report(0);
  }

  #onMediaError(): void {
    this.unplayable = true;
    this.paused = true;
    this.#report(this.#waitingSeek ?? this.timeSeconds);
  }

  /** The playhead is there at once, the picture follows. */
  #onSeeking(): void {
    this.#isSettled = false;
    if (this.#clock && !this.#steps) this.#report(this.#clock.nowSeconds);
  }

  /** A picture that was on the screen before comes without a frame callback. */
  #onSeeked(): void {
    const picture = this.#clock?.pictureSeconds();
    if (picture !== null && picture !== undefined) this.#onPicture(picture);
  }

  #onTimeUpdate(): void {
    const { video } = this;
    // A hidden page has no frame callbacks; a loop still goes round there.
    if (video && (video.paused || document.hidden) && !video.seeking && !this.#steps) {
      this.#report(this.#clock?.nowSeconds ?? 0);
    }
  }

  /** The picture that begins at this moment of the media's clock is, or will be in a moment, seen. */
  #onPicture(frameSeconds: number): void {
    const clock = this.#clock;
    if (!clock || this.#steps) return;
    this.#isSettled = !clock.video.seeking;
    const shown = this.#repaint() ?? frameSeconds;
    this.#report(clock.video.paused ? clock.nowSeconds : shown, shown);
  }

  /** Paints the picture where boxes lie over it, or where it must `stay` while another is looked for. */
  #repaint(stay = false): number | null {
    const { canvas } = this;
    const clock = this.#clock;
    if (!canvas || !clock || !this.#hasPicture || clock.video.readyState < 2) return null;
    if ((!this.marked && !stay) || (this.#steps && !stay)) return null;
    const picture = paintPicture(canvas, clock);
    this.painted = true;
    return picture;
  }

  /**
   * Reports the moment of every picture as it appears, by the picture's own time. Sound alone, and a
   * browser without frame callbacks, is followed once per screen refresh while it plays.
   */
  #followFrames(): void {
    const clock = this.#clock;
    if (!clock) return;
    const { video } = clock;
    const request = ++this.#frameRequest;
    const isStale = (): boolean => request !== this.#frameRequest || !this.isConnected;
    if (this.#hasPicture && 'requestVideoFrameCallback' in video) {
      const onFrame: VideoFrameRequestCallback = (_now, { mediaTime }) => {
        if (isStale()) return;
        clock.noteFirst(mediaTime);
        this.#onPicture(clock.fromVideo(mediaTime));
        video.requestVideoFrameCallback(onFrame);
      };
      video.requestVideoFrameCallback(onFrame);
      return;
    }
    const onRefresh = (): void => {
      if (isStale() || video.paused) return;
      this.#report(clock.nowSeconds);
      requestAnimationFrame(onRefresh);
    };
    requestAnimationFrame(onRefresh);
  }

  #report(timeSeconds: number, frameSeconds?: number): void {
    this.timeSeconds = Math.max(0, timeSeconds);
    const follows = this.#hasPicture && this.video && 'requestVideoFrameCallback' in this.video;
    this.frameSeconds = frameSeconds ?? (follows ? this.frameSeconds : this.timeSeconds);
    this.#keepLoop();
    this.#tell();
  }

  /** Back to the start of the loop when its end has come, not a picture later. */
  #keepLoop(): void {
    clearTimeout(this.#lap);
    const { timeSeconds, speed, loop } = this;
    if (!this.looping || this.paused) return;
    if (!this.#range && loop) {
      const [from, to] = loop;
      const isIn = timeSeconds > from - loopSlackSeconds && timeSeconds < to + loopSlackSeconds;
      if (isIn) this.#range = loop;
    }
    if (!this.#range || this.video?.seeking) return;
    const [from, to] = this.#range;
    const leftSeconds = (to - timeSeconds) / speed;
    if (leftSeconds <= 0) this.#seekTo(from);
    else if (leftSeconds < loopWatchSeconds) {
      this.#lap = window.setTimeout(() => this.#seekTo(from), leftSeconds * 1000);
    }
  }

  #tell(): void {
    const picture = this.info?.video;
    const { timeSeconds, frameSeconds } = this;
    const rests = this.paused && this.#isSettled;
    this.dispatchEvent(
      new PlaybackEvent({
        timeSeconds,
        frameSeconds,
        frameUntilSeconds: rests ? Math.max(frameSeconds, timeSeconds) : frameSeconds,
        endSeconds: this.#endSeconds,
        width: picture?.width ?? this.width,
        height: picture?.height ?? this.height,
      }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-player': AvPlayer;
  }
}
