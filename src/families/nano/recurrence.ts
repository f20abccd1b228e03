import { dot } from './likeness';
import type { RepeatedConfig } from './sound-config';

/**
 * How much each onset belongs to the sound that comes most often: 0…1. The support of an onset is the sum
 * of its likenesses to the others nearby, each times the other's confidence; the score is the onset's
 * confidence times (alone + support) / (alone + largest support). So a sound that comes once scores by its
 * confidence where nothing recurs, and little beside one that does.
 * Source: `models/tools/sound/events.py`.
 * @param starts seconds, ascending.
 * @param alike `[onsets, onsets]`, see `likeness.ts`.
 */
export function recurrence(
  starts: readonly number[],
  confidences: readonly number[],
  alike: readonly Float64Array[],
  { alone, withinSeconds }: RepeatedConfig,
): number[] {
  const support = alike.map((row, k) => {
    const near = row.map((value, j) =>
      j !== k && Math.abs(starts[j]! - starts[k]!) <= withinSeconds ? value : 0,
    );
    return dot(near, confidences);
  });
  const most = alone + Math.max(0, ...support);
  return support.map((value, k) => (confidences[k]! * (alone + value)) / most);
}
