/** Bytes in row order, `[height, width, channels]`, with 3 (RGB) or 4 (RGBA) channels. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8Array | Uint8ClampedArray;
}

/** Fraction bits of a weight: 32, less 8 of a pixel, less 2 for sums outside 0…255. */
const PRECISION_BITS = 32 - 8 - 2;
const HALF = 1 << (PRECISION_BITS - 1);
const CUBIC = -0.5;

/**
 * Resizes as Pillow does with `Resampling.BICUBIC`, to the bit: a cubic (a = −0.5) as wide as the
 * step when shrinking, first along rows, then along columns, each pass in fixed point and rounded
 * to bytes. Alpha is dropped: frames are opaque.
 *
 * Source: `ImagingResample`, Pillow.
 * @returns RGB bytes, `[height, width, 3]`
 */
export function resizeBicubic(source: Pixels, width: number, height: number): Uint8Array {
  const channels = source.data.length / (source.width * source.height);
  const rows = cubicTaps(source.height, height);
  const narrow =
    width === source.width
      ? withoutAlpha(source, channels)
      : resizeRows(source, channels, cubicTaps(source.width, width), width);
  return height === source.height ? narrow : resizeColumns(narrow, rows, width * 3, height);
}

function withoutAlpha({ data, width, height }: Pixels, channels: number): Uint8Array {
  const out = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < out.length; from += channels, to += 3) {
    out[to] = data[from]!;
    out[to + 1] = data[from + 1]!;
    out[to + 2] = data[from + 2]!;
  }
  return out;
}

function resizeRows(source: Pixels, channels: number, taps: Taps, width: number): Uint8Array {
  const { data, height } = source;
  const { first, counts, weights, stride } = taps;
  const out = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    const row = y * source.width;
    for (let x = 0; x < width; x++, to += 3) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let from = (row + first[x]!) * channels;
      const end = x * stride + counts[x]!;
      for (let tap = x * stride; tap < end; tap++, from += channels) {
        const weight = weights[tap]!;
        red = (red + data[from]! * weight) | 0;
        green = (green + data[from + 1]! * weight) | 0;
        blue = (blue + data[from + 2]! * weight) | 0;
      }
      out[to] = toByte(red);
      out[to + 1] = toByte(green);
      out[to + 2] = toByte(blue);
    }
  }
  return out;
}

/** Sums whole rows, `line` bytes long each, which is kind to the cache. */
function resizeColumns(data: Uint8Array, taps: Taps, line: number, height: number): Uint8Array {
  const { first, counts, weights, stride } = taps;
  const out = new Uint8Array(line * height);
  const sums = new Int32Array(line);
  for (let y = 0; y < height; y++) {
    sums.fill(HALF);
    for (let tap = 0; tap < counts[y]!; tap++) {
      const weight = weights[y * stride + tap]!;
      const from = (first[y]! + tap) * line;
      for (let x = 0; x < line; x++) sums[x] = (sums[x]! + data[from + x]! * weight) | 0;
    }
    for (let x = 0, to = y * line; x < line; x++, to++) out[to] = toByte(sums[x]!);
  }
  return out;
}

function toByte(sum: number): number {
  const value = sum >> PRECISION_BITS;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

interface Taps {
  /** First source index per target index, and how many count from there. */
  first: Int32Array;
  counts: Int32Array;
  /** `[target, stride]` in fixed point. */
  weights: Int32Array;
  stride: number;
}

/** Source: `precompute_coeffs` and `normalize_coeffs_8bpc`, Pillow. */
function cubicTaps(from: number, to: number): Taps {
  const step = from / to;
  const spread = Math.max(step, 1);
  const reach = 2 * spread;
  const stride = Math.ceil(reach) * 2 + 1;
  const first = new Int32Array(to);
  const counts = new Int32Array(to);
  const weights = new Int32Array(to * stride);
  const exact = new Float64Array(stride);
  const inverse = 1 / spread;
  for (let target = 0; target < to; target++) {
    const centre = (target + 0.5) * step;
    const start = Math.max(0, Math.trunc(centre - reach + 0.5));
    const count = Math.min(from, Math.trunc(centre + reach + 0.5)) - start;
    let total = 0;
    for (let tap = 0; tap < count; tap++) {
      exact[tap] = cubic((tap + start - centre + 0.5) * inverse);
      total += exact[tap]!;
    }
    for (let tap = 0; tap < count; tap++) {
      const share = total === 0 ? exact[tap]! : exact[tap]! / total;
      const rounding = share < 0 ? -0.5 : 0.5;
      weights[target * stride + tap] = Math.trunc(rounding + share * (1 << PRECISION_BITS));
    }
    first[target] = start;
    counts[target] = count;
  }
  return { first, counts, weights, stride };
}

/** Source: `bicubic_filter`, Pillow, in its order of operations. */
function cubic(signed: number): number {
  const x = Math.abs(signed);
  if (x < 1) return ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * CUBIC;
  return 0;
}
