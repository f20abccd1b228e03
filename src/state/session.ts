import { checkQuestion } from '../clues/question';
import type { Edit } from '../clues/review';
import { AppError, isAbort, toAppError } from '../errors';
import type {
  AnalyzeEvent,
  AnalyzeOptions,
  AnalyzeRequest,
  Analysis,
  Emit,
  ModelSource,
  ReasonerApi,
} from '../protocol/api';
import type { Benchmark } from './benchmark/benchmark';
import { ModelLoader, type ModelLoaderOptions } from './model-loader';
import { fetchSampleFile, fetchSamples, fetchText, type Sample } from './samples';
import type { ServedModel } from './served-models';
import { activeModel, type AbsentVideo, type DoneRun } from './state';
import type { HistoryEntry, OpenVideo } from './state';
import { Store } from './store';
import { createCountdown } from './transfer-rate';

/** A file that was opened to be asked about at once is not glimpsed at first. */
const glimpseDelayMs = 250;

export interface SessionOptions extends ModelLoaderOptions {
  /** Address of `samples.json`. */
  samplesUrl: string;
}

/** A finished answer that came without its video. */
export interface RestoredResult {
  title: string;
  run: Omit<DoneRun, 'id' | 'kind'>;
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
  readonly #models: ModelLoader;
  #samples: Promise<Sample[]> | null = null;
  #opening = new AbortController();
  #run = new AbortController();
  #runId = 0;
  #drafts = 0;
  #glimpse = new AbortController();
  #aside = new AbortController();
  #benchmark: Promise<Benchmark> | null = null;
  /** Settles when the worker has let go of the latest run. */
  #runSettled: Promise<unknown> = Promise.resolve();

  constructor(api: ReasonerApi, options: SessionOptions) {
    this.#api = api;
    this.#options = options;
    this.#models = new ModelLoader(api, this.store, options);
  }

  /**
   * Probes the device and loads the model. After a failure, calling it again tries again. Opening a
   * video does it, too: a page that is only read loads no model.
   */
  async start(): Promise<void> {
    await this.#models.ready().catch(() => undefined);
  }

  /** Finds out what the device can do and what the model covers, without loading it. */
  introduce(): Promise<void> {
    return this.#models.introduce();
  }

  /**
   * Loads another model. The one before answers until this one is there, and stays where it does not
   * come. A large one is kept on this device, also what has arrived of one that was stopped.
   */
  useModel(source: ModelSource, title = ''): Promise<void> {
    return this.#models.use(source, title);
  }

  /** Loads a model of the page's own list. */
  useServed(model: ServedModel): Promise<void> {
    return this.#models.useServed(model);
  }

  /** Stops the model that is being loaded. What has arrived is kept. */
  cancelLoad(): void {
    this.#models.cancel();
  }

  /** Takes a model's files off this device. One that runs from them makes way for another first. */
  deleteModel(model: ServedModel): Promise<void> {
    return this.#models.delete(model);
  }

  /** Finds out what the page offers, what of it is on this device, and what would run here. */
  lookAtShelf(): Promise<void> {
    return this.#models.lookAtShelf();
  }

