import type { StreamTargetChunk } from 'mediabunny';

/**
 * Collects a file that is written piece by piece and corrected in places. A blob of parts costs no
 * copy, and the browser may keep it on the disk, so a long clip does not have to fit into memory.
 */
export class BlobWriter {
  #blob = new Blob();

  readonly stream = new WritableStream<StreamTargetChunk>({
    write: ({ data, position }) => {
      const gap = Math.max(0, position - this.#blob.size);
      this.#blob = new Blob([
        this.#blob.slice(0, position),
        new Uint8Array(gap),
        data,
        this.#blob.slice(position + data.byteLength),
      ]);
    },
  });

  /** What has been written so far. */
  get blob(): Blob {
    return this.#blob;
  }
}
