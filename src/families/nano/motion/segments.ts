import type { Clock } from './series';
import { median } from './series';
import type { ScoredTrain } from './trains';

/** One cycle of a train, cut out in time. */
export interface Segment {
  startSeconds: number;
  endSeconds: number;
  extremeSeconds: number;
  /** The marker's height, 0…1. */
  height: number;
  /** How far the signal goes from its rest. */
  excursion: number;
}

/**
 * From marks to cycles: each begins where the signal leaves the rest before its extreme, and ends
 * where it is back at the rest after it (or where the clip ends).
 * @param departShare how far from rest is “left”, as a share of the way to the extreme
 */
export function cutCycles(
  { values, clock, marks, sign }: Pick<ScoredTrain, 'values' | 'clock' | 'marks' | 'sign'>,
  departShare: number,
): Segment[] {
  if (marks.length === 0) return [];
  const steps = marks.map(({ seconds }) => toStep(seconds, clock));
  const gaps = steps.slice(1).map((step, at) => step - steps[at]!);
  const typical = gaps.length > 0 ? median(gaps) : clock.steps;
  const at = (step: number): number => sign * values[step]!;
  const segments: Segment[] = [];
  steps.forEach((mark, index) => {
    const reach = Math.max(2, Math.round(1.1 * typical));
    const from = index > 0 ? steps[index - 1]! : Math.max(0, mark - reach);
    const to =
      index + 1 < steps.length ? steps[index + 1]! : Math.min(clock.steps - 1, mark + reach);
    const before = valley(at, Math.max(from, mark - 3 * reach), mark);
    const after = valley(at, mark, Math.min(to, mark + 3 * reach));
    const top = at(mark);
    const depart = (rest: number): number => rest + departShare * (top - rest);
    let start = mark;
    while (start > Math.max(from, 0) && at(start) > depart(at(before))) start--;
    let end = mark;
    while (end < to && at(end) > depart(at(after))) end++;
    segments.push({
      startSeconds: clock.startSeconds + start * clock.stepSeconds,
      endSeconds: clock.startSeconds + end * clock.stepSeconds,
      extremeSeconds: marks[index]!.seconds,
      height: marks[index]!.height,
      excursion: Math.max(0, top - (at(before) + at(after)) / 2),
    });
  });
  return segments;
}

function valley(at: (step: number) => number, from: number, to: number): number {
  let lowest = from;
  for (let step = from; step <= to; step++) if (at(step) < at(lowest)) lowest = step;
  return lowest;
}

function toStep(seconds: number, clock: Clock): number {
  const step = Math.round((seconds - clock.startSeconds) / clock.stepSeconds);
  return Math.min(clock.steps - 1, Math.max(0, step));
}
