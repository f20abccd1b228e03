import { AppError } from '../errors';
import { decoderOf, resident, type Decoder, type DecoderShape, type Piece } from './decoder';
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

/** Weights that WebAssembly, whose memory ends at 4 GB, can hold beside everything else. */
const wasmBytes = 2_000_000_000;

/**
 * @param wanted the backend to use; absent: WebGPU on a real adapter, else wasm
 * @param residentBytes of a language model on wasm: what is larger is read piece by piece, every time
 * @param threads of WebAssembly, at most as many as {@link wasmThreads}
 * @throws AppError `webgpu-missing` where WebGPU was asked for and there is no adapter
 */
export async function createRuntime(
  wanted?: Backend,
  build: OrtBuild = bestBuild(),
  residentBytes = wasmBytes,
  threads = wasmThreads(),
): Promise<Runtime> {
  const ort = await loadOrt(build, threads);
  const gpu = await probeGpu();
  const backend = wanted ?? (gpu.missing === null ? 'webgpu' : 'wasm');
  if (backend === 'wasm')
    return runtimeOn(ort, null, new Promise(() => {}), () => {}, residentBytes);
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

const onGpu: InferenceSession.SessionOptions = { preferredOutputLocation: 'gpu-buffer' };

function bytesOf(files: readonly GraphFile[]): number {
  const data = files.flatMap(({ external = [] }) => external.map((file) => file.data));
  return data.reduce((sum, file) => sum + file.size, 0);
}

/** Read anew for every call: slow, but a model of any size runs. */
function passing(open: () => Promise<InferenceSession>): Piece {
  return {
    async use(call) {
      const session = await open();
      try {
        return await call(session);
      } finally {
        await session.release();
      }
    },
    release: () => Promise.resolve(),
  };
}

function runtimeOn(
  ort: Ort,
  device: GPUDevice | null,
  lost: Promise<string>,
  release: () => void,
  residentBytes = Infinity,
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
  const open = (
    { model, external = [] }: GraphFile,
    options: InferenceSession.SessionOptions = {},
  ): Promise<InferenceSession> =>
    ort.InferenceSession.create(model, {
      ...options,
      executionProviders: [device ? { name: 'webgpu', device } : 'wasm'],
      graphOptimizationLevel: 'all',
      // It warns of every node that it leaves on the processor, as it should.
      logSeverityLevel: 3,
      externalData: [...external],
    }).catch((error: unknown) => {
      throw fail(error, 'model-corrupt', 'A graph of the model could not be loaded.');
    });
  return {
    backend: device ? 'webgpu' : 'wasm',
    lost,
    dispose: release,
    load: async (model, external = []) =>
      graphOf(ort, await take(() => open({ model, external })), take, failedRun),
    async loadDecoder(files, shape, onPiece) {
      const fits = bytesOf(files) <= residentBytes;
      const pieces: Piece[] = [];
      try {
        for (const file of files) {
          pieces.push(
            fits
              ? resident(await take(() => open(file, device ? onGpu : {})))
              : passing(() => open(file)),
          );
          onPiece?.(pieces.length);
        }
      } catch (error) {
        for (const piece of pieces) await take(() => piece.release());
        throw error;
      }
      return decoderOf(ort, pieces, shape, device, take, failedRun);
    },
  };
}
