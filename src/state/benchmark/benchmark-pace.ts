/** How many of the latest items tell how long one takes. */
const window = 20;

/** Tells how long the rest of a run will take, by the latest items. */
export class Pace {
  readonly #seconds: number[] = [];

  note(seconds: number): void {
    this.#seconds.push(seconds);
    if (this.#seconds.length > window) this.#seconds.shift();
  }

  /** Null while there is nothing to tell by. */
  left(items: number): number | null {
    const { length } = this.#seconds;
    return length === 0 ? null : (items * this.#seconds.reduce((a, b) => a + b, 0)) / length;
  }
}
