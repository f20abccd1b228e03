import { readAnnotationText, type Annotation } from '../../benchmark/annotations';
import type { Prediction, RunIdentity } from '../../benchmark/predictions';
import { runBenchmark } from '../../benchmark/run';
import { scoreReply, type ScoredItem } from '../../benchmark/score-replies';
import type { Setting } from '../../benchmark/settings';
import { everything, type Subset } from '../../benchmark/subset';
import { AppError, isAbort, toAppError } from '../../errors';
import type { AnalyzeEvent, Analysis, AnalyzeRequest, Emit, ModelInfo } from '../../protocol/api';
import { askItem } from './benchmark-ask';
import { deviceRuns, listRuns, RunFolder } from './benchmark-folder';
import type { BoxUnitChoice, RunFacts } from './benchmark-folder';
import { digest, runKey } from './benchmark-key';
import { readText, scoreLines } from './benchmark-lines';
import { MemoryRun } from './benchmark-memory';
import { Pace } from './benchmark-pace';
import {
  chosenItems,
  countItems,
  initialBenchmark,
  type AnnotationSource,
  type BenchmarkState,
} from './benchmark-state';
import { claimItem, closeRun, joinRun, TabChannel } from './benchmark-tabs';
import { joinShelves, noVideos, shelve, shelveSamples } from './benchmark-videos';
import type { Sample } from '../samples';

/** What the benchmark needs of the page's session. */
export interface BenchmarkHost {
  /** Loads the model where none is there. @throws AppError */
  ready(): Promise<ModelInfo>;
  /** Asks without showing it. @throws AppError; AbortError where the visitor asks something himself */
  ask(request: AnalyzeRequest, emit: Emit<AnalyzeEvent>, signal: AbortSignal): Promise<Analysis>;
  samples(): Promise<Sample[]>;
  /** The annotation file about them. @throws AppError */
  sampleAnnotations(): Promise<string>;
}

type Run = RunFolder | MemoryRun;

interface ActiveRun {
  key: string;
  store: Run;
  identity: RunIdentity;
}

/** Files that hold no video. */
const wordFiles = /\.(json|jsonl|txt|zip|csv|md|vtt|srt)$/i;

/**
 * Runs an annotation file on this device, as verbs; what the page shows is {@link Benchmark.state}.
 * No verb rejects.
 */
export class Benchmark {
  #state: BenchmarkState = { ...initialBenchmark, videos: noVideos };
  readonly #listeners = new Set<() => void>();
  readonly #host: BenchmarkHost;
  readonly #tabs = new TabChannel(({ key, index }) => void this.#onNews(key, index));
  #running = new AbortController();
  /** Where the visitor wants runs; null: on this device. */
  #parent: FileSystemDirectoryHandle | null = null;
  /** The run whose scores are on the page. */
  #run: ActiveRun | null = null;
  /** What was imported, by index; a run's own texts are read back when they are needed. */
  #imported: ReadonlyMap<string, string> | null = null;

  constructor(host: BenchmarkHost) {
    this.#host = host;
  }

