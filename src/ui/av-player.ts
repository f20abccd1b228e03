import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { MediaInfo } from '../media/media';
import type { SeekRequest } from '../state/state';
import { PlaybackEvent } from './events';
import { filmFacts, type FilmFacts } from './film-facts';
import { followFilm, hasFrameCallbacks, type Follower } from './follow-film';
import { FrameStepper } from './frame-step';
import { icon } from './icons';
import { LoopRound, type Range } from './loop-round';
import { playerStyles } from './av-player.styles';
import { paintPicture } from './paint-picture';
import { nextSpeed, renderControls, renderNotice, type PlayerActions } from './player-controls';
import { controls } from './theme';
import { VideoClock } from './video-clock';

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
export class AvPlayer extends LitElement implements PlayerActions, Follower {
  static override styles = [controls, playerStyles];

  /** Object URL of the file. */
  @property() src = '';
  /** True where `src` is an address of another origin, which must allow it (CORS). */
  @property({ type: Boolean }) foreign = false;
  @property() mime = '';
  @property() name = '';
  @property({ attribute: false }) info: MediaInfo | null = null;
  @property({ attribute: false }) seek: SeekRequest | null = null;
  /** What “Loop this clue” plays, seconds on the media's clock; null where there is no clue. */
  @property({ attribute: false }) loop: Range | null = null;
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
  #following = new AbortController();
  /** The picture that belongs to the playhead has come. */
  #isSettled = true;
  #waitingSeek: number | null = null;
  readonly #stepper = new FrameStepper();
  readonly #round = new LoopRound((timeSeconds) => this.#seekTo(timeSeconds));
  readonly #resized = new ResizeObserver(() => this.#refresh());

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) {
      this.unplayable = this.painted = false;
      this.paused = this.#isSettled = true;
      this.timeSeconds = this.frameSeconds = this.loadedSeconds = this.width = this.height = 0;
      this.#waitingSeek = null;
      this.#leave();
      this.fresh = true;
    }
    if (changed.has('seek') && this.seek) {
      this.#leave();
      if (!this.#film.canPlay)
        this.timeSeconds = this.frameSeconds = this.#clamp(this.seek.timeSeconds);
    }
    if (!this.marked && !this.#stepper.isBusy) this.painted = false;
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
    if (changed.has('seek') && this.seek && this.#film.canPlay) this.#seekTo(this.seek.timeSeconds);
    else if (changed.has('info') && this.#clock && this.#film.canPlay) this.#refresh();
    else if (changed.has('seek') || changed.has('info') || changed.has('src')) this.#tell();
    else if (changed.has('marked') && this.marked) this.#refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stepper.abort();
    this.#following.abort();
    this.#resized.disconnect();
    this.#round.rest();
  }

  protected override render(): TemplateResult {
    const film = this.#film;
    const { timeSeconds, paused, speed, looping, muted } = this;
    const silent = this.info !== null && this.info.audio === null;
    const full = document.fullscreenEnabled ? this.full : null;
    const canLoop = film.canPlay && this.loop !== null;
    return html`
      <section
        aria-label=${msg('Player')}
        class=${this.full ? 'full' : ''}
        @fullscreenchange=${() => (this.full = this.shadowRoot?.fullscreenElement === this.section)}
      >
        <div class="stage ${this.#film.isSound ? 'bare' : ''}">
          ${this.#renderMedia()}
          <slot name="overlay"></slot>
          ${
            this.fresh && this.#film.canPlay && this.#film.hasPicture
              ? html`<span class="big-play" aria-hidden="true">${icon('play')}</span>`
              : nothing
          }
        </div>
        ${this.unplayable ? renderNotice(this.info) : nothing}
        <slot name="timeline"></slot>
        ${film.isImage ? nothing : renderControls({ ...film, timeSeconds, paused, speed, looping, muted, silent, full, canLoop }, this)}
      </section>
    `;
  }

  get #film(): FilmFacts {
    return filmFacts(this.mime, this.info, this.unplayable, this.loadedSeconds);
  }

  #renderMedia(): TemplateResult {
    if (this.#film.isImage) {
      return html`<img
        crossorigin=${this.foreign ? 'anonymous' : nothing}
        src=${this.src}
        alt=${this.name}
        @load=${this.#onImageLoad}
        @error=${this.#onMediaError}
      />`;
    }
    return html`
      <video
        id="video"
        class=${this.#film.hasPicture ? '' : 'unseen'}
        crossorigin=${this.foreign ? 'anonymous' : nothing}
        src=${this.src}
        preload="auto"
        playsinline
        aria-label=${this.name}
        .muted=${this.muted}
        @click=${() => this.toggle()}
        @play=${this.#onPlayState}
        @pause=${this.#onPlayState}
        @ended=${this.#onEnded}
        @loadedmetadata=${this.#onMetadata}
        @loadeddata=${this.#onMetadata}
        @durationchange=${this.#onMetadata}
        @seeking=${this.#onSeeking}
        @seeked=${this.#refresh}
        @canplay=${this.#refresh}
        @timeupdate=${this.#onTimeUpdate}
        @error=${this.#onMediaError}
      ></video>
      <canvas
        class=${this.painted && this.#film.hasPicture ? '' : 'unpainted'}
        aria-hidden="true"
      ></canvas>
    `;
  }

  toggle(): void {
    const { video } = this;
    if (!video || !this.#film.canPlay) return;
    this.#stepper.abort();
    if (video.paused) {
      // Refused where the browser wants a gesture first; the button then still says "Play".
      video.play().catch(() => undefined);
    } else {
      video.pause();
    }
  }

  /** To the next or the previous picture of the film, however long each lasts. */
  step(direction: 1 | -1): void {
    if (this.#film.isImage) return;
    this.video?.pause();
    this.fresh = false;
    this.#round.leave();
    const clock = this.#clock;
    if (!clock || !this.#film.hasPicture || !hasFrameCallbacks) {
      this.#seekTo(this.timeSeconds + direction * this.#film.frameSeconds);
      return;
    }
    if (this.#stepper.isBusy) this.#stepper.queue(direction);
    else void this.#stepFrom(clock, direction);
  }

  async #stepFrom(clock: VideoClock, direction: 1 | -1): Promise<void> {
    const { frameSeconds, endSeconds } = this.#film;
    const from = clock.pictureSeconds() ?? this.frameSeconds;
    this.#repaint(from);
    const found = await this.#stepper.step(clock, from, direction, frameSeconds, endSeconds);
    if (found !== null) this.#seekTo(found);
  }

  skip(seconds: number): void {
    if (this.#film.isImage) return;
    this.#leave();
    this.#seekTo(this.timeSeconds + seconds);
  }

  /** The visitor goes elsewhere. */
  #leave(): void {
    this.fresh = false;
    this.#round.leave();
    this.#stepper.abort();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
  }

  /** The next faster or slower of the speeds. */
  changeSpeed(direction: 1 | -1): void {
    this.speed = nextSpeed(this.speed, direction);
  }

  toggleLoop(): void {
    this.#round.toggle(this.loop);
    this.looping = this.#round.isOn;
  }

  toggleSound(): void {
    this.muted = !this.muted;
  }

  toggleFull(): void {
    if (!document.fullscreenEnabled) return;
    const change = this.full ? document.exitFullscreen() : this.section.requestFullscreen();
    change.catch(() => undefined); // Refused without a gesture of the visitor.
  }

  #clamp(timeSeconds: number): number {
    const end = this.#film.endSeconds;
    return Math.max(0, end > 0 ? Math.min(timeSeconds, end) : timeSeconds);
  }

  #seekTo(timeSeconds: number): void {
    const time = this.#clamp(timeSeconds);
    if (!this.#clock || !this.#film.canPlay) this.#report(time);
    else if (this.#clock.isReady) this.#clock.seek(time);
    else this.#waitingSeek = time;
  }

  #onPlayState(): void {
    this.paused = this.video?.paused ?? true;
    this.fresh = false;
    if (this.paused) this.#round.rest();
    else this.#followFrames();
  }

  #onEnded(): void {
    if (this.#round.restart()) this.video?.play().catch(() => undefined);
  }

  #onMetadata(): void {
    const clock = this.#clock;
    if (!clock) return;
    const { video } = clock;
    clock.noteFirst();
    this.loadedSeconds = clock.endSeconds;
    this.width = video.videoWidth;
    this.height = video.videoHeight;
    // A codec such as HEVC may leave its sound playable and its picture not.
    if (this.info?.video && video.videoWidth === 0) this.unplayable = true;
    if (this.#waitingSeek === null) {
      this.#report(clock.nowSeconds);
    } else {
      const wanted = this.#waitingSeek;
      this.#waitingSeek = null;
      this.#seekTo(wanted);
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
    if (this.#clock && !this.#stepper.isBusy) this.#report(this.#clock.nowSeconds);
  }

  /** Looks which picture is there: one that was seen before comes without a frame callback. */
  #refresh(): void {
    const picture = this.#clock?.pictureSeconds() ?? null;
    if (picture !== null) this.onPicture(picture);
    else if (this.#clock) this.#report(this.#clock.nowSeconds);
  }

  #onTimeUpdate(): void {
    const { video } = this;
    // A hidden page has no frame callbacks; a loop still goes round there.
    if (video && (video.paused || document.hidden) && !video.seeking && !this.#stepper.isBusy) {
      this.#report(this.#clock?.nowSeconds ?? 0);
    }
  }

  /** The picture that begins at this moment of the media's clock is, or will be in a moment, seen. */
  onPicture(frameSeconds: number): void {
    const clock = this.#clock;
    if (!clock || this.#stepper.isBusy) return;
    const shown = this.marked ? this.#repaint(frameSeconds) : frameSeconds;
    // In the middle of a seek nothing can be painted; at its end, this is called again.
    if (shown === null) return;
    this.#isSettled = !clock.video.seeking;
    this.#report(clock.video.paused ? clock.nowSeconds : shown, shown);
  }

  /** Paints the picture where boxes lie over it, or where it must stay while another is looked for. */
  #repaint(frameSeconds: number): number | null {
    const { canvas } = this;
    const clock = this.#clock;
    if (!canvas || !clock || !this.#film.hasPicture || clock.video.readyState < 2) return null;
    const picture = paintPicture(canvas, clock, frameSeconds);
    this.painted ||= picture !== null;
    return picture;
  }

  #followFrames(): void {
    this.#following.abort();
    this.#following = new AbortController();
    if (this.#clock) followFilm(this.#clock, this.#film.hasPicture, this, this.#following.signal);
  }

  onMoment(timeSeconds: number): void {
    this.#report(timeSeconds);
  }

  #report(timeSeconds: number, frameSeconds?: number): void {
    this.timeSeconds = Math.max(0, timeSeconds);
    const follows = this.#film.hasPicture && this.video && hasFrameCallbacks;
    this.frameSeconds = frameSeconds ?? (follows ? this.frameSeconds : this.timeSeconds);
    if (!this.paused && !this.video?.seeking) {
      this.#round.follow(this.timeSeconds, this.speed, this.loop);
    }
    this.#tell();
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
        endSeconds: this.#film.endSeconds,
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
