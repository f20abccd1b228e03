import * as Comlink from 'comlink';
import { AppError, toAppError, isAbort, type ErrorCode } from '../errors';
import type { Model } from '../families/family';
import { loadModel } from '../families/load-model';
import type { MediaInfo } from '../media/media';
import { preloadCodec } from '../media/ffmpeg';
import { openMedia } from '../media/open-media';
import { reason } from '../reasoner';
import { probeGpu } from '../tokens/gpu-device';
import { createRuntime, wasmThreads, type Runtime } from '../tokens/runtime';
import { checkAddress } from '../weights/address';
import {
  bundleBytes,
  cachedBytes,
  deleteBundle,
  loadBundle,
  type Bundle,
} from '../weights/load-bundle';
import { openFolder, readFolderManifest } from '../weights/open-folder';
import { opfsStore } from '../weights/opfs-store';
import { needsOf, preflight, type DeviceOffer } from '../weights/preflight';
import { fetchManifest, type ReadManifest } from '../weights/read-manifest';
import type { ShardStore } from '../weights/shard-store';
import type {
  AnalyzeEvent,
  Backend,
  Emit,
  LoadEvent,
  ModelInfo,
  ModelSource,
  ReasonerApi,
  SourceOptions,
} from './api';
import { registerWire } from './wire';

/** Origins besides the page's own, from `MODEL_ORIGINS` at build time (vite.config.ts). */
declare const __MODEL_ORIGINS__: readonly string[];
const modelOrigins = __MODEL_ORIGINS__;

interface Loaded {
  info: ModelInfo;
  /** Kept, as its bytes are on the disk: the model is compiled anew where the next one fails. */
  bundle: Bundle;
  options: SourceOptions;
  model: Model;
  runtime: Runtime;
}

/** Streamed text is sent at most this often, so that the page is not woken for every token. */
const textBatchMs = 30;

