import { del, entries, get, set } from 'idb-keyval';
import { StoreUnavailable, type ShardEntry, type ShardStore } from './shard-store';

/*
 * Shards live in the origin-private file system, written through sync access handles (workers only:
 * Chromium 102, Firefox 111, Safari 15.2). The index is in IndexedDB, through idb-keyval.
 */

const shardPrefix = 'shard:';
const manifestPrefix = 'manifest:';

/** A handle of a worker that was just ended may still hold the file for a moment. */
const openAttempts = 10;
const openDelayMs = 200;

async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle('weights', { create: true });
}

async function openHandle(sha256: string): Promise<FileSystemSyncAccessHandle> {
  for (let attempt = 1; ; attempt++) {
    try {
      const file = await (await folder()).getFileHandle(sha256, { create: true });
      return await file.createSyncAccessHandle();
    } catch (cause) {
      const isHeld = cause instanceof Error && cause.name === 'NoModificationAllowedError';
      if (!isHeld || attempt >= openAttempts) {
        throw new StoreUnavailable('This browser keeps no files for this page.', { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, openDelayMs));
    }
  }
}

function isEntry(value: unknown): value is ShardEntry {
  return typeof value === 'object' && value !== null && 'bytes' in value && 'complete' in value;
}

/** The store of this origin. It is the same for every tab; a shard has one writer at a time. */
export const opfsStore: ShardStore = {
  async entry(sha256) {
    const entry: unknown = await get(shardPrefix + sha256).catch(() => undefined);
    return isEntry(entry) ? entry : null;
  },

  // Without an index the bytes are fetched again next time; nothing else is lost.
  setEntry: (sha256, entry) => set(shardPrefix + sha256, entry).catch(() => undefined),

  async entries() {
    const all = await entries<string, unknown>().catch(() => []);
    return all.flatMap(([key, entry]): [string, ShardEntry][] =>
      key.startsWith(shardPrefix) && isEntry(entry) ? [[key.slice(shardPrefix.length), entry]] : [],
    );
  },

  async read(sha256) {
    try {
      return await (await (await folder()).getFileHandle(sha256)).getFile();
    } catch {
      return null;
    }
  },

  async write(sha256) {
    const handle = await openHandle(sha256);
    return {
      size: () => handle.getSize(),
      read: (into, at) => handle.read(into, { at }),
      write(bytes, at) {
        const written = handle.write(bytes, { at });
        if (written < bytes.length) {
          throw new DOMException('The file took only a part of the bytes.', 'QuotaExceededError');
        }
      },
      truncate: (size) => handle.truncate(size),
      flush: () => handle.flush(),
      close: () => handle.close(),
    };
  },

  async remove(sha256) {
    await del(shardPrefix + sha256).catch(() => undefined);
    await folder()
      .then((weights) => weights.removeEntry(sha256))
      .catch(() => undefined);
  },

  async alone(sha256, signal, body) {
    if (!navigator.locks) return body();
    let isMine = false;
    const begin = () => {
      isMine = true;
      return body();
    };
    try {
      return await navigator.locks.request(shardPrefix + sha256, { signal }, begin);
    } catch (error) {
      // A frame on another site's page, where the visitor lets such frames keep nothing.
      const isDenied = error instanceof Error && error.name === 'SecurityError';
      if (isMine || !isDenied) throw error;
      return body();
    }
  },

  async manifest(url) {
    return (await get<string>(manifestPrefix + url).catch(() => undefined)) ?? null;
  },

  async setManifest(url, text) {
    const key = manifestPrefix + url;
    await (text === null ? del(key) : set(key, text)).catch(() => undefined);
  },
};
