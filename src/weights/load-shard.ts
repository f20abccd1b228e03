import { AppError, isAbort } from '../errors';
import type { Shard } from './manifest';
import { readCached, writeCached } from './shard-cache';

const attempts = 3;

async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The bytes of one shard: from the local cache, else fetched and cached. What is returned always
 * has the manifest's sha256; a cached copy that went bad is fetched anew.
 * @param onBytes receives how many bytes of this shard are here
 * @throws AppError `model-fetch-failed` or `model-corrupt`
 */
export async function loadShard(
  url: string,
  shard: Shard,
  onBytes: (done: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const cached = await readCached(shard.sha256);
  if (cached && (await sha256Hex(cached)) === shard.sha256) {
    onBytes(shard.bytes);
    return cached;
  }
  let failure: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const bytes = await fetchBytes(url, shard.bytes, onBytes, signal);
      if ((await sha256Hex(bytes)) === shard.sha256) {
        await writeCached(shard.sha256, bytes);
        return bytes;
      }
      failure = new AppError(
        'model-corrupt',
        `The model file ${shard.file} arrived damaged: its sha256 is not the manifest's.`,
      );
    } catch (error) {
      if (isAbort(error)) throw error;
      failure = error;
    }
  }
  if (failure instanceof AppError) throw failure;
  throw new AppError('model-fetch-failed', `The model file ${shard.file} could not be loaded.`, {
    cause: failure,
  });
}

async function fetchBytes(
  url: string,
  expected: number,
  onBytes: (done: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  // Not from the HTTP cache: a copy that failed its hash would come back from there.
  const response = await fetch(url, { signal, cache: 'no-store' });
  if (!response.ok || !response.body) {
    throw new AppError('model-fetch-failed', `The server answered ${response.status} for ${url}.`);
  }
  const bytes = new Uint8Array(expected);
  let done = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    if (done + chunk.length > expected) {
      throw new AppError('model-corrupt', `The model file at ${url} is longer than it should be.`);
    }
    bytes.set(chunk, done);
    done += chunk.length;
    onBytes(done);
  }
  if (done < expected) {
    throw new AppError('model-fetch-failed', `The model file at ${url} ended early.`);
  }
  return bytes;
}
