import type { Box } from '../../clues/clue';
import type { Frame } from '../../media/media';

const BANDS = 3;
const LUMA_BINS = 5;
const CHROMA_BINS = 7;
/** Chroma beyond this is rare in video; it falls into the outermost bin. */
const CHROMA_REACH = 60;
const BAND_BINS = LUMA_BINS * CHROMA_BINS * CHROMA_BINS;
const GRID_COLUMNS = 24;
const GRID_ROWS = 36;
/** Width of the ring around the box that tells what the background is, in grid cells. */
const RING = 4;
/** A colour of the background keeps at least this weight: a white cup may stand on white. */
const FLOOR = 0.1;
const LAYOUT_SIDE = 12;

/**
 * What a box looks like: a colour histogram (luma × Cb × Cr, softly binned) for its upper, middle
 * and lower third, so a red shirt over blue trousers differs from the reverse. The middle columns
 * weigh more, and colours that also surround the box weigh less: they are mostly background
 * (after the background-weighted histograms of Comaniciu et al., 2003).
 * @param box in pixels of `frame` itself.
 * @returns square roots of shares, of unit length: the dot product is the Bhattacharyya coefficient.
 */
export function describe(frame: Frame, box: Box): Float32Array {
  const histogram = new Float32Array(BANDS * BAND_BINS);
  const around = new Float32Array(BAND_BINS);
  const width = Math.max(1, box[2] - box[0]);
  const height = Math.max(1, box[3] - box[1]);
  for (let row = -RING; row < GRID_ROWS + RING; row++) {
    const v = (row + 0.5) / GRID_ROWS;
    const y = Math.floor(box[1] + v * height);
    if (y < 0 || y >= frame.height) continue;
    for (let column = -RING; column < GRID_COLUMNS + RING; column++) {
      const u = (column + 0.5) / GRID_COLUMNS;
      const x = Math.floor(box[0] + u * width);
      if (x < 0 || x >= frame.width) continue;
      const pixel = (y * frame.width + x) * 4;
      if (Math.abs(u - 0.5) < 0.5 && Math.abs(v - 0.5) < 0.5) {
        const weight = Math.exp(-(((u - 0.5) / 0.25) ** 2 + ((v - 0.5) / 0.4) ** 2) / 2);
        addPixel(histogram, Math.floor(v * BANDS) * BAND_BINS, frame.data, pixel, weight);
      } else {
        addPixel(around, 0, frame.data, pixel, 1);
      }
    }
  }
  return weigh(histogram, around);
}

function weigh(histogram: Float32Array, around: Float32Array): Float32Array {
  const inside = new Float32Array(BAND_BINS);
  histogram.forEach((value, index) => {
    inside[index % BAND_BINS] = (inside[index % BAND_BINS] ?? 0) + value;
  });
  const insideTotal = sumOf(inside) || 1;
  const aroundTotal = sumOf(around) || 1;
  const own = inside.map((value, bin) => {
    const share = value / insideTotal;
    const outside = (around[bin] ?? 0) / aroundTotal;
    return share > 0 ? FLOOR + (1 - FLOOR) * (share / (share + outside)) : 0;
  });
  const weighted = histogram.map((value, index) => value * (own[index % BAND_BINS] ?? 0));
  const total = sumOf(weighted) || 1;
  return weighted.map((value) => Math.sqrt(value / total));
}

function sumOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Hellinger distance of two descriptions, 0 (same) … 1 (no colour in common). */
export function appearanceDistance(a: Float32Array, b: Float32Array): number {
  let shared = 0;
  for (let index = 0; index < a.length; index++) shared += (a[index] ?? 0) * (b[index] ?? 0);
  return Math.sqrt(Math.max(0, 1 - shared));
}

/** Mixes a description into a running one; the result has unit length again. */
export function blend(old: Float32Array, fresh: Float32Array, share: number): Float32Array {
  const mixed = old.map((value, index) => value * (1 - share) + (fresh[index] ?? 0) * share);
  let squares = 0;
  for (const value of mixed) squares += value * value;
  const norm = Math.sqrt(squares) || 1;
  return mixed.map((value) => value / norm);
}

/** Mean colours of a coarse grid over the whole frame, 0…1: tells camera cuts from motion. */
export function layoutOf(frame: Frame): Float32Array {
  const layout = new Float32Array(LAYOUT_SIDE * LAYOUT_SIDE * 3);
  const counts = new Float32Array(LAYOUT_SIDE * LAYOUT_SIDE);
  const step = Math.max(1, Math.floor(Math.max(frame.width, frame.height) / 128));
  for (let y = 0; y < frame.height; y += step) {
    const row = Math.floor((y / frame.height) * LAYOUT_SIDE);
    for (let x = 0; x < frame.width; x += step) {
      const cell = row * LAYOUT_SIDE + Math.floor((x / frame.width) * LAYOUT_SIDE);
      const pixel = (y * frame.width + x) * 4;
      counts[cell] = (counts[cell] ?? 0) + 1;
      for (let channel = 0; channel < 3; channel++) {
        const index = cell * 3 + channel;
        layout[index] = (layout[index] ?? 0) + (frame.data[pixel + channel] ?? 0);
      }
    }
  }
  return layout.map((sum, index) => sum / 255 / (counts[Math.floor(index / 3)] || 1));
}

/** Mean absolute difference of two layouts, 0…1. */
export function layoutDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += Math.abs((a[index] ?? 0) - (b[index] ?? 0));
  return sum / a.length;
}

/** Spreads one pixel over the eight bins around it (BT.601 luma and chroma). */
function addPixel(
  histogram: Float32Array,
  base: number,
  data: Uint8ClampedArray,
  pixel: number,
  weight: number,
): void {
  const red = data[pixel] ?? 0;
  const green = data[pixel + 1] ?? 0;
  const blue = data[pixel + 2] ?? 0;
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  const positions = [
    (luma / 255) * (LUMA_BINS - 1),
    chromaPosition(0.564 * (blue - luma)),
    chromaPosition(0.713 * (red - luma)),
  ] as const;
  for (let corner = 0; corner < 8; corner++) {
    let share = weight;
    let index = 0;
    for (let axis = 0; axis < 3; axis++) {
      const position = positions[axis] ?? 0;
      const bins = axis === 0 ? LUMA_BINS : CHROMA_BINS;
      const low = Math.min(bins - 2, Math.floor(position));
      const upper = (corner >> axis) & 1;
      share *= upper ? position - low : 1 - (position - low);
      index = index * bins + low + upper;
    }
    histogram[base + index] = (histogram[base + index] ?? 0) + share;
  }
}

function chromaPosition(chroma: number): number {
  return clamp((chroma / CHROMA_REACH + 1) / 2, 1) * (CHROMA_BINS - 1);
}

function clamp(value: number, top: number): number {
  return Math.min(top, Math.max(0, value));
}
