import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detect } from '../../src/families/nano/detections';
import { bothLooks, mirrored, type HeadOutputs } from '../../src/families/nano/mirror';
import type { ObjectsConfig } from '../../src/families/nano/objects-config';

const config = JSON.parse(
  readFileSync(new URL('../../models/tools/objects/config.json', import.meta.url), 'utf8'),
) as ObjectsConfig;
const labelCount = config.labels.length;
const { bins } = config.head;
const cells = config.input.side / 8;
const anchorCount = cells ** 2 + (cells / 2) ** 2 + (cells / 4) ** 2;

/** What the head says where one thing of this class lies in a cell of the finest grid. */
function headOf(column: number, row: number, score: number, reach: readonly number[]): HeadOutputs {
  const scores = new Float32Array(anchorCount * labelCount);
  const boxes = new Float32Array(anchorCount * 4 * bins);
  const anchor = row * cells + column;
  scores[anchor * labelCount] = score;
  for (const [side, bin] of reach.entries()) boxes[(anchor * 4 + side) * bins + bin] = 30;
  return {
    scores: { dims: [1, anchorCount, labelCount], data: scores },
    boxes: { dims: [1, anchorCount, 4 * bins], data: boxes },
  };
}

const found = ({ scores, boxes }: HeadOutputs) => detect(scores, boxes, config);

describe('a look in the mirror', () => {
  it('exchanges left and right, row by row', () => {
    const picture = { dims: [1, 1, 2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
    expect([...mirrored(picture).data]).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it('agrees with the first on what both see', () => {
    const plain = headOf(10, 20, 0.8, [2, 3, 5, 1]);
    const mirror = headOf(cells - 1 - 10, 20, 0.6, [5, 3, 2, 1]);
    const [alone] = found(plain);
    const [both, ...others] = found(bothLooks(plain, mirror, config));
    expect(others).toEqual([]);
    expect(both!.score).toBeCloseTo(0.7);
    for (const [at, edge] of alone!.box.entries()) expect(both!.box[at]).toBeCloseTo(edge);
  });

  it('halves what only one of them sees', () => {
    const plain = headOf(10, 20, 0.8, [2, 3, 5, 1]);
    const elsewhere = headOf(10, 20, 0.8, [2, 3, 5, 1]);
    const scores = found(bothLooks(plain, elsewhere, config)).map(({ score }) => score);
    expect(scores).toEqual([expect.closeTo(0.4), expect.closeTo(0.4)]);
  });
});
