import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Box } from '../../src/clues/clue';
import { decode } from '../../src/families/nano/decode';
import type { DecoderConfig } from '../../src/families/nano/decoder-config';
import { encodeScene, type LabelVectors, type Scene } from '../../src/families/nano/features';
import type {
  CycleProposal,
  ObjectProposal,
  Proposal,
  SoundProposal,
} from '../../src/families/nano/proposal';
import type { SoundConfig } from '../../src/families/nano/sound-config';
import type { Condition, Mention, TowerKind } from '../../src/families/nano/target';
import { Words } from '../../src/families/nano/words';
import type { TextPiece } from '../../src/families/family';
import type { Graph, Tensor } from '../../src/tokens/tensor';

type Weights = Record<string, number>;
interface MentionCase {
  kind: TowerKind;
  weights: Weights;
  colour: number | null;
}

/** One scene of `models.tools.decoder.golden`, with what the Python side makes of it. */
interface Case {
  name: string;
  target: MentionCase & Pick<Scene, 'mode' | 'window'>;
  condition: (MentionCase & Pick<Condition, 'relation' | 'which'>) | null;
  start: number;
  duration: number;
  frame: [number, number];
  words: number[][];
  proposals: (Omit<SoundProposal, 'kind' | 'classScores' | 'plainScores' | 'fingerprint'> &
    Omit<CycleProposal, 'kind' | 'classScores' | 'plainScores'> &
    Pick<ObjectProposal, 'meanScore' | 'appearanceDistance'> & {
      kind: TowerKind;
      classScores: number[];
      fingerprint: number[];
      plainScores?: number[];
      path: [number, ...Box][];
      colours: number[];
    })[];
  rows: number[][];
  pointed: number[];
  pointedConfidences: number[];
  certainty: number;
}

const root = new URL('../../', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const config = json('models/tools/decoder/config.json') as DecoderConfig;
const sound = json('models/tools/sound/config.json') as SoundConfig;
const golden = json('tests/fixtures/nano-decoder.json') as {
  names: Record<TowerKind, string[]>;
  phrases: Record<string, number[]>;
  cases: Case[];
};
const words = new Words(readFileSync(new URL('models/served/nano/words.bin', root)));
const phrases = (names: readonly string[]) => names.map((name) => words.phrase(name));
const labelVectors: LabelVectors = {
  sound: phrases(golden.names.sound),
  object: phrases(golden.names.object),
  cycle: phrases(golden.names.cycle),
};

function proposalOf(item: Case['proposals'][number]): Proposal {
  const { startSeconds, endSeconds, confidence } = item;
  const classScores = Float32Array.from(item.classScores);
  const plainScores = Float32Array.from(item.plainScores ?? item.classScores);
  const base = { startSeconds, endSeconds, confidence, classScores, plainScores };
  if (item.kind === 'sound')
    return { kind: 'sound', ...base, fingerprint: Float32Array.from(item.fingerprint) };
  if (item.kind === 'cycle') {
    const { box, regularity, amplitude, periodRatio } = item;
    return { kind: 'cycle', ...base, box, regularity, amplitude, periodRatio };
  }
  const path = item.path.map(([time, ...box]) => ({ timestampSeconds: time, box }));
  return {
    kind: 'object',
    ...base,
    peakScores: classScores,
    box: path[0]!.box,
    path,
    meanScore: item.meanScore,
    appearanceDistance: item.appearanceDistance,
    colours: Float32Array.from(item.colours),
  };
}

function mentionOf({ kind, weights, colour }: MentionCase): Mention {
  const all = new Float64Array(golden.names[kind].length);
  for (const [label, weight] of Object.entries(weights)) all[Number(label)] = weight;
  return { kind, weights: all, colour };
}

function sceneOf({ target, condition, ...item }: Case): Scene {
  return {
    ...mentionOf(target),
    leastScore: 0,
    sounds: sound,
    mode: target.mode,
    window: target.window,
    condition: condition && {
      ...mentionOf(condition),
      relation: condition.relation,
      which: condition.which,
    },
    startSeconds: item.start,
    durationSeconds: item.duration,
    words: item.words.map((vector) => Float64Array.from(vector)),
    proposals: item.proposals.map(proposalOf),
    frame: { width: item.frame[0], height: item.frame[1] },
  };
}

let session: InferenceSession;
let graph: Graph;
let runs = 0;
beforeAll(async () => {
  session = await InferenceSession.create(
    new URL('models/served/nano/decoder.onnx', root).pathname,
  );
  graph = {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds) {
      runs++;
      const inputs = Object.fromEntries(
        Object.entries(feeds).map(([name, { dims, data }]) => [
          name,
          data instanceof BigInt64Array
            ? new OrtTensor('int64', data, dims)
            : new OrtTensor('float32', data, dims),
        ]),
      );
      const outputs = await session.run(inputs);
      return Object.fromEntries(
        Object.entries(outputs).map(([name, { dims, data }]): [string, Tensor] => [
          name,
          { dims, data: data as Float32Array },
        ]),
      );
    },
    dispose: () => session.release(),
  };
});
afterAll(() => graph.dispose());

function read(scene: Scene, signal = new AbortController().signal): AsyncGenerator<TextPiece> {
  return decode(scene, graph, config, labelVectors, (p) => `a ${p.kind}`, signal);
}

