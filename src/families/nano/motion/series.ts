import { dot } from '../measures';

/** Evenly spaced moments. */
export interface Clock {
  startSeconds: number;
  stepSeconds: number;
  steps: number;
}

/** The even clock that comes closest to these moments: their median distance. */
export function clockOf(times: readonly number[]): Clock {
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? first;
  if (times.length < 2) return { startSeconds: first, stepSeconds: 1, steps: times.length };
  const stepSeconds = median(times.slice(1).map((time, at) => time - times[at]!)) || 1;
  const steps = Math.max(2, Math.round((last - first) / stepSeconds) + 1);
  return { startSeconds: first, stepSeconds: (last - first) / (steps - 1), steps };
}

/** A curve at other moments: in straight lines, and averaged where the new clock is slower. */
export function resample(
  times: ArrayLike<number>,
  values: ArrayLike<number>,
  { startSeconds, stepSeconds, steps }: Clock,
): Float32Array {
  const result = new Float32Array(steps);
  const count = times.length;
  if (count === 0) return result;
  const spacing = count > 1 ? (times[count - 1]! - times[0]!) / (count - 1) : stepSeconds;
  const taps = Math.max(1, Math.round(stepSeconds / Math.max(spacing, 1e-6)));
  let from = 0;
  for (let step = 0; step < steps; step++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const time = startSeconds + (step + (tap + 0.5) / taps - 0.5) * stepSeconds;
      while (from > 0 && times[from]! > time) from--;
      while (from < count - 2 && times[from + 1]! <= time) from++;
      const next = Math.min(from + 1, count - 1);
      const gap = times[next]! - times[from]!;
      const share = gap > 0 ? Math.min(1, Math.max(0, (time - times[from]!) / gap)) : 0;
      sum += values[from]! * (1 - share) + values[next]! * share;
    }
    result[step] = sum / taps;
  }
  return result;
}

/** One principal component of rows of numbers. */
export interface Component {
  /** Per column, of length 1. */
  loading: Float32Array;
  /** Per row: the centred row along the loading. */
  curve: Float32Array;
}

/**
 * The directions in which rows change most from one moment to the next. Change over `lag` rows is
 * what is measured, not distance from the mean, so that slow drift and one walk across the picture do
 * not hide a small movement that comes back again and again.
 * @param rows `rows.length` moments of equally many columns; NaN counts as the column's mean.
 */
export function principal(rows: readonly Float32Array[], count: number, lag: number): Component[] {
  const width = rows[0]?.length ?? 0;
  if (rows.length < 3 || width === 0) return [];
  const means = new Float64Array(width);
  for (let column = 0; column < width; column++) {
    let sum = 0;
    let seen = 0;
    for (const row of rows) {
      const value = row[column]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      seen++;
    }
    means[column] = seen > 0 ? sum / seen : 0;
  }
  const centred = rows.map((row) =>
    row.map((value, column) => (Number.isNaN(value) ? 0 : value - means[column]!)),
  );
  const changes = centred
    .slice(lag)
    .map((row, at) => row.map((value, column) => value - centred[at]![column]!));
  const components: Component[] = [];
  for (let order = 0; order < Math.min(count, width); order++) {
    let loading = new Float32Array(width);
    // A fixed start: one of the changes themselves, the largest.
    let largest = -1;
    for (const change of changes) {
      const length = norm(change);
      if (length > largest) {
        largest = length;
        loading.set(change);
      }
    }
    if (largest <= 1e-9) break;
    normalise(loading);
    for (let round = 0; round < 25; round++) {
      const next = new Float32Array(width);
      for (const change of changes) {
        const along = dot(change, loading);
        for (let column = 0; column < width; column++)
          next[column] = next[column]! + along * change[column]!;
      }
      normalise(next);
      const settled = Math.abs(dot(next, loading)) > 1 - 1e-7;
      loading = next;
      if (settled) break;
    }
    const curve = Float32Array.from(centred, (row) => dot(row, loading));
    components.push({ loading, curve });
    for (const set of [changes, centred]) {
      for (const row of set) {
        const along = dot(row, loading);
        for (let column = 0; column < width; column++)
          row[column] = row[column]! - along * loading[column]!;
      }
    }
  }
  return components;
}

/** A running sum that forgets: position from velocity, without its drift. */
export function leakySum(
  values: ArrayLike<number>,
  stepSeconds: number,
  seconds: number,
): Float32Array {
  const keep = Math.exp(-stepSeconds / seconds);
  const result = new Float32Array(values.length);
  let sum = 0;
  for (let at = 0; at < values.length; at++) {
    sum = sum * keep + values[at]! * stepSeconds;
    result[at] = sum;
  }
  return result;
}

/** Fills what was not seen (NaN) in straight lines; the ends are held. */
export function fillGaps(values: Float32Array): Float32Array {
  let last = -1;
  for (let at = 0; at < values.length; at++) {
    if (Number.isNaN(values[at]!)) continue;
    for (let gap = last + 1; gap < at; gap++) {
      const share = last < 0 ? 1 : (gap - last) / (at - last);
      values[gap] = last < 0 ? values[at]! : values[last]! * (1 - share) + values[at]! * share;
    }
    last = at;
  }
  if (last < 0) return values.fill(0);
  values.fill(values[last]!, last + 1);
  return values;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @returns 0 for no values. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

function norm(a: Float32Array): number {
  return Math.sqrt(dot(a, a));
}

function normalise(a: Float32Array): void {
  const length = norm(a);
  if (length > 0) for (let at = 0; at < a.length; at++) a[at] = a[at]! / length;
}

/** Column by column; of one row or more. */
export function meanOf(rows: readonly Float32Array[]): Float32Array {
  return rows[0]!.map((_, at) => rows.reduce((sum, row) => sum + row[at]!, 0) / rows.length);
}
