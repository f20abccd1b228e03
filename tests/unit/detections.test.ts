import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/clues/clue';
import {
  detect,
  inside,
  overlap,
  sharpenKindred,
  suppress,
  type Detection,
} from '../../src/families/nano/detections';
import { crop, fromTile, merge, tilesOf, wantsTiles } from '../../src/families/nano/tiling';
import type { ObjectsConfig } from '../../src/families/nano/objects-config';

/** Written by `python -m models.tools.objects.golden_detections` from a photograph of motorcyclists. */
interface Golden {
  limits: ObjectsConfig['detection'];
  anchors: { anchor: number; scores: Record<string, number>; logits: number[] }[];
  detections: { box: Box; score: number; label: string }[];
}

const tools = `${import.meta.dirname}/../../models/tools/objects`;
const read = <T>(name: string) => JSON.parse(readFileSync(`${tools}/${name}`, 'utf8')) as T;
const golden = read<Golden>('golden-detections.json');
const config: ObjectsConfig = { ...read<ObjectsConfig>('config.json'), detection: golden.limits };

function detection(box: Box, score: number, label = 0): Detection {
  const classScores = new Float32Array(80).fill(0.01);
  classScores[label] = score;
  return { box, score: classScores[label] ?? 0, classScores };
}

describe('detect', () => {
  const anchorCount = 52 * 52 + 26 * 26 + 13 * 13;
  const scores = new Float32Array(anchorCount * 80);
  const boxes = new Float32Array(anchorCount * 44);
  for (const { anchor, scores: known, logits } of golden.anchors) {
    for (const [label, score] of Object.entries(known)) scores[anchor * 80 + Number(label)] = score;
    boxes.set(logits, anchor * 44);
  }
  const found = detect(
    { dims: [1, anchorCount, 80], data: scores },
    { dims: [1, anchorCount, 44], data: boxes },
    config,
  );

  it('finds what the numpy reference finds, strongest first', () => {
    expect(found.length).toBeGreaterThan(1);
    expect(found).toHaveLength(golden.detections.length);
    for (const [index, expected] of golden.detections.entries()) {
      const actual = found[index] as Detection;
      expect(config.labels[actual.classScores.indexOf(actual.score)]).toBe(expected.label);
      expect(actual.score).toBeCloseTo(expected.score, 4);
      for (let side = 0; side < 4; side++) {
        expect(Math.abs((actual.box[side] ?? 0) - (expected.box[side] ?? 0))).toBeLessThan(0.02);
      }
    }
  });

  it('keeps every class score, not a view of the graph output', () => {
    expect(found[0]?.classScores).toHaveLength(80);
    expect(found[0]?.classScores.buffer.byteLength).toBe(320);
  });

  it('finds nothing in silence', () => {
    const empty = { dims: [1, anchorCount, 80], data: new Float32Array(anchorCount * 80) };
    expect(detect(empty, { dims: [1, anchorCount, 44], data: boxes }, config)).toEqual([]);
  });
});

describe('suppress', () => {
  const limits = { ...golden.limits, sameClassIou: 0.5, otherClassIou: 0.7, insideShare: 0.75 };
  const kept = (...all: Detection[]) =>
    suppress(all, limits).map(({ score }) => Math.round(score * 10));

  it('drops the weaker of two boxes on one thing, whatever the order', () => {
    const strong = detection([0, 0, 100, 100], 0.9);
    const weak = detection([10, 0, 110, 100], 0.6);
    expect(kept(strong, weak)).toEqual([9]);
    expect(kept(weak, strong)).toEqual([9]);
  });

  it('drops a second class on the same box, but keeps a rider on a horse', () => {
    expect(kept(detection([0, 0, 100, 100], 0.9, 17), detection([2, 0, 100, 98], 0.6, 19))).toEqual(
      [9],
    );
    expect(
      kept(detection([0, 50, 100, 150], 0.9, 17), detection([20, 0, 80, 110], 0.6, 0)),
    ).toEqual([9, 6]);
  });

  it('takes an arm inside its person for a part, and a neighbour for another person', () => {
    const person = detection([0, 0, 100, 300], 0.8);
    expect(kept(person, detection([5, 100, 40, 180], 0.4))).toEqual([8]);
    expect(kept(person, detection([60, 0, 160, 300], 0.4))).toEqual([8, 4]);
  });

  it('stops at the most it may return', () => {
    const row = Array.from({ length: 9 }, (_, i) => detection([i * 20, 0, i * 20 + 10, 10], 0.5));
    expect(suppress(row, { ...limits, maxCount: 4 })).toHaveLength(4);
  });
});

