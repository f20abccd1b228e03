import { AppError } from '../errors';
import { downloadShard, type DownloadOptions } from './download-shard';
import type { Shard } from './manifest';
import { blobSha256 } from './sha256';
import type { ShardStore } from './shard-store';

/**
 * Below this many bytes a kept shard is hashed anew at every visit, and memory is a place to keep it.
 * Above it, the size and the index stand for the sha256 that was checked while it was written.
 */
export const smallBytes = 64 * 1_000_000;

/** Damaged once may be the connection's fault; twice is the server's. */
const corruptAttempts = 2;

/**
 * The bytes of one shard: those kept on this device, else fetched and kept.
 * @param onBytes how many bytes of this shard are here
 * @throws AppError `model-fetch-failed`, `model-corrupt`, `storage-full`; StoreUnavailable
 */
export function loadShard(
  url: string,
  shard: Shard,
  store: ShardStore,
  onBytes: (done: number) => void,
  signal: AbortSignal,
  options: DownloadOptions = {},
): Promise<Blob> {
  return store.alone(shard.sha256, signal, async () => {
    const kept = await readKept(shard, store, signal);
    if (kept) {
      onBytes(shard.bytes);
      return kept;
    }
    for (let attempt = 0; attempt < corruptAttempts; attempt++) {
      if (await downloadShard(url, shard, store, onBytes, signal, options)) {
        const blob = await store.read(shard.sha256);
        if (blob?.size === shard.bytes) return blob;
      }
      await store.remove(shard.sha256);
      onBytes(0);
    }
    throw new AppError(
      'model-corrupt',
      `The model file ${shard.file} arrived damaged: it is not what the manifest describes.`,
    );
  });
}

/** A complete shard that is still what it was; one that went bad is removed. */
async function readKept(
  shard: Shard,
  store: ShardStore,
  signal: AbortSignal,
): Promise<Blob | null> {
  const entry = await store.entry(shard.sha256);
  if (!entry?.complete) return null;
  const blob = await store.read(shard.sha256);
  if (blob?.size === shard.bytes) {
    if (shard.bytes >= smallBytes) return blob;
    if ((await blobSha256(blob, () => undefined, signal)) === shard.sha256) return blob;
  }
  await store.remove(shard.sha256);
  return null;
}
