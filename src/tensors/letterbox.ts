import type { Box } from '../clues/clue';
import type { Frame } from '../media/media';
import type { Tensor } from '../tokens/tensor';

export interface LetterboxConfig {
  side: number;
  channels: readonly [number, number, number];
  mean: readonly [number, number, number];
  std: readonly [number, number, number];
  /** The picture's values are raised so many times before they are normalised; 1 where absent. */
  gain?: number;
}

/** A picture scaled into the middle of a square, and where it lies there. */
export interface Letterbox {
  /** `[1, 3, side, side]`, normalised; black around the picture. */
  tensor: Tensor;
  /** Where the picture lies in the square, in pixels. */
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Fits the whole frame into a square of `side` pixels, aspect kept, and normalises it plane by
 * plane (NCHW). Shrinking averages the covered pixels, as PIL's BILINEAR does.
 */
export function letterbox(frame: Frame, config: LetterboxConfig): Letterbox {
  const { side, channels, mean, std, gain = 1 } = config;
  const scale = side / Math.max(frame.width, frame.height);
  const width = Math.max(1, Math.round(frame.width * scale));
  const height = Math.max(1, Math.round(frame.height * scale));
  const left = (side - width) >> 1;
  const top = (side - height) >> 1;
  const columns = triangleTaps(frame.width, width);
  const rows = triangleTaps(frame.height, height);
  const data = new Float32Array(3 * side * side);
  const narrow = new Float32Array(frame.height * width);
  const exact = width === frame.width && height === frame.height;
  for (let plane = 0; plane < 3; plane++) {
    const offset = channels[plane] ?? plane;
    const base = plane * side * side;
    const shift = (mean[plane] ?? 0) / gain;
    const spread = (std[plane] ?? 1) / gain;
    data.fill((0 - shift) / spread, base, base + side * side);
    if (exact) {
      // The usual case: the decoder already delivered frames of the right size.
      for (let y = 0; y < height; y++) {
        const row = base + (top + y) * side + left;
        for (let x = 0; x < width; x++) {
          data[row + x] = ((frame.data[(y * width + x) * 4 + offset] ?? 0) - shift) / spread;
        }
      }
      continue;
    }
    for (let y = 0; y < frame.height; y++) {
      for (let x = 0; x < width; x++) {
        const start = columns.first[x] ?? 0;
        let sum = 0;
        for (let tap = 0; tap < columns.count; tap++) {
          const pixel = y * frame.width + Math.min(start + tap, frame.width - 1);
          sum +=
            (columns.weights[x * columns.count + tap] ?? 0) * (frame.data[pixel * 4 + offset] ?? 0);
        }
        narrow[y * width + x] = sum;
      }
    }
    for (let y = 0; y < height; y++) {
      const start = rows.first[y] ?? 0;
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let tap = 0; tap < rows.count; tap++) {
          const row = Math.min(start + tap, frame.height - 1);
          sum += (rows.weights[y * rows.count + tap] ?? 0) * (narrow[row * width + x] ?? 0);
        }
        data[base + (top + y) * side + left + x] = (sum - shift) / spread;
      }
    }
  }
  return { tensor: { dims: [1, 3, side, side], data }, left, top, width, height };
}

/** A box in the square's pixels as a box in pixels of the displayed frame, cut at its edges. */
export function toDisplayed(
  box: Box,
  place: Omit<Letterbox, 'tensor'>,
  displayed: { width: number; height: number },
): Box {
  const x = (value: number) =>
    Math.min(1, Math.max(0, (value - place.left) / place.width)) * displayed.width;
  const y = (value: number) =>
    Math.min(1, Math.max(0, (value - place.top) / place.height)) * displayed.height;
  return [x(box[0]), y(box[1]), x(box[2]), y(box[3])];
}

interface Taps {
  /** First source index per target index. */
  first: Int32Array;
  count: number;
  /** `[target, count]`, each row sums to 1; taps outside the source weigh 0. */
  weights: Float32Array;
}

/** Triangle filter from `from` to `to` samples, as wide as the step when shrinking. */
function triangleTaps(from: number, to: number): Taps {
  const step = from / to;
  const reach = Math.max(1, step);
  const count = Math.ceil(reach * 2) + 1;
  const first = new Int32Array(to);
  const weights = new Float32Array(to * count);
  for (let target = 0; target < to; target++) {
    const centre = (target + 0.5) * step - 0.5;
    const start = Math.max(0, Math.ceil(centre - reach));
    first[target] = start;
    let total = 0;
    for (let tap = 0; tap < count && start + tap < from; tap++) {
      const weight = Math.max(0, 1 - Math.abs(start + tap - centre) / reach);
      weights[target * count + tap] = weight;
      total += weight;
    }
    for (let tap = 0; tap < count; tap++) {
      const index = target * count + tap;
      weights[index] = (weights[index] ?? 0) / total;
    }
  }
  return { first, count, weights };
}