  /** The clips that come with the page; fetched once, where there are any. */
  samples(): Promise<Sample[]> {
    const samples = (this.#samples ??= fetchSamples(this.#options.samplesUrl));
    void samples.then((list) => {
      if (list.length === 0) this.#samples = null;
    });
    return samples;
  }

  /**
   * Shows a file of the visitor. One that a result on the page was waiting for joins it; any other
   * takes its place.
   */
  open(file: File): void {
    const { video } = this.store.state;
    if (video.kind === 'absent' && video.title === file.name) return this.attach(file);
    this.#leaveVideo();
    this.#show(file, file.name, null);
  }

  /** Puts the video beside a result that came without it. */
  attach(file: File): void {
    if (this.store.state.video.kind !== 'absent') return this.open(file);
    const url = URL.createObjectURL(file);
    this.store.dispatch({ kind: 'video-attached', file, url });
    void this.start();
  }

  /** Shows a finished answer from elsewhere, without its video. */
  restore(title: string, run: RestoredResult['run']): void {
    this.#leaveVideo();
    const video: AbsentVideo = { kind: 'absent', title, media: run.analysis.media, seek: null };
    this.store.dispatch({
      kind: 'restored',
      video,
      run: { kind: 'done', id: ++this.#runId, ...run },
    });
  }

  /** Reads a result from elsewhere and shows it. The newest call wins, as with a sample. */
  async restoreFrom(title: string, read: () => Promise<RestoredResult>): Promise<void> {
    const { signal } = this.#leaveVideo();
    this.store.dispatch({ kind: 'video-opening', title });
    try {
      const result = await read();
      if (!signal.aborted) this.restore(result.title, result.run);
    } catch (error) {
      if (signal.aborted) return;
      this.store.dispatch({ kind: 'video-failed', title, error: toAppError(error) });
    }
  }

  /** Shows an earlier answer of this visit again, as the visitor left it. */
  revisit({ video: before, run }: HistoryEntry): void {
    this.#leaveVideo();
    const video: OpenVideo | AbsentVideo =
      before.kind === 'open' ? { ...before, url: URL.createObjectURL(before.file) } : before;
    this.store.dispatch({ kind: 'restored', video, run });
  }

  /** Takes everything of this visitor off the page: videos, answers, history. */
  wipe(): void {
    this.#leaveVideo();
    this.store.dispatch({ kind: 'wiped' });
  }

  /** Takes what went wrong off the page: a video that did not open, a question without an answer. */
  dismiss(): void {
    this.store.dispatch({ kind: 'dismissed' });
  }

  /** The visitor's word on the evidence. */
  edit(edit: Edit): void {
    this.store.dispatch({ kind: 'edited', edit });
  }

  /** Finds out whether the model can count what is being typed. The newest text wins. */
  async draft(text: string): Promise<void> {
    const question = text.trim();
    const serial = ++this.#drafts;
    const { video } = this.store.state;
    const info = video.kind === 'open' ? video.info : null;
    const reach = question === '' ? null : await this.#api.check(question, info).catch(() => null);
    if (serial !== this.#drafts) return;
    this.store.dispatch({ kind: 'drafted', draft: reach && { question, reach } });
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
  analyze(file: File, question: string, options?: AnalyzeOptions): Promise<Analysis> {
    this.open(file);
    return this.#ask(question, options);
  }

  /** Runs of whole annotation files, beside the page; made when somebody wants one. */
  benchmark(): Promise<Benchmark> {
    return (this.#benchmark ??= this.#makeBenchmark());
  }

  async #makeBenchmark(): Promise<Benchmark> {
    const { Benchmark } = await import('./benchmark/benchmark');
    return new Benchmark({
      ready: async () => {
        await this.#models.ready();
        const model = activeModel(this.store.state.model);
        if (!model) throw new AppError('model-fetch-failed', 'The model did not come.');
        return model;
      },
      ask: (request, emit, signal) => this.#askAside(request, emit, signal),
      samples: () => this.samples(),
      sampleAnnotations: () =>
        fetchText(new URL('annotations.json', this.#options.samplesUrl).href),
    });
  }

  /** Asks without showing it. A question of the visitor's, or another video, ends it: AbortError. */
  async #askAside(
    request: AnalyzeRequest,
    emit: Emit<AnalyzeEvent>,
    signal: AbortSignal,
  ): Promise<Analysis> {
    const aside = (this.#aside = new AbortController());
    const abort = (): void => aside.abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      signal.throwIfAborted();
      this.#glimpse.abort();
      await untilAborted(Promise.all([this.#models.ready(), this.#runSettled]), aside.signal);
      const call = this.#api.analyze(request, emit, aside.signal);
      this.#runSettled = call.catch(() => undefined);
      return await untilAborted(call, aside.signal);
    } finally {
      signal.removeEventListener('abort', abort);
    }
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
    this.#models.dispose();
    this.cancel();
    this.#leaveVideo();
  }

  /** Ends what belongs to the video before: its run, its fetch, its object URL. */
  #leaveVideo(): AbortController {
    this.cancel();
    this.#drafts += 1;
    this.#glimpse.abort();
    this.#aside.abort();
    this.#opening.abort();
    this.#opening = new AbortController();
    const { video } = this.store.state;
    if (video.kind === 'open') URL.revokeObjectURL(video.url);
    return this.#opening;
  }

  #show(file: File, title: string, sample: Sample | null): void {
    const url = URL.createObjectURL(file);
    this.store.dispatch({ kind: 'video-opened', file, url, title, sample });
    void this.#glimpseAt(file, url);
  }

  /** A first, quick look, for suggestions. Whatever goes wrong with it goes unsaid. */
  async #glimpseAt(file: File, url: string): Promise<void> {
    const { signal } = (this.#glimpse = new AbortController());
    try {
      await this.#models.ready();
      await new Promise((resolve) => setTimeout(resolve, glimpseDelayMs));
      signal.throwIfAborted();
      const call = this.#api.glimpse(file, signal);
      this.#runSettled = Promise.allSettled([this.#runSettled, call]);
      const glimpse = await call;
      if (glimpse && !signal.aborted) {
        this.store.dispatch({ kind: 'video-glimpsed', url, glimpse });
      }
    } catch {
      // The question will say it, if it is one that the visitor must know.
    }
  }

  /** @throws AppError, or AbortError where a newer call won; the page has been told either way. */
  async #ask(question: string, options: AnalyzeOptions = {}): Promise<Analysis> {
    this.#run.abort();
    this.#glimpse.abort();
    this.#aside.abort();
    this.#drafts += 1;
    const { signal } = (this.#run = new AbortController());
    const id = ++this.#runId;
    this.store.dispatch({ kind: 'run-started', id, question });
    try {
      const request = { ...options, file: this.#openFile(), question: checkQuestion(question) };
      await untilAborted(Promise.all([this.#models.ready(), this.#runSettled]), signal);
      const countdown = createCountdown();
      const call = this.#api.analyze(
        request,
        (event) => {
          const secondsLeft =
            event.kind === 'progress' ? countdown(event, performance.now()) : null;
          this.store.dispatch({ kind: 'run-event', id, event, secondsLeft });
        },
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
    if (video.kind === 'absent') {
      throw new AppError('file-unreadable', 'This result came without its video. Open it first.');
    }
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
