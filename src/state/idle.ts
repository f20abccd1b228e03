/** What the visitor's silence has come to. */
export type IdleState =
  | { readonly kind: 'active' }
  /** Somebody may still be there: the page asks, and counts down. */
  | { readonly kind: 'warning'; readonly secondsLeft: number }
  /** Nobody is. Said once; the timer stops by itself. */
  | { readonly kind: 'over' };

export interface IdleOptions {
  /** Silence until the page asks, in seconds. */
  idleSeconds: number;
  /** How long the question stands, in seconds. */
  warningSeconds: number;
  /**
   * Whether something goes on that one watches with folded hands: a run, a video that plays. Then the
   * silence has not begun yet.
   */
  isBusy: () => boolean;
  /** Hears every change, and every second of the countdown. */
  tell: (state: IdleState) => void;
}

/** Nothing keeps the page longer than this without a hand on it, not even a film. In seconds. */
const longestBusySeconds = 600;

const tickMs = 250;

/**
 * Notices that the visitor has left. It reads the clock instead of counting its ticks, as a browser
 * slows down the timers of a page that nobody looks at.
 */
export class IdleTimer {
  readonly #options: IdleOptions;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #touchedAt = 0;
  #quietSince = 0;
  #secondsLeft: number | null = null;

  constructor(options: IdleOptions) {
    this.#options = options;
  }

  /** A visitor is there. */
  start(): void {
    this.stop();
    this.#touchedAt = this.#quietSince = Date.now();
    this.#ticking = setInterval(() => this.#look(), tickMs);
  }

  stop(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#secondsLeft = null;
  }

  /** A key, a touch, a move of the pointer. Ends a countdown. */
  touch(): void {
    if (this.#ticking === undefined) return;
    this.#touchedAt = this.#quietSince = Date.now();
    this.#calm();
  }

  #calm(): void {
    if (this.#secondsLeft === null) return;
    this.#secondsLeft = null;
    this.#options.tell({ kind: 'active' });
  }

  #look(): void {
    const { idleSeconds, warningSeconds, isBusy, tell } = this.#options;
    const now = Date.now();
    if (isBusy() && now - this.#touchedAt < longestBusySeconds * 1000) {
      this.#quietSince = now;
      return this.#calm();
    }
    const beyond = (now - this.#quietSince) / 1000 - idleSeconds;
    if (beyond < 0) return;
    const secondsLeft = Math.ceil(warningSeconds - beyond);
    if (secondsLeft <= 0) {
      this.stop();
      return tell({ kind: 'over' });
    }
    if (secondsLeft === this.#secondsLeft) return;
    this.#secondsLeft = secondsLeft;
    tell({ kind: 'warning', secondsLeft });
  }
}
