import type { Frame } from '../../../media/media';
import type { FieldConfig } from './motion-config';

/** A small grey picture, 0…255, row by row. */
export interface Grey {
  width: number;
  height: number;
  data: Float32Array;
}

/** How the camera moved: a point (x, y from the middle) of the last picture is now at p + step(p). */
export interface CameraStep {
  x: number;
  y: number;
  /** Growth and turn per pixel from the middle. */
  zoom: number;
  turn: number;
}

/** What moved between two pictures besides the camera. */
export interface Field {
  columns: number;
  rows: number;
  /** Per block x, y: pixels of the grey picture. */
  flow: Float32Array;
  /** Per block: mean absolute difference after the camera's step, grey levels. */
  change: Float32Array;
}

/** Averages a frame down to grey. */
export function toGrey(frame: Frame, side: number): Grey {
  const scale = Math.min(1, side / Math.max(frame.width, frame.height));
  const width = Math.max(1, Math.round(frame.width * scale));
  const height = Math.max(1, Math.round(frame.height * scale));
  const data = new Float32Array(width * height);
  const counts = new Float32Array(width * height);
  const pixels = frame.data;
  for (let y = 0; y < frame.height; y++) {
    const row = Math.min(height - 1, Math.floor((y * height) / frame.height)) * width;
    for (let x = 0; x < frame.width; x++) {
      const at = 4 * (y * frame.width + x);
      const cell = row + Math.min(width - 1, Math.floor((x * width) / frame.width));
      data[cell] =
        data[cell]! + 0.299 * pixels[at]! + 0.587 * pixels[at + 1]! + 0.114 * pixels[at + 2]!;
      counts[cell] = counts[cell]! + 1;
    }
  }
  for (let cell = 0; cell < data.length; cell++) data[cell] = data[cell]! / counts[cell]!;
  return { width, height, data };
}

/**
 * The camera's step from one picture to the next: whole pixels by search, then fractions, zoom and
 * turn by reweighted least squares (Lucas–Kanade; Odobez and Bouthemy). What lies at the rim counts
 * twice, since things that move by themselves are mostly in the middle.
 */
export function cameraStep(before: Grey, after: Grey, config: FieldConfig): CameraStep {
  const still: CameraStep = { x: 0, y: 0, zoom: 0, turn: 0 };
  if (standsStill(before, after)) return still;
  const step: CameraStep = { ...searchShift(before, after, config), zoom: 0, turn: 0 };
  const { width, height } = before;
  const middleX = (width - 1) / 2;
  const middleY = (height - 1) / 2;
  for (let round = 0; round < 4; round++) {
    const moved = warp(after, step);
    // The upper half of the normal equations, and their right side.
    const sums = new Float64Array(14);
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        const at = y * width + x;
        const value = moved[at]!;
        if (Number.isNaN(value)) continue;
        const error = value - before.data[at]!;
        const weight = robust(error, config.robustLevel) * rim(x, y, width, height);
        if (weight === 0) continue;
        const a = (before.data[at + 1]! - before.data[at - 1]!) / 2;
        const b = (before.data[at + width]! - before.data[at - width]!) / 2;
        const u = x - middleX;
        const v = y - middleY;
        const c = a * u + b * v;
        const d = b * u - a * v;
        const wa = weight * a;
        const wb = weight * b;
        const wc = weight * c;
        sums[0]! += wa * a;
        sums[1]! += wa * b;
        sums[2]! += wa * c;
        sums[3]! += wa * d;
        sums[4]! += wb * b;
        sums[5]! += wb * c;
        sums[6]! += wb * d;
        sums[7]! += wc * c;
        sums[8]! += wc * d;
        sums[9]! += weight * d * d;
        sums[10]! -= wa * error;
        sums[11]! -= wb * error;
        sums[12]! -= wc * error;
        sums[13]! -= weight * d * error;
      }
    }
    const [aa, ab, ac, ad, bb, bc, bd, cc, cd, dd] = sums as unknown as number[];
    const matrix = Float64Array.of(
      ...[aa!, ab!, ac!, ad!, ab!, bb!, bc!, bd!, ac!, bc!, cc!, cd!, ad!, bd!, cd!, dd!],
    );
    const right = sums.slice(10);
    for (let i = 0; i < 4; i++) matrix[5 * i] = matrix[5 * i]! * 1.001 + 1;
    const change = solve(matrix, right);
    step.x += change[0]!;
    step.y += change[1]!;
    step.zoom += change[2]!;
    step.turn += change[3]!;
    if (Math.abs(change[0]!) + Math.abs(change[1]!) < 0.01) break;
  }
  const limit = config.searchRadius + 2;
  const wild =
    Math.abs(step.x) > limit ||
    Math.abs(step.y) > limit ||
    Math.abs(step.zoom) > 0.08 ||
    Math.abs(step.turn) > 0.12;
  return wild || !everywhere(before, after, step) ? still : step;
}

