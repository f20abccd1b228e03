import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/clues/clue';
import {
  detect,
  inside,
  overlap,
  suppress,
  type Detection,
} from '../../src/families/nano/detections';
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

describe('overlap', () => {
  it('is the shared area over the joint area, and inside the share of the smaller', () => {
    expect(overlap([0, 0, 10, 10], [5, 0, 15, 10])).toBeCloseTo(1 / 3);
    expect(inside([0, 0, 10, 10], [5, 0, 15, 10])).toBeCloseTo(0.5);
    expect(inside([0, 0, 10, 10], [2, 2, 4, 4])).toBe(1);
    expect(overlap([0, 0, 10, 10], [10, 0, 20, 10])).toBe(0);
    expect(overlap([3, 3, 3, 3], [3, 3, 3, 3])).toBe(0);
  });
});