  get state(): BenchmarkState {
    return this.#state;
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** An annotation file; its faults are part of the state. */
  async openAnnotations(file: File): Promise<void> {
    await this.#read(file.name, await file.text(), false);
  }

  /** A folder, or files: videos, and an annotation file where one is among them. */
  async openFiles(files: readonly File[], title: string): Promise<void> {
    const videos = files.filter(({ name }) => !wordFiles.test(name) && !name.startsWith('.'));
    if (videos.length > 0) {
      const { source, videos: before } = this.#state;
      const shelf = shelve(videos, title);
      if (source?.isSamples) this.#leave({ source: null, videos: shelf });
      else this.#set({ videos: joinShelves(shelf, before) });
      if (this.#state.phase.kind === 'done') this.#settle();
    }
    for (const file of files) {
      if (!/\.json$/i.test(file.name)) continue;
      const text = await file.text();
      if (readAnnotationText(text).annotations.length === 0) continue;
      await this.#read(file.name, text, false);
      return;
    }
  }

  /** The page's own clips. */
  async openSamples(title: string): Promise<void> {
    try {
      const [samples, text] = await Promise.all([
        this.#host.samples(),
        this.#host.sampleAnnotations(),
      ]);
      this.#set({ videos: shelveSamples(samples, title) });
      await this.#read(title, text, true);
    } catch (error) {
      this.#set({ phase: { kind: 'failed', error: toAppError(error) } });
    }
  }

  setBoxUnit(boxUnit: BoxUnitChoice): void {
    this.#set({ boxUnit });
    const { source } = this.#state;
    if (source) this.#leave({ source: { ...source, ...readText(source.text, boxUnit) } });
  }

  setSetting(setting: Setting): void {
    if (setting === this.#state.setting) return;
    if (this.#imported) this.#rescore(setting);
    else this.#leave({ setting });
  }

  setThinks(thinks: boolean): void {
    this.#leave({ thinks });
  }

  setSubset(subset: Subset): void {
    this.#set({ subset });
    const { phase } = this.#state;
    if (phase.kind === 'running' || phase.kind === 'preparing') this.pause();
    else if (phase.kind === 'paused' || phase.kind === 'done') this.#settle();
  }

  /** From now on, runs go to a folder of the visitor, or, with null, stay on this device. */
  setFolder(parent: FileSystemDirectoryHandle | null): void {
    this.#parent = parent;
    this.#leave({ folder: parent?.name ?? null });
    void this.lookAtRuns();
  }

  /** Asks every chosen item that has no answer yet; goes on where the same run stopped before. */
  async start(): Promise<void> {
    const { source } = this.#state;
    if (!source || this.#isBusy) return;
    const { signal } = (this.#running = new AbortController());
    this.#set({ phase: { kind: 'preparing' }, failures: new Map() });
    let leave: (() => void) | null = null;
    try {
      const info = await this.#host.ready();
      signal.throwIfAborted();
      const run = await this.#openRun(source, info);
      leave = await joinRun(run.key);
      await this.#readKept(run.store, run.identity);
      await this.#ask(run, signal);
      this.#settle(true);
    } catch (error) {
      // A pause has said it already, and something else may be going on by now.
      if (signal.aborted || this.#running.signal !== signal) return;
      if (isAbort(error)) this.pause();
      else this.#set({ phase: { kind: 'failed', error: toAppError(error) }, current: null });
    } finally {
      leave?.();
    }
    void this.lookAtRuns();
  }

  pause(): void {
    this.#running.abort();
    if (!this.#isBusy) return;
    this.#set({ phase: { kind: 'paused' }, current: null });
  }

  /** Finds out which runs are kept. */
  async lookAtRuns(): Promise<void> {
    const parent = await this.#runsFolder();
    const keptRuns = parent ? await listRuns(parent).catch(() => []) : [];
    this.#set({ keptRuns, canKeep: parent !== null });
  }

  /** Shows a kept run again, as far as it came. Its videos may have to be chosen anew. */
  async openRun(key: string): Promise<void> {
    this.pause();
    const parent = await this.#runsFolder();
    try {
      const store = parent && (await RunFolder.find(parent, key));
      const [facts, text] = [await store?.facts(), await store?.annotationText()];
      if (!store || !facts || text == null) throw new Error('The run is not complete.');
      const { setting, thinks, boxUnit, model, modelTitle, isSamples } = facts;
      if (isSamples) await this.openSamples(facts.annotations);
      this.#set({ boxUnit, subset: everything });
      await this.#read(facts.annotations, text, isSamples);
      const identity = { setting, thinks, model };
      const origin = { kind: 'run', model, title: modelTitle } as const;
      this.#leave({ setting, thinks, origin });
      this.#run = { key, store, identity };
      await this.#readKept(store, identity);
      this.#settle();
    } catch (cause) {
      const error = new AppError('result-unreadable', 'That run could not be read.', { cause });
      this.#set({ phase: { kind: 'failed', error } });
    }
  }

  /** @returns false where another tab works on it */
  async deleteRun(key: string): Promise<boolean> {
    if (this.#run?.key === key) this.#leave({});
    const release = await closeRun(key);
    if (!release) return false;
    try {
      await (await this.#runsFolder())?.removeEntry(key, { recursive: true });
    } catch {
      return false;
    } finally {
      release();
      await this.lookAtRuns();
    }
    return true;
  }

  /** Scores what another program, or this one on another day, has predicted. */
  importPredictions(predictions: readonly Prediction[], name: string): void {
    const { source } = this.#state;
    if (!source) return;
    const known = new Set(source.annotations.map(({ id }) => id));
    const own = predictions.filter(({ index }) => known.has(index));
    const strangers = predictions.length - own.length;
    const setting = own.find(({ run }) => run)?.run?.setting ?? this.#state.setting;
    this.#leave({ origin: { kind: 'import', name, strangers } });
    const textOf = ({ pred }: Prediction): string =>
      typeof pred === 'string' ? pred : typeof pred === 'number' ? String(pred) : '';
    this.#imported = new Map(own.map((one) => [one.index, textOf(one)]));
    this.#rescore(setting);
  }

  /** What was answered to an item, word for word; null where there is nothing. */
  async readReply(index: string): Promise<string | null> {
    if (this.#imported) return this.#imported.get(index) ?? null;
    const pred = (await this.#run?.store.read(index))?.pred;
    return typeof pred === 'string' ? pred : null;
  }

  /** The lines of the chosen items in the release's layout, by index; for taking away. */
  async readLines(): Promise<{ index: string; text: string }[]> {
    const lines: { index: string; text: string }[] = [];
    for (const { id } of chosenItems(this.#state)) {
      if (!this.#state.scores.has(id)) continue;
      const text = this.#imported ? '' : ((await this.#run?.store.readText(id)) ?? '');
      if (text) lines.push({ index: id, text });
    }
    return lines;
  }

  get #isBusy(): boolean {
    const { kind } = this.#state.phase;
    return kind === 'running' || kind === 'preparing';
  }

  async #ask({ key, store, identity }: ActiveRun, signal: AbortSignal) {
    const pace = new Pace();
    this.#set({ phase: { kind: 'running', secondsLeft: null, isWaiting: false } });
    const events = runBenchmark(
      chosenItems(this.#state),
      {
        ...{ identity, store, has: (name) => this.#state.videos.has(name) },
        ask: (annotation, located, aborted) =>
          askItem(
            annotation,
            located,
            {
              ask: (...call) => this.#host.ask(...call),
              videos: this.#state.videos,
              onProgress: (current) => this.#set({ current }),
            },
            aborted,
          ),
        claim: (index, waits, aborted) => {
          if (waits) this.#set({ phase: { kind: 'running', secondsLeft: null, isWaiting: true } });
          return claimItem(key, index, waits, aborted);
        },
      },
      signal,
    );
    for await (const event of events) {
      signal.throwIfAborted();
      const { annotation } = event;
      if (event.kind === 'start') {
        this.#set({ current: { annotation, progress: null } });
      } else if (event.kind === 'answer') {
        pace.note(event.line.seconds);
        this.#score(annotation, event.line.pred);
        this.#tabs.tell({ key, index: annotation.id });
        const { total, done, missing } = countItems(this.#state);
        const secondsLeft = pace.left(total - done - missing);
        this.#set({ phase: { kind: 'running', secondsLeft, isWaiting: false } });
      } else if (event.kind === 'kept') {
        await this.#onNews(key, annotation.id);
      } else if (event.kind === 'failed') {
        const failures = new Map(this.#state.failures);
        this.#set({ failures: failures.set(annotation.id, toAppError(event.error)) });
      }
    }
  }

  async #openRun(source: AnnotationSource, info: ModelInfo): Promise<ActiveRun> {
    const { setting, thinks, boxUnit } = this.#state;
    const identity = { setting, thinks, model: `${info.id} ${info.sha256}` };
    const key = runKey(identity, source.sha256, boxUnit);
    if (this.#run?.key === key) return this.#run;
    const facts: RunFacts = {
      ...identity,
      ...{ annotations: source.name, items: source.annotations.length, boxUnit },
      ...{ modelTitle: `${info.title} ${info.version}`, isSamples: source.isSamples },
    };
    const parent = await this.#runsFolder();
    const store = parent ? await RunFolder.open(parent, key, facts, source.text) : new MemoryRun();
    this.#imported = null;
    const origin = { kind: 'run', model: identity.model, title: facts.modelTitle } as const;
    this.#set({ scores: new Map(), origin });
    return (this.#run = { key, store, identity });
  }

  async #readKept(store: Run, identity: RunIdentity): Promise<void> {
    const { source } = this.#state;
    if (source)
      this.#set({ scores: await scoreLines(store.lines(), source.annotations, identity) });
  }

  /** Another tab has answered an item of the run on the page, or an earlier visit had. */
  async #onNews(key: string, index: string): Promise<void> {
    const run = this.#run;
    if (run?.key !== key || this.#state.scores.has(index)) return;
    const annotation = this.#state.source?.annotations.find(({ id }) => id === index);
    const prediction = await run.store.read(index).catch(() => null);
    if (annotation && prediction && this.#run === run) this.#score(annotation, prediction.pred);
    if (this.#state.phase.kind === 'paused') this.#settle();
  }

  #score(annotation: Annotation, pred: unknown): void {
    const scores = new Map(this.#state.scores);
    scores.set(annotation.id, scoreReply(annotation, pred, this.#state.setting));
    const failures = new Map(this.#state.failures);
    failures.delete(annotation.id);
    this.#set({ scores, failures });
  }

  #rescore(setting: Setting): void {
    const texts = this.#imported ?? new Map<string, string>();
    const scores = new Map<string, ScoredItem>();
    for (const annotation of this.#state.source?.annotations ?? []) {
      const text = texts.get(annotation.id);
      if (text !== undefined) scores.set(annotation.id, scoreReply(annotation, text, setting));
    }
    this.#set({ setting, scores, phase: { kind: 'idle' } });
  }

  /** Paused, or done: after a run also where the rest cannot be asked. */
  #settle(hasRun = false): void {
    const { total, done, missing, failed } = countItems(this.#state);
    const answered = hasRun ? done + missing + failed : done;
    const kind = answered >= total && done > 0 ? 'done' : 'paused';
    this.#set({ phase: { kind }, current: null });
  }

  async #read(name: string, text: string, isSamples: boolean): Promise<void> {
    const sha256 = await digest(text);
    const read = readText(text, this.#state.boxUnit);
    // The page's own clips are videos of no other file.
    if (!isSamples && this.#state.source?.isSamples) this.#set({ videos: noVideos });
    this.#leave({ source: { name, text, sha256, isSamples, ...read }, subset: everything });
  }

  /** The scores on the page are not those of what is asked now. */
  #leave(changes: Partial<BenchmarkState>): void {
    this.pause();
    this.#run = this.#imported = null;
    this.#set({
      ...{ scores: new Map(), failures: new Map(), origin: null, current: null },
      ...{ phase: { kind: 'idle' }, ...changes },
    });
  }

  async #runsFolder(): Promise<FileSystemDirectoryHandle | null> {
    return this.#parent ?? (await deviceRuns());
  }

  #set(changes: Partial<BenchmarkState>): void {
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }
}
