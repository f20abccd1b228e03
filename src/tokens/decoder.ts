import { AppError } from '../errors';
import { toOrt, type InTurn } from './graph';
import type { InferenceSession, Ort, OrtTensor } from './ort';

/** Sizes that a decoder's cache is made from; a bundle's manifest has them. */
export interface DecoderShape {
  /** Layers of each piece, in the order in which the pieces run. */
  layersOfPiece: readonly number[];
  hidden: number;
  kvHeads: number;
  headDim: number;
  cacheDtype: 'f16' | 'f32';
}

/** A piece of a language model: loaded for good, or for each call where not all fit at once. */
export interface Piece {
  use<T>(call: (session: InferenceSession) => Promise<T>): Promise<T>;
  release(): Promise<void>;
}

/** A piece that stays loaded. */
export function resident(session: InferenceSession): Piece {
  return { use: (call) => call(session), release: () => session.release() };
}

/** A language model in one or more pieces, run one after another. */
export interface Decoder {
  /**
   * Starts a text: one cache of `maxLength` positions, allocated once. One text at a time.
   * @throws AppError `out-of-memory`
   */
  start(maxLength: number): Promise<Sequence>;
  dispose(): Promise<void>;
}

/** A text under way and what the decoder remembers of it. */
export interface Sequence {
  /** Positions that are in the cache. */
  readonly length: number;
  /**
   * Reads `rows` more positions.
   * @param embeds `[rows, hidden]`
   * @returns the logits that follow the last of them, `[vocabulary]`
   * @throws AppError `bug` where the cache would run over, `out-of-memory`, `gpu-lost`
   */
  feed(embeds: Float32Array): Promise<Float32Array>;
  /** Forgets every position from `length` on. */
  rewind(length: number): void;
  close(): void;
}

interface Cache {
  /** Its name as an input, and as an output. */
  past: string;
  present: string;
  tensor: OrtTensor;
}

/**
 * The cache is as long as the text may get, from the start. On WebGPU one buffer per layer is both
 * input and output, so nothing is copied or allocated while decoding; on wasm it passes through the
 * heap at every call. Between pieces the hidden states stay where they are.
 */
export function decoderOf(
  ort: Ort,
  pieces: readonly Piece[],
  shape: DecoderShape,
  device: GPUDevice | null,
  take: InTurn,
  asAppError: (error: unknown) => Error,
): Decoder {
  return {
    start: (maxLength) =>
      take(async () => {
        const caches = await allocate(ort, shape, maxLength, device);
        return new CachedSequence(
          { ort, pieces, shape, take, asAppError },
          caches,
          maxLength,
          device !== null,
        );
      }),
    dispose: () =>
      take(async () => {
        for (const piece of pieces) await piece.release();
      }),
  };
}

interface Chain {
  ort: Ort;
  pieces: readonly Piece[];
  shape: DecoderShape;
  take: InTurn;
  asAppError: (error: unknown) => Error;
}

class CachedSequence implements Sequence {
  #length = 0;
  #closed = false;

  constructor(
    private readonly chain: Chain,
    /** Per piece. */
    private readonly caches: Cache[][],
    private readonly maxLength: number,
    private readonly onGpu: boolean,
  ) {}

  get length(): number {
    return this.#length;
  }

  feed(embeds: Float32Array): Promise<Float32Array> {
    const { take, shape, asAppError } = this.chain;
    const rows = embeds.length / shape.hidden;
    return take(async () => {
      const total = this.#length + rows;
      if (this.#closed || !Number.isInteger(rows) || rows < 1 || total > this.maxLength)
        throw new AppError('bug', `No room for ${rows} rows after ${this.#length}.`);
      try {
        const logits = await this.#run(embeds, rows, total);
        this.#length = total;
        return logits;
      } catch (error) {
        throw asAppError(error);
      }
    });
  }

  rewind(length: number): void {
    if (length < 0 || length > this.#length)
      throw new AppError('bug', `A text of ${this.#length} positions has no position ${length}.`);
    this.#length = length;
  }

  close(): void {
    this.#closed = true;
    for (const { tensor } of this.caches.flat()) release(tensor);
    this.caches.length = 0;
  }

  async #run(embeds: Float32Array, rows: number, total: number): Promise<Float32Array> {
    const { ort, pieces, shape } = this.chain;
    const scalar = (value: number) => toOrt(ort, { dims: [1], data: Int32Array.of(value) });
    let states = toOrt(ort, { dims: [1, rows, shape.hidden], data: embeds });
    for (const [index, piece] of pieces.entries()) {
      const caches = this.caches[index]!;
      const output = index === pieces.length - 1 ? 'logits' : 'hidden_states';
      const feeds: Record<string, OrtTensor> = {
        inputs_embeds: states,
        seqlens_k: scalar(total - 1),
        total_sequence_length: scalar(total),
      };
      const fetches: Record<string, OrtTensor | null> = { [output]: null };
      for (const { past, present, tensor } of caches) {
        feeds[past] = tensor;
        fetches[present] = this.onGpu ? tensor : null;
      }
      const results = await piece.use((session) => {
        const known = session.inputNames.map((name) => [name, feeds[name]!] as const);
        return session.run(Object.fromEntries(known), fetches);
      });
      states.dispose();
      if (!this.onGpu) for (const cache of caches) cache.tensor = results[cache.present]!;
      states = results[output]!;
    }
    const logits = (await states.getData()) as Float32Array;
    states.dispose();
    return logits;
  }
}

async function allocate(
  ort: Ort,
  { layersOfPiece, kvHeads, headDim, cacheDtype }: DecoderShape,
  maxLength: number,
  device: GPUDevice | null,
): Promise<Cache[][]> {
  const dims = [1, kvHeads, maxLength, headDim];
  const size = kvHeads * maxLength * headDim;
  const dataType = cacheDtype === 'f16' ? 'float16' : 'float32';
  const make = (): OrtTensor => {
    if (!device) {
      return cacheDtype === 'f16'
        ? new ort.Tensor('float16', new Uint16Array(size), dims)
        : new ort.Tensor('float32', new Float32Array(size), dims);
    }
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const bytes = size * (cacheDtype === 'f16' ? 2 : 4);
    const gpuBuffer = device.createBuffer({
      size: Math.ceil(bytes / 16) * 16,
      usage: STORAGE | COPY_SRC | COPY_DST,
    });
    return ort.Tensor.fromGpuBuffer(gpuBuffer, { dataType, dims });
  };
  device?.pushErrorScope('out-of-memory');
  let layer = 0;
  const caches = layersOfPiece.map((layers) =>
    Array.from({ length: layers }, () => layer++).flatMap((index) =>
      ['key', 'value'].map((kind): Cache => {
        const name = `${index}.${kind}`;
        return { past: `past_key_values.${name}`, present: `present.${name}`, tensor: make() };
      }),
    ),
  );
  const error = await device?.popErrorScope();
  if (!error) return caches;
  for (const { tensor } of caches.flat()) release(tensor);
  const sentence = 'There is not enough graphics memory for a text of this length.';
  throw new AppError('out-of-memory', sentence, { cause: error });
}

/** A tensor over a buffer of ours does not own it. */
function release(tensor: OrtTensor): void {
  if (tensor.location === 'gpu-buffer') tensor.gpuBuffer.destroy();
  tensor.dispose();
}
