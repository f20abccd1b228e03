import coreScriptUrl from '@ffmpeg/core?url';
import coreWasmUrl from '@ffmpeg/core/wasm?url';
import workerScriptUrl from '@ffmpeg/ffmpeg/worker?worker&url';
import { AppError, isAbort } from '../errors';

/** Addresses that `FFmpeg.load` takes. All of them work without a network. */
export interface CodecUrls {
  classWorkerURL: string;
  coreURL: string;
  wasmURL: string;
}

/** Size of the core of @ffmpeg/core 0.12.10, for hosts that compress and so hide the length. */
const USUAL_WASM_BYTES = 32_232_419;

let cached: CodecUrls | null = null;
let pending: Promise<CodecUrls> | null = null;

/**
 * Fetches ffmpeg once and keeps it, so that every later decoder starts without a network.
 * `onProgress` gets bytes done and bytes in total.
 * @throws AppError `model-fetch-failed` when the files cannot be had; a later call tries again.
 */
export async function preloadCodec(
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!cached) {
    try {
      cached = await fetchCodec(onProgress, signal);
    } catch (error) {
      if (isAbort(error) || signal.aborted) throw new DOMException('Aborted', 'AbortError');
      throw new AppError('model-fetch-failed', 'The video decoder could not be fetched.', {
        cause: error,
      });
    }
  }
  onProgress(1, 1);
}

/** The cached addresses; fetches them where {@link preloadCodec} did not. */
export function codecUrls(): Promise<CodecUrls> {
  if (cached) return Promise.resolve(cached);
  // Shared by all callers, so no caller's signal may end it.
  pending ??= preloadCodec(() => {}, new AbortController().signal)
    .then(() => cached as CodecUrls)
    .finally(() => (pending = null));
  return pending;
}

async function fetchCodec(
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<CodecUrls> {
  const [script, worker, wasm] = await Promise.all([
    fetchBlob(coreScriptUrl, 'text/javascript', signal),
    // The dev server's worker has imports, which do not resolve from a blob; the built one has none.
    import.meta.env.PROD ? fetchBlob(workerScriptUrl, 'text/javascript', signal) : null,
    fetchBlob(coreWasmUrl, 'application/wasm', signal, onProgress),
  ]);
  return {
    classWorkerURL: worker
      ? URL.createObjectURL(worker)
      : new URL(workerScriptUrl, import.meta.url).href,
    coreURL: URL.createObjectURL(script),
    wasmURL: URL.createObjectURL(wasm),
  };
}

/** The type matters: the browser compiles wasm while it streams only if it is `application/wasm`. */
async function fetchBlob(
  url: string,
  type: string,
  signal: AbortSignal,
  onProgress?: (done: number, total: number) => void,
): Promise<Blob> {
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) throw new Error(`${response.status} for ${url}`);
  const length = Number(response.headers.get('content-length'));
  const encoded = response.headers.has('content-encoding');
  const total = length > 0 && !encoded ? length : USUAL_WASM_BYTES;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    done += part.value.byteLength;
    onProgress?.(Math.min(done, total), total);
  }
  return new Blob(parts, { type });
}
