import { AppError, isAbort } from '../errors';
import { linkedAbort } from './linked-abort';
import { parseManifest, type Manifest } from './manifest';
import { textSha256 } from './sha256';
import type { ShardStore } from './shard-store';

/** How long the network may take where the manifest is known from last time. */
const patienceMs = 6000;

export interface ReadManifest {
  manifest: Manifest;
  text: string;
  /** sha256 of the text. */
  sha256: string;
}

/** @throws AppError `model-corrupt` */
export async function readManifestText(text: string): Promise<ReadManifest> {
  return { manifest: parseManifest(text), text, sha256: await textSha256(text) };
}

/**
 * The manifest at this address: from the network, or, without one, as it was when the bundle was last
 * loaded from there.
 * @throws AppError `model-fetch-failed` or `model-corrupt`
 */
export async function fetchManifest(
  url: string,
  store: ShardStore,
  signal: AbortSignal,
): Promise<ReadManifest> {
  const known = await store.manifest(url);
  const link = linkedAbort(signal);
  const impatience = known === null ? undefined : setTimeout(() => link.abort(), patienceMs);
  try {
    const response = await fetch(url, { signal: link.signal, cache: 'no-cache' });
    if (!response.ok) {
      const sentence = `The server answered ${response.status} for the model manifest.`;
      throw new AppError('model-fetch-failed', sentence);
    }
    return await readManifestText(await response.text());
  } catch (error) {
    signal.throwIfAborted();
    if (known !== null) return readManifestText(known);
    if (error instanceof AppError || isAbort(error)) throw error;
    throw new AppError('model-fetch-failed', 'The model manifest could not be loaded.', {
      cause: error,
    });
  } finally {
    clearTimeout(impatience);
    link.release();
  }
}
