import { del, get, set } from 'idb-keyval';

/*
 * Shards live in the origin-private file system under their sha256; the idb-keyval index says
 * which are complete, so that a write cut off half-way is never read. The cache only ever saves
 * a download: where it is full, private or broken, the model loads without it.
 */

const indexKey = (sha256: string) => `shard:${sha256}`;

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle('weights', { create: true });
}

/** The cached bytes, or null where there are none. */
export async function readCached(sha256: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    if ((await get(indexKey(sha256))) === undefined) return null;
    const handle = await (await folder()).getFileHandle(sha256);
    return new Uint8Array(await (await handle.getFile()).arrayBuffer());
  } catch {
    return null;
  }
}

/** Keeps the bytes for the next visit, where the browser lets us. */
export async function writeCached(sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    await del(indexKey(sha256));
    const handle = await (await folder()).getFileHandle(sha256, { create: true });
    const writable = await handle.createWritable();
    await writable.write(bytes);
    await writable.close();
    await set(indexKey(sha256), bytes.length);
  } catch {
    // A full disk or a private window: the shard is fetched again next time.
  }
}
