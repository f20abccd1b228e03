import type { Mark, Train } from './train';
import type { ZigzagConfig } from './motion-config';
import { median, resample, type Clock } from './series';
import type { Signal } from './signals';
import { findTurns, rangeOf, smooth, steady, type Turn } from './turns';

/**
 * Readings of every signal as a train of cycles: with and without its slow part, by the turning
 * points that are far enough apart, once with the upper and once with the lower ones as extremes.
 */
export function readTrains(signals: readonly Signal[], config: ZigzagConfig): Train[] {
  return signals
    .filter(({ strength, times }) => strength >= config.minStrength && times.length >= 5)
    .flatMap((signal) =>
      config.windowsSeconds.flatMap((window) => readOne(signal, window, config)),
    );
}

function readOne(signal: Signal, window: number, config: ZigzagConfig): Train[] {
  const { times } = signal;
  const first = times[0]!;
  const length = times.at(-1)! - first;
  // A window longer than the clip takes nothing off; one of those is enough.
  const whole = window >= length;
  if (whole && config.windowsSeconds.some((shorter) => shorter < window && shorter >= length))
    return [];
  const spacing = length / (times.length - 1);
  const even = window / config.stepsPerWindow;
  const stepSeconds = Math.max(spacing / 2, Math.min(even, 2 * spacing));
  const steps = Math.max(5, Math.round(length / stepSeconds) + 1);
  const clock: Clock = { startSeconds: first, stepSeconds: length / (steps - 1), steps };
  const raw = resample(times, signal.values, clock);
  const seconds = Math.min(window, length) * config.smoothShare;
  const soft = smooth(raw, Math.round(Math.max(seconds, 0.6 * spacing) / clock.stepSeconds));
  const values = whole ? soft : steady(soft, clock, window);
  const range = rangeOf(values);
  if (!(range > 0)) return [];
  const small = findTurns(values, config.smallShare * range);
  return config.leastShares.flatMap((share) => {
    const turns = findTurns(values, share * range);
    return ([1, -1] as const).flatMap((sign): Train[] => {
      const marks = marksOf(turns, values, clock, sign);
      if (marks.length === 0) return [];
      const certainty = certaintyOf(turns, small, marks);
      return [
        { signal, clock, values, marks, sign, certainty, sided: sidedness(turns, values, sign) },
      ];
    });
  });
}

function marksOf(turns: readonly Turn[], values: Float32Array, clock: Clock, sign: 1 | -1): Mark[] {
  const closed = turns.filter(({ open }) => !open).map(({ excursion }) => excursion);
  const typical = median(closed.length > 0 ? closed : turns.map(({ excursion }) => excursion));
  return turns
    .filter((turn) => turn.sign === sign)
    .flatMap((turn): Mark[] => {
      const share = turn.excursion / typical;
      let height = Math.min(1, share);
      if (turn.open) {
        // At the ends of the clip a turn is one only if the curve was seen on both its sides.
        const end = turn === turns[0] ? values[0]! : values.at(-1)!;
        const back = (sign * (values[turn.step]! - end)) / typical;
        height = Math.min(height, 0.35 + 2.5 * back, 0.9);
      }
      return [{ seconds: clock.startSeconds + turn.step * clock.stepSeconds, height }];
    });
}

/** 0…1: the cycles are alike, in height and length, and all else is much smaller. */
function certaintyOf(
  turns: readonly Turn[],
  small: readonly Turn[],
  marks: readonly Mark[],
): number {
  const steps = new Set(turns.map(({ step }) => step));
  const closed = turns.filter(({ open }) => !open).map(({ excursion }) => excursion);
  if (closed.length === 0) return 0.3;
  const typical = median(closed);
  const least = Math.min(...closed) / typical;
  const other = Math.max(
    0,
    ...small.filter(({ step }) => !steps.has(step)).map(({ excursion }) => excursion / typical),
  );
  const margin = Math.min(1, Math.max(0, (least - other) / 0.75));
  const gaps = marks.slice(1).map(({ seconds }, at) => seconds - marks[at]!.seconds);
  if (gaps.length < 2) return margin;
  const usual = median(gaps);
  const stray = median(gaps.map((gap) => Math.abs(gap / usual - 1)));
  return margin / (1 + 3 * stray * stray + 0.5 * stray);
}

/** 0…1: the curve dwells at the other side of these turns, and begins and ends there: that is the rest. */
function sidedness(turns: readonly Turn[], values: Float32Array, sign: 1 | -1): number {
  const upper = median(turns.filter((turn) => turn.sign === sign).map(({ step }) => values[step]!));
  const others = turns.filter((turn) => turn.sign === -sign).map(({ step }) => values[step]!);
  if (others.length === 0) return 0.5;
  const lower = median(others);
  const place = (value: number): number => (value - lower) / (upper - lower);
  let atRest = 0;
  let atExtreme = 0;
  for (const value of values) {
    if (place(value) < 0.25) atRest++;
    if (place(value) > 0.75) atExtreme++;
  }
  const dwell = (atRest - atExtreme) / (atRest + atExtreme + 1);
  const ends = 1 - place(values[0]!) - place(values.at(-1)!);
  return 1 / (1 + Math.exp(-(4 * dwell + 1.5 * Math.max(-1, Math.min(1, ends)))));
}
