/** What is known of one shard's bytes on this device. */
export interface ShardEntry {
  /** Where they come from. */
  url: string;
  /** The server's strong ETag, else its Last-Modified date; null where it names neither. */
  validator: string | null;
  /** How many bytes from the start are surely there. */
  bytes: number;
  /** True once all of them are there and have the right sha256. */
  complete: boolean;
  /** State of the hash after `bytes`, so that going on need not read them; null: read them. */
  hashState: Uint8Array | null;
}

/** One shard, open for writing. The bytes are written where they belong at once, not buffered. */
export interface ShardWriter {
  size(): number | Promise<number>;
  /** Fills `into` from `at`. @returns how many bytes there were */
  read(into: Uint8Array<ArrayBuffer>, at: number): number | Promise<number>;
  /** @throws DOMException `QuotaExceededError` where the disk is full */
  write(bytes: Uint8Array<ArrayBuffer>, at: number): void | Promise<void>;
  truncate(size: number): void | Promise<void>;
  flush(): void | Promise<void>;
  close(): void | Promise<void>;
}

/**
 * Where shards are kept, each under its sha256, with an index of what is complete. The file holds
 * the bytes, the index says how many of them count.
 */
export interface ShardStore {
  entry(sha256: string): Promise<ShardEntry | null>;
  setEntry(sha256: string, entry: ShardEntry): Promise<void>;
  /** Every shard that the index knows. */
  entries(): Promise<[sha256: string, entry: ShardEntry][]>;
  /** The bytes as they lie there; null where there are none. */
  read(sha256: string): Promise<Blob | null>;
  /** @throws StoreUnavailable where nothing can be kept */
  write(sha256: string): Promise<ShardWriter>;
  /** Forgets bytes and entry. */
  remove(sha256: string): Promise<void>;
  /** Runs `body` while nobody else, in this tab or another, writes this shard. */
  alone<T>(sha256: string, signal: AbortSignal, body: () => Promise<T>): Promise<T>;
  /** The manifest of a bundle that was loaded from this address. */
  manifest(url: string): Promise<string | null>;
  setManifest(url: string, text: string | null): Promise<void>;
}

/** This browser keeps nothing for this page: a private window, an old browser, a plain-http site. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** True where the disk, or the browser's share of it, is full. */
export function isQuotaError(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError';
}
