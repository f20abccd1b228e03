import { halvesToFloats } from './half';

/** Learned positions of a square of patches. */
export interface PositionTable {
  /** Patches along a side. */
  grid: number;
  /** Numbers per position. */
  width: number;
  /** `[grid, grid, width]`; 16-bit numbers are the bits of halves. */
  values: Float32Array | Uint16Array;
}

/**
 * The table read at the patches of another grid: bilinear between half-pixel centres, edges clamped,
 * without antialias. Only the rows that are needed are widened from halves.
 *
 * Source: `torch.nn.functional.interpolate(mode='bilinear', align_corners=False)`; the same as ONNX
 * Resize linear, half_pixel.
 * @returns `[rows · columns, width]`
 */
export function interpolatePositions(
  table: PositionTable,
  rows: number,
  columns: number,
): Float32Array {
  const { grid, width } = table;
  const line = grid * width;
  const out = new Float32Array(rows * columns * width);
  const down = taps(grid, rows);
  const across = taps(grid, columns);
  const lineAt = (row: number): Float32Array => {
    const values = table.values.subarray(row * line, (row + 1) * line);
    return values instanceof Uint16Array ? halvesToFloats(values) : values;
  };
  const between = new Float64Array(line);
  for (let y = 0, to = 0; y < rows; y++) {
    const upper = lineAt(down.low[y]!);
    const lower = lineAt(down.high[y]!);
    for (let i = 0; i < line; i++) between[i] = mix(upper[i]!, lower[i]!, down.part[y]!);
    for (let x = 0; x < columns; x++) {
      const left = across.low[x]! * width;
      const right = across.high[x]! * width;
      for (let i = 0; i < width; i++, to++)
        out[to] = mix(between[left + i]!, between[right + i]!, across.part[x]!);
    }
  }
  return out;
}

function mix(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}

/** The two neighbours of each target cell, and how far it lies from the first to the second. */
function taps(from: number, to: number) {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const part = new Float64Array(to);
  for (let target = 0; target < to; target++) {
    const at = Math.min(from - 1, Math.max(0, ((target + 0.5) * from) / to - 0.5));
    low[target] = Math.floor(at);
    high[target] = Math.min(from - 1, Math.floor(at) + 1);
    part[target] = at - Math.floor(at);
  }
  return { low, high, part };
}
