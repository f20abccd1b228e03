import { clueSpan } from './clue-time';
import type { ReviewedClue } from './review';

/**
 * Of clues sorted by their start, the kept one that begins next (1) or began last (−1), seen from the
 * clue at index `current`, or from the moment where that is −1. Null at the end.
 */
export function neighbourClue(
  clues: readonly ReviewedClue[],
  current: number,
  timeSeconds: number,
  direction: 1 | -1,
): ReviewedClue | null {
  const isBeyond = ({ clue, verdict }: ReviewedClue, at: number): boolean => {
    if (verdict === 'rejected') return false;
    const ahead = current < 0 ? clueSpan(clue)[0] - timeSeconds : at - current;
    return ahead * direction > 0;
  };
  return (direction === 1 ? clues.find(isBeyond) : clues.findLast(isBeyond)) ?? null;
}
