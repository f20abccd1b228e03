import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { MediaInfo } from '../media/media';
import type { SeekRequest } from '../state/state';
import { PlaybackEvent } from './events';
import { formatTime } from './format';
import { icon } from './icons';
import { playerStyles } from './av-player.styles';
import { controls } from './theme';

/** Where the decoder found no frame rate, a step is this long. */
const defaultStepSeconds = 1 / 30;

/** Lands inside the frame that begins at the asked moment instead of on its edge. */
const seekNudgeSeconds = 0.001;

/**
 * Shows the file and owns its time. Nobody else seeks: a wish arrives as `seek`. A format that the
 * browser cannot play (ffmpeg decodes more than `<video>` does) keeps a clock of its own, so that the
 * timeline and the list still work.
 *
 * @slot overlay - boxes over the picture
 * @slot timeline - marks under it
 * @event av-playback - the moment on the screen, the duration and the picture's size
 */
@customElement('av-player')
export class AvPlayer extends LitElement {
  static override styles = [controls, playerStyles];

  /** Object URL of the file. */
  @property() src = '';
  @property() mime = '';
  @property() name = '';
  @property({ attribute: false }) info: MediaInfo | null = null;
  @property({ attribute: false }) seek: SeekRequest | null = null;

  @state() private unplayable = false;
  /** Nothing has been played or looked up yet: the large sign invites to. */
  @state() private fresh = true;
  @state() private paused = true;
  @state() private muted = false;
  @state() private timeSeconds = 0;
  @state() private loadedSeconds = 0;
  @state() private width = 0;
  @state() private height = 0;

