import { AppError } from '../../errors';

const noBase = 0xffff;

/** Parts of speech that WordNet knows a base form as; bits. */
export const partOfSpeech = { noun: 1, verb: 2, adjective: 4, adverb: 8 } as const;

/**
 * The words that nano knows: common English base forms with a vector each, and their inflections.
 * Reads `words.bin`, whose layout `models/tools/decoder/words.py` describes.
 */
export class Words {
  readonly dims: number;
  private readonly rows = new Map<string, number>();
  private readonly bases: string[];
  private readonly pairs: Uint16Array;
  private readonly body: Int8Array;
  /** The labels that words mean, and per base form: sound + 1, movement + 1, bits. */
  private readonly labels: string[];
  private readonly senses: Uint8Array;

  /** @throws AppError `model-corrupt` where the bytes are no such file. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const magic = new TextDecoder().decode(bytes.subarray(0, 4));
    if (magic !== 'NWD1' || bytes.length < 16)
      throw new AppError('model-corrupt', 'The word list of the model is damaged.');
    this.dims = view.getUint16(4, true);
    const baseCount = view.getUint16(6, true);
    const formCount = view.getUint32(8, true);
    const textBytes = view.getUint32(12, true);
    const pairsAt = 16 + textBytes;
    const bodyAt = pairsAt + 4 * formCount;
    const tailAt = bodyAt + baseCount * (this.dims + 2);
    const labelBytes = bytes.length >= tailAt + 2 ? view.getUint16(tailAt, true) : 0;
    const sensesAt = tailAt + 2 + labelBytes;
    if (bytes.length !== sensesAt + 3 * baseCount)
      throw new AppError('model-corrupt', 'The word list of the model has a wrong length.');
    const forms = new TextDecoder().decode(bytes.subarray(16, pairsAt)).split('\n');
    forms.forEach((form, row) => this.rows.set(form, row));
    this.bases = forms.slice(0, baseCount);
    this.pairs = Uint16Array.from({ length: 2 * formCount }, (_, i) =>
      view.getUint16(pairsAt + 2 * i, true),
    );
    this.body = new Int8Array(bytes.buffer, bytes.byteOffset + bodyAt, tailAt - bodyAt);
    this.labels = new TextDecoder().decode(bytes.subarray(tailAt + 2, sensesAt)).split('\n');
    this.senses = bytes.subarray(sensesAt);
  }

  has(word: string): boolean {
    return this.rows.has(word);
  }

  /** The base forms of a word: itself where it is one, as a noun, as a verb. Empty where unknown. */
  basesOf(word: string): string[] {
    // A rare plural that the list lacks: “breakings”.
    const row = this.rows.get(word) ?? this.rows.get(word.replace(/s$/, ''));
    if (row === undefined) return [];
    const own = row < this.bases.length ? row : noBase;
    const found = new Set([own, ...this.pairs.subarray(2 * row, 2 * row + 2)]);
    return [...found].flatMap((base) => (base === noBase ? [] : [this.bases[base]!]));
  }

  /** The singular of a plural noun; null where the word is none. */
  singularOf(word: string): string | null {
    const row = this.rows.get(word);
    if (row === undefined) return null;
    const noun = this.pairs[2 * row]!;
    return noun === noBase || noun === row ? null : this.bases[noun]!;
  }

  /** Parts of speech of a word's own base form, as {@link partOfSpeech} bits; 0 where it is none. */
  partsOf(base: string): number {
    const row = this.rows.get(base);
    return row === undefined || row >= this.bases.length ? 0 : this.info(row, 0);
  }

  /** Index of the object class that the base form names a kind of, by its most common sense; −1: none. */
  kindOf(base: string): number {
    const row = this.rows.get(base);
    return row === undefined || row >= this.bases.length ? -1 : this.info(row, 1) - 1;
  }

  /** The sound label that a base form means by WordNet (“woof”: `dog`); null where it means none. */
  soundOf(base: string): string | null {
    return this.labels[this.sense(base, 0) - 1] ?? null;
  }

  /** The movement that a base form means by WordNet (“leap”: `jump`); null where it means none. */
  cycleOf(base: string): string | null {
    return this.labels[this.sense(base, 1) - 1] ?? null;
  }

  /** Whether the base form is a verb of movement or contact. */
  isPhysical(base: string): boolean {
    return (this.sense(base, 2) & 1) !== 0;
  }

  /** Whether the base form is a word for its {@link kindOf} class itself (“automobile”, “sofa”). */
  isClassName(base: string): boolean {
    return (this.sense(base, 2) & 2) !== 0;
  }

  /** Whether the base form is somewhere to be. */
  isPlace(base: string): boolean {
    return (this.sense(base, 2) & 4) !== 0;
  }

  private sense(base: string, column: number): number {
    const row = this.rows.get(base);
    return row === undefined || row >= this.bases.length ? 0 : this.senses[3 * row + column]!;
  }

  /** The unit vector of a word (of its own row, else of its base form); null where it is unknown. */
  vector(word: string): Float64Array | null {
    const found = this.rows.get(word);
    if (found === undefined) return null;
    const row =
      found < this.bases.length
        ? found
        : Math.min(...this.pairs.subarray(2 * found, 2 * found + 2));
    if (row >= this.bases.length) return null;
    const at = row * (this.dims + 2) + 2;
    return Float64Array.from(this.body.subarray(at, at + this.dims), (value) => value / 127);
  }

  /** The unit mean vector of a label's words; zeros where none is known. */
  phrase(text: string): Float64Array {
    const mean = new Float64Array(this.dims);
    const vectors = (text.toLowerCase().match(/[a-z]+/g) ?? []).flatMap(
      (word) => this.vector(word) ?? [],
    );
    for (const vector of vectors)
      for (let i = 0; i < this.dims; i++) mean[i]! += vector[i]! / vectors.length;
    const length = Math.max(Math.hypot(...mean), 1e-9);
    return mean.map((value) => value / length);
  }

  private info(row: number, column: number): number {
    return this.body[row * (this.dims + 2) + column]! & 0xff;
  }
}
