/** Frames are kept at this height, in pixels: enough for a strip on a dense screen. */
const frameHeight = 96;

/** The oldest of more frames than this are forgotten. */
const mostFrames = 160;

/** A pause before each look-up, so that the video on the stage always goes first. */
const pauseMs = 40;

/** A seek that has not ended by then never will. */
const patienceMs = 5000;

/**
 * Small frames of a video for the timeline, made one at a time in a hidden `<video>` of its own. Only
 * the newest wish counts: what was asked for before and is not made yet is not made. Where the browser
 * cannot show the file, there are no frames, and nothing is said.
 */
export class Filmstrip {
  readonly #frames = new Map<number, HTMLCanvasElement>();
  readonly #onFrame: () => void;
  #video: HTMLVideoElement | null = document.createElement('video');
  #wanted: readonly number[] = [];
  #isWorking = false;

  /** @param url object URL of the file; it must live as long as the strip. */
  constructor(url: string, onFrame: () => void) {
    this.#onFrame = onFrame;
    const video = this.#video!;
    video.muted = true;
    video.preload = 'auto';
    video.addEventListener('error', () => this.dispose());
    video.addEventListener('loadeddata', () => void this.#work());
    video.src = url;
  }

  /** Frames made so far. */
  get size(): number {
    return this.#frames.size;
  }

  /** Width over height of the picture; 0 while it is unknown, and for ever where there is none. */
  get aspect(): number {
    const { videoWidth = 0, videoHeight = 0 } = this.#video ?? {};
    return videoHeight > 0 ? videoWidth / videoHeight : 0;
  }

  /** Asks for frames at these moments, in seconds, instead of those asked for before. */
  show(times: readonly number[]): void {
    this.#wanted = times;
    void this.#work();
  }

  /** The frame at a moment, or, until it is made, the nearest one there is. */
  frameAt(timeSeconds: number): HTMLCanvasElement | null {
    const exact = this.#frames.get(timeSeconds);
    if (exact) return exact;
    let nearest: number | null = null;
    for (const time of this.#frames.keys()) {
      if (nearest === null || Math.abs(time - timeSeconds) < Math.abs(nearest - timeSeconds)) {
        nearest = time;
      }
    }
    return nearest === null ? null : this.#frames.get(nearest)!;
  }

  dispose(): void {
    this.#wanted = [];
    this.#video?.removeAttribute('src');
    this.#video?.load();
    this.#video = null;
  }

  async #work(): Promise<void> {
    if (this.#isWorking || this.aspect === 0) return;
    this.#isWorking = true;
    for (let time = this.#next(); time !== undefined; time = this.#next()) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      // While it paused, the wish may have changed.
      if (this.#next() !== time) continue;
      if (!(await this.#make(time))) break;
    }
    this.#isWorking = false;
  }

  #next(): number | undefined {
    return this.#video ? this.#wanted.find((time) => !this.#frames.has(time)) : undefined;
  }

  async #make(time: number): Promise<boolean> {
    const video = this.#video;
    if (!video || !(await seekTo(video, time)) || this.#video !== video) return false;
    const canvas = document.createElement('canvas');
    canvas.height = frameHeight;
    canvas.width = Math.max(1, Math.round(frameHeight * this.aspect));
    canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    this.#frames.set(time, canvas);
    const [oldest] = this.#frames.keys();
    if (this.#frames.size > mostFrames && oldest !== undefined) this.#frames.delete(oldest);
    this.#onFrame();
    return true;
  }
}

function seekTo(video: HTMLVideoElement, time: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (sought: boolean) => (): void => {
      clearTimeout(timer);
      video.removeEventListener('seeked', onSeeked);
      video.removeEventListener('emptied', onEmptied);
      resolve(sought);
    };
    const [onSeeked, onEmptied] = [end(true), end(false)];
    const timer = setTimeout(onEmptied, patienceMs);
    video.addEventListener('seeked', onSeeked);
    video.addEventListener('emptied', onEmptied);
    video.currentTime = time;
  });
}

/** Moments of the tiles that a view shows: on a grid that stays as the view moves, in seconds. */
export function tileTimes(startSeconds: number, lengthSeconds: number, tiles: number): number[] {
  if (!(lengthSeconds > 0) || tiles < 1) return [];
  const step = lengthSeconds / tiles;
  const first = Math.floor(startSeconds / step + 1e-6);
  const last = Math.ceil((startSeconds + lengthSeconds) / step - 1e-6);
  return Array.from({ length: last - first }, (_, at) => tileTime(first + at, step));
}

/** The middle of a tile, to the millisecond, so that the same tile is found again. */
function tileTime(index: number, step: number): number {
  return Math.round((index + 0.5) * step * 1000) / 1000;
}
