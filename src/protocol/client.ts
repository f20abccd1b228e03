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
  let loaded: ModelSource | null = null;

  const current = (): Live => (live ??= startReasoner());
  const drop = (which: Live, reason: Error) => {
    which.end(reason);
    if (live === which) live = null;
  };

  /** One call: raced against a crash, and against the grace period after an abort. */
  async function call<T>(
    on: Live,
    signal: AbortSignal | null,
    body: (api: Comlink.Remote<ReasonerApi>) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onAbort = () => {
      const late = new DOMException('The call was aborted.', 'AbortError');
      timer = setTimeout(() => drop(on, late), abortGraceMs);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await on.orEnd(body(on.api));
    } catch (error) {
      if (error instanceof AppError && fatalCodes.has(error.code)) drop(on, error);
      if (signal?.aborted && !isAbort(error)) {
        throw new DOMException('The call was aborted.', 'AbortError');
      }
      throw error;
    } finally {
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
  ): Promise<ModelInfo> {
    return withEmit(emit, (proxy) => call(on, signal, (api) => api.load(source, proxy, signal)));
  }

  return {
    probe: () => call(current(), null, (api) => api.probe()),

    inspect: (model) => call(current(), null, (api) => api.inspect(model)),

    describe: (model) => call(current(), null, (api) => api.describe(model)),

    remove: (model) => call(current(), null, (api) => api.remove(model)),

    async load(source, emit, signal) {
      const info = await loadOn(current(), source, emit, signal);
      loaded = source;
      return info;
    },

    check: async (question, info) =>
      live ? call(live, null, (api) => api.check(question, info)) : null,

    async glimpse(file, signal) {
      if (!live && loaded) await loadOn(current(), loaded, () => undefined, signal);
      return call(current(), signal, (api) => api.glimpse(file, signal));
    },

    async analyze(request, emit, signal) {
      if (!live && loaded) await loadOn(current(), loaded, () => undefined, signal);
      return withEmit(emit, (proxy) =>
        call(current(), signal, (api) => api.analyze(request, proxy, signal)),
      );
    },

    dispose() {
      if (live) drop(live, new DOMException('The client was disposed.', 'AbortError'));
    },
  };
}
