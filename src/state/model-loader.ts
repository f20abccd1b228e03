import { isAbort, toAppError } from '../errors';
import type { LoadEvent, ModelSource, ReasonerApi, UrlSource } from '../protocol/api';
import { fetchServedModels, type ServedModel } from './served-models';
import { activeModel, type ShelfItem } from './state';
import type { Store } from './store';
import { createRate } from './transfer-rate';

export interface ModelLoaderOptions {
  /** The model that the page starts with. */
  model: UrlSource;
  /** Address of `models.json`. */
  modelsUrl: string;
}

/** From this many bytes on, the browser is asked not to throw them away on its own. */
const worthKeepingBytes = 64 * 1_000_000;

type Looked = Pick<ShelfItem, 'model' | 'inspection' | 'error'>;

interface Wanted {
  source: ModelSource;
  title: string;
}

/** The session's part about models: which one answers, which one is on its way, what is kept. */
export class ModelLoader {
  readonly #api: ReasonerApi;
  readonly #store: Store;
  readonly #options: ModelLoaderOptions;
  /** What the latest load is for, and what a retry loads. */
  #wanted: Wanted;
  /** What answers questions now. */
  #active: Wanted | null = null;
  #loaded: Promise<void> | null = null;
  #loading = new AbortController();
  #askedToKeep = false;
  #served: Promise<ServedModel[]> | null = null;
  #shelf: Looked[] = [];

  constructor(api: ReasonerApi, store: Store, options: ModelLoaderOptions) {
    this.#api = api;
    this.#store = store;
    this.#options = options;
    this.#wanted = { source: options.model, title: '' };
  }