/** The worker's side of the protocol, free of comlink so that tests can call it directly. */
export function createReasoner(store: ShardStore = opfsStore): ReasonerApi {
  let loaded: Loaded | null = null;
  /** Calls run one after another: ffmpeg and the sessions are not made for two at once. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(signal: AbortSignal, body: () => Promise<T>): Promise<T> => {
    let isWaiting = true;
    const turn = queue.then(() => {
      isWaiting = false;
      signal.throwIfAborted();
      return body();
    });
    queue = turn.catch(() => undefined);
    return new Promise((resolve, reject) => {
      // A call that is stopped while it waits for another must not wait on.
      const stop = () => isWaiting && reject(new DOMException('Stopped.', 'AbortError'));
      signal.addEventListener('abort', stop, { once: true });
      turn.then(resolve, reject);
    });
  };

  const unload = async () => {
    const { model, runtime } = loaded ?? {};
    loaded = null;
    await model?.dispose();
    runtime?.dispose();
  };

  /** Puts the model in the place of the one before; where that fails, the one before comes back. */
  const replace = async (
    bundle: Bundle,
    options: SourceOptions,
    codec: Promise<unknown>,
    onGraph: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<ModelInfo> => {
    const before = loaded;
    await unload();
    try {
      const { info } = (loaded = await compile(bundle, options, onGraph, signal));
      await codec;
      return info;
    } catch (error) {
      await unload();
      if (before) {
        const never = new AbortController().signal;
        const { bundle, options } = before;
        loaded = await compile(bundle, options, () => undefined, never).catch(() => null);
      }
      throw error;
    }
  };

  return {
    isAlive: () => Promise.resolve(true),

    async probe() {
      const [gpu, free] = await Promise.all([probeGpu(), freeBytes()]);
      return {
        backend: gpu.missing === null ? 'webgpu' : 'wasm',
        webgpuMissing: gpu.missing,
        shaderF16: gpu.shaderF16,
        limits: gpu.limits,
        freeBytes: free,
        modelOrigins,
        crossOriginIsolated,
        threads: wasmThreads(),
      };
    },

    async inspect(model) {
      const offer = await deviceOffer('backend' in model ? model.backend : undefined);
      if (!('kind' in model)) {
        const problems = preflight(model, offer, model.bytes).map(plain);
        return { bytes: model.bytes, cachedBytes: 0, problems };
      }
      const { manifest } = await manifestOf(model, store, new AbortController().signal);
      const bytes = bundleBytes(manifest);
      const cached = await cachedBytes(manifest, store);
      const problems = preflight(needsOf(manifest), offer, bytes - cached).map(plain);
      return { bytes, cachedBytes: cached, problems };
    },

    async describe(model) {
      const read = await manifestOf(model, store, new AbortController().signal);
      const { missing } = await probeGpu();
      return infoOf(read, model.backend ?? (missing === null ? 'webgpu' : 'wasm'));
    },

    async remove(model) {
      const { manifest } = await manifestOf(model, store, new AbortController().signal);
      await deleteBundle(manifest, model.manifestUrl, store);
    },

    async load(source, emit, signal) {
      signal.throwIfAborted();
      const progress = (stage: LoadEvent['stage']) => (done: number, total: number) =>
        void emit({ kind: 'progress', stage, done, total });
      const read = await manifestOf(source, store, signal);
      const missing =
        source.kind === 'folder'
          ? 0
          : bundleBytes(read.manifest) - (await cachedBytes(read.manifest, store));
      const [problem] = preflight(
        needsOf(read.manifest),
        await deviceOffer(source.backend),
        missing,
      );
      if (problem) throw problem;
      const codec = preloadCodec(progress('codec'), signal);
      codec.catch(() => undefined);
      // Not in turn: a large bundle takes its time, and the model before still answers meanwhile.
      const bundle =
        source.kind === 'folder'
          ? await openFolder(read, source.files, progress('verify'), signal)
          : await loadBundle(read, source.manifestUrl, store, progress('fetch'), signal);
      return inTurn(signal, () => replace(bundle, source, codec, progress('compile'), signal));
    },

    async check(question, info) {
      if (!loaded) return null;
      // Unopened, a file may hold anything.
      const run = loaded.model.begin(question, info ?? anyMedia);
      await run.close?.();
      const { plan } = run;
      return plan.covered
        ? { covered: true, category: plan.category, reason: null }
        : { covered: false, category: null, reason: plan.reason };
    },

    glimpse: (file, signal) =>
      inTurn(signal, async () => {
        const model = loaded?.model;
        if (!model?.glimpse) return null;
        const media = await openMedia(file, signal);
        try {
          return { info: media.info, ...(await model.glimpse(media, signal)) };
        } finally {
          await media.close();
        }
      }),

    analyze: (request, emit, signal) =>
      inTurn(signal, async () => {
        if (!loaded) throw new AppError('bug', 'No model is loaded.');
        const { info, model, runtime } = loaded;
        const { id, version, sha256 } = info;
        const stages = { openMedia, model, now: () => performance.now() };
        const outcome = drain(reason(request, stages, signal), emit);
        // A lost device may leave a running graph without an answer.
        try {
          return {
            ...(await orLost(outcome, runtime)),
            model: { id, version, sha256 },
            backend: info.backend,
          };
        } catch (error) {
          throw isAbort(error) ? error : toAppError(error);
        }
      }),
  };
}

/** Who waits for a runtime's end: one reaction for each runtime, as it outlives many answers. */
const waitingForLoss = new WeakMap<Runtime, Set<(error: AppError) => void>>();

/** @throws AppError `gpu-lost` where the device goes before the answer is there */
async function orLost<T>(outcome: Promise<T>, runtime: Runtime): Promise<T> {
  let waiting = waitingForLoss.get(runtime);
  if (!waiting) {
    const all = (waiting = new Set<(error: AppError) => void>());
    waitingForLoss.set(runtime, all);
    void runtime.lost.then((why) => {
      for (const fail of all) fail(new AppError('gpu-lost', why));
    });
  }
  let fail: (error: AppError) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => (fail = reject));
  waiting.add(fail);
  try {
    return await Promise.race([outcome, lost]);
  } finally {
    waiting.delete(fail);
  }
}

/** @throws AppError `model-refused` before anything is asked of an address that is not allowed */
function manifestOf(
  source: ModelSource,
  store: ShardStore,
  signal: AbortSignal,
): Promise<ReadManifest> {
  if (source.kind === 'folder') return readFolderManifest(source.files);
  // Where another site embeds `<av-counter>`, this code comes from another origin than the page.
  const code = new URL(import.meta.url).origin;
  const others = code === self.origin ? modelOrigins : [code, ...modelOrigins];
  checkAddress(source.manifestUrl, { own: self.origin, others });
  return fetchManifest(source.manifestUrl, store, signal);
}

