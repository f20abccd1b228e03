import { fitFrame, patchGrid, type FrameSizing, type SizingVariant } from './ola-frame';
import { resizeBicubic, type Pixels } from './pillow-resize';

/** Around a picture that is padded. */
const GREY = 127;

/** A picture as its encoder reads it. */
export interface Patches {
  /** `[rows · columns, 3 · patch²]`, patches row by row; inside a patch channel, y, x. −1…1. */
  values: Float32Array;
  rows: number;
  columns: number;
}

/** Byte → (value / 255 − 0.5) / 0.5, rounded as single precision rounds each step. */
const normalised = Float32Array.from(
  { length: 256 },
  (_, byte) => Math.fround(Math.fround(byte / 255) - 0.5) / 0.5,
);

/**
 * Resizes or pads a picture (see {@link fitFrame}) and cuts it into normalised patches. The alpha
 * channel is not looked at.
 *
 * Source: the CLIP image processor without resize and crop, and a stride-16 convolution written as
 * a product with a flattened kernel. Reference: `prepare_frame`, models/tools/av_reasoner/preprocess.py.
 */
export function framePatches(
  frame: Pixels,
  sizing: FrameSizing,
  variant: SizingVariant = 'infer',
): Patches {
  const fitted = fitFrame(frame.width, frame.height, sizing, variant);
  const grid = patchGrid(fitted, sizing.patch);
  const values = new Float32Array(fitted.width * fitted.height * 3);
  if (fitted.padded) {
    values.fill(normalised[GREY]!);
    const left = (fitted.width - frame.width) >> 1;
    const top = (fitted.height - frame.height) >> 1;
    placePatches(frame, left, top, values, grid.columns, sizing.patch);
  } else {
    const data = resizeBicubic(frame, fitted.width, fitted.height);
    const resized = { width: fitted.width, height: fitted.height, data };
    placePatches(resized, 0, 0, values, grid.columns, sizing.patch);
  }
  return { values, ...grid };
}

/** Writes a picture whose corner lies at (`left`, `top`) into the patches. */
function placePatches(
  picture: Pixels,
  left: number,
  top: number,
  values: Float32Array,
  columns: number,
  patch: number,
): void {
  const { width, height, data } = picture;
  const channels = data.length / (width * height);
  const plane = patch * patch;
  for (let y = 0, from = 0; y < height; y++) {
    const row = Math.floor((y + top) / patch) * columns;
    const inRow = ((y + top) % patch) * patch;
    for (let x = 0; x < width; x++, from += channels) {
      const column = Math.floor((x + left) / patch);
      const to = (row + column) * 3 * plane + inRow + x + left - column * patch;
      values[to] = normalised[data[from]!]!;
      values[to + plane] = normalised[data[from + 1]!]!;
      values[to + 2 * plane] = normalised[data[from + 2]!]!;
    }
  }
}