/** Most of the picture is what it was. */
function standsStill(before: Grey, after: Grey): boolean {
  const { width, height } = before;
  let same = 0;
  for (let at = 0; at < before.data.length; at++)
    if (Math.abs(after.data[at]! - before.data[at]!) < 1.5) same++;
  return same > 0.75 * width * height;
}

/**
 * A camera moves the whole picture: of the parts of the picture that change, more have to be
 * explained by the step than spoilt by it. A car that fills half the picture explains only itself.
 */
function everywhere(before: Grey, after: Grey, step: CameraStep): boolean {
  const { width, height } = before;
  const moved = warp(after, step);
  const tiles = 6;
  const without = new Float64Array(tiles * tiles);
  const withStep = new Float64Array(tiles * tiles);
  const counts = new Float64Array(tiles * tiles);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (Number.isNaN(moved[at]!)) continue;
      const tile = Math.floor((y * tiles) / height) * tiles + Math.floor((x * tiles) / width);
      without[tile] = without[tile]! + Math.abs(after.data[at]! - before.data[at]!);
      withStep[tile] = withStep[tile]! + Math.abs(moved[at]! - before.data[at]!);
      counts[tile] = counts[tile]! + 1;
    }
  }
  let better = 0;
  let worse = 0;
  counts.forEach((count, tile) => {
    const gain = (without[tile]! - withStep[tile]!) / Math.max(1, count);
    const margin = 0.1 + (0.1 * without[tile]!) / Math.max(1, count);
    if (gain > margin) better++;
    if (gain < -margin) worse++;
  });
  return better > 2 * worse && better >= tiles;
}

/** `after` seen through the camera of `before`; NaN where that lies outside. */
function warp(after: Grey, { x: stepX, y: stepY, zoom, turn }: CameraStep): Float32Array {
  const { width, height, data } = after;
  const middleX = (width - 1) / 2;
  const middleY = (height - 1) / 2;
  const moved = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = x - middleX;
      const v = y - middleY;
      const sourceX = x + stepX + zoom * u - turn * v;
      const sourceY = y + stepY + zoom * v + turn * u;
      moved[y * width + x] = sample(data, width, height, sourceX, sourceY);
    }
  }
  return moved;
}

/** Between four pixels; NaN outside of the picture. */
export function sample(
  data: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
): number {
  if (x < 0 || y < 0 || x > width - 1 || y > height - 1) return NaN;
  const left = Math.min(Math.floor(x), width - 2);
  const top = Math.min(Math.floor(y), height - 2);
  if (left < 0 || top < 0) return NaN;
  const across = x - left;
  const down = y - top;
  const at = top * width + left;
  const upper = data[at]! * (1 - across) + data[at + 1]! * across;
  const lower = data[at + width]! * (1 - across) + data[at + width + 1]! * across;
  return upper * (1 - down) + lower * down;
}

function searchShift(
  before: Grey,
  after: Grey,
  { searchRadius, robustLevel }: FieldConfig,
): { x: number; y: number } {
  const { width, height } = before;
  let best = { x: 0, y: 0 };
  const cost = (shiftX: number, shiftY: number): number => {
    let sum = 0;
    let weights = 0;
    for (let y = Math.max(0, -shiftY); y < height - Math.max(0, shiftY); y += 2) {
      for (let x = Math.max(0, -shiftX); x < width - Math.max(0, shiftX); x += 2) {
        const error = after.data[(y + shiftY) * width + x + shiftX]! - before.data[y * width + x]!;
        const weight = rim(x, y, width, height);
        sum += weight * Math.min(Math.abs(error), robustLevel);
        weights += weight;
      }
    }
    // A small preference for standing still.
    return weights > 0 ? sum / weights + 0.02 * Math.hypot(shiftX, shiftY) : Infinity;
  };
  let least = cost(0, 0);
  const radius = Math.min(searchRadius, Math.floor(Math.min(width, height) / 4));
  for (let pace = 4; pace >= 1; pace >>= 1) {
    for (let improved = true; improved;) {
      improved = false;
      const from = best;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const x = from.x + dx * pace;
          const y = from.y + dy * pace;
          if (Math.abs(x) > radius || Math.abs(y) > radius || (dx === 0 && dy === 0)) continue;
          const value = cost(x, y);
          if (value < least - 1e-9) {
            least = value;
            best = { x, y };
            improved = true;
          }
        }
      }
    }
  }
  return best;
}

