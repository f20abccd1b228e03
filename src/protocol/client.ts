import * as Comlink from 'comlink';
import workerUrl from '../../workers/reasoner.worker.ts?worker&url';
import { AppError, isAbort } from '../errors';
import type { Emit, ModelInfo, ModelSource, ReasonerApi } from './api';
import { startWorker, type StartedWorker } from './start-worker';
import { registerWire } from './wire';

export interface ReasonerClient extends ReasonerApi {
  /** Ends the worker. */
  dispose(): void;
}

/** How long a worker may take to notice an abort before it is terminated. */
const abortGraceMs = 3000;

/**
 * A small model computes for a second at a time, or a few. A worker that gives no sign of life at so
 * many looks in a row stands still: WebAssembly's threads were seen to wait for each other for ever.
 */
const lookMs = 15_000;
const mostSilentLooks = 4;
/** A model from here on may compute for many minutes without a pause. */
const largeBytes = 1_000_000_000;

/** After these the worker's state is not to be trusted: the next call gets a new worker. */
const fatalCodes = new Set(['gpu-lost', 'out-of-memory', 'worker-crashed']);

interface Live extends StartedWorker {
  api: Comlink.Remote<ReasonerApi>;
}

registerWire();

function startReasoner(): Live {
  const started = startWorker(workerUrl, 'reasoner');
  return { ...started, api: Comlink.wrap<ReasonerApi>(started.worker) };
}

/** Connects to a worker of its own; restarts it, with its model, after a crash or a lost GPU. */
export function connect(): ReasonerClient {
  let live: Live | null = null;
  let loaded: { source: ModelSource; bytes: number } | null = null;
  /** The worker that has this model. */
  let ready: Live | null = null;
  let reloading: Promise<void> | null = null;

  const current = (): Live => (live ??= startReasoner());
  const drop = (which: Live, reason: Error) => {
    which.end(reason);
    if (live === which) live = null;
  };

  /** Ends a worker that stands still while a call waits for it. Returns what ends the watch. */
  function watch(on: Live): () => void {
    if (!loaded || loaded.bytes >= largeBytes) return () => undefined;
    let isWaiting = false;
    let silentLooks = 0;
    const timer = setInterval(() => {
      silentLooks = isWaiting ? silentLooks + 1 : 0;
      if (silentLooks >= mostSilentLooks)
        drop(on, new AppError('worker-crashed', 'The worker has stopped answering.'));
      if (isWaiting) return;
      isWaiting = true;
      const answered = () => (isWaiting = false);
      on.orEnd(on.api.isAlive()).then(answered, answered);
    }, lookMs);
    return () => clearInterval(timer);
  }

  /** One call: raced against a crash, and against the grace period after an abort. */
  async function call<T>(
    on: Live,
    signal: AbortSignal | null,
    body: (api: Comlink.Remote<ReasonerApi>) => Promise<T>,
    isWatched = false,
  ): Promise<T> {
    signal?.throwIfAborted();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onAbort = () => {
      const late = new DOMException('The call was aborted.', 'AbortError');
      timer = setTimeout(() => drop(on, late), abortGraceMs);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    const endWatch = isWatched ? watch(on) : () => undefined;
    try {
      return await on.orEnd(body(on.api));
    } catch (error) {
      if (error instanceof AppError && fatalCodes.has(error.code)) drop(on, error);
      if (signal?.aborted && !isAbort(error)) {
        throw new DOMException('The call was aborted.', 'AbortError');
      }
      throw error;
    } finally {
      endWatch();
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Hands an emit over as a proxy and releases it when the call is over. */
  async function withEmit<E, T>(emit: Emit<E>, body: (proxy: Emit<E>) => Promise<T>): Promise<T> {
    let over = false;
    const guarded = Comlink.proxy((event: E) => (over ? undefined : emit(event)));
    try {
      return await body(guarded);
    } finally {
      over = true;
    }
  }

  function loadOn(
    on: Live,
    source: ModelSource,
    emit: Parameters<ReasonerApi['load']>[1],
    signal: AbortSignal,
    isWatched = false,
  ): Promise<ModelInfo> {
    return withEmit(emit, (proxy) =>
      call(on, signal, (api) => api.load(source, proxy, signal), isWatched),
    );
  }

  /**
   * A new worker gets the model that the one before had. Who aborts stops waiting for that; others may
   * wait for it, too.
   */
  async function reload(signal: AbortSignal): Promise<void> {
    if (!loaded || (live && live === ready)) return;
    const { source } = loaded;
    const on = current();
    reloading ??= loadOn(on, source, () => undefined, new AbortController().signal, true)
      .then(() => void (ready = on))
      .finally(() => (reloading = null));
    await orAbort(reloading, signal);
  }

  return {
    isAlive: () => call(current(), null, (api) => api.isAlive()),

    probe: () => call(current(), null, (api) => api.probe()),

    inspect: (model) => call(current(), null, (api) => api.inspect(model)),

    describe: (model) => call(current(), null, (api) => api.describe(model)),

    remove: (model) => call(current(), null, (api) => api.remove(model)),

    async load(source, emit, signal) {
      const on = current();
      const info = await loadOn(on, source, emit, signal);
      loaded = { source, bytes: info.bytes };
      ready = on;
      return info;
    },

    check: async (question, info) =>
      live ? call(live, null, (api) => api.check(question, info)) : null,

    async glimpse(file, signal) {
      await reload(signal);
      return call(current(), signal, (api) => api.glimpse(file, signal), true);
    },

    async analyze(request, emit, signal) {
      await reload(signal);
      return withEmit(emit, (proxy) =>
        call(current(), signal, (api) => api.analyze(request, proxy, signal), true),
      );
    },

    dispose() {
      if (live) drop(live, new DOMException('The client was disposed.', 'AbortError'));
    },
  };
}

/** @throws `AbortError` as soon as the signal says so; the promise goes on */
async function orAbort(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new DOMException('The call was aborted.', 'AbortError'));
  });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
