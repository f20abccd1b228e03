import { bestAssignment } from './best-assignment';
import type { BoxesByFrame, Corners, Interval } from '../clues/clue-reply';
import { boxIou, countPenalty, temporalIou } from './metrics';

/*
 * The clue score of one item, 0…1: the root of how well the clues lie and of how well their number
 * is right. WCS is 100 × its mean over the items. Ported from the released scripts; their oddities
 * are kept, because figures are only comparable with them. What is no number (`read-reply.ts`) makes
 * the score NaN where the scripts would have compared it.
 */

/** Mean over the true events of the best overlap; one prediction may serve several events. */
export function eventOverlap(truth: readonly Interval[], predicted: readonly Interval[]): number {
  if (truth.length === 0) return 0;
  const best = truth.map((event) => Math.max(0, ...predicted.map((p) => temporalIou(event, p))));
  return best.reduce((sum, iou) => sum + iou, 0) / truth.length;
}

export function eventScore(truth: readonly Interval[], predicted: readonly Interval[]): number {
  return Math.sqrt(eventOverlap(truth, predicted) * countPenalty(predicted.length, truth.length));
}

/** Mean over every frame that either side names, so a frame named in vain dilutes it. */
export function objectScore(truth: BoxesByFrame, predicted: BoxesByFrame): number {
  const frames = [...new Set([...truth.keys(), ...predicted.keys()])];
  const score = (frame: number): number => {
    const [real, given] = [truth.get(frame) ?? [], predicted.get(frame) ?? []];
    if (real.length === 0) return 0;
    return Math.sqrt(
      (matchedIou(real, given) / real.length) * countPenalty(given.length, real.length),
    );
  };
  return frames.length === 0 ? 0 : frames.reduce((sum, f) => sum + score(f), 0) / frames.length;
}

/** Groups matched one to one for the largest sum; groups predicted in vain cost nothing. */
export function attributeScore(
  truth: readonly BoxesByFrame[],
  predicted: readonly BoxesByFrame[],
): number {
  if (truth.length === 0) return 0;
  const scores = truth.map((real) => predicted.map((given) => objectScore(real, given)));
  if (scores.flat().some(Number.isNaN)) return NaN;
  const pairs = bestAssignment(scores);
  return pairs.reduce((sum, [row, column]) => sum + scores[row]![column]!, 0) / truth.length;
}

/** The greatest overlap is paired first, then the greatest of what is left; NaN where one cannot be compared. */
function matchedIou(real: readonly Corners[], given: readonly Corners[]): number {
  const pairs = real
    .flatMap((a, i) => given.map((b, j) => ({ i, j, iou: boxIou(a, b) })))
    .sort((a, b) => b.iou - a.iou);
  if (pairs.some(({ iou }) => Number.isNaN(iou))) return NaN;
  const [taken, used] = [new Set<number>(), new Set<number>()];
  let sum = 0;
  for (const { i, j, iou } of pairs) {
    if (taken.has(i) || used.has(j)) continue;
    taken.add(i);
    used.add(j);
    sum += iou;
  }
  return sum;
}
