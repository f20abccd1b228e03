import { matchOf } from './measures';
import type { MotionConfig } from './motion/motion-config';
import type { ObjectsConfig } from './objects-config';
import type { ObjectProposal, Proposal } from './proposal';
import type { SoundConfig } from './sound-config';
import type { Mention } from './target';

/* Whoever asks how often something happens, or for white things, takes for granted that there are such. What the
 * towers say of single names is read in that light, as long as nothing speaks against it. */

/** What a mention lets pass for it; the proposals as they are where it takes nothing for granted. */
export function presume(
  mention: Mention,
  proposals: readonly Proposal[],
  { motion, objects, sound }: { motion: MotionConfig; objects: ObjectsConfig; sound: SoundConfig },
): readonly Proposal[] {
  switch (mention.kind) {
    case 'object':
      return presumeColour(mention, proposals, objects);
    case 'sound':
      return presumeSound(mention, proposals, sound);
    case 'cycle':
      return presumeMovement(mention, proposals, motion);
  }
}

/**
 * White in the shade and black in the sun are grey. Where nothing that is asked for is clearly as white (or as
 * black) as it should be, what is grey and rather whiter than blacker (or the other way round) passes for it.
 */
function presumeColour(
  { colour, weights }: Mention,
  proposals: readonly Proposal[],
  { colours, presence, presumption }: Pick<ObjectsConfig, 'colours' | 'presence' | 'presumption'>,
): readonly Proposal[] {
  const opposite = { white: 'black', black: 'white' }[colours[colour ?? -1] ?? ''];
  if (colour === null || opposite === undefined) return proposals;
  const [grey, against] = [colours.indexOf('grey'), colours.indexOf(opposite)];
  const isMeant = (proposal: Proposal): proposal is ObjectProposal =>
    proposal.kind === 'object' && matchOf(proposal.peakScores, weights) >= presence.thing;
  const isClear = (shown: Float32Array): boolean =>
    shown[colour]! >= presumption.clearShare * Math.max(...shown);
  const passes = (shown: Float32Array): boolean =>
    shown[grey] === Math.max(...shown) &&
    shown[colour]! >= presumption.leastShare &&
    shown[colour]! > shown[against]!;
  if (proposals.some((proposal) => isMeant(proposal) && isClear(proposal.colours)))
    return proposals;
  return proposals.map((proposal) => {
    if (!isMeant(proposal) || !passes(proposal.colours)) return proposal;
    const shown = proposal.colours.slice();
    shown[colour]! += shown[grey]!;
    shown[grey] = 0;
    return { ...proposal, colours: shown };
  });
}

/**
 * Postures are told from few joints and often not at all: where something clearly repeats itself and does
 * not plainly look like another movement, its cycles pass for the one that was asked for, if only by half,
 * and likenesses to others count for less than that.
 */
function presumeMovement(
  mention: Mention,
  proposals: readonly Proposal[],
  { labels, presumption }: MotionConfig,
): readonly Proposal[] {
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
      return label === generic ? score : Math.min(score, presumption.othersShare * granted);
    });
    return { ...proposal, classScores, plainScores: proposal.classScores };
  });
}

/**
 * A recording unlike those that the sound tower has heard scores little in its own class, but more than
 * what else is heard there. Asked for, its scores are raised together, as far as the best of them would
 * pass without doubt. Not so where another class is recognised, nor for classes with a bar of their own,
 * which the tower knows well.
 */
function presumeSound(
  { weights }: Mention,
  proposals: readonly Proposal[],
  { labels, presence, presumption }: SoundConfig,
): readonly Proposal[] {
  const named = labels.flatMap((label, at) =>
    weights[at] === 1 && presence[label] === undefined && !presumption.never.includes(label)
      ? [at]
      : [],
  );
  const best = Math.max(
    0,
    ...named.flatMap((at) => proposals.map(({ classScores }) => classScores[at]!)),
  );
  if (best < presumption.leastScore || best >= presumption.reach) return proposals;
  const shift = Math.min(presumption.mostShift, logit(presumption.reach) - logit(best));
  const isOther = (score: number, at: number): boolean =>
    score >= presumption.rivalScore &&
    weights[at] === 0 &&
    !presumption.never.includes(labels[at]!);
  return proposals.map((proposal) => {
    if (proposal.classScores.some(isOther)) return proposal;
    const classScores = proposal.classScores.slice();
    for (const at of named) classScores[at] = 1 / (1 + Math.exp(-logit(classScores[at]!) - shift));
    return { ...proposal, classScores, plainScores: proposal.classScores };
  });
}

function logit(probability: number): number {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(kept / (1 - kept));
}
