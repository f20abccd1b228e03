import { AppError } from '../errors';
import type { DownloadOptions } from './download-shard';
import { linkedAbort } from './linked-abort';
import { loadShard, smallBytes } from './load-shard';
import type { Manifest, Shard } from './manifest';
import { createMemoryStore } from './memory-store';
import type { ReadManifest } from './read-manifest';
import { StoreUnavailable, type ShardStore } from './shard-store';
import { formatBytes } from '../format-bytes';

/** A model bundle with all its bytes, each checked against the manifest's sha256. */
export interface Bundle {
  manifest: Manifest;
  /** sha256 of the manifest's text. */
  sha256: string;
  /** Role → bytes, as `manifest.parts` names them; they lie on the disk until they are read. */
  parts: Record<string, Blob>;
}

/** Connections at once: enough to fill a line, few enough to leave the disk some order. */
const lanes = 4;

/** Progress is told at most this often; a large bundle arrives in many thousand pieces. */
const tellMs = 100;

/** The shards of a bundle, each once, however many roles it has. */
export function shardsOf({ parts }: Manifest): Shard[] {
  return [...new Map(Object.values(parts).map((shard) => [shard.sha256, shard])).values()];
}

/** Bytes of all shards of a bundle. */
export function bundleBytes(manifest: Manifest): number {
  return shardsOf(manifest).reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * Fetches what is missing of a bundle, four shards at a time. An abort or an error keeps what has
 * arrived; the next call goes on from there.
 * @param manifestUrl absolute; the shards lie beside it
 * @param onBytes absolute progress over all shards, what was here before included
 * @throws AppError `model-fetch-failed`, `model-corrupt` or `storage-full`; an abort rejects
 */
export async function loadBundle(
  { manifest, text, sha256 }: ReadManifest,
  manifestUrl: string,
  store: ShardStore,
  onBytes: (done: number, total: number) => void,
  signal: AbortSignal,
  options: DownloadOptions = {},
): Promise<Bundle> {
  const shards = shardsOf(manifest);
  const total = bundleBytes(manifest);
  const tell = progressOf(await keptBytes(manifest, store), total, onBytes);
  // One shard that fails ends the others; what they have is kept.
  const link = linkedAbort(signal);
  const blobs = new Map<string, Blob>();
  const queue = [...shards];
  const work = async (): Promise<void> => {
    for (let shard = queue.shift(); shard; shard = queue.shift()) {
      const { sha256: key } = shard;
      const url = new URL(shard.file, manifestUrl).href;
      const onShardBytes = (done: number) => tell(key, done);
      blobs.set(
        key,
        await loadAnywhere(url, shard, total, store, onShardBytes, link.signal, options),
      );
    }
  };
  const workers = Array.from({ length: lanes }, () =>
    work().catch((error: unknown) => {
      link.abort();
      throw error;
    }),
  );
  const outcomes = await Promise.allSettled(workers);
  link.release();
  signal.throwIfAborted();
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  const first = failed.find(({ reason }) => reason instanceof AppError) ?? failed[0];
  if (first) throw first.reason;
  onBytes(total, total);
  await tidy(manifest, manifestUrl, text, store);
  const parts = Object.entries(manifest.parts).map(([role, shard]) => [
    role,
    blobs.get(shard.sha256)!,
  ]);
  return { manifest, sha256, parts: Object.fromEntries(parts) as Record<string, Blob> };
}

/** A small bundle needs no disk: where there is none, or it is full, it stays in memory. */
async function loadAnywhere(
  url: string,
  shard: Shard,
  total: number,
  store: ShardStore,
  onBytes: (done: number) => void,
  signal: AbortSignal,
  options: DownloadOptions,
): Promise<Blob> {
  try {
    return await loadShard(url, shard, store, onBytes, signal, options);
  } catch (error) {
    const noRoom = error instanceof AppError && error.code === 'storage-full';
    if (!noRoom && !(error instanceof StoreUnavailable)) throw error;
    if (total < smallBytes) {
      return loadShard(url, shard, createMemoryStore(), onBytes, signal, options);
    }
    const sentence = noRoom
      ? `The disk, or this page's share of it, is full: the model has ${formatBytes(total)}. What has arrived is kept.`
      : `The model has ${formatBytes(total)}, and this browser gives this page no room to keep it (a private window?).`;
    throw new AppError('storage-full', sentence, { cause: error });
  }
}

function progressOf(
  keptOf: ReadonlyMap<string, number>,
  total: number,
  onBytes: (done: number, total: number) => void,
): (sha256: string, done: number) => void {
  const doneOf = new Map(keptOf);
  let toldAt = -Infinity;
  const tell = () => {
    toldAt = performance.now();
    onBytes(
      [...doneOf.values()].reduce((sum, done) => sum + done, 0),
      total,
    );
  };
  tell();
  return (sha256, done) => {
    doneOf.set(sha256, done);
    if (performance.now() - toldAt >= tellMs) tell();
  };
}

/** How many bytes of each shard are here, by sha256. */
async function keptBytes(manifest: Manifest, store: ShardStore): Promise<Map<string, number>> {
  const kept = shardsOf(manifest).map(async ({ sha256 }): Promise<[string, number]> => [
    sha256,
    (await store.entry(sha256))?.bytes ?? 0,
  ]);
  return new Map(await Promise.all(kept));
}

/** How many of a bundle's bytes are on this device already. */
export async function cachedBytes(manifest: Manifest, store: ShardStore): Promise<number> {
  const kept = await keptBytes(manifest, store);
  return [...kept.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** Takes a bundle off this device, whole or not. */
export async function deleteBundle(
  manifest: Manifest,
  manifestUrl: string,
  store: ShardStore,
): Promise<void> {
  await store.setManifest(manifestUrl, null);
  await Promise.all(shardsOf(manifest).map(({ sha256 }) => store.remove(sha256)));
}

/** Remembers the manifest, and forgets shards of this folder that only an older one names. */
async function tidy(
  manifest: Manifest,
  manifestUrl: string,
  text: string,
  store: ShardStore,
): Promise<void> {
  await store.setManifest(manifestUrl, text);
  const wanted = new Set(shardsOf(manifest).map(({ sha256 }) => sha256));
  const folder = new URL('.', manifestUrl).href;
  const stale = (await store.entries()).filter(
    ([sha256, { url }]) => new URL('.', url).href === folder && !wanted.has(sha256),
  );
  await Promise.all(stale.map(([sha256]) => store.remove(sha256)));
}
