import { describe, expect, it } from 'vitest';
import { Prompt, readBoundaries } from '../../src/families/av-reasoner/assemble';
import { Embeddings } from '../../src/families/av-reasoner/embeddings';
import { partOf } from '../../src/families/av-reasoner/graphs';
import { floats, golden, tinyBundle } from './model-golden';

const hidden = 2;
/** Rows whose numbers say what they are. */
const rows = (count: number, mark: number) =>
  Float32Array.from({ length: count * hidden }, (_, i) => mark + (i % hidden ? 0.5 : 0));
const boundaries = readBoundaries(
  Float32Array.from([901, 901, 902, 902, 903, 903, 904, 904]).buffer,
  hidden,
);

/** Reference C.6: two frames of 320 × 640, one chunk, three tokens before. */
const frame = () => {
  const tokens = rows(221 - 10, 1);
  tokens.set([7, 7], tokens.length - hidden);
  return tokens;
};
const chunk = () => {
  const tokens = rows(151, 2);
  tokens.set([8, 8], tokens.length - hidden);
  return tokens;
};
const parts = {
  prefix: rows(3, 10),
  frames: [frame(), frame()],
  chunks: [chunk()],
  suffix: rows(5, 20),
};

describe('the prompt', () => {
  it('has the layout of the reference', () => {
    const prompt = new Prompt(parts, boundaries, hidden);
    const all = prompt.read(0, prompt.length);
    const at = (mark: number) =>
      Array.from({ length: prompt.length }, (_, i) => i).filter((i) => all[i * hidden] === mark);
    expect({
      imageBegin: at(901),
      separators: at(7),
      imageEnd: at(902),
      speechBegin: at(903),
      newline: at(8),
      speechEnd: at(904),
      question: at(20)[0],
    }).toEqual({
      imageBegin: [3],
      separators: [214, 425],
      imageEnd: [426],
      speechBegin: [427],
      newline: [578],
      speechEnd: [579],
      question: 580,
    });
    expect(prompt.mediaEnd).toBe(580);
    expect(prompt.length).toBe(585);
  });

  it('reads any stretch as part of the whole', () => {
    const prompt = new Prompt(parts, boundaries, hidden);
    const all = prompt.read(0, prompt.length);
    for (const [from, to] of [
      [0, 1],
      [2, 5],
      [213, 430],
      [570, 585],
    ] as const)
      expect(prompt.read(from, to)).toEqual(all.slice(from * hidden, to * hidden));
  });

  it('leaves out what there is not', () => {
    const none = { ...parts, frames: [], chunks: [] };
    expect(new Prompt(none, boundaries, hidden).length).toBe(8);
    expect(new Prompt({ ...none, chunks: [chunk()] }, boundaries, hidden).length).toBe(8 + 153);
    const seen = new Prompt({ ...parts, chunks: [] }, boundaries, hidden);
    expect(seen.length).toBe(8 + 424);
  });

  it('is cut off at its end where it is told to', () => {
    const prompt = new Prompt(parts, boundaries, hidden, 582);
    expect({ length: prompt.length, mediaEnd: prompt.mediaEnd }).toEqual({
      length: 582,
      mediaEnd: 580,
    });
  });

  it('refuses boundaries of another size', () => {
    expect(() => readBoundaries(new ArrayBuffer(12), hidden)).toThrow('wrong size');
  });
});

describe('the embeddings', () => {
  /** Counts what is read. */
  class Table extends Blob {
    slices = 0;
    override slice(...range: [number, number]): Blob {
      this.slices++;
      return super.slice(...range);
    }
  }

  it('reads single rows, each once', async () => {
    const table = new Table([Float32Array.from({ length: 20 }, (_, i) => i)]);
    const embeddings = new Embeddings(table, 4, 'f32');
    expect([...(await embeddings.read([3, 0, 3]))]).toEqual([
      12, 13, 14, 15, 0, 1, 2, 3, 12, 13, 14, 15,
    ]);
    await embeddings.read([0]);
    expect(table.slices).toBe(2);
    await expect(embeddings.read([5])).rejects.toMatchObject({ code: 'model-corrupt' });
  });

  it('gives the rows of the reference from halves', async () => {
    const bundle = tinyBundle();
    const table = bundle.manifest.avReasoner.tables.embeddings;
    const embeddings = new Embeddings(partOf(bundle, table.part), 224, table.dtype);
    const first = await embeddings.read(golden.prefix.slice(0, 1));
    const wanted = floats(golden.sequence).subarray(0, 224);
    expect(golden.sequence.rows[0]).toBe(0);
    first.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 3));
  });
});
