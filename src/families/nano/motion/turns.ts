import { quantile, type Clock } from './series';

/** Where a curve turns round, after it has come a good way. */
export interface Turn {
  step: number;
  /** 1 upper, −1 lower. */
  sign: 1 | -1;
  /** How far the curve came since the turn before, and goes until the next; at the ends one of both. */
  excursion: number;
  /** The curve does not come back within the clip: it may have gone on. */
  open: boolean;
}

/**
 * Turning points between which the curve moves by at least `least` (a zigzag). The first and the last
 * stretch, which the clip cuts off, end in open turns.
 */
export function findTurns(values: Float32Array, least: number): Turn[] {
  const turns: Turn[] = [];
  let high = 0;
  let low = 0;
  let direction: 0 | 1 | -1 = 0;
  const push = (step: number, sign: 1 | -1): void => {
    turns.push({ step, sign, excursion: 0, open: false });
  };
  for (let at = 1; at < values.length; at++) {
    const value = values[at]!;
    if (value > values[high]!) high = at;
    if (value < values[low]!) low = at;
    if (direction >= 0 && values[high]! - value >= least) {
      if (direction === 0 && low < high && values[high]! - values[low]! >= least) push(low, -1);
      push(high, 1);
      direction = -1;
      low = at;
    } else if (direction <= 0 && value - values[low]! >= least) {
      if (direction === 0 && high < low && values[high]! - values[low]! >= least) push(high, 1);
      push(low, -1);
      direction = 1;
      high = at;
    }
    // A new high after a fall is only a high from there on, and the other way round.
    if (direction === -1 && value <= values[low]!) high = at;
    if (direction === 1 && value >= values[high]!) low = at;
  }
  if (direction === 1) push(high, 1);
  if (direction === -1) push(low, -1);
  turns.forEach((turn, at) => {
    const before = turns[at - 1];
    const after = turns[at + 1];
    const here = values[turn.step]!;
    const ways = [before, after].flatMap((other) =>
      other ? [Math.abs(here - values[other.step]!)] : [],
    );
    turn.excursion = ways.length > 0 ? Math.min(...ways) : 0;
    turn.open = !before || !after;
  });
  return turns;
}

/** Takes off what changes slower than `seconds`: the mean around each step. */
export function steady(values: Float32Array, clock: Clock, seconds: number): Float32Array {
  const half = Math.max(2, Math.round(seconds / clock.stepSeconds / 2));
  const sums = new Float64Array(values.length + 1);
  for (let at = 0; at < values.length; at++) sums[at + 1] = sums[at]! + values[at]!;
  return values.map((value, at) => {
    // The same reach on both sides: at the ends the window shrinks instead of tilting.
    const from = Math.max(0, at - half);
    const to = Math.min(values.length, at + half + 1);
    return value - (sums[to]! - sums[from]!) / (to - from);
  });
}

/** Hanning over 2 · reach + 1 steps, the ends held. */
export function smooth(values: Float32Array, reach: number): Float32Array {
  if (reach <= 0) return values;
  const weights = Array.from(
    { length: 2 * reach + 1 },
    (_, at) => Math.sin((Math.PI * (at + 1)) / (2 * reach + 2)) ** 2,
  );
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return values.map((_, at) => {
    let sum = 0;
    for (let tap = -reach; tap <= reach; tap++) {
      const from = Math.min(values.length - 1, Math.max(0, at + tap));
      sum += weights[tap + reach]! * values[from]!;
    }
    return sum / all;
  });
}

/** The range of the middle nine tenths of the values. */
export function rangeOf(values: Float32Array): number {
  const all = [...values];
  return quantile(all, 0.95) - quantile(all, 0.05);
}