  @query('video') private video!: HTMLVideoElement | null;
  #frameRequest = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) {
      this.unplayable = false;
      this.fresh = true;
      this.paused = true;
      this.timeSeconds = this.loadedSeconds = this.width = this.height = 0;
    }
    if (changed.has('seek') && this.seek) {
      this.fresh = false;
      if (!this.#canPlay) this.timeSeconds = this.#clamp(this.seek.timeSeconds);
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('src')) this.#followFrames();
    if (changed.has('seek') && this.seek && this.#canPlay) this.#seekTo(this.seek.timeSeconds);
    else if (changed.has('seek') || changed.has('info') || changed.has('src')) this.#tell();
  }

  protected override render(): TemplateResult {
    const silent = this.#isImage || (this.info !== null && this.info.audio === null);
    return html`
      <section aria-label="Player" @keydown=${this.#onKeydown}>
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
        @click=${this.#toggle}
        @play=${this.#onPlayState}
        @pause=${this.#onPlayState}
        @loadedmetadata=${this.#onMetadata}
        @durationchange=${this.#onMetadata}
        @seeking=${this.#onSeeking}
        @timeupdate=${this.#onTimeUpdate}
        @error=${this.#onMediaError}
      ></video>
    `;
  }

  #renderNotice(): TemplateResult {
    const codec = this.info?.video?.codec ?? this.info?.audio?.codec;
    const format = codec ? `${codec.toUpperCase()} in ${this.info?.container}` : '';
    return html`<p class="notice" role="note">
      ${icon('videoOff')}
      <span>
        <strong>This browser cannot play this file${format ? ` (${format})` : ''}.</strong>
        It can still be counted here: the timeline and the list work as usual.
      </span>
    </p>`;
  }

  #renderControls(silent: boolean): TemplateResult {
    const end = this.#endSeconds;
    const still = end === 0;
    return html`<div class="controls" role="group" aria-label="Playback">
      <button
        id="play"
        class="icon-button play"
        aria-label=${this.paused ? 'Play' : 'Pause'}
        ?disabled=${!this.#canPlay}
        @click=${this.#toggle}
      >
        ${icon(this.paused ? 'play' : 'pause')}
      </button>
      <button
        class="icon-button"
        aria-label="One frame back"
        ?disabled=${still}
        @click=${() => this.#step(-1)}
      >
        ${icon('chevronLeft')}
      </button>
      <button
        class="icon-button"
        aria-label="One frame forward"
        ?disabled=${still}
        @click=${() => this.#step(1)}
      >
        ${icon('chevronRight')}
      </button>
      <p class="time tabular">
        <span class="visually-hidden">Time </span>${formatTime(this.timeSeconds)}
        <span class="of"> / ${formatTime(end)}</span>
      </p>
      ${
        silent
          ? html`<p class="note">No sound</p>`
          : html`<button
              class="icon-button"
              aria-label="Mute"
              aria-pressed=${this.muted}
              ?disabled=${!this.#canPlay}
              @click=${() => (this.muted = !this.muted)}
            >
              ${icon(this.muted ? 'volumeOff' : 'volume')}
            </button>`
      }
    </div>`;
  }

  #onKeydown(event: KeyboardEvent): void {
    // On a button or the timeline, the space bar means that control.
    const onControl = event.target !== this.video;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'k') this.#toggle();
    else if (event.key === 'm') this.muted = !this.muted;
    else if (event.key === ',') this.#step(-1);
    else if (event.key === '.') this.#step(1);
    else if (event.key === ' ' && !onControl) this.#toggle();
    else return;
    event.preventDefault();
  }

  #toggle(): void {
    const { video } = this;
    if (!video || !this.#canPlay) return;
    if (video.paused) {
      // Refused where the browser wants a gesture first; the button then still says "Play".
      video.play().catch(() => undefined);
    } else {
      video.pause();
    }
  }

  #step(direction: 1 | -1): void {
    this.video?.pause();
    this.fresh = false;
    this.#seekTo(this.timeSeconds + direction * this.#stepSeconds);
  }

  #clamp(timeSeconds: number): number {
    const end = this.#endSeconds;
    return Math.max(0, end > 0 ? Math.min(timeSeconds, end) : timeSeconds);
  }

  #seekTo(timeSeconds: number): void {
    const time = this.#clamp(timeSeconds);
    if (this.video && this.#canPlay) this.video.currentTime = time + seekNudgeSeconds;
    else this.#report(time);
  }

  #onPlayState(): void {
    this.paused = this.video?.paused ?? true;
    this.fresh = false;
    if (!this.paused) this.#followFrames();
  }

  #onMetadata(): void {
    const { video } = this;
    if (!video) return;
    this.loadedSeconds = Number.isFinite(video.duration) ? video.duration : 0;
    this.width = video.videoWidth;
    this.height = video.videoHeight;
    // A codec such as HEVC may leave its sound playable and its picture not.
    if (this.info?.video && video.videoWidth === 0) this.unplayable = true;
    this.#report(video.currentTime);
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
    this.#report(this.timeSeconds);
  }

  #onSeeking(): void {
    if (this.video) this.#report(this.video.currentTime - seekNudgeSeconds);
  }

  #onTimeUpdate(): void {
    if (this.video?.paused) this.#report(this.video.currentTime);
  }

  /**
   * Reports the moment of every picture as it appears, by the picture's own time. Sound alone, and a
   * browser without frame callbacks, is followed once per screen refresh while it plays.
   */
  #followFrames(): void {
    const { video } = this;
    if (!video) return;
    const request = ++this.#frameRequest;
    const isStale = (): boolean => request !== this.#frameRequest || !this.isConnected;
    if (this.#hasPicture && 'requestVideoFrameCallback' in video) {
      const onFrame: VideoFrameRequestCallback = (_now, { mediaTime }) => {
        if (isStale()) return;
        this.#report(mediaTime);
        video.requestVideoFrameCallback(onFrame);
      };
      video.requestVideoFrameCallback(onFrame);
      return;
    }
    const onRefresh = (): void => {
      if (isStale() || video.paused) return;
      this.#report(video.currentTime);
      requestAnimationFrame(onRefresh);
    };
    requestAnimationFrame(onRefresh);
  }

  #report(timeSeconds: number): void {
    this.timeSeconds = Math.max(0, timeSeconds);
    this.#tell();
  }

  #tell(): void {
    const picture = this.info?.video;
    this.dispatchEvent(
      new PlaybackEvent({
        timeSeconds: this.timeSeconds,
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
