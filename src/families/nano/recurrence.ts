import type { SoundEventsConfig } from './sound-config';

/**
 * How much each onset belongs to the sound that comes most often: 0…1. Two onsets are alike by the
 * cosine of their class scores, from `leastLikeness` up. The support of an onset is the sum of its
 * likenesses to the others nearby, each times the other's confidence; the score is the onset's
 * confidence times (alone + support) / (alone + largest support). So a sound that comes once scores
 * by its confidence where nothing recurs, and little beside one that does.
 * Source: `models/tools/sound/events.py`.
 * @param peaks steps of the onsets, ascending.
 * @param scores class scores of each onset, `repeated` not among them.
 */
export function recurrence(
  peaks: readonly number[],
  confidences: readonly number[],
  scores: readonly Float32Array[],
  { repeated, stepSeconds }: SoundEventsConfig,
): Float64Array {
  const { alone, leastLikeness, withinSeconds } = repeated;
  const lengths = scores.map((row) => Math.max(1e-9, Math.hypot(...row)));
  const support = new Float64Array(peaks.length);
  for (let k = 0; k < peaks.length; k++)
    for (let j = k + 1; j < peaks.length; j++) {
      if ((peaks[j]! - peaks[k]!) * stepSeconds > withinSeconds) break;
      const cosine = dot(scores[k]!, scores[j]!) / (lengths[k]! * lengths[j]!);
      const alike = Math.max(0, cosine - leastLikeness) / (1 - leastLikeness);
      support[k]! += alike * confidences[j]!;
      support[j]! += alike * confidences[k]!;
    }
  const most = alone + support.reduce((a, b) => Math.max(a, b), 0);
  return support.map((value, k) => (confidences[k]! * (alone + value)) / most);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