/** From here on a bundle is that of a large language model. */
const largeBytes = 1_000_000_000;

/** A failure releases what was made. */
async function compile(
  bundle: Bundle,
  { backend, settings = {} }: SourceOptions,
  onGraph: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Loaded> {
  // With more threads than one, a long prompt stood still for ever in large models.
  const most = bundleBytes(bundle.manifest) > largeBytes ? 1 : Infinity;
  const threads = Math.min(wasmThreads(), Number(settings['threads']) || most);
  const runtime = await createRuntime(backend, undefined, undefined, threads);
  try {
    const model = await loadModel(bundle, runtime, onGraph, signal, settings);
    const options = { backend: runtime.backend, settings };
    return { info: infoOf(bundle, runtime.backend), bundle, options, model, runtime };
  } catch (error) {
    runtime.dispose();
    throw error;
  }
}

/** Of a file that nobody has opened: whatever a question may need. */
const anyMedia: MediaInfo = {
  container: '',
  durationSeconds: 60,
  startSeconds: 0,
  video: { codec: '', fps: 30, width: 1280, height: 720, rotationDegrees: 0, pixelAspect: 1 },
  audio: { codec: '', sampleRate: 48_000, channels: 2 },
};

function infoOf(
  { manifest, sha256 }: Pick<Bundle, 'manifest' | 'sha256'>,
  backend: Backend,
): ModelInfo {
  const { id, title, version, licence, reach, figures } = manifest;
  const asksInWords = manifest.family === 'av-reasoner';
  const testWeights = asksInWords && manifest.testWeights;
  const bytes = bundleBytes(manifest);
  return {
    ...{ id, title, version, sha256, backend, bytes, licence, reach, figures },
    ...{ testWeights, asksInWords },
  };
}

/** What this device offers to a model that runs where `backend` says, or where we would choose. */
async function deviceOffer(backend: Backend | undefined): Promise<DeviceOffer> {
  const [{ missing, usable, shaderF16, limits }, free] = await Promise.all([
    probeGpu(),
    freeBytes(),
  ]);
  // Who asks for the processor gets it, however slow.
  const webgpuMissing = backend === 'wasm' ? null : backend === 'webgpu' && usable ? null : missing;
  return {
    webgpuMissing,
    onProcessor: backend === 'wasm',
    shaderF16,
    limits,
    freeBytes: free,
  };
}

async function freeBytes(): Promise<number | null> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
  } catch {
    return null;
  }
}

/** An error as a result, for the page to show beside a model. */
function plain({ code, message }: AppError): { code: ErrorCode; message: string } {
  return { code, message };
}

/** Forwards the events of a run, awaiting each, with text joined into batches. */
async function drain<R>(
  run: AsyncGenerator<AnalyzeEvent, R>,
  emit: Emit<AnalyzeEvent>,
): Promise<R> {
  let text = '';
  let sentAt = -Infinity;
  const flush = async () => {
    if (text) await emit({ kind: 'text', text });
    text = '';
    sentAt = performance.now();
  };
  for (;;) {
    const step = await run.next();
    if (step.done) {
      await flush();
      return step.value;
    }
    if (step.value.kind === 'text') {
      text += step.value.text;
      if (performance.now() - sentAt >= textBatchMs) await flush();
    } else {
      await flush();
      await emit(step.value);
    }
  }
}

/** Exposes one reasoner to the page that made this worker. */
export function serve(): void {
  registerWire();
  const reasoner = createReasoner();
  const release = (emit: unknown) => (emit as Comlink.Remote<() => void>)[Comlink.releaseProxy]();
  const api: ReasonerApi = {
    isAlive: () => reasoner.isAlive(),
    probe: () => reasoner.probe(),
    inspect: (model) => reasoner.inspect(model),
    describe: (model) => reasoner.describe(model),
    remove: (model) => reasoner.remove(model),
    check: (question, info) => reasoner.check(question, info),
    glimpse: (file, signal) => reasoner.glimpse(file, signal),
    load: (source, emit, signal) =>
      reasoner.load(source, emit, signal).finally(() => release(emit)),
    analyze: (request, emit, signal) =>
      reasoner.analyze(request, emit, signal).finally(() => release(emit)),
  };
  Comlink.expose(api);
}
