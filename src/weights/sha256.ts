import { createSHA256, sha256 as sha256Of, type IHasher } from 'hash-wasm';

/*
 * Sums of streams. `crypto.subtle` only takes whole buffers, so the hash comes from hash-wasm: about
 * 310 MB/s on one core of the machine that this was written on, where @noble/hashes makes 135. Its
 * state can be saved (116 bytes), so that a download that goes on need not read what is there.
 */

/** How much of a Blob is read at once: large enough to be quick, small enough to be felt by a stop. */
const pieceBytes = 8 * 1024 * 1024;

/** @returns a hash that takes bytes piece by piece; each call makes one of its own */
export async function createHash(): Promise<IHasher> {
  return (await createSHA256()).init();
}

/** sha256 of a text in UTF-8, as 64 hexadecimal digits. */
export function textSha256(text: string): Promise<string> {
  return sha256Of(text);
}

/**
 * sha256 of a Blob that may be larger than memory, as 64 hexadecimal digits.
 * @param onBytes how many bytes have been read
 */
export async function blobSha256(
  blob: Blob,
  onBytes: (done: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const hash = await createHash();
  const read = (at: number): Promise<ArrayBuffer> => {
    const piece = blob.slice(at, at + pieceBytes).arrayBuffer();
    // A stop leaves the piece that was read ahead to nobody.
    piece.catch(() => undefined);
    return piece;
  };
  let next = read(0);
  for (let at = 0; at < blob.size; at += pieceBytes) {
    signal.throwIfAborted();
    const piece = new Uint8Array(await next);
    // The disk works on the next piece while this one is hashed.
    next = read(at + pieceBytes);
    hash.update(piece);
    onBytes(at + piece.length);
  }
  return hash.digest();
}
