import { checkQuestion } from '../clues/question';
import { AppError, isAbort, toAppError } from '../errors';
import type { Analysis, ModelSource, ReasonerApi } from '../protocol/api';
import { fetchSampleFile, fetchSamples, type Sample } from './samples';
import { Store } from './store';

export interface SessionOptions {
  model: ModelSource;
  /** Address of `samples.json`. */
  samplesUrl: string;
}

/**
 * What a visitor can do with the page, as verbs. The newest call wins: opening a file ends the run
 * before it, and so does a new question. Every error becomes state here; the verbs for the page do
 * not reject. {@link Session.analyze} is the one for scripts, and it does.
 */
export class Session {
  readonly store = new Store();
  readonly #api: ReasonerApi;
  readonly #options: SessionOptions;
  readonly #life = new AbortController();
  #loaded: Promise<void> | null = null;
  #samples: Promise<Sample[]> | null = null;
  #opening = new AbortController();
  #run = new AbortController();
  #runId = 0;
  /** Settles when the worker has let go of the latest run. */
  #runSettled: Promise<unknown> = Promise.resolve();

  constructor(api: ReasonerApi, options: SessionOptions) {
    this.#api = api;
    this.#options = options;
  }

  /** Probes the device and loads the model. After a failure, calling it again tries again. */
  async start(): Promise<void> {
    await this.#ready().catch(() => undefined);
  }

  /** The clips that come with the page; fetched once. */
  samples(): Promise<Sample[]> {
    return (this.#samples ??= fetchSamples(this.#options.samplesUrl));
  }

  /** Shows a file of the visitor. Nothing is decoded before the first question. */
  open(file: File): void {
    this.#leaveVideo();
    this.#show(file, file.name, null);
  }

  /** Fetches a sample from the page's own folder and shows it. */
  async openSample(sample: Sample): Promise<void> {
    const { signal } = this.#leaveVideo();
    this.store.dispatch({ kind: 'video-opening', title: sample.title });
    try {
      const file = await fetchSampleFile(sample, signal);
      if (!signal.aborted) this.#show(file, sample.title, sample);
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      const shown = toAppError(error);
      this.store.dispatch({ kind: 'video-failed', title: sample.title, error: shown });
    }
  }

  /** Asks the question about the open file; waits for the model where it is still loading. */
  async count(question: string): Promise<void> {
    await this.#ask(question).catch(() => undefined);
  }

  /** Opens the file, asks the question and returns what the page shows then. @throws AppError */
  analyze(file: File, question: string): Promise<Analysis> {
    this.open(file);
    return this.#ask(question);
  }

  /** Ends the running question. Its clues stay. */
  cancel(): void {
    this.#run.abort();
    this.store.dispatch({ kind: 'run-cancelled', id: this.#runId });
  }

  /** Asks the player for a moment, in seconds on the media's clock. */
  seek(timeSeconds: number): void {
    this.store.dispatch({ kind: 'seek', timeSeconds });
  }

  dispose(): void {
    this.#life.abort();
    this.cancel();
    this.#leaveVideo();
  }

  #ready(): Promise<void> {
    this.#loaded ??= this.#load().catch((error: unknown) => {
      // Forget the failure, so that one bad load does not poison the next (a dropped connection).
      this.#loaded = null;
      throw error;
    });
    return this.#loaded;
  }

  async #load(): Promise<void> {
    const { store } = this;
    try {
      store.dispatch({ kind: 'device-ready', capabilities: await this.#api.probe() });
    } catch (error) {
      store.dispatch({ kind: 'device-failed', error: toAppError(error) });
      throw error;
    }
    try {
      store.dispatch({ kind: 'model-loading', progress: null });
      const info = await this.#api.load(
        this.#options.model,
        (progress) => store.dispatch({ kind: 'model-loading', progress }),
        this.#life.signal,
      );
      store.dispatch({ kind: 'model-ready', info });
    } catch (error) {
      if (!isAbort(error)) store.dispatch({ kind: 'model-failed', error: toAppError(error) });
      throw error;
    }
  }

  /** Ends what belongs to the video before: its run, its fetch, its object URL. */
  #leaveVideo(): AbortController {
    this.cancel();
    this.#opening.abort();
    this.#opening = new AbortController();
    const { video } = this.store.state;
    if (video.kind === 'open') URL.revokeObjectURL(video.url);
    return this.#opening;
  }

  #show(file: File, title: string, sample: Sample | null): void {
    const url = URL.createObjectURL(file);
    this.store.dispatch({ kind: 'video-opened', file, url, title, sample });
  }

  /** @throws AppError, or AbortError where a newer call won; the page has been told either way. */
  async #ask(question: string): Promise<Analysis> {
    this.#run.abort();
    const { signal } = (this.#run = new AbortController());
    const id = ++this.#runId;
    this.store.dispatch({ kind: 'run-started', id, question });
    try {
      const request = { file: this.#openFile(), question: checkQuestion(question) };
      await untilAborted(Promise.all([this.#ready(), this.#runSettled]), signal);
      const call = this.#api.analyze(
        request,
        (event) => this.store.dispatch({ kind: 'run-event', id, event }),
        signal,
      );
      this.#runSettled = call.catch(() => undefined);
      const analysis = await untilAborted(call, signal);
      this.store.dispatch({ kind: 'run-done', id, analysis });
      return analysis;
    } catch (error) {
      if (isAbort(error)) {
        this.store.dispatch({ kind: 'run-cancelled', id });
        throw error;
      }
      const shown = toAppError(error);
      this.store.dispatch({ kind: 'run-failed', id, error: shown });
      throw shown;
    }
  }

  #openFile(): File {
    const { video } = this.store.state;
    if (video.kind === 'open') return video.file;
    throw new AppError('file-unreadable', 'Open a video first, then ask.');
  }
}

/** The promise, or an AbortError as soon as the signal says so: a stop is felt at once. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new DOMException('The call was aborted.', 'AbortError'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
