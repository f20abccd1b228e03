import type { Box } from '../../clues/clue';
import {
  areaOf,
  centre,
  clip,
  distance,
  gap,
  insideShare,
  isAtEdge,
  matchOf,
  nearestTo,
  relativeTo,
  sizeOf,
} from './measures';
import { overlap } from './detections';
import type { CycleProposal, ObjectProposal, Proposal } from './proposal';

/** A proposal and the row that says it. */
export interface Encoded<P extends Proposal = Proposal> {
  proposal: P;
  row: Float64Array;
}

type Frame = { width: number; height: number };

export function encodeObjects(
  frame: Frame,
  own: readonly Encoded<ObjectProposal>[],
  weights: Float64Array,
  rank: readonly number[],
): void {
  const objects = own.map(({ proposal }) => proposal);
  const relative = (box: Box): Box => relativeTo(frame, box);
  const first = objects.map((p) => relative(p.path[0]!.box));
  const last = objects.map((p) => relative(p.path[p.path.length - 1]!.box));
  own.forEach(({ proposal: object, row }, i) => {
    const [x, y] = centre(first[i]!);
    row.set([x, y, ...sizeOf(first[i]!)], 86);
    row[90] = Math.log(object.path.length) / 5;
    row[91] = object.meanScore;
    row[92] = object.appearanceDistance;
    let previous = -1;
    let cheapest = Infinity;
    objects.forEach((rival, j) => {
      const moment = object.startSeconds;
      if (rank[j]! < rank[i]!) {
        const there = boxAt(rival, moment);
        if (there) {
          const around = relative(there);
          row[93] = Math.max(row[93]!, overlap(first[i]!, around));
          const share = insideShare(first[i]!, around);
          if (share > row[101]!) {
            row[101] = share;
            row[103] = clip(Math.log(areaOf(first[i]!) / areaOf(around)) / 4);
          }
        }
        const later = boxAt(rival, object.endSeconds);
        if (later) row[102] = Math.max(row[102]!, insideShare(last[i]!, relative(later)));
      }
      const since = moment - rival.endSeconds;
      if (j >= i || since <= -0.3) return;
      const cost = Math.max(since, 0) / 5 + distance(first[i]!, last[j]!);
      if (cost < cheapest) [cheapest, previous] = [cost, j];
    });
    row[94] =
      previous < 0 ? 1 : gap(Math.max(object.startSeconds - objects[previous]!.endSeconds, 0));
    row[95] = previous < 0 ? 1 : Math.min(distance(first[i]!, last[previous]!), 1);
    row[96] = previous < 0 ? 0 : clip(Math.log(areaOf(first[i]!) / areaOf(last[previous]!)) / 4);
    row[97] = previous < 0 ? 0 : matchOf(objects[previous]!.classScores, weights);
    row[98] = Math.min(distance(last[i]!, first[i]!), 1);
    row[99] = Number(isAtEdge(first[i]!));
    row[100] = Number(isAtEdge(last[i]!));
  });
}

/** Where something is at a moment, or within half a second of it; null where it is not. */
function boxAt({ path, startSeconds, endSeconds }: ObjectProposal, moment: number): Box | null {
  const isThere = moment >= startSeconds - 0.5 && moment <= endSeconds + 0.5;
  return isThere ? nearestTo(path, moment) : null;
}

export function encodeCycles(frame: Frame, own: readonly Encoded<CycleProposal>[]): void {
  for (const { proposal, row } of own) {
    const box = relativeTo(frame, proposal.box);
    row.set([...centre(box), ...sizeOf(box)], 86);
    row[124] = proposal.regularity;
    row[125] = Math.min(proposal.amplitude / 2, 1);
    row[126] = clip(Math.log2(Math.max(proposal.periodRatio, 0.01)) / 2);
  }
}
