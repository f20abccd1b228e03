import { likenessOf } from './likeness';
import type { SoundEventsConfig } from './sound-config';

/**
 * How much each onset belongs to the sound that comes most often: 0…1. The support of an onset is the sum
 * of its likenesses to the others nearby, each times the other's confidence; the score is the onset's
 * confidence times (alone + support) / (alone + largest support). So a sound that comes once scores by its
 * confidence where nothing recurs, and little beside one that does. Work and memory grow with the length of
 * the sound, not with its square.
 * Source: `models/tools/sound/events.py`.
 * @param starts seconds, ascending.
 * @param fingerprints of length 1.
 */
export function recurrence(
  starts: readonly number[],
  confidences: readonly number[],
  fingerprints: readonly Float32Array[],
  { likeness, repeated }: Pick<SoundEventsConfig, 'likeness' | 'repeated'>,
): Float64Array {
  const { alone, withinSeconds } = repeated;
  const support = new Float64Array(starts.length);
  for (let k = 0; k < starts.length; k++)
    for (let j = k + 1; j < starts.length; j++) {
      if (starts[j]! - starts[k]! > withinSeconds) break;
      const alike = likenessOf(fingerprints[k]!, fingerprints[j]!, likeness);
      support[k]! += alike * confidences[j]!;
      support[j]! += alike * confidences[k]!;
    }
  const most = alone + support.reduce((a, b) => Math.max(a, b), 0);
  return support.map((value, k) => (confidences[k]! * (alone + value)) / most);
}
