import type { Clue } from './clue';
import { boxAt, clueSpan } from './clue-time';

/** What of a clue is taken hold of: all of it, or one of its ends. */
export type Grip = 'move' | 'start' | 'end';

/** An event that a drag shortens stays at least this long, so that it can be taken hold of again. */
const leastSeconds = 0.01;

/**
 * The clue with what is held brought to a moment: `move` and `start` say where it begins, `end` where
 * it ends. It stays inside `0…endSeconds`. An object has one moment, its first sighting.
 */
export function adjusted(clue: Clue, grip: Grip, toSeconds: number, endSeconds: number): Clue {
  if (clue.kind === 'object') return sightedAt(clue, within(toSeconds, 0, endSeconds));
  const { startSeconds: from, endSeconds: to } = clue;
  if (grip === 'move') {
    const startSeconds = within(toSeconds, 0, endSeconds - (to - from));
    return { ...clue, startSeconds, endSeconds: rounded(startSeconds + to - from) };
  }
  if (grip === 'start') {
    return { ...clue, startSeconds: within(toSeconds, 0, to - leastSeconds) };
  }
  return { ...clue, endSeconds: within(toSeconds, from + leastSeconds, endSeconds) };
}

/** Sightings before the new first one go: nothing is seen before its first appearance. */
function sightedAt(clue: Extract<Clue, { kind: 'object' }>, timestampSeconds: number): Clue {
  const { path, ...rest } = clue;
  const later = path?.filter((sighting) => sighting.timestampSeconds >= timestampSeconds) ?? [];
  const box = boxAt(clue, timestampSeconds) ?? clue.box;
  return { ...rest, timestampSeconds, box, ...(later.length > 0 && { path: later }) };
}

export type TimesProblem = 'not-a-time' | 'outside' | 'end-before-start';

/** What is wrong with times that were typed, or null. An object's `to` is its `from`. */
export function timesProblem(from: number, to: number, endSeconds: number): TimesProblem | null {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return 'not-a-time';
  if (to < from) return 'end-before-start';
  return from < 0 || to > endSeconds + 0.005 ? 'outside' : null;
}

/** A clue of the visitor's own at a moment, as long as the other events of the answer usually are. */
export function newClue(
  clues: readonly Clue[],
  label: string,
  atSeconds: number,
  endSeconds: number,
): Clue {
  const lengths = clues
    .filter(({ kind }) => kind === 'event')
    .map((clue) => clueSpan(clue)[1] - clueSpan(clue)[0])
    .sort((a, b) => a - b);
  const usual = lengths[Math.floor(lengths.length / 2)] ?? 0.5;
  const startSeconds = rounded(within(atSeconds, 0, endSeconds));
  const length = Math.max(leastSeconds, usual);
  return {
    kind: 'event',
    startSeconds,
    endSeconds: rounded(within(startSeconds + length, startSeconds, endSeconds)),
    label,
  };
}

/** The label that most of the clues carry, of equals the first; null where there is no clue. */
export function usualLabel(clues: readonly Clue[]): string | null {
  const counts = new Map<string, number>();
  for (const { label } of clues) counts.set(label, (counts.get(label) ?? 0) + 1);
  let best: string | null = null;
  for (const [label, count] of counts) {
    if (best === null || count > (counts.get(best) ?? 0)) best = label;
  }
  return best;
}

/** Later bounds win: in a file shorter than the clue, it begins at 0. */
function within(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** Sums of hundredths without their binary tail. */
function rounded(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}

/**
 * What a question counts, in its own words, or null: “How many dog barks are there?” → `dog barks`,
 * “How many times does the bell ring?” → `bell ring`.
 */
export function countedWords(question: string): string | null {
  const times = /how many times (?:do|does|did|is|are|was|were) (?:the |an? )?(.+?)(?:\?|$)/i;
  const things = /how many (.+?)(?: (?:are|is|do|does|did|can|were|was|has|have|in|on|at)\b|\?|$)/i;
  const match = times.exec(question) ?? things.exec(question);
  return match?.[1]?.trim() || null;
}
