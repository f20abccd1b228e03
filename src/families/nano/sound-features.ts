import { kindred } from './likeness';
import { dot, gap, sum } from './measures';
import type { Encoded } from './object-features';
import type { SoundProposal } from './proposal';

/**
 * Columns 128 to 139 of the sounds: how they compare with those that sound like them.
 * Source: `_encode_sounds` in `models/tools/decoder/features.py`.
 * @param alike `[sounds, sounds]`, see `likeness.ts`.
 */
export function encodeSounds(
  own: readonly Encoded<SoundProposal>[],
  alike: readonly Float64Array[],
  match: readonly number[],
  strength: readonly number[],
): void {
  const confidences = own.map(({ proposal }) => proposal.confidence);
  const matchOfKind = kindred(alike, confidences, match);
  const othersOfKind = kindred(
    alike,
    confidences,
    own.map(({ row }) => row[56]!),
  );
  const topOfKind = Math.max(1e-6, ...matchOfKind);
  const strongest = strength.indexOf(Math.max(...strength));
  const allConfidence = Math.max(sum(confidences), 1e-6);
  const allStrength = Math.max(sum(strength), 1e-6);
  own.forEach(({ proposal, row }, i) => {
    const mine = alike[i]!;
    row[128] = matchOfKind[i]!;
    row[129] = dot(mine, confidences) / allConfidence;
    row[130] = dot(mine, strength) / allStrength;
    row[131] = Math.log(sum(mine)) / 4;
    row[132] = mine[strongest]!;
    row[133] = mine[i - 1] ?? 0;
    row[134] = mine[i + 1] ?? 0;
    const clearest = mine.reduce((best, value, j) => Math.max(best, value * confidences[j]!), 1e-6);
    row[135] = confidences[i]! / clearest;
    const nearest = (among: readonly number[]): number => {
      const apart = among
        .filter((j) => mine[j]! >= 0.5)
        .map((j) => Math.abs(own[j]!.proposal.startSeconds - proposal.startSeconds));
      return apart.length === 0 ? 1 : gap(Math.min(...apart));
    };
    const places = [...own.keys()];
    row[136] = nearest(places.slice(0, i));
    row[137] = nearest(places.slice(i + 1));
    row[138] = othersOfKind[i]!;
    row[139] = matchOfKind[i]! / topOfKind;
  });
}
