import type { Box, BoxAtTime } from '../../clues/clue';
import { shared } from './detections';

/* The scales and the geometry of the decoder's features. Source: `models/tools/decoder/features.py`. */

/** Seconds ≥ 0 on a log scale: −1 at 10 ms and below, 0 at 0.5 s, 1 at 25 s and above. */
export function gap(seconds: number): number {
  return clip(Math.log((seconds + 0.001) / 0.5) / Math.log(50));
}

export function clip(value: number): number {
  return Math.max(-1, Math.min(1, value));
}

export function matchOf(scores: Float32Array, weights: Float64Array): number {
  return scores.reduce((best, score, label) => Math.max(best, score * (weights[label] ?? 0)), 0);
}

export function relativeTo(
  { width, height }: { width: number; height: number },
  [x1, y1, x2, y2]: Box,
): Box {
  return [x1 / width, y1 / height, x2 / width, y2 / height];
}

export function nearestTo(path: readonly BoxAtTime[], moment: number): Box {
  const best = path.reduce((a, b) =>
    Math.abs(b.timestampSeconds - moment) < Math.abs(a.timestampSeconds - moment) ? b : a,
  );
  return best.box;
}

export function centre([x1, y1, x2, y2]: Box): [number, number] {
  return [(x1 + x2) / 2, (y1 + y2) / 2];
}

export function sizeOf([x1, y1, x2, y2]: Box): [number, number] {
  return [x2 - x1, y2 - y1];
}

export function areaOf(box: Box): number {
  const [width, height] = sizeOf(box);
  return Math.max(width * height, 1e-6);
}

export function distance(a: Box, b: Box): number {
  const [ax, ay] = centre(a);
  const [bx, by] = centre(b);
  return Math.hypot(ax - bx, ay - by);
}

export function isAtEdge([x1, y1, x2, y2]: Box): boolean {
  return x1 < 0.02 || y1 < 0.02 || x2 > 0.98 || y2 > 0.98;
}

/** Share 0…1 of a box that lies in another. */
export function insideShare(box: Box, other: Box): number {
  return Math.min(shared(box, other) / areaOf(box), 1);
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}

export function sum(values: readonly number[] | Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
