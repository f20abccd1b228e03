import type { Tensor } from '../../tokens/tensor';
import type { ObjectsConfig } from './objects-config';

/** The detector's head outputs for one picture, see `detect`. */
export interface Look {
  /** `[1, anchors, labels]`, probabilities. */
  scores: Tensor;
  /** `[1, anchors, 4 · bins]`, logits for left, top, right, bottom. */
  boxes: Tensor;
}

/** A picture `[1, planes, height, width]` with left and right swapped. */
export function mirrored({ dims, data }: Tensor): Tensor {
  const width = dims[3]!;
  const swapped = (data as Float32Array).slice();
  for (let row = 0; row < swapped.length; row += width) {
    swapped.subarray(row, row + width).reverse();
  }
  return { dims, data: swapped };
}

/**
 * What a look at a picture and one at its mirror image say together: the mean of each cell's scores
 * and of its boxes' logits. What is there is seen both ways; what a texture is taken for is often
 * seen only one way round.
 */
export function together(look: Look, mirror: Look, { input, head, labels }: ObjectsConfig): Look {
  const { bins, strides } = head;
  const [scores, boxes] = [copied(look.scores), copied(look.boxes)];
  const otherScores = mirror.scores.data as Float32Array;
  const otherBoxes = mirror.boxes.data as Float32Array;
  let anchor = 0;
  for (const stride of strides) {
    const cells = Math.ceil(input.side / stride);
    for (let cell = 0; cell < cells * cells; cell++, anchor++) {
      const twin = anchor + cells - 1 - 2 * (cell % cells);
      for (let label = 0; label < labels.length; label++) {
        const at = anchor * labels.length + label;
        const there = otherScores[twin * labels.length + label]!;
        scores.data[at] = (scores.data[at]! + there) / 2;
      }
      // What is left of a thing is right of its mirror image.
      for (const [side, twinSide] of [2, 1, 0, 3].entries()) {
        for (let bin = 0; bin < bins; bin++) {
          const at = (anchor * 4 + side) * bins + bin;
          const there = otherBoxes[(twin * 4 + twinSide) * bins + bin]!;
          boxes.data[at] = (boxes.data[at]! + there) / 2;
        }
      }
    }
  }
  return { scores, boxes };
}

function copied({ dims, data }: Tensor): { dims: readonly number[]; data: Float32Array } {
  return { dims, data: (data as Float32Array).slice() };
}
