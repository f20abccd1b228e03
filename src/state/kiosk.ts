import type { Sample } from './samples';
import type { Session } from './session';
import { activeModel } from './state';

/** What the loop is at. */
export type KioskStep =
  | { readonly kind: 'loading' }
  /** The model did not come; the loop tries again by itself. */
  | { readonly kind: 'model-failed'; readonly secondsLeft: number }
  | { readonly kind: 'opening' | 'counting' | 'showing' | 'failed'; readonly sample: Sample };

export interface KioskLoopOptions {
  tell: (step: KioskStep) => void;
  /** So many turns in a row came to nothing; said at every further one, too. */
  stuck?: (turns: number) => void;
  showSeconds?: number | null;
}

/** A step that gives no sign of life for so long is given up… */
const watchdogMs = 90_000;
/** …and so is one that does nothing but give them. */
const longestMs = 300_000;

const retrySeconds = 10;
const afterFailureMs = 3000;
const [leastShownMs, mostShownMs] = [9000, 24_000];

/**
 * The page while nobody touches it: one sample after the other is opened and counted, by the model
 * that runs here, and its result stays for a while. Nothing ends the loop but {@link stop}.
 */
export class KioskLoop {
  readonly #session: Session;
  readonly #options: KioskLoopOptions;
  #running: AbortController | null = null;
  #turn = 0;
  #failedTurns = 0;

  constructor(session: Session, options: KioskLoopOptions) {
    this.#session = session;
    this.#options = options;
  }

  /** Begins with the sample after the latest one. */
  start(): void {
    if (this.#running) return;
    this.#running = new AbortController();
    void this.#go(this.#running.signal);
  }

  /** What the session shows stays; the caller wipes it. */
  stop(): void {
    this.#running?.abort();
    this.#running = null;
  }

  async #go(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#untilModel(signal);
        await this.#showNext(signal);
        this.#failedTurns = 0;
      } catch {
        if (signal.aborted) return;
        this.#failedTurns += 1;
        this.#options.stuck?.(this.#failedTurns);
        await pause(afterFailureMs, signal).catch(() => undefined);
      }
    }
  }

  async #untilModel(signal: AbortSignal): Promise<void> {
    const session = this.#session;
    while (!activeModel(session.store.state.model)) {
      this.#options.tell({ kind: 'loading' });
      await this.#watched(session.start(), signal, () => session.cancelLoad());
      if (activeModel(session.store.state.model)) return;
      for (let secondsLeft = retrySeconds; secondsLeft > 0; secondsLeft -= 1) {
        this.#options.tell({ kind: 'model-failed', secondsLeft });
        await pause(1000, signal);
      }
    }
  }

  async #showNext(signal: AbortSignal): Promise<void> {
    const session = this.#session;
    const { tell, showSeconds = null } = this.#options;
    const samples = await this.#watched(session.samples(), signal);
    const sample = samples[this.#turn++ % samples.length];
    if (!sample) throw new Error('There are no samples.');
    const giveUp = (): void => session.wipe();
    // The loop's own answers are nobody's history.
    session.wipe();
    tell({ kind: 'opening', sample });
    await this.#watched(session.openSample(sample), signal, giveUp);
    if (session.store.state.video.kind === 'open') {
      tell({ kind: 'counting', sample });
      await this.#watched(session.count(sample.question), signal, giveUp);
    }
    const { run } = session.store.state;
    if (run.kind !== 'done') {
      tell({ kind: 'failed', sample });
      throw new Error('The sample was not counted.');
    }
    tell({ kind: 'showing', sample });
    const clipMs = run.analysis.media.durationSeconds * 1000;
    const shownMs = Math.min(Math.max(clipMs, leastShownMs), mostShownMs);
    await pause(showSeconds === null ? shownMs : showSeconds * 1000, signal);
  }

  /** The step, or an error where the loop was stopped or the step sticks. */
  #watched<T>(step: Promise<T>, signal: AbortSignal, giveUp?: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const bark = (): void => {
        end();
        reject(new Error('The step sticks.'));
        giveUp?.();
      };
      const stop = (): void => {
        end();
        reject(stopped());
      };
      let timer = setTimeout(bark, watchdogMs);
      const longest = setTimeout(bark, longestMs);
      const unsubscribe = this.#session.store.subscribe(() => {
        clearTimeout(timer);
        timer = setTimeout(bark, watchdogMs);
      });
      const end = (): void => {
        clearTimeout(timer);
        clearTimeout(longest);
        unsubscribe();
        signal.removeEventListener('abort', stop);
      };
      signal.addEventListener('abort', stop, { once: true });
      step.then(resolve, reject).finally(end);
      if (signal.aborted) stop();
    });
  }
}

function stopped(): DOMException {
  return new DOMException('The loop was stopped.', 'AbortError');
}

/** @throws AbortError where the loop is stopped meanwhile */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(stopped());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}
