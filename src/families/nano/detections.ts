import type { Box } from '../../clues/clue';
import type { Tensor } from '../../tokens/tensor';
import type { ObjectsConfig } from './objects-config';

/** One thing the detector sees in one frame. */
export interface Detection {
  box: Box;
  /** The best class score, 0…1. */
  score: number;
  /** One score per label, each 0…1 on its own. */
  classScores: Float32Array;
}

/**
 * NanoDet's head outputs as boxes in pixels of the square input, strongest first. Each side of a
 * box is the mean of a distribution over whole strides, measured from the middle of the anchor's
 * cell (`distance2bbox` and `Integral` of NanoDet).
 * @param scores `[1, anchors, labels]`, probabilities.
 * @param boxes `[1, anchors, 4 · bins]`, logits for left, top, right, bottom.
 */
export function detect(scores: Tensor, boxes: Tensor, config: ObjectsConfig): Detection[] {
  const labelCount = config.labels.length;
  const found: Detection[] = [];
  let anchor = 0;
  for (const stride of config.head.strides) {
    const cells = Math.ceil(config.input.side / stride);
    for (let cell = 0; cell < cells * cells; cell++, anchor++) {
      const classScores = scores.data.subarray(anchor * labelCount, (anchor + 1) * labelCount);
      const score = largest(classScores as Float32Array);
      if (score < config.detection.minScore) continue;
      const x = ((cell % cells) + 0.5) * stride;
      const y = (Math.floor(cell / cells) + 0.5) * stride;
      const reach = (side: number) =>
        stride *
        meanBin(
          boxes.data as Float32Array,
          (anchor * 4 + side) * config.head.bins,
          config.head.bins,
        );
      const box: Box = [x - reach(0), y - reach(1), x + reach(2), y + reach(3)];
      found.push({ box, score, classScores: classScores.slice() as Float32Array });
    }
  }
  return suppress(found, config.detection);
}

/**
 * Non-maximum suppression across classes: one object often fires as two classes (horse and cow),
 * so boxes of different classes compete too, only that they may overlap more. Within a class a box
 * mostly inside another is a part of that object (an arm, the upper half), not a second one.
 */
export function suppress(
  detections: readonly Detection[],
  limits: ObjectsConfig['detection'],
): Detection[] {
  const kept: { detection: Detection; label: number }[] = [];
  for (const detection of [...detections].sort((a, b) => b.score - a.score)) {
    if (kept.length >= limits.maxCount) break;
    const label = detection.classScores.indexOf(detection.score);
    const clash = kept.some((other) => {
      const [mine, theirs] = [detection.box, other.detection.box];
      if (other.label !== label) return overlap(mine, theirs) > limits.otherClassIou;
      return (
        overlap(mine, theirs) > limits.sameClassIou || inside(mine, theirs) > limits.insideShare
      );
    });
    if (!clash) kept.push({ detection, label });
  }
  return kept.map(({ detection }) => detection);
}

/**
 * One thing is one of its kindred classes: a lorry also looks like a car, but should not count as
 * one. Within a group each score is weighed by its ratio to the group's best, which stays as it is.
 * @param groups label indices that exclude one another.
 */
export function sharpenKindred(
  classScores: Float32Array,
  groups: readonly (readonly number[])[],
): Float32Array {
  const sharp = classScores.slice();
  for (const group of groups) {
    const best = Math.max(1e-6, ...group.map((label) => classScores[label] ?? 0));
    for (const label of group) sharp[label] = (classScores[label] ?? 0) ** 2 / best;
  }
  return sharp;
}

/** Intersection over union of two boxes, 0…1. */
export function overlap(a: Box, b: Box): number {
  const common = shared(a, b);
  return common === 0 ? 0 : common / (area(a) + area(b) - common);
}

/** Share of the smaller box that lies in the other, 0…1. */
export function inside(a: Box, b: Box): number {
  return shared(a, b) / Math.max(1, Math.min(area(a), area(b)));
}

/** Area of what two boxes have in common. */
export function shared(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return width > 0 && height > 0 ? width * height : 0;
}

export function area(box: Box): number {
  return Math.max(0, box[2] - box[0]) * Math.max(0, box[3] - box[1]);
}

function largest(values: Float32Array): number {
  let best = -Infinity;
  for (const value of values) if (value > best) best = value;
  return best;
}

/** Expected bin of the softmax over `count` logits from `start`. */
function meanBin(logits: Float32Array, start: number, count: number): number {
  let top = -Infinity;
  for (let bin = 0; bin < count; bin++) top = Math.max(top, logits[start + bin] ?? 0);
  let total = 0;
  let mean = 0;
  for (let bin = 0; bin < count; bin++) {
    const weight = Math.exp((logits[start + bin] ?? 0) - top);
    total += weight;
    mean += bin * weight;
  }
  return mean / total;
}
