import { clueSpan } from './clue-time';
import type { ReviewedClue } from './review';

/** The clue that begins next, or began last, seen from the current one or else from the playhead. */
export function neighbourClue(
  clues: readonly ReviewedClue[],
  current: number,
  timeSeconds: number,
  direction: 1 | -1,
): ReviewedClue | null {
  const from = ({ clue }: ReviewedClue): number => clueSpan(clue)[0];
  const order = [...clues].sort((a, b) => from(a) - from(b));
  const here = clues[current];
  if (here) return order[order.indexOf(here) + direction] ?? null;
  return (
    (direction === 1
      ? order.find((clue) => from(clue) > timeSeconds)
      : order.findLast((clue) => from(clue) < timeSeconds)) ?? null
  );
}
