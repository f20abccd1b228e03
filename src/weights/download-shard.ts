import type { IHasher } from 'hash-wasm';
import { AppError } from '../errors';
import type { Shard } from './manifest';
import { createHash } from './sha256';
import { Dropped, WrongFile, requestShard } from './shard-request';
import { isQuotaError, type ShardStore, type ShardWriter } from './shard-store';

/** Tries without a single new byte before we give up, with pauses that double from `pauseMs` on. */
const idleAttempts = 4;

/** How often the index is brought up to date while bytes stream. */
const checkpointBytes = 64 * 1024 * 1024;

const pieceBytes = 4 * 1024 * 1024;

export interface DownloadOptions {
  /** The first pause after a dropped connection. */
  pauseMs?: number;
  /** Nothing arriving for this long is a dropped connection. */
  stallMs?: number;
}

/**
 * Streams one shard into the store, from where an earlier call stopped, and hashes it on the way.
 * What has arrived is kept, whatever ends the call.
 * @param onBytes how many bytes of this shard are here
 * @returns true where the sha256 is the manifest's; false: the bytes are not to be used
 * @throws AppError `model-fetch-failed`, `storage-full`; StoreUnavailable; an abort rejects
 */
export async function downloadShard(
  url: string,
  shard: Shard,
  store: ShardStore,
  onBytes: (done: number) => void,
  signal: AbortSignal,
  options: DownloadOptions = {},
): Promise<boolean> {
  const writer = await store.write(shard.sha256);
  const download = new Download(url, shard, store, writer, await createHash(), onBytes);
  try {
    await download.resume(signal);
    await download.run(signal, options);
    return download.finish();
  } catch (error) {
    if (error instanceof WrongFile) return false;
    if (isQuotaError(error)) {
      const sentence = `There is no room on this device for the model file ${shard.file}.`;
      throw new AppError('storage-full', sentence, { cause: error });
    }
    throw error;
  } finally {
    await download.close();
  }
}

class Download {
  /** Bytes that are written and hashed. */
  #at = 0;
  #checkpoint = 0;
  #validator: string | null = null;
  #complete = false;

  constructor(
    private readonly url: string,
    private readonly shard: Shard,
    private readonly store: ShardStore,
    private readonly writer: ShardWriter,
    private readonly hash: IHasher,
    private readonly onBytes: (done: number) => void,
  ) {}

  /** Takes over what is there: the hash from the index, the rest of the file by reading it. */
  async resume(signal: AbortSignal): Promise<void> {
    const { writer, hash, shard } = this;
    const entry = await this.store.entry(shard.sha256);
    const size = await writer.size();
    if (!entry || size > shard.bytes) return this.#restart();
    this.#validator = entry.validator;
    if (entry.hashState && entry.bytes <= size) {
      hash.load(entry.hashState);
      this.#at = entry.bytes;
    }
    const piece = new Uint8Array(pieceBytes);
    while (this.#at < size) {
      signal.throwIfAborted();
      const length = await writer.read(piece, this.#at);
      if (length === 0) break;
      hash.update(piece.subarray(0, length));
      this.#at += length;
    }
    this.#checkpoint = this.#at;
    this.onBytes(this.#at);
  }

  /** Until all bytes are there, over as many connections as it takes. */
  async run(signal: AbortSignal, { pauseMs = 500, stallMs }: DownloadOptions): Promise<void> {
    let farthest = this.#at;
    let idle = 0;
    while (this.#at < this.shard.bytes) {
      try {
        await this.#stream(signal, stallMs);
      } catch (error) {
        if (!(error instanceof Dropped)) throw error;
        idle = this.#at > farthest ? 1 : idle + 1;
        farthest = Math.max(farthest, this.#at);
        if (idle > idleAttempts) {
          const sentence = `The model file ${this.shard.file} could not be fetched to its end.`;
          throw new AppError('model-fetch-failed', sentence, { cause: error });
        }
        await pause(pauseMs * 2 ** (idle - 1), signal);
      }
    }
  }

  /** Whether the bytes are the manifest's; no more can be added after this. */
  finish(): boolean {
    this.#complete = this.hash.digest() === this.shard.sha256;
    return this.#complete;
  }

  /** Puts the index on what the file holds. */
  async close(): Promise<void> {
    try {
      await this.#save();
    } finally {
      await this.writer.close();
    }
  }

  /** One connection. */
  async #stream(signal: AbortSignal, stallMs?: number): Promise<void> {
    const { writer, hash, shard } = this;
    const response = await requestShard(this.url, this.#at, this.#validator, signal, stallMs);
    if (response.at !== this.#at) {
      if (response.at !== 0) throw new Dropped('The server sent another part of the file.');
      await this.#restart();
    }
    this.#validator = response.validator;
    if (this.#at === 0) await this.#save();
    for await (const chunk of response.body) {
      if (this.#at + chunk.length > shard.bytes) throw new WrongFile('The file is too long.');
      await writer.write(chunk, this.#at);
      hash.update(chunk);
      this.#at += chunk.length;
      this.onBytes(this.#at);
      if (this.#at - this.#checkpoint >= checkpointBytes) await this.#save();
    }
    if (this.#at < shard.bytes) throw new Dropped('The file ended early.');
  }

  async #restart(): Promise<void> {
    this.hash.init();
    this.#at = this.#checkpoint = 0;
    await this.writer.truncate(0);
    this.onBytes(0);
  }

  async #save(): Promise<void> {
    await this.writer.flush();
    this.#checkpoint = this.#at;
    await this.store.setEntry(this.shard.sha256, {
      url: this.url,
      validator: this.#validator,
      bytes: this.#at,
      complete: this.#complete,
      // A finished hash has no state to save, and needs none.
      hashState: this.#at < this.shard.bytes ? this.hash.save() : null,
    });
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(new DOMException('The call was aborted.', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
  });
}
