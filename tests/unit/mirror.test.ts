import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detect } from '../../src/families/nano/detections';
import { mirrored, together, type Look } from '../../src/families/nano/mirror';
import type { ObjectsConfig } from '../../src/families/nano/objects-config';

const path = `${import.meta.dirname}/../../models/tools/objects/config.json`;
const served = JSON.parse(readFileSync(path, 'utf8')) as ObjectsConfig;
/** A picture of 64 pixels: 8 × 8, 4 × 4 and 2 × 2 cells. */
const config: ObjectsConfig = { ...served, input: { ...served.input, side: 64 } };
const anchors = 64 + 16 + 4;
const { bins } = config.head;

/** One person seen from the cell in row 1, `column` of the 4 × 4, so many strides of 16 to each side. */
function look(column: number, score: number, left: number, right: number): Look {
  const scores = new Float32Array(anchors * 80);
  const boxes = new Float32Array(anchors * 4 * bins);
  const anchor = 64 + 4 + column;
  scores[anchor * 80] = score;
  for (const [side, reach] of [left, 1, right, 2].entries())
    boxes[(anchor * 4 + side) * bins + reach] = 50;
  return {
    scores: { dims: [1, anchors, 80], data: scores },
    boxes: { dims: [1, anchors, 4 * bins], data: boxes },
  };
}

function seen({ scores, boxes }: Look) {
  return detect(scores, boxes, config).map(({ score, box }) => ({
    score: Number(score.toFixed(3)),
    box: box.map(Math.round),
  }));
}

describe('mirrored', () => {
  it('turns every row of every plane round, and leaves the picture as it was', () => {
    const picture = { dims: [1, 2, 2, 3], data: Float32Array.from({ length: 12 }, (_, i) => i) };
    const turned = mirrored(picture);
    expect(turned.dims).toEqual(picture.dims);
    expect([...turned.data]).toEqual([2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9]);
    expect(picture.data[0]).toBe(0);
    expect(mirrored(turned)).toEqual(picture);
  });
});

describe('together', () => {
  it('finds what both looks see where it is, its sides the right way round', () => {
    const both = together(look(1, 0.8, 0, 2), look(2, 0.6, 2, 0), config);
    expect(seen(both)).toEqual([{ score: 0.7, box: [24, 8, 56, 56] }]);
  });

  it('halves what is seen one way round only', () => {
    expect(seen(together(look(1, 0.5, 0, 2), look(1, 0.3, 2, 0), config))).toMatchObject([
      { score: 0.25 },
      { score: 0.15 },
    ]);
  });

  it('leaves both looks as they were', () => {
    const [first, second] = [look(1, 0.8, 0, 2), look(2, 0.6, 2, 0)];
    together(first, second, config);
    expect([first, second]).toEqual([look(1, 0.8, 0, 2), look(2, 0.6, 2, 0)]);
  });
});
