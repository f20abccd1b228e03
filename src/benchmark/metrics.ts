import type { Corners, Interval } from '../clues/clue-reply';

/*
 * The measures of CG-AV-Counting, as its released scripts compute them (`shared/reference`, A.6).
 * All of them are fractions here; a report multiplies Acc, OBOA, WCS and IFA by 100.
 */

/** A true count and the one that was given; what could not be read counts as 0. */
export interface CountPair {
  truth: number;
  predicted: number;
}

export interface CountScores {
  n: number;
  /** Share of exact counts. */
  acc: number;
  /** Share of counts off by at most one. */
  oboa: number;
  /** Mean and root mean square of the error, each error clipped by {@link clippedError}. */
  mae: number;
  rmse: number;
}

/** An error above both 100 and twice the truth counts as twice the truth. */
export function clippedError({ truth, predicted }: CountPair): number {
  const error = Math.abs(truth - predicted);
  return error <= Math.max(2 * truth, 100) ? error : 2 * truth;
}

/** Zeroes for no pairs. */
export function scoreCounts(pairs: readonly CountPair[]): CountScores {
  const n = pairs.length;
  const mean = (of: (pair: CountPair) => number) =>
    n === 0 ? 0 : pairs.reduce((sum, pair) => sum + of(pair), 0) / n;
  const off = ({ truth, predicted }: CountPair) => Math.abs(truth - predicted);
  return {
    n,
    acc: mean((pair) => Number(off(pair) < 1e-5)),
    oboa: mean((pair) => Number(off(pair) <= 1)),
    mae: mean(clippedError),
    rmse: Math.sqrt(mean((pair) => clippedError(pair) ** 2)),
  };
}

/** Overlap over the hull of both; 0 where the hull is empty or an interval is reversed. */
export function temporalIou(a: Interval, b: Interval): number {
  const hull = Math.max(a[1], b[1]) - Math.min(a[0], b[0]);
  if (hull <= 0) return 0;
  return Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0])) / hull;
}

/** Overlap over union; 0 where both are empty, NaN where a side is no number. */
export function boxIou(a: Corners, b: Corners): number {
  const [p, q] = [sortCorners(a), sortCorners(b)];
  const width = Math.min(p[2], q[2]) - Math.max(p[0], q[0]);
  const height = Math.min(p[3], q[3]) - Math.max(p[1], q[1]);
  const overlap = Math.max(0, width) * Math.max(0, height);
  const union = area(p) + area(q) - overlap;
  // Sides without end have an area that is no number; only sides that are none make the overlap NaN.
  return union > 0 || Number.isNaN(overlap) ? overlap / union : 0;
}

function sortCorners([x1, y1, x2, y2]: Corners): Corners {
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

function area([x1, y1, x2, y2]: Corners): number {
  return (x2 - x1) * (y2 - y1);
}

/** Counting accuracy penalty: 1 for the right number of clues, falling to 0 at twice as many. */
export function countPenalty(predicted: number, truth: number): number {
  return Math.max(0, 1 - Math.abs(predicted - truth) / Math.max(truth, 1));
}