describe('sharpenKindred', () => {
  it('leaves the best of a group and others as they are, and lowers the rest', () => {
    const scores = Float32Array.from([0.3, 0.6, 0.4]);
    const sharp = [...sharpenKindred(scores, [[0, 1]])];
    expect(sharp[0]).toBeCloseTo(0.15);
    expect(sharp[1]).toBeCloseTo(0.6);
    expect(sharp[2]).toBeCloseTo(0.4);
    expect([...sharpenKindred(new Float32Array(3), [[0, 1]])]).toEqual([0, 0, 0]);
  });

  it('names known labels only', () => {
    for (const name of config.kindred.flat()) expect(config.labels).toContain(name);
  });
});

describe('a second look in tiles', () => {
  const frame = { width: 320, height: 180 };
  const { tiling } = config;

  it('covers the frame with squares along its longer side', () => {
    expect(tilesOf(frame)).toEqual([
      [0, 0, 180, 180],
      [140, 0, 320, 180],
    ]);
    expect(tilesOf({ width: 100, height: 150 })).toEqual([
      [0, 0, 100, 100],
      [0, 50, 100, 150],
    ]);
    expect(tilesOf({ width: 300, height: 100 })).toHaveLength(3);
    expect(tilesOf({ width: 200, height: 190 })).toEqual([]);
  });

  it('is wanted where many things are small, not where they are few, large or weak', () => {
    const row = (count: number, side: number, score: number) =>
      Array.from({ length: count }, (_, i) => detection([i * 30, 0, i * 30 + side, side], score));
    expect(wantsTiles(row(5, 15, 0.5), frame, tiling)).toBe(true);
    expect(wantsTiles(row(3, 15, 0.5), frame, tiling)).toBe(false);
    expect(wantsTiles(row(5, 60, 0.5), frame, tiling)).toBe(false);
    expect(wantsTiles(row(5, 15, 0.2), frame, tiling)).toBe(false);
  });

  it('cuts the pixels of a tile out of the frame', () => {
    const data = Uint8ClampedArray.from(
      { length: 320 * 180 * 4 },
      (_, i) => ((i >> 2) % 320) % 251,
    );
    const part = crop({ ...frame, timestampSeconds: 3, data }, [140, 0, 320, 180]);
    expect([part.width, part.height, part.timestampSeconds]).toEqual([180, 180, 3]);
    expect(part.data).toHaveLength(180 * 180 * 4);
    expect([part.data[0], part.data[180 * 4 * 7 + 4 * 20]]).toEqual([140, 160]);
  });

  it('leaves what a tile cuts or shows large to the whole frame', () => {
    const seen = [
      detection([10, 10, 30, 30], 0.5),
      detection([0, 50, 20, 70], 0.4),
      detection([20, 20, 160, 170], 0.6),
    ];
    const kept = fromTile(seen, [140, 0, 320, 180], frame, tiling);
    expect(kept.map(({ box }) => box)).toEqual([[150, 10, 170, 30]]);
  });

  it('joins what both looks see, and adds what only one sees', () => {
    const whole = [detection([10, 10, 30, 30], 0.4), detection([200, 0, 320, 180], 0.8)];
    const tile = [detection([11, 10, 31, 30], 0.6), detection([60, 60, 75, 75], 0.5)];
    const found = merge([whole, tile], config);
    expect(found.map(({ score }) => Math.round(score * 10))).toEqual([8, 6, 5]);
    expect(found[1]?.box[0]).toBeCloseTo(10.6);
    expect(found[1]?.classScores[0]).toBeCloseTo(0.6);
  });
});

describe('overlap', () => {
  it('is the shared area over the joint area, and inside the share of the smaller', () => {
    expect(overlap([0, 0, 10, 10], [5, 0, 15, 10])).toBeCloseTo(1 / 3);
    expect(inside([0, 0, 10, 10], [5, 0, 15, 10])).toBeCloseTo(0.5);
    expect(inside([0, 0, 10, 10], [2, 2, 4, 4])).toBe(1);
    expect(overlap([0, 0, 10, 10], [10, 0, 20, 10])).toBe(0);
    expect(overlap([3, 3, 3, 3], [3, 3, 3, 3])).toBe(0);
  });
});