  /** Until a model is there; where one is stopped for another, until that one is. */
  async ready(): Promise<void> {
    while (!activeModel(this.#store.state.model)) {
      const load = this.#loaded ?? this.#begin();
      try {
        await load;
      } catch (error) {
        if (isAbort(error) && this.#loaded && this.#loaded !== load) continue;
        throw error;
      }
    }
  }

  /** Finds out about the device and the model that is wanted, before a byte of its weights. */
  async introduce(): Promise<void> {
    const { source } = this.#wanted;
    if (this.#store.state.model.kind !== 'waiting' || source.kind !== 'url') return;
    try {
      await this.#probe();
      const info = await this.#api.describe(source);
      this.#store.dispatch({ kind: 'model-known', info });
    } catch {
      // The load will say it.
    }
  }

  /**
   * Loads another model, on the device and with the settings that the page was asked for. The one
   * before answers until this one is there, and stays where it does not come. Large ones are kept on
   * this device, also what has arrived of one that was stopped.
   */
  async use(source: ModelSource, title = ''): Promise<void> {
    const { backend, settings } = this.#options.model;
    const asked = { ...(backend && { backend }), ...(settings && { settings }), ...source };
    this.#wanted = { source: asked, title };
    await this.#begin().catch(() => undefined);
  }

  /** Loads a model of the page's own list. */
  async useServed(model: ServedModel): Promise<void> {
    const source = this.#sourceOf(model);
    if (source) await this.use(source, model.title);
  }

  /** Stops the model that is being loaded. What has arrived is kept. */
  cancel(): void {
    const { model } = this.#store.state;
    if (model.kind !== 'loading') return;
    this.#loading.abort();
    this.#loaded = null;
    if (this.#active) this.#wanted = this.#active;
    this.#store.dispatch({ kind: 'model-stopped', title: model.title });
    this.#tellShelf();
  }

  /** Takes a model's files off this device. One that runs from them makes way for another first. */
  async delete(model: ServedModel): Promise<void> {
    const source = this.#sourceOf(model);
    if (!source) return;
    if (isAt(this.#wanted, source)) this.cancel();
    const start = this.#options.model;
    if (isAt(this.#active, source) && source.manifestUrl !== start.manifestUrl) {
      await this.use(start);
    }
    await this.#api.remove(source).catch(() => undefined);
    await this.lookAtShelf();
  }

  /** Finds out what the page offers, what of it is on this device, and what would run here. */
  async lookAtShelf(): Promise<void> {
    const models = await (this.#served ??= fetchServedModels(this.#options.modelsUrl));
    this.#shelf = await Promise.all(models.map((model) => this.#lookAt(model)));
    this.#tellShelf();
  }

  dispose(): void {
    this.#loading.abort();
  }

  async #lookAt(model: ServedModel): Promise<Looked> {
    const source = this.#sourceOf(model);
    const { needs, bytes } = model;
    try {
      const asked = source ?? (needs && { ...needs, bytes: bytes ?? 0 });
      return { model, inspection: asked && (await this.#api.inspect(asked)), error: null };
    } catch (error) {
      return { model, inspection: null, error: toAppError(error) };
    }
  }

  #tellShelf(): void {
    const isLoading = this.#store.state.model.kind === 'loading';
    const shelf = this.#shelf.map((looked): ShelfItem => {
      const source = this.#sourceOf(looked.model);
      return {
        ...looked,
        inUse: source !== null && isAt(this.#active, source),
        isLoading: isLoading && source !== null && isAt(this.#wanted, source),
        isStart: source?.manifestUrl === this.#options.model.manifestUrl,
      };
    });
    this.#store.dispatch({ kind: 'shelf', shelf });
  }

  /** Loads what is wanted; a load before it is stopped. */
  #begin(): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const load = this.#load(this.#wanted, this.#loading.signal).catch((error: unknown) => {
      // Forget the failure, so that one bad load does not poison the next (a dropped connection).
      if (this.#loaded === load) this.#loaded = null;
      throw error;
    });
    return (this.#loaded = load);
  }

  async #probe(): Promise<void> {
    const store = this.#store;
    if (store.state.device.kind === 'ready') return;
    try {
      store.dispatch({ kind: 'device-ready', capabilities: await this.#api.probe() });
    } catch (error) {
      store.dispatch({ kind: 'device-failed', error: toAppError(error) });
      throw error;
    }
  }

  async #load(wanted: Wanted, signal: AbortSignal): Promise<void> {
    const store = this.#store;
    const { source, title } = wanted;
    await this.#probe();
    try {
      signal.throwIfAborted();
      store.dispatch({ kind: 'model-loading', title, progress: null });
      this.#tellShelf();
      const info = await this.#api.load(source, this.#follow(title, signal), signal);
      // Stopped too late is loaded; but a newer call has the last word.
      if (signal !== this.#loading.signal) throw new DOMException('Stopped.', 'AbortError');
      this.#active = wanted;
      store.dispatch({ kind: 'model-ready', info });
    } catch (error) {
      if (signal.aborted || isAbort(error)) throw new DOMException('Stopped.', 'AbortError');
      if (this.#active) this.#wanted = this.#active;
      store.dispatch({ kind: 'model-failed', title, error: toAppError(error) });
      throw error;
    } finally {
      if (this.#shelf.length > 0) void this.lookAtShelf();
    }
  }

  /** Turns the events of a load into state, with the rate. */
  #follow(title: string, signal: AbortSignal): (event: LoadEvent) => void {
    const rate = createRate();
    return ({ stage, done, total }) => {
      if (signal.aborted) return;
      const isBytes = stage === 'fetch' || stage === 'verify';
      const bytesPerSecond = isBytes ? rate(done, performance.now()) : null;
      if (stage === 'fetch' && total >= worthKeepingBytes && done < total) this.#askToKeep();
      const progress = { stage, done, total, bytesPerSecond };
      this.#store.dispatch({ kind: 'model-loading', title, progress });
    };
  }

  /** Once: browsers may clear what a page keeps when the disk fills, unless the visitor says no. */
  #askToKeep(): void {
    if (this.#askedToKeep) return;
    this.#askedToKeep = true;
    void navigator.storage?.persist?.().catch(() => false);
  }

  #sourceOf({ manifestUrl }: ServedModel): UrlSource | null {
    return manifestUrl === null ? null : { ...this.#options.model, manifestUrl };
  }
}

function isAt(wanted: Wanted | null, { manifestUrl }: UrlSource): boolean {
  return wanted?.source.kind === 'url' && wanted.source.manifestUrl === manifestUrl;
}
