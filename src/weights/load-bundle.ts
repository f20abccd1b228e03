import { get, set } from 'idb-keyval';
import { AppError, isAbort } from '../errors';
import { loadShard } from './load-shard';
import { parseManifest, type Manifest } from './manifest';

/** A model bundle with all its bytes, each checked against the manifest's sha256. */
export interface Bundle {
  manifest: Manifest;
  /** sha256 of the manifest's text. */
  sha256: string;
  /** Role → bytes, as `manifest.parts` names them; they lie on the disk until they are read. */
  parts: Record<string, Blob>;
}

/**
 * @param manifestUrl absolute; the shards lie beside it
 * @param onBytes absolute progress over all shards
 * @throws AppError `model-fetch-failed` or `model-corrupt`
 */
export async function loadBundle(
  manifestUrl: string,
  onBytes: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Bundle> {
  const text = await fetchManifest(manifestUrl, signal);
  const manifest = parseManifest(text);
  const shards = Object.entries(manifest.parts);
  const total = shards.reduce((sum, [, shard]) => sum + shard.bytes, 0);
  const doneOf = new Map<string, number>();
  const parts = await Promise.all(
    shards.map(async ([role, shard]): Promise<[string, Blob]> => {
      const url = new URL(shard.file, manifestUrl).href;
      const onShardBytes = (done: number) => {
        doneOf.set(role, done);
        onBytes(
          [...doneOf.values()].reduce((sum, value) => sum + value, 0),
          total,
        );
      };
      return [role, new Blob([await loadShard(url, shard, onShardBytes, signal)])];
    }),
  );
  return { manifest, sha256: await textSha256(text), parts: Object.fromEntries(parts) };
}

/** The manifest from the network, or, without one, as it was last time. */
async function fetchManifest(url: string, signal: AbortSignal): Promise<string> {
  const key = `manifest:${url}`;
  try {
    const response = await fetch(url, { signal, cache: 'no-cache' });
    if (!response.ok) {
      const sentence = `The server answered ${response.status} for the model manifest.`;
      throw new AppError('model-fetch-failed', sentence);
    }
    const text = await response.text();
    await set(key, text).catch(() => undefined);
    return text;
  } catch (error) {
    if (isAbort(error)) throw error;
    const known = await get<string>(key).catch(() => undefined);
    if (known !== undefined) return known;
    if (error instanceof AppError) throw error;
    throw new AppError('model-fetch-failed', 'The model manifest could not be loaded.', {
      cause: error,
    });
  }
}

async function textSha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, '0')).join('');
}
