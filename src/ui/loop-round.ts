/** A moment so far outside its ends still belongs to the loop. */
const slackSeconds = 0.06;

/** An end that is nearer than this is waited for by the clock, not from picture to picture. */
const watchSeconds = 0.3;

export type Range = readonly [number, number];

/** Plays one stretch over and over: back to its start when its end has come, not a picture later. */
export class LoopRound {
  isOn = false;
  /** What goes round now; it stays when the film runs into another clue. */
  #range: Range | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param goTo moves the film */
  constructor(readonly goTo: (timeSeconds: number) => void) {}

  toggle(offered: Range | null): void {
    this.isOn = !this.isOn && offered !== null;
    this.#range = this.isOn ? offered : null;
    this.rest();
  }

  /** The visitor went elsewhere: what goes round is chosen anew. */
  leave(): void {
    this.#range = null;
    this.rest();
  }

  /** The film stands still. */
  rest(): void {
    clearTimeout(this.#timer);
  }

  /**
   * To call whenever the film has moved on while it plays.
   *
   * @param offered what there is to go round at the moment
   */
  follow(timeSeconds: number, speed: number, offered: Range | null): void {
    this.rest();
    if (!this.isOn) return;
    if (offered && timeSeconds > offered[0] - slackSeconds && timeSeconds < offered[1]) {
      this.#range ??= offered;
    }
    if (!this.#range) return;
    const [from, to] = this.#range;
    const leftSeconds = (to - timeSeconds) / speed;
    if (leftSeconds <= 0) this.goTo(from);
    else if (leftSeconds < watchSeconds) {
      this.#timer = setTimeout(() => this.goTo(from), leftSeconds * 1000);
    }
  }

  /** The film has come to its end. @returns whether it goes round */
  restart(): boolean {
    if (!this.isOn || !this.#range) return false;
    this.goTo(this.#range[0]);
    return true;
  }
}
