import { dot, sum } from './measures';
import type { LikenessConfig } from './sound-config';

/* Which sounds of a clip are of one kind, whatever its name. Source: `models/tools/sound/events.py`. */

/**
 * `[sounds, sounds]` 0…1: twice the probability that two are of one kind, less 1; 0 where they are likelier
 * not. With itself 1.
 * @param fingerprints of length 1, all of one size.
 */
export function likeness(
  fingerprints: readonly Float32Array[],
  config: LikenessConfig,
): Float64Array[] {
  const rows = fingerprints.map(() => new Float64Array(fingerprints.length));
  fingerprints.forEach((one, i) => {
    rows[i]![i] = 1;
    for (let j = 0; j < i; j++) {
      const alike = likenessOf(one, fingerprints[j]!, config);
      rows[i]![j] = alike;
      rows[j]![i] = alike;
    }
  });
  return rows;
}

/** The same of two. */
export function likenessOf(
  one: Float32Array,
  other: Float32Array,
  { slope, middle }: LikenessConfig,
): number {
  return Math.max(0, Math.tanh((slope / 2) * (dot(one, other) - middle)));
}

/** The mean value of all that sounds alike, itself included, by likeness × confidence. */
export function kindred(
  alike: readonly Float64Array[],
  confidences: readonly number[],
  values: readonly number[],
): number[] {
  return alike.map((row) => {
    const weights = confidences.map((confidence, j) => row[j]! * confidence);
    return dot(weights, values) / Math.max(sum(weights), 1e-9);
  });
}
