import ortModuleUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import ortWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import * as ort from 'onnxruntime-web/webgpu';
import { AppError } from '../errors';
import { createDevice, probeGpu } from './gpu-device';
import type { Backend, Graph, Tensor } from './tensor';

/** Loads graphs on one backend. The only importer of onnxruntime-web. */
export interface Runtime {
  readonly backend: Backend;
  /**
   * @param bytes an ONNX file with its weights inside
   * @throws AppError `model-corrupt`, `out-of-memory` or `gpu-lost`
   */
  load(bytes: Uint8Array): Promise<Graph>;
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
export async function createRuntime(wanted?: Backend): Promise<Runtime> {
  ort.env.wasm.numThreads = wasmThreads();
  // Both addresses are needed: with only `wasm` set, a built page with threads hangs.
  ort.env.wasm.wasmPaths = {
    wasm: new URL(ortWasmUrl, self.location.href).href,
    mjs: new URL(ortModuleUrl, self.location.href).href,
  };
  ort.env.logLevel = 'error';
  const gpu = await probeGpu();
  const backend = wanted ?? (gpu.missing === null ? 'webgpu' : 'wasm');
  if (backend === 'wasm') return runtimeOn('wasm', 'wasm', new Promise(() => {}), () => {});
  if (!gpu.adapter) throw new AppError('webgpu-missing', gpu.missing ?? 'There is no WebGPU.');
  const device = await createDevice(gpu.adapter).catch((cause: unknown) => {
    throw new AppError('webgpu-limits', 'The graphics adapter gave no device.', { cause });
  });
  let disposed = false;
  const lost = device.lost.then((info) =>
    disposed ? new Promise<string>(() => {}) : info.message || 'The graphics device went away.',
  );
  return runtimeOn('webgpu', { name: 'webgpu', device }, lost, () => {
    disposed = true;
    device.destroy();
  });
}

function runtimeOn(
  backend: Backend,
  provider: ort.InferenceSession.ExecutionProviderConfig,
  lost: Promise<string>,
  release: () => void,
): Runtime {
  let lostReason: string | null = null;
  void lost.then((reason) => (lostReason = reason));
  const fail = (error: unknown, otherwise: 'model-corrupt' | 'bug', message: string): AppError => {
    if (lostReason !== null) return new AppError('gpu-lost', lostReason, { cause: error });
    const text = error instanceof Error ? error.message : String(error);
    if (/bad_alloc|out of memory|failed to allocate|allocation failed/i.test(text)) {
      const sentence = 'There is not enough memory to run this model here.';
      return new AppError('out-of-memory', sentence, { cause: error });
    }
    return new AppError(otherwise, `${message} (${text})`, { cause: error });
  };
  return {
    backend,
    lost,
    dispose: release,
    async load(bytes) {
      const session = await ort.InferenceSession.create(bytes, {
        executionProviders: [provider],
        graphOptimizationLevel: 'all',
      }).catch((error: unknown) => {
        throw fail(error, 'model-corrupt', 'A graph of the model could not be loaded.');
      });
      return graphOf(session, (error) => fail(error, 'bug', 'The model failed while running.'));
    },
  };
}

function graphOf(session: ort.InferenceSession, asAppError: (error: unknown) => AppError): Graph {
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds) {
      const inputs: Record<string, ort.Tensor> = {};
      for (const [name, tensor] of Object.entries(feeds)) inputs[name] = toOrt(tensor);
      try {
        const outputs = await session.run(inputs);
        const results: Record<string, Tensor> = {};
        for (const [name, tensor] of Object.entries(outputs)) {
          results[name] = { dims: tensor.dims, data: (await tensor.getData()) as Float32Array };
          tensor.dispose();
        }
        return results;
      } catch (error) {
        throw asAppError(error);
      } finally {
        for (const tensor of Object.values(inputs)) tensor.dispose();
      }
    },
    dispose: () => session.release(),
  };
}

function toOrt({ data, dims }: Tensor): ort.Tensor {
  return data instanceof Float32Array
    ? new ort.Tensor('float32', data, dims)
    : new ort.Tensor('int64', data, dims);
}
