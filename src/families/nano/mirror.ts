import type { Tensor } from '../../tokens/tensor';
import type { ObjectsConfig } from './objects-config';

/* A second look, in the mirror: what is there is seen both ways, a chance likeness mostly one way only. */

/** What the detector's head says, as `detect` reads it. */
export interface HeadOutputs {
  /** `[1, anchors, labels]` */
  scores: Tensor;
  /** `[1, anchors, 4 · bins]`: left, top, right, bottom. */
  boxes: Tensor;
}

/** Of left, top, right and bottom, which one each is in the mirror. */
const turnedSides = [2, 1, 0, 3];

/** A square picture `[1, 3, side, side]`, left and right exchanged. */
export function mirrored({ data, dims }: Tensor): Tensor {
  const side = dims.at(-1) ?? 1;
  const turned = new Float32Array(data.length);
  for (let row = 0; row < data.length; row += side)
    for (let x = 0; x < side; x++) turned[row + x] = Number(data[row + side - 1 - x]);
  return { dims, data: turned };
}

/** The mean of two looks at one square, the second one at its mirror image, in the places of the first. */
export function bothLooks(
  plain: HeadOutputs,
  mirror: HeadOutputs,
  { head, input, labels }: Pick<ObjectsConfig, 'head' | 'input' | 'labels'>,
): HeadOutputs {
  const scores = new Float32Array(plain.scores.data.length);
  const boxes = new Float32Array(plain.boxes.data.length);
  const mean = (out: Float32Array, one: Tensor, at: number, other: Tensor, from: number): void => {
    out[at] = (Number(one.data[at]) + Number(other.data[from])) / 2;
  };
  for (const [anchor, turned] of turnedAnchors(head.strides, input.side).entries()) {
    for (let label = 0; label < labels.length; label++) {
      const [at, from] = [anchor, turned].map((one) => one * labels.length + label);
      mean(scores, plain.scores, at!, mirror.scores, from!);
    }
    for (const [side, turnedSide] of turnedSides.entries())
      for (let bin = 0; bin < head.bins; bin++)
        mean(
          boxes,
          plain.boxes,
          (anchor * 4 + side) * head.bins + bin,
          mirror.boxes,
          (turned * 4 + turnedSide) * head.bins + bin,
        );
  }
  return {
    scores: { dims: plain.scores.dims, data: scores },
    boxes: { dims: plain.boxes.dims, data: boxes },
  };
}

/** Of every anchor, in the order of the head, the one in its place in the mirror. */
function turnedAnchors(strides: readonly number[], side: number): number[] {
  let first = 0;
  return strides.flatMap((stride) => {
    const cells = Math.ceil(side / stride);
    const base = first;
    first += cells * cells;
    return Array.from({ length: cells * cells }, (_, cell) => {
      const column = cell % cells;
      return base + cell - column + (cells - 1 - column);
    });
  });
}
