import type { MediaInfo } from '../../media/media';
import { areaOf, distance, matchOf } from './measures';
import type { Proposal } from './proposal';
import type { MotionConfig } from './motion/motion-config';
import type { ObjectPresence } from './objects-config';
import type { SoundConfig } from './sound-config';
import type { Mention, Target } from './target';

/** The bars that what is there reaches. */
export interface PresenceBars {
  sound: Pick<SoundConfig, 'labels' | 'presence'>;
  objects: ObjectPresence;
  motion: Pick<MotionConfig, 'presence'>;
}

/**
 * The bars of things for one question. Whoever picks single pictures for it has seen there what it asks
 * for, however badly it shows; whoever asks for the colours or the kinds of things has seen such things.
 */
export function objectBars(
  { category }: Pick<Target, 'category'>,
  { pictureSeconds }: Pick<MediaInfo, 'pictureSeconds'>,
  bars: ObjectPresence,
): ObjectPresence {
  if (pictureSeconds) return { ...bars, class: 0, thing: 0, faintShare: 0 };
  return category === 'attribute' ? { ...bars, class: 0, faintShare: 0 } : bars;
}

/**
 * Whether what a question speaks of is in the clip at all: the best score of one of its labels, over
 * all proposals and by the label's weight, reaches that label's bar: a chop that is only heard as a
 * hit is there. A thing's is that of its best sighting: what is there is seen well at least once. Of movements, that
 * something repeats itself at all.
 */
export function isPresent(
  mention: Mention,
  proposals: readonly Proposal[],
  { sound, objects, motion }: PresenceBars,
): boolean {
  const { kind, weights } = mention;
  if (kind === 'cycle') return proposals.some(({ confidence }) => confidence >= motion.presence);
  if (kind === 'object')
    return proposals.some((proposal) => isAtLeast(proposal, mention, objects.class));
  return sound.labels.some((label, at) => {
    const weight = weights[at]!;
    if (weight === 0) return false;
    const bar = sound.presence[label] ?? sound.presence['default'] ?? 0;
    return proposals.some(({ classScores }) => weight * classScores[at]! >= bar);
  });
}

/**
 * What is asked for but faint, and never stirs, is left out of a film: beside people who are seen well, what
 * looks a little like one at every moment (a traffic cone, a post) is none. A single photograph may show
 * anybody badly.
 */
export function withoutFaint(
  mention: Mention,
  proposals: readonly Proposal[],
  { objects }: Pick<PresenceBars, 'objects'>,
): readonly Proposal[] {
  const matches = proposals.map((proposal) =>
    proposal.kind === 'object' ? matchOf(proposal.peakScores, mention.weights) : 0,
  );
  const bar = objects.faintShare * Math.max(...matches);
  return proposals.filter(
    (proposal, at) => matches[at]! >= bar || !staysInPlace(proposal, objects.stillReach),
  );
}

/** Whether a thing is seen several times, and always within that many box sizes of where it was at first. */
function staysInPlace(proposal: Proposal, stillReach: number): boolean {
  if (proposal.kind !== 'object' || proposal.path.length < 2) return false;
  const reach = stillReach * Math.sqrt(areaOf(proposal.box));
  return proposal.path.every(({ box }) => distance(box, proposal.box) <= reach);
}

/** Whether the best sighting of a thing scores so much for what is asked. Always so of what is no thing. */
export function isAtLeast(proposal: Proposal, { weights }: Mention, bar: number): boolean {
  return proposal.kind !== 'object' || matchOf(proposal.peakScores, weights) >= bar;
}
