/** Lands inside the frame that begins at the asked moment instead of on its edge. */
const nudgeSeconds = 0.001;

/** A start that is nearer to 0 than this makes no difference. */
const leastStartSeconds = 0.01;

/** A picture that has not come by then was on the screen already. */
const settleMs = 250;

/** Whether the browser tells which picture a video holds. */
export const canTellPictures = typeof VideoFrame === 'function';

/**
 * What to add to a moment of `<video>` to get the media's own clock. Some browsers keep that clock,
 * others count from 0 at the first picture.
 *
 * @param startSeconds where the media begins on its own clock
 * @param firstSeconds where `<video>` stood before anybody moved it
 */
export function clockShift(startSeconds: number, firstSeconds: number): number {
  return startSeconds > leastStartSeconds && firstSeconds < startSeconds / 2 ? startSeconds : 0;
}

/**
 * A `<video>` on the media's own clock, to the frame. All moments that go in or come out are seconds
 * on that clock: nobody else needs to know that the element may have another.
 */
export class VideoClock {
  /** Where the media begins, once that is known. */
  startSeconds = 0;
  #firstSeconds = 0;
  #isUntouched = true;

  constructor(readonly video: HTMLVideoElement) {}

  get #shift(): number {
    return clockShift(this.startSeconds, this.#firstSeconds);
  }

  /** The moment that was asked for last, or the one that is played. */
  get nowSeconds(): number {
    const { currentTime } = this.video;
    return this.#isUntouched || !this.video.paused
      ? currentTime + this.#shift
      : currentTime - nudgeSeconds + this.#shift;
  }

  /** The end that the browser knows, 0 for none: recorders write no duration. */
  get endSeconds(): number {
    const { duration } = this.video;
    return Number.isFinite(duration) ? duration + this.#shift : 0;
  }

  /** Whether it is known where a seek must go: before the first picture, the clock may not be. */
  get isReady(): boolean {
    const needsPicture = this.#isUntouched && this.startSeconds > leastStartSeconds;
    return this.video.readyState >= (needsPicture ? 2 : 1);
  }

  /** To call with the first moments that the browser gives: they tell which clock it keeps. */
  noteFirst(videoSeconds = this.video.currentTime): void {
    if (this.#isUntouched) this.#firstSeconds = Math.max(this.#firstSeconds, videoSeconds);
  }

  /** A moment that the browser gave, such as a frame callback's. */
  fromVideo(videoSeconds: number): number {
    return videoSeconds + this.#shift;
  }

  seek(timeSeconds: number): void {
    this.noteFirst();
    this.noteFirst(this.#pictureTime() ?? 0);
    this.#isUntouched = false;
    this.video.currentTime = Math.max(0, timeSeconds - this.#shift) + nudgeSeconds;
  }

  /** When the picture that the element holds begins; null where the browser does not tell. */
  pictureSeconds(): number | null {
    const time = this.#pictureTime();
    return time === null ? null : this.fromVideo(time);
  }

  #pictureTime(): number | null {
    if (!canTellPictures || this.video.readyState < 2) return null;
    try {
      const frame = new VideoFrame(this.video);
      const { timestamp } = frame;
      frame.close();
      return timestamp / 1e6;
    } catch {
      return null;
    }
  }

  /** Seeks, waits until the picture is there, and tells when that begins. */
  async show(timeSeconds: number, signal: AbortSignal): Promise<number> {
    const { video } = this;
    // The end of an earlier seek must not be taken for the end of this one.
    await this.#rest(signal);
    const before = this.pictureSeconds();
    const picture = new Promise<number>((resolve) => {
      video.requestVideoFrameCallback((_now, { mediaTime }) => resolve(this.fromVideo(mediaTime)));
    });
    this.seek(timeSeconds);
    await this.#rest(signal);
    const after = this.pictureSeconds();
    if (after !== null && after !== before) return after;
    // The same picture, or one that a busy machine has not put in its place yet.
    const late = new Promise<null>((resolve) => setTimeout(resolve, settleMs, null));
    const told = await Promise.race([picture, late]);
    return this.pictureSeconds() ?? told ?? this.fromVideo(timeSeconds);
  }

  /** Waits until no seek goes on. */
  async #rest(signal: AbortSignal): Promise<void> {
    const { video } = this;
    while (video.seeking && !signal.aborted) {
      await new Promise<void>((resolve) => {
        video.addEventListener('seeked', () => resolve(), { once: true, signal });
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    signal.throwIfAborted();
  }
}
