import * as Comlink from 'comlink';
import { AppError, toAppError, isAbort } from '../errors';
import type { Model } from '../families/family';
import { loadModel } from '../families/load-model';
import { preloadCodec } from '../media/ffmpeg';
import { openMedia } from '../media/open-media';
import { reason } from '../reasoner';
import { probeGpu } from '../tokens/gpu-device';
import { createRuntime, wasmThreads, type Runtime } from '../tokens/runtime';
import { loadBundle } from '../weights/load-bundle';
import type { AnalyzeEvent, Emit, ModelInfo, ReasonerApi } from './api';
import { registerWire } from './wire';

interface Loaded {
  info: ModelInfo;
  model: Model;
  runtime: Runtime;
}

/** Streamed text is sent at most this often, so that the page is not woken for every token. */
const textBatchMs = 30;

/** The worker's side of the protocol, free of comlink so that tests can call it directly. */
export function createReasoner(): ReasonerApi {
  let loaded: Loaded | null = null;
  /** Calls run one after another: ffmpeg and the sessions are not made for two at once. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(body: () => Promise<T>): Promise<T> => {
    const turn = queue.then(body);
    queue = turn.catch(() => undefined);
    return turn;
  };

  const unload = async () => {
    const { model, runtime } = loaded ?? {};
    loaded = null;
    await model?.dispose();
    runtime?.dispose();
  };

  return {
    async probe() {
      const gpu = await probeGpu();
      return {
        backend: gpu.missing === null ? 'webgpu' : 'wasm',
        webgpuMissing: gpu.missing,
        shaderF16: gpu.shaderF16,
        crossOriginIsolated,
        threads: wasmThreads(),
      };
    },

    load: (source, emit, signal) =>
      inTurn(async () => {
        signal.throwIfAborted();
        const codec = preloadCodec((done, total) => {
          void emit({ kind: 'progress', stage: 'codec', done, total });
        }, signal);
        codec.catch(() => undefined);
        const bundle = await loadBundle(
          source.manifestUrl,
          (done, total) => void emit({ kind: 'progress', stage: 'fetch', done, total }),
          signal,
        );
        await unload();
        const runtime = await createRuntime(source.backend);
        let model: Model;
        try {
          model = await loadModel(
            bundle,
            runtime,
            (done, total) => void emit({ kind: 'progress', stage: 'compile', done, total }),
            signal,
          );
          await codec;
        } catch (error) {
          runtime.dispose();
          throw error;
        }
        const { id, version, licence, reach, parts, title, figures } = bundle.manifest;
        const info: ModelInfo = {
          id,
          title,
          version,
          sha256: bundle.sha256,
          backend: runtime.backend,
          bytes: Object.values(parts).reduce((sum, { bytes }) => sum + bytes, 0),
          licence,
          reach,
          figures,
        };
        loaded = { info, model, runtime };
        return info;
      }),

    analyze: (request, emit, signal) =>
      inTurn(async () => {
        signal.throwIfAborted();
        if (!loaded) throw new AppError('bug', 'No model is loaded.');
        const { info, model, runtime } = loaded;
        const { id, version, sha256 } = info;
        const stages = { openMedia, model, now: () => performance.now() };
        const outcome = drain(reason(request, stages, signal), emit);
        // A lost device may leave a running graph without an answer.
        const lost = runtime.lost.then((why) => {
          throw new AppError('gpu-lost', why);
        });
        try {
          return {
            ...(await Promise.race([outcome, lost])),
            model: { id, version, sha256 },
            backend: info.backend,
          };
        } catch (error) {
          throw isAbort(error) ? error : toAppError(error);
        }
      }),
  };
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
    probe: () => reasoner.probe(),
    load: (source, emit, signal) =>
      reasoner.load(source, emit, signal).finally(() => release(emit)),
    analyze: (request, emit, signal) =>
      reasoner.analyze(request, emit, signal).finally(() => release(emit)),
  };
  Comlink.expose(api);
}