async function collect(pieces: AsyncGenerator<TextPiece>): Promise<TextPiece[]> {
  const all: TextPiece[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

describe('features', () => {
  it.each(golden.cases.map((item) => [item.name, item] as const))(
    '%s: has the rows of features.py',
    (_, item) => {
      const width = config.featureWidth;
      const rows = encodeScene(sceneOf(item), labelVectors, width);
      const expected = item.rows.flat();
      expect(rows.length).toBe(expected.length);
      const wrong = expected.flatMap((value, i) =>
        Math.abs(value - rows[i]!) < 2e-5
          ? []
          : [[Math.floor(i / width), i % width, value, rows[i]]],
      );
      expect(wrong).toEqual([]);
    },
  );

  it('makes the same label vectors', () => {
    for (const [phrase, vector] of Object.entries(golden.phrases)) {
      words.phrase(phrase).forEach((value, i) => expect(value).toBeCloseTo(vector[i]!, 5));
    }
  });
});

describe('decode', () => {
  it.each(golden.cases.map((item) => [item.name, item] as const))(
    '%s: points where Python points, with its confidence',
    async (_, item) => {
      const scene = sceneOf(item);
      const pieces = await collect(read(scene));
      const clues = pieces.filter((piece) => piece.evidence);
      expect(clues.map(({ text }) => text)).toEqual(
        item.pointed.map((at, k) => {
          const p = scene.proposals[at]!;
          const start = p.startSeconds.toFixed(2);
          const where =
            p.kind !== 'object' ? p.endSeconds.toFixed(2) : `[${p.box.map(Math.round).join(',')}]`;
          return `${k + 1}. a ${p.kind} ${start} ${where};\n`;
        }),
      );
      clues.forEach(({ evidence }, k) =>
        expect(evidence!.confidence).toBeCloseTo(item.pointedConfidences[k]!, 3),
      );
      expect(pieces.at(-1)!.confidence).toBeCloseTo(item.certainty, 3);
      const text = pieces.map((piece) => piece.text).join('');
      expect(text.startsWith('<think>\n')).toBe(true);
      expect(text.endsWith(`</think><answer>${item.pointed.length}</answer>`)).toBe(true);
    },
  );

  it('streams: a clue line is out before the next step runs', async () => {
    const item = golden.cases.find(({ pointed }) => pointed.length >= 2)!;
    const pieces = read(sceneOf(item));
    await pieces.next();
    const before = runs;
    expect((await pieces.next()).value).toMatchObject({
      text: expect.stringMatching(/^1\. /) as string,
    });
    expect(runs - before).toBe(2); // prefill and one step
    expect((await pieces.next()).value).toMatchObject({
      text: expect.stringMatching(/^2\. /) as string,
    });
    expect(runs - before).toBe(3);
  });

  it('stops at the next step when aborted', async () => {
    const item = golden.cases.find(({ pointed }) => pointed.length >= 2)!;
    const abort = new AbortController();
    const pieces = read(sceneOf(item), abort.signal);
    await pieces.next();
    await pieces.next();
    abort.abort();
    const before = runs;
    await expect(pieces.next()).rejects.toMatchObject({ name: 'AbortError' });
    expect(runs).toBe(before);
  });

  it('answers 0 without a proposal, and runs nothing', async () => {
    const before = runs;
    const scene = { ...sceneOf(golden.cases[0]!), proposals: [] };
    const text = (await collect(read(scene))).map((piece) => piece.text).join('');
    expect(text).toBe('<think>\n</think><answer>0</answer>');
    expect(runs).toBe(before);
  });

  it('never points twice, nor back in time, and stops at the limit of clues', async () => {
    // A graph that never wants to end, and likes the first proposal best.
    const eager: Graph = {
      inputNames: [],
      outputNames: [],
      run(feeds) {
        const length = feeds['features']!.dims[1]!;
        const { pointer } = config.shape;
        const tensor = (values: Float32Array, ...dims: number[]): Tensor => ({
          dims,
          data: values,
        });
        const key = new Float32Array(length * pointer);
        for (let i = 0; i < length; i++) key[i * pointer] = length - i;
        const query = new Float32Array(length * pointer);
        query[0] = 1;
        const past = feeds['past']!;
        const dims = past.dims.map((size, axis) => (axis === 3 ? size + length : size));
        return Promise.resolve({
          end: tensor(new Float32Array(length).fill(-99), 1, length),
          pointer_query: tensor(query, 1, length, pointer),
          pointer_key: tensor(key, 1, length, pointer),
          present: tensor(new Float32Array(dims.reduce((a, b) => a * b)), ...dims),
        });
      },
      dispose: () => Promise.resolve(),
    };
    const scene = sceneOf(golden.cases[0]!);
    const all = await collect(
      decode(scene, eager, config, labelVectors, () => 'x', new AbortController().signal),
    );
    const times = all
      .filter((piece) => piece.evidence)
      .map(({ text }) => Number(text.split(' ')[2]));
    expect(times).toEqual(scene.proposals.map((p) => Number(p.startSeconds.toFixed(2))));

    const few = { ...config, maxClues: 2 };
    const limited = await collect(
      decode(scene, eager, few, labelVectors, () => 'x', new AbortController().signal),
    );
    expect(limited.at(-1)!.text).toBe('<answer>2</answer>');
  });
});
