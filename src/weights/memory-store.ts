import type { ShardEntry, ShardStore, ShardWriter } from './shard-store';

/**
 * Shards in memory, gone with the worker: for small bundles where the browser keeps nothing, and for
 * tests.
 * @param roomBytes how much fits; more than that is a `QuotaExceededError`, as on a full disk
 */
export function createMemoryStore(roomBytes = Infinity): ShardStore {
  const entries = new Map<string, ShardEntry>();
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const manifests = new Map<string, string>();
  const turns = new Map<string, Promise<unknown>>();

  function openWriter(sha256: string): ShardWriter {
    let bytes = files.get(sha256) ?? new Uint8Array(0);
    let size = bytes.length;
    const others = () =>
      [...files].reduce((sum, [key, file]) => sum + (key === sha256 ? 0 : file.length), 0);
    const save = () => void files.set(sha256, bytes.slice(0, size));
    return {
      size: () => size,
      read(into, at) {
        const piece = bytes.subarray(at, Math.min(size, at + into.length));
        into.set(piece);
        return piece.length;
      },
      write(piece, at) {
        const end = at + piece.length;
        if (others() + end > roomBytes) {
          throw new DOMException('The store is full.', 'QuotaExceededError');
        }
        if (end > bytes.length) {
          const larger = new Uint8Array(Math.max(end, 2 * bytes.length));
          larger.set(bytes.subarray(0, size));
          bytes = larger;
        }
        bytes.set(piece, at);
        size = Math.max(size, end);
      },
      truncate(to) {
        size = Math.min(size, to);
      },
      flush: save,
      close: save,
    };
  }

  return {
    entry: (sha256) => Promise.resolve(entries.get(sha256) ?? null),
    setEntry: (sha256, entry) => Promise.resolve(void entries.set(sha256, entry)),
    entries: () => Promise.resolve([...entries]),
    read(sha256) {
      const bytes = files.get(sha256);
      return Promise.resolve(bytes ? new Blob([bytes]) : null);
    },
    write: (sha256) => Promise.resolve(openWriter(sha256)),
    remove(sha256) {
      files.delete(sha256);
      entries.delete(sha256);
      return Promise.resolve();
    },
    alone(sha256, signal, body) {
      const turn = (turns.get(sha256) ?? Promise.resolve()).then(() => {
        signal.throwIfAborted();
        return body();
      });
      turns.set(
        sha256,
        turn.catch(() => undefined),
      );
      return turn;
    },
    manifest: (url) => Promise.resolve(manifests.get(url) ?? null),
    setManifest(url, text) {
      if (text === null) manifests.delete(url);
      else manifests.set(url, text);
      return Promise.resolve();
    },
  };
}
