import type { Clue } from './clue';
import { clueSpan } from './clue-time';

/**
 * Which lane each clue is drawn in, so that marks that overlap in time stay apart: the first lane
 * that is free again, or the one that ends soonest when all of `mostLanes` are taken.
 * `gapSeconds` keeps short neighbours from touching.
 */
export function assignLanes(
  clues: readonly Clue[],
  gapSeconds: number,
  mostLanes: number,
): { lanes: number[]; laneCount: number } {
  const order = clues
    .map((clue, index) => ({ index, span: clueSpan(clue) }))
    .sort((a, b) => a.span[0] - b.span[0]);
  const laneEnds: number[] = [];
  const lanes = new Array<number>(clues.length).fill(0);
  for (const { index, span } of order) {
    let lane = laneEnds.findIndex((end) => span[0] >= end + gapSeconds);
    if (lane === -1 && laneEnds.length < mostLanes) lane = laneEnds.length;
    if (lane === -1) lane = laneEnds.indexOf(Math.min(...laneEnds));
    laneEnds[lane] = Math.max(laneEnds[lane] ?? 0, span[1]);
    lanes[index] = lane;
  }
  return { lanes, laneCount: Math.max(1, laneEnds.length) };
}
