import type { CycleProposal } from '../proposal';
import type { Mention } from '../target';
import type { MotionConfig } from './motion-config';

/**
 * Whoever asks how often a movement is done takes for granted that it is. Postures are told from few
 * joints and often not at all, so where something clearly repeats itself and does not plainly look like
 * another movement, its cycles pass for the one that was asked for, if only by half, and likenesses
 * to others count for less than that.
 */
export function presume(
  mention: Mention,
  proposals: readonly CycleProposal[],
  { labels, presumption }: MotionConfig,
): readonly CycleProposal[] {
  const generic = labels.length - 1;
  const named = [...mention.weights.keys()].filter((label) => mention.weights[label] === 1);
  const clear = proposals.filter(({ confidence }) => confidence >= presumption.leastConfidence);
  if (named.includes(generic) || clear.length === 0) return proposals;
  const shareOf = (label: number): number =>
    clear.reduce((sum, { classScores, confidence }) => sum + classScores[label]! / confidence, 0) /
    clear.length;
  const own = Math.max(...named.map(shareOf));
  const rival = Math.max(
    ...[...labels.keys()].filter((label) => label < generic && !named.includes(label)).map(shareOf),
  );
  if (rival > own && rival >= presumption.rivalShare) return proposals;
  return proposals.map((proposal) => {
    const granted = presumption.grantedShare * proposal.confidence;
    const classScores = proposal.classScores.map((score, label) => {
      if (named.includes(label)) return Math.max(score, granted);
      return label === generic ? score : Math.min(score, 0.8 * granted);
    });
    return { ...proposal, classScores };
  });
}
