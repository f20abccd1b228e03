import { strengthsOf, type Scene } from './features';
import type { Proposal } from './proposal';
import { spansOf } from './relations';

/**
 * Of the things that are there those in view at the first moment with the most of them in view, within the
 * window and under the condition that the question asks for. What is there is for the decoder to judge; how
 * much of it at one moment, for arithmetic.
 * Source: `fullest` in `models/tools/decoder/at_once.py`.
 */
export function fullest(things: readonly Proposal[], scene: Scene): readonly Proposal[] {
  const [low, high] = scene.window ?? [-Infinity, Infinity];
  const spans = conditionSpans(scene);
  const isAsked = (moment: number): boolean => {
    if (moment < low || moment > high) return false;
    if (!spans) return true;
    // The edges belong to both sides.
    return scene.condition?.relation === 'outside'
      ? !spans.some(([from, to]) => moment > from && moment < to)
      : spans.some(([from, to]) => moment >= from && moment <= to);
  };
  const moments = [
    ...things.map(({ startSeconds }) => startSeconds),
    ...(scene.window ? [low] : []),
    // Under a condition the fullest moment may be where it begins, or (without it) ends.
    ...(spans ?? []).flat(),
  ];
  let best: readonly Proposal[] = [];
  for (const moment of moments.filter(isAsked).sort((a, b) => a - b)) {
    const inView = things.filter(
      ({ startSeconds, endSeconds }) => startSeconds <= moment && endSeconds >= moment,
    );
    if (inView.length > best.length) best = inView;
  }
  return best;
}

/** The spans of the condition's proposals of at least half the largest strength; null without a condition. */
function conditionSpans({
  condition,
  sounds,
  proposals,
}: Scene): ReturnType<typeof spansOf> | null {
  if (!condition) return null;
  const strength = strengthsOf(proposals, condition, sounds);
  const bar = Math.max(0, ...strength) / 2;
  return spansOf(
    condition,
    proposals.filter((_, i) => strength[i]! > 0 && strength[i]! >= bar),
  );
}
