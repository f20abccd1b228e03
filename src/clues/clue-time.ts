import type { Box, Clue } from './clue';
import type { ReviewedClue } from './review';

/** A lone sighting, and a very short sound, stay on the screen this long. */
const leastSeconds = 0.5;

/** The player shows whole frames, so a clue may begin a little after the frame that holds it. */
const frameSlackSeconds = 0.05;

/** Times that went through text or through a browser are a little off. */
const roundingSeconds = 0.001;

/** `[from, to]` in seconds on the media's clock: an event's span, or first and last sighting. */
export function clueSpan(clue: Clue): readonly [number, number] {
  if (clue.kind === 'event') return [clue.startSeconds, clue.endSeconds];
  const last = clue.path?.at(-1)?.timestampSeconds ?? clue.timestampSeconds;
  return [clue.timestampSeconds, Math.max(last, clue.timestampSeconds)];
}

/** Seen in the picture, not only heard. */
export function isSeen(clue: Clue): boolean {
  return clue.kind === 'object' || clue.path !== undefined;
}

export function isClueAt(clue: Clue, timeSeconds: number): boolean {
  const [from, to] = clueSpan(clue);
  return (
    timeSeconds >= from - frameSlackSeconds &&
    timeSeconds <= Math.max(to, from + leastSeconds) + frameSlackSeconds
  );
}

/**
 * Index of the current clue: the picked one (by its id) while its time lasts, else the one that began
 * last. −1 where there is none.
 */
export function currentClueIndex(
  clues: readonly ReviewedClue[],
  timeSeconds: number,
  picked: number | null,
): number {
  const pickedIndex = picked === null ? -1 : clues.findIndex(({ id }) => id === picked);
  const pickedClue = clues[pickedIndex];
  if (pickedClue && isClueAt(pickedClue.clue, timeSeconds)) return pickedIndex;
  return latestClueIndex(
    clues.map(({ clue }) => clue),
    timeSeconds,
    (index) => clues[index]?.verdict !== 'rejected',
  );
}

/** Index of the clue, of those wanted, that began last and goes on; −1 where there is none. */
export function latestClueIndex(
  clues: readonly Clue[],
  timeSeconds: number,
  isWanted: (index: number) => boolean = () => true,
): number {
  let best = -1;
  let bestFrom = -Infinity;
  clues.forEach((clue, index) => {
    const [from] = clueSpan(clue);
    if (from > bestFrom && isWanted(index) && isClueAt(clue, timeSeconds)) {
      best = index;
      bestFrom = from;
    }
  });
  return best;
}

/** What to play over and over to look at a clue: its span, or a moment where it has none. */
export function loopSpan(clue: Clue): readonly [number, number] {
  const [from, to] = clueSpan(clue);
  return [from, Math.max(to, from + leastSeconds)];
}

/**
 * Where a clue is seen in the picture that begins at `timeSeconds`: between two sightings on the
 * straight line from one to the other. Null in pictures before the first and after the last one, and
 * for what is only heard.
 *
 * @param untilSeconds a moment at which this picture is known to be on the screen still; a clue may
 *   begin in the middle of a picture
 */
export function boxAt(clue: Clue, timeSeconds: number, untilSeconds = timeSeconds): Box | null {
  const [from, to] = loopSpan(clue);
  if (untilSeconds < from - roundingSeconds || timeSeconds > to + roundingSeconds) return null;
  const path = clue.path ?? [];
  const nextIndex = path.findIndex((sighting) => sighting.timestampSeconds > timeSeconds);
  const before = nextIndex === -1 ? path.at(-1) : path[nextIndex - 1];
  const after = path[nextIndex];
  if (!before) return after?.box ?? (clue.kind === 'object' ? clue.box : null);
  if (!after) return before.box;
  const share =
    (timeSeconds - before.timestampSeconds) / (after.timestampSeconds - before.timestampSeconds);
  const between = (corner: 0 | 1 | 2 | 3): number =>
    before.box[corner] + share * (after.box[corner] - before.box[corner]);
  return [between(0), between(1), between(2), between(3)];
}
