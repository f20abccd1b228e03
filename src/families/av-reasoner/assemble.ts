import { AppError } from '../../errors';

/** The vectors that stand before and after pictures and sound, `[hidden]` each. */
export interface Boundaries {
  imageBegin: Float32Array;
  imageEnd: Float32Array;
  speechBegin: Float32Array;
  speechEnd: Float32Array;
}

/** Everything that the decoder reads, `[rows, hidden]` each. */
export interface PromptParts {
  prefix: Float32Array;
  /** One entry per frame, with its newlines and its separator inside. */
  frames: readonly Float32Array[];
  /** One entry per chunk, with its newline inside. */
  chunks: readonly Float32Array[];
  suffix: Float32Array;
}

/** The four rows of a bundle's `boundaries` part, in its order. */
export function readBoundaries(bytes: ArrayBuffer, hidden: number): Boundaries {
  if (bytes.byteLength !== 4 * 4 * hidden)
    throw new AppError('model-corrupt', 'The boundary vectors of the model have a wrong size.');
  const row = (index: number) => new Float32Array(bytes, index * hidden * 4, hidden);
  return { imageBegin: row(0), imageEnd: row(1), speechBegin: row(2), speechEnd: row(3) };
}

/**
 * A sequence of embeddings, kept in the pieces that it was made of. The picture stands before the
 * sound, although the released prompt names them the other way round. Source: reference C.6 and trap 3.
 */
export class Prompt {
  readonly length: number;
  /** Positions up to and including picture and sound: the same for every question on a clip. */
  readonly mediaEnd: number;
  readonly #pieces: readonly Float32Array[];

  constructor(
    { prefix, frames, chunks, suffix }: PromptParts,
    { imageBegin, imageEnd, speechBegin, speechEnd }: Boundaries,
    private readonly hidden: number,
    /** Positions beyond this are cut off. */
    most = Infinity,
  ) {
    const media = [
      prefix,
      ...(frames.length > 0 ? [imageBegin, ...frames, imageEnd] : []),
      ...(chunks.length > 0 ? [speechBegin, ...chunks, speechEnd] : []),
    ];
    this.#pieces = [...media, suffix];
    const rows = (pieces: readonly Float32Array[]) =>
      Math.min(most, pieces.reduce((sum, piece) => sum + piece.length, 0) / hidden);
    this.mediaEnd = rows(media);
    this.length = rows(this.#pieces);
  }

  /** Rows `from` … `to` − 1, `[to − from, hidden]`. */
  read(from: number, to: number): Float32Array {
    const out = new Float32Array((to - from) * this.hidden);
    const [start, end] = [from * this.hidden, to * this.hidden];
    let at = 0;
    for (const piece of this.#pieces) {
      const low = Math.max(start, at);
      const high = Math.min(end, at + piece.length);
      if (low < high) out.set(piece.subarray(low - at, high - at), low - start);
      at += piece.length;
    }
    return out;
  }
}
