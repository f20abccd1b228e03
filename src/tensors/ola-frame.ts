/** How pictures are brought to a size: `vision` of an AV-Reasoner manifest. Areas in pixels. */
export interface FrameSizing {
  /** Side of a patch in pixels. */
  patch: number;
  /** A picture's area is brought between these … */
  minArea: number;
  maxArea: number;
  /** … and its sides to multiples of this, which is an even number of patches. */
  multiple: number;
}

/**
 * Where the area is already right, Ola's `infer.py` pads with grey and the AV-Reasoner trainer
 * shrinks. Smaller and larger pictures are treated alike.
 */
export type SizingVariant = 'infer' | 'trainer';

/** Size in pixels of what the picture encoder sees. */
export interface FittedSize {
  width: number;
  height: number;
  /** The picture keeps its pixels and is centred on grey; otherwise it is resized to this size. */
  padded: boolean;
}

/**
 * The size that a picture of `width` × `height` pixels is brought to. The aspect ratio is kept only
 * as far as the multiples allow.
 *
 * The released rule turns a side into 0 where the picture is extremely long (9000 × 30, say); such a
 * side becomes one multiple here. Source: Ola's `process_images` with VIDEO_RESIZE 0x64, in its order
 * of double-precision operations.
 */
export function fitFrame(
  width: number,
  height: number,
  sizing: FrameSizing,
  variant: SizingVariant,
): FittedSize {
  const { minArea, maxArea, multiple } = sizing;
  const area = height * width;
  let scale = 1;
  if (area > maxArea) scale = Math.sqrt(maxArea / area);
  else if (area < minArea) scale = Math.sqrt(minArea / area);
  else if (variant === 'infer')
    return {
      width: Math.ceil(width / multiple) * multiple,
      height: Math.ceil(height / multiple) * multiple,
      padded: true,
    };
  const floor = (side: number): number =>
    Math.max(1, Math.trunc((side * scale) / multiple)) * multiple;
  return { width: floor(width), height: floor(height), padded: false };
}

/** Rows and columns of patches in a picture of a fitted size. */
export function patchGrid(
  fitted: { width: number; height: number },
  patch: number,
): { rows: number; columns: number } {
  return { rows: fitted.height / patch, columns: fitted.width / patch };
}

/**
 * Positions that one frame takes in the decoder: every 2 × 2 patches are one, each row of them ends
 * in a newline, the frame in a separator. The two boundaries of the whole video come on top.
 */
export function tokensPerFrame(grid: { rows: number; columns: number }): number {
  return (grid.rows / 2) * (grid.columns / 2 + 1) + 1;
}
