/** The weights of one band over the spectrum bins `from`, `from + 1`, … */
export interface MelFilter {
  from: number;
  weights: Float64Array;
}

/**
 * Triangles over a spectrum.
 * @param corners band b rises from corner b to b + 1 and falls to b + 2: one filter less two corners
 * @param bins where each bin of the spectrum lies, ascending, on the scale of the corners
 * @param heights of each band, 1 where none are given
 */
export function triangleFilters(
  corners: Float64Array,
  bins: Float64Array,
  heights?: Float64Array,
): MelFilter[] {
  return Array.from({ length: corners.length - 2 }, (_, band) => {
    const left = corners[band]!;
    const middle = corners[band + 1]!;
    const right = corners[band + 2]!;
    const height = heights?.[band] ?? 1;
    const inside = Array.from(bins.keys()).filter((k) => bins[k]! > left && bins[k]! < right);
    const weights = Float64Array.from(inside, (k) => {
      const rise = (bins[k]! - left) / (middle - left);
      const fall = (right - bins[k]!) / (right - middle);
      return Math.min(rise, fall) * height;
    });
    return { from: inside[0] ?? 0, weights };
  });
}

/** Writes what every filter lets through of a power spectrum. */
export function filterSpectrum(
  filters: readonly MelFilter[],
  spectrum: Float64Array,
  out: Float64Array,
): void {
  for (let band = 0; band < filters.length; band++) {
    const { from, weights } = filters[band]!;
    let sum = 0;
    for (let k = 0; k < weights.length; k++) sum += weights[k]! * spectrum[from + k]!;
    out[band] = sum;
  }
}
