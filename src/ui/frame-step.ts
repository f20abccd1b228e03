import type { VideoClock } from './video-clock';

/** Two moments of the same picture may differ by a rounding. */
const sameSeconds = 0.0005;

/** So long before a picture begins, the one before it is seen. */
const backSeconds = 0.002;

/** So often the guess is widened before the film is taken to be at its end. */
const mostGuesses = 24;

/**
 * When the picture after the one at `fromSeconds` begins, in a film whose pictures may last
 * differently long: a jump ahead, then back from there for as long as there is one in between.
 *
 * @param show goes to a moment and tells when the picture that is seen there begins
 * @param usualSeconds how long a picture lasts as a rule
 * @returns null at the last picture
 */
export async function findNextFrame(
  show: (timeSeconds: number) => Promise<number>,
  fromSeconds: number,
  usualSeconds: number,
  endSeconds: number,
): Promise<number | null> {
  const isLater = (time: number): boolean => time > fromSeconds + sameSeconds;
  let ahead = usualSeconds;
  let found = await show(fromSeconds + ahead);
  for (let guess = 1; !isLater(found); guess++) {
    if (guess === mostGuesses || fromSeconds + ahead > endSeconds) return null;
    ahead *= 1.5;
    found = await show(fromSeconds + ahead);
  }
  for (;;) {
    const before = await show(found - backSeconds);
    if (!isLater(before) || before >= found) return found;
    found = before;
  }
}

/** Walks a film from picture to picture. While it looks for one, the film jumps about. */
export class FrameStepper {
  isBusy = false;
  #looking = new AbortController();
  #next: 1 | -1 | null = null;

  /** The visitor goes elsewhere. */
  abort(): void {
    this.#looking.abort();
    this.#next = null;
    this.isBusy = false;
  }

  /**
   * A step that is asked for while one is looked for comes after it; of several, the last. A key that
   * is held down repeats faster than a film can be searched.
   */
  queue(direction: 1 | -1): void {
    this.#next = direction;
  }

  /**
   * One step, and those that were asked for meanwhile.
   *
   * @param fromSeconds when the picture begins that is seen
   * @returns when the next, or the previous, one begins; the same at the ends of the film; null when
   *   it was aborted
   */
  async step(
    clock: VideoClock,
    fromSeconds: number,
    direction: 1 | -1,
    usualSeconds: number,
    endSeconds: number,
  ): Promise<number | null> {
    this.isBusy = true;
    this.#looking = new AbortController();
    const { signal } = this.#looking;
    const show = (time: number): Promise<number> => clock.show(time, signal);
    try {
      let found = fromSeconds;
      for (let step: 1 | -1 | null = direction; step !== null;) {
        found =
          step === -1
            ? await show(found - backSeconds)
            : ((await findNextFrame(show, found, usualSeconds, endSeconds)) ?? found);
        step = this.#next;
        this.#next = null;
      }
      return found;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      if (!signal.aborted) this.isBusy = false;
    }
  }
}
