import asyncifyModuleUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiModuleUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';

export type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web';

/** What the project uses of ONNX Runtime; its web and its Node package both have it. */
export type Ort = Pick<typeof import('onnxruntime-web'), 'InferenceSession' | 'Tensor'>;

/** The two builds with WebGPU: one waits by JavaScript Promise Integration, one by rewritten code. */
export type OrtBuild = 'jspi' | 'asyncify';

/** The smaller build, where the browser has Promise Integration. */
export function bestBuild(): OrtBuild {
  return 'Suspending' in WebAssembly ? 'jspi' : 'asyncify';
}

/**
 * Loads ONNX Runtime. The only importer of onnxruntime-web.
 * @param threads of WebAssembly, 1 or more
 */
export async function loadOrt(build: OrtBuild, threads: number): Promise<Ort> {
  const ort =
    build === 'jspi'
      ? await import('onnxruntime-web/jspi')
      : await import('onnxruntime-web/webgpu');
  const absolute = (url: string) => new URL(url, self.location.href).href;
  // Both addresses are needed: with only `wasm` set, a built page with threads hangs.
  ort.env.wasm.wasmPaths =
    build === 'jspi'
      ? { wasm: absolute(jspiWasmUrl), mjs: absolute(jspiModuleUrl) }
      : { wasm: absolute(asyncifyWasmUrl), mjs: absolute(asyncifyModuleUrl) };
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  return ort;
}
