import { AppError } from '../../errors';
import { halvesToFloats } from '../../tensors/half';

/** The token embeddings, of which only the rows that are needed are ever read. */
export class Embeddings {
  readonly #rows = new Map<number, Promise<Float32Array>>();
  readonly #rowBytes: number;

  /** @param table `[vocabulary, hidden]`, little endian */
  constructor(
    private readonly table: Blob,
    private readonly hidden: number,
    private readonly dtype: 'f16' | 'f32',
  ) {
    this.#rowBytes = hidden * (dtype === 'f16' ? 2 : 4);
  }

  /**
   * @returns `[ids, hidden]`
   * @throws AppError `model-corrupt` for an id without a row, or where the file went away
   */
  async read(ids: readonly number[]): Promise<Float32Array> {
    const rows = await Promise.all(ids.map((id) => this.#row(id)));
    const out = new Float32Array(ids.length * this.hidden);
    rows.forEach((row, i) => out.set(row, i * this.hidden));
    return out;
  }

  #row(id: number): Promise<Float32Array> {
    const known = this.#rows.get(id);
    if (known) return known;
    const row = this.#load(id);
    this.#rows.set(id, row);
    row.catch(() => this.#rows.delete(id));
    return row;
  }

  async #load(id: number): Promise<Float32Array> {
    const start = id * this.#rowBytes;
    const bytes = await this.table
      .slice(start, start + this.#rowBytes)
      .arrayBuffer()
      .catch((cause: unknown) => {
        const sentence = 'The word table of the model cannot be read any more.';
        throw new AppError('model-corrupt', sentence, { cause });
      });
    if (bytes.byteLength !== this.#rowBytes)
      throw new AppError('model-corrupt', `The word table of the model has no row ${id}.`);
    return this.dtype === 'f16' ? halvesToFloats(new Uint16Array(bytes)) : new Float32Array(bytes);
  }
}