/** Weight 0…1 of an error: Tukey's. */
function robust(error: number, level: number): number {
  const share = error / level;
  return Math.abs(share) >= 1 ? 0 : (1 - share * share) ** 2;
}

function rim(x: number, y: number, width: number, height: number): number {
  const u = Math.abs(x / (width - 1) - 0.5);
  const v = Math.abs(y / (height - 1) - 0.5);
  return Math.max(u, v) > 0.35 ? 2 : 1;
}

/** What moved by itself from one picture to the next: regularised Lucas–Kanade per block, two rounds. */
export function residualField(
  before: Grey,
  after: Grey,
  step: CameraStep,
  { block, stride, flowRegular }: FieldConfig,
): Field {
  const { width, height } = before;
  const steady: Grey = { width, height, data: warp(after, step) };
  const columns = Math.max(1, Math.floor((width - block) / stride) + 1);
  const rows = Math.max(1, Math.floor((height - block) / stride) + 1);
  const flow = new Float32Array(2 * columns * rows);
  const change = new Float32Array(columns * rows);
  for (let row = 0, cell = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      const left = column * stride;
      const top = row * stride;
      let shiftX = 0;
      let shiftY = 0;
      for (let round = 0; round < 2; round++) {
        let xx = flowRegular;
        let yy = flowRegular;
        let xy = 0;
        let xt = 0;
        let yt = 0;
        let sum = 0;
        let count = 0;
        for (let y = Math.max(1, top); y < Math.min(height - 1, top + block); y++) {
          for (let x = Math.max(1, left); x < Math.min(width - 1, left + block); x++) {
            const at = y * width + x;
            const value = sample(steady.data, width, height, x + shiftX, y + shiftY);
            if (Number.isNaN(value)) continue;
            const error = value - before.data[at]!;
            const dx = (before.data[at + 1]! - before.data[at - 1]!) / 2;
            const dy = (before.data[at + width]! - before.data[at - width]!) / 2;
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
            xt += dx * error;
            yt += dy * error;
            sum += Math.abs(error);
            count++;
          }
        }
        if (round === 0) change[cell] = count > 0 ? sum / count : 0;
        const determinant = xx * yy - xy * xy;
        shiftX -= (yy * xt - xy * yt) / determinant;
        shiftY -= (xx * yt - xy * xt) / determinant;
        shiftX = Math.min(block, Math.max(-block, shiftX));
        shiftY = Math.min(block, Math.max(-block, shiftY));
      }
      flow[2 * cell] = shiftX;
      flow[2 * cell + 1] = shiftY;
    }
  }
  return { columns, rows, flow, change };
}

/** Gaussian elimination with pivots; `matrix` row by row, both are overwritten. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  for (let pivot = 0; pivot < n; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < n; row++)
      if (Math.abs(matrix[row * n + pivot]!) > Math.abs(matrix[best * n + pivot]!)) best = row;
    for (let column = 0; column < n; column++) {
      const swap = matrix[pivot * n + column]!;
      matrix[pivot * n + column] = matrix[best * n + column]!;
      matrix[best * n + column] = swap;
    }
    const swap = right[pivot]!;
    right[pivot] = right[best]!;
    right[best] = swap;
    const head = matrix[pivot * n + pivot]!;
    if (head === 0) return new Float64Array(n);
    for (let row = 0; row < n; row++) {
      if (row === pivot) continue;
      const share = matrix[row * n + pivot]! / head;
      for (let column = pivot; column < n; column++)
        matrix[row * n + column] = matrix[row * n + column]! - share * matrix[pivot * n + column]!;
      right[row] = right[row]! - share * right[pivot]!;
    }
  }
  for (let row = 0; row < n; row++) right[row] = right[row]! / matrix[row * n + row]!;
  return right;
}
