import { AppError } from '../errors';
import { decoderOf, type Decoder, type DecoderShape } from './decoder';
import { createDevice, probeGpu } from './gpu-device';
import { graphOf, inTurn } from './graph';
import { bestBuild, loadOrt, type InferenceSession, type Ort, type OrtBuild } from './ort';
import type { Backend, ExternalData, Graph, GraphFile } from './tensor';

/** Loads graphs on one backend. */
export interface Runtime {
  readonly backend: Backend;
  /**
   * @param model an ONNX file
   * @param external the files of its weights, where they lie apart
   * @throws AppError `model-corrupt`, `out-of-memory` or `gpu-lost`
   */
  load(model: Uint8Array, external?: readonly ExternalData[]): Promise<Graph>;
  /**
   * @param pieces of one language model, each with the inputs and outputs of a bundle's decoder
   * @param onPiece how many are loaded
   * @throws AppError `model-corrupt`, `out-of-memory` or `gpu-lost`; what was loaded is released
   */
  loadDecoder(
    pieces: readonly GraphFile[],
    shape: DecoderShape,
    onPiece?: (done: number) => void,
  ): Promise<Decoder>;
  /** Resolves with a sentence when the GPU device goes away; never resolves on wasm. */
  readonly lost: Promise<string>;
  dispose(): void;
}

/** Wasm threads: as many as there are cores, at most four, and only where the page is isolated. */
export function wasmThreads(): number {
  return crossOriginIsolated ? Math.min(4, navigator.hardwareConcurrency || 1) : 1;
}

/**
 * @param wanted the backend to use; absent: WebGPU on a real adapter, else wasm
 * @throws AppError `webgpu-missing` where WebGPU was asked for and there is no adapter
 */
export async function createRuntime(
  wanted?: Backend,
  build: OrtBuild = bestBuild(),
): Promise<Runtime> {
  const ort = await loadOrt(build, wasmThreads());
  const gpu = await probeGpu();
  const backend = wanted ?? (gpu.missing === null ? 'webgpu' : 'wasm');
  if (backend === 'wasm') return runtimeOn(ort, null, new Promise(() => {}), () => {});
  if (!gpu.adapter) throw new AppError('webgpu-missing', gpu.missing ?? 'There is no WebGPU.');
  const device = await createDevice(gpu.adapter).catch((cause: unknown) => {
    throw new AppError('webgpu-limits', 'The graphics adapter gave no device.', { cause });
  });
  let disposed = false;
  const lost = device.lost.then((info) =>
    disposed ? new Promise<string>(() => {}) : info.message || 'The graphics device went away.',
  );
  return runtimeOn(ort, device, lost, () => {
    disposed = true;
    device.destroy();
  });
}

function runtimeOn(
  ort: Ort,
  device: GPUDevice | null,
  lost: Promise<string>,
  release: () => void,
): Runtime {
  let lostReason: string | null = null;
  void lost.then((reason) => (lostReason = reason));
  const fail = (error: unknown, otherwise: 'model-corrupt' | 'bug', message: string): AppError => {
    if (error instanceof AppError) return error;
    if (lostReason !== null) return new AppError('gpu-lost', lostReason, { cause: error });
    const text = error instanceof Error ? error.message : String(error);
    if (/bad_alloc|out of memory|failed to allocate|allocation failed/i.test(text)) {
      const sentence = 'There is not enough memory to run this model here.';
      return new AppError('out-of-memory', sentence, { cause: error });
    }
    return new AppError(otherwise, `${message} (${text})`, { cause: error });
  };
  const failedRun = (error: unknown) => fail(error, 'bug', 'The model failed while running.');
  const take = inTurn();
  const create = (
    { model, external = [] }: GraphFile,
    options: InferenceSession.SessionOptions = {},
  ): Promise<InferenceSession> =>
    take(() =>
      ort.InferenceSession.create(model, {
        ...options,
        executionProviders: [device ? { name: 'webgpu', device } : 'wasm'],
        graphOptimizationLevel: 'all',
        externalData: [...external],
      }),
    ).catch((error: unknown) => {
      throw fail(error, 'model-corrupt', 'A graph of the model could not be loaded.');
    });
  return {
    backend: device ? 'webgpu' : 'wasm',
    lost,
    dispose: release,
    load: async (model, external = []) =>
      graphOf(ort, await create({ model, external }), take, failedRun),
    async loadDecoder(pieces, shape, onPiece) {
      const sessions: InferenceSession[] = [];
      try {
        for (const piece of pieces) {
          sessions.push(
            await create(piece, device ? { preferredOutputLocation: 'gpu-buffer' } : {}),
          );
          onPiece?.(sessions.length);
        }
      } catch (error) {
        for (const session of sessions) await take(() => session.release());
        throw error;
      }
      return decoderOf(ort, sessions, shape, device, take, failedRun);
    },
  };
}
