import type { Frame } from '../../media/media';

const SIDE = 48;
/** How far the camera may turn between two frames, in shares of the frame. */
const REACH = 16;
/** The shifted picture must fit so much better than the unshifted one. */
const BETTER = 0.7;
/** The picture in 4 × 4 parts: so many must have changed, and of these such a share must fit. */
const PARTS = 4;
const CHANGED_PARTS = 9;
const FITTING_SHARE = 0.75;
/** A mean difference (0…1) below this is noise: nothing moved. */
const STILL = 0.015;

/** Mean luma of a 48 × 48 grid over the frame, 0…1. */
export function thumbnailOf(frame: Frame): Float32Array {
  const sums = new Float32Array(SIDE * SIDE);
  const counts = new Float32Array(SIDE * SIDE);
  const step = Math.max(1, Math.floor(Math.min(frame.width, frame.height) / (3 * SIDE)));
  for (let y = step >> 1; y < frame.height; y += step) {
    const row = Math.floor((y * SIDE) / frame.height) * SIDE;
    for (let x = step >> 1; x < frame.width; x += step) {
      const cell = row + Math.floor((x * SIDE) / frame.width);
      const at = (y * frame.width + x) * 4;
      const luma =
        0.299 * (frame.data[at] ?? 0) +
        0.587 * (frame.data[at + 1] ?? 0) +
        0.114 * (frame.data[at + 2] ?? 0);
      sums[cell]! += luma / 255;
      counts[cell]! += 1;
    }
  }
  return sums.map((sum, cell) => sum / (counts[cell] || 1));
}

/**
 * How the picture as a whole moved from one thumbnail to the next: the translation under which they
 * differ least. Nearly all parts of the picture must take part, for a walker before a bare wall
 * looks like a turning camera in the one place where he is. A standing camera, or a cut, gives none.
 * @returns shares of the frame's width and height; null where there is none to speak of.
 */
export function cameraShift(
  before: Float32Array,
  after: Float32Array,
): readonly [number, number] | null {
  const parts = Array.from({ length: PARTS * PARTS }, (_, part) => ({
    part,
    still: difference(before, after, 0, 0, part),
  })).filter(({ still }) => still >= STILL);
  if (parts.length < CHANGED_PARTS) return null;
  const still = difference(before, after, 0, 0);
  let best = { x: 0, y: 0, value: still };
  for (let y = -REACH; y <= REACH; y++)
    for (let x = -REACH; x <= REACH; x++) {
      const value = difference(before, after, x, y);
      if (value < best.value) best = { x, y, value };
    }
  if (best.value > BETTER * still) return null;
  const fitting = parts.filter(
    (one) => difference(before, after, best.x, best.y, one.part) < BETTER * one.still,
  );
  if (fitting.length < FITTING_SHARE * parts.length) return null;
  const between = (low: number, high: number): number => {
    const bend = low - 2 * best.value + high;
    return bend > 1e-9 ? Math.max(-0.5, Math.min(0.5, (low - high) / (2 * bend))) : 0;
  };
  const { x, y } = best;
  const fineX = between(difference(before, after, x - 1, y), difference(before, after, x + 1, y));
  const fineY = between(difference(before, after, x, y - 1), difference(before, after, x, y + 1));
  return [(x + fineX) / SIDE, (y + fineY) / SIDE];
}

/**
 * Mean absolute difference where `before`, moved by whole cells, and `after` overlap: in the whole
 * picture or in one part of `after` (0 where they do not overlap there).
 */
function difference(
  before: Float32Array,
  after: Float32Array,
  x: number,
  y: number,
  part?: number,
): number {
  const size = SIDE / PARTS;
  const [top, left] = part === undefined ? [0, 0] : [Math.floor(part / PARTS), part % PARTS];
  const extent = part === undefined ? SIDE : size;
  let sum = 0;
  let count = 0;
  const lastRow = Math.min(top * size + extent, SIDE + y);
  const lastColumn = Math.min(left * size + extent, SIDE + x);
  for (let row = Math.max(top * size, y); row < lastRow; row++)
    for (let column = Math.max(left * size, x); column < lastColumn; column++) {
      const [to, from] = [row * SIDE + column, (row - y) * SIDE + column - x];
      sum += Math.abs((after[to] ?? 0) - (before[from] ?? 0));
      count++;
    }
  return sum / Math.max(1, count);
}
