import type { Proposal } from './proposal';
import type { SoundConfig } from './sound-config';
import type { Mention } from './target';

/**
 * Whether a sound that a question speaks of is in the clip at all: the best score of one of its
 * labels, over all proposals, reaches that label's bar. True for what is seen.
 */
export function isPresent(
  mention: Mention,
  proposals: readonly Proposal[],
  { labels, presence }: SoundConfig,
): boolean {
  if (mention.kind !== 'sound') return true;
  return labels.some((label, at) => {
    if (mention.weights[at] !== 1) return false;
    const bar = presence[label] ?? presence['default'] ?? 0;
    return proposals.some(({ classScores }) => classScores[at]! >= bar);
  });
}
