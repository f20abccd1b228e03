import { clueSpan, isSeen } from '../clues/clue-time';
import type { Grip } from '../clues/adjust';
import type { Clue } from '../clues/clue';
import type { ReviewedClue } from '../clues/review';
import { assignLanes } from '../clues/timeline-lanes';

/** Heard; seen to move; or a thing that is there. Each has a colour, a shape and lanes of its own. */
export type MarkKind = 'heard' | 'movement' | 'object';

export interface Mark {
  /** Place in the list of clues. */
  readonly index: number;
  readonly id: number;
  readonly kind: MarkKind;
  readonly from: number;
  readonly to: number;
  readonly lane: number;
  readonly verdict: ReviewedClue['verdict'];
  readonly isUncertain: boolean;
  readonly isByVisitor: boolean;
}

export interface MarkLayout {
  /** By their start. */
  readonly marks: readonly Mark[];
  readonly laneCount: number;
  /** The longest mark: how far before a view one may begin that still reaches into it. */
  readonly longestSeconds: number;
  /** What there is among them, for the legend. */
  readonly traits: ReadonlySet<MarkTrait>;
}

export type MarkTrait = MarkKind | 'unsure' | 'accepted' | 'rejected' | 'added';

/** What is drawn in one place: a mark, or several that are too close to be told apart. */
export interface Piece {
  /** The first of them. */
  readonly mark: Mark;
  readonly count: number;
  /** Edges in pixels. */
  readonly left: number;
  readonly right: number;
}

/** A belief below this is shown as a doubt. */
export const doubtBelow = 0.6;

/** Lanes that a kind may take, by how many kinds there are. */
const mostLanes: Readonly<Record<number, number>> = { 1: 5, 2: 3, 3: 2 };

/** From top to bottom: what is seen, then, over the sound's outline, what is heard. */
const kinds: readonly MarkKind[] = ['object', 'movement', 'heard'];

/** From so many on, marks may touch: lanes are for those that overlap. */
const crowd = 300;

/** A piece of several marks is not drawn wider than this, in pixels, so that crowds keep a shape. */
const widestCrowd = 44;

/** The narrowest that a mark is drawn, in pixels. */
const leastPixels = 5;

export function markKind(clue: Clue): MarkKind {
  if (clue.kind === 'object') return 'object';
  return isSeen(clue) ? 'movement' : 'heard';
}

export function isUncertain({ confidence }: Clue): boolean {
  return confidence !== undefined && confidence < doubtBelow;
}

/** Which marks there are and in which lanes, for clues that are sorted by their start. */
export function layOutMarks(clues: readonly ReviewedClue[], endSeconds: number): MarkLayout {
  const present = kinds.filter((kind) => clues.some(({ clue }) => markKind(clue) === kind));
  const laneOf = new Array<number>(clues.length).fill(0);
  let laneCount = 0;
  for (const kind of present) {
    const own = clues.flatMap(({ clue }, index) =>
      markKind(clue) === kind ? [{ clue, index }] : [],
    );
    const assigned = assignLanes(
      own.map(({ clue }) => clue),
      clues.length < crowd ? endSeconds * 0.004 : 0,
      mostLanes[present.length] ?? 2,
    );
    own.forEach(({ index }, at) => (laneOf[index] = laneCount + (assigned.lanes[at] ?? 0)));
    laneCount += assigned.laneCount;
  }
  let longestSeconds = 0;
  const traits = new Set<MarkTrait>(present);
  const marks = clues.map(({ id, clue, verdict, origin }, index): Mark => {
    const [from, to] = clueSpan(clue);
    longestSeconds = Math.max(longestSeconds, to - from);
    if (isUncertain(clue)) traits.add('unsure');
    if (verdict !== 'open') traits.add(verdict);
    if (origin === 'visitor') traits.add('added');
    return {
      ...{ index, id, from, to, verdict, kind: markKind(clue), lane: laneOf[index] ?? 0 },
      ...{ isUncertain: isUncertain(clue), isByVisitor: origin === 'visitor' },
    };
  });
  return { marks, laneCount: Math.max(1, laneCount), longestSeconds, traits };
}

/** The marks that reach into `from…to`, in seconds. */
export function marksBetween(
  { marks, longestSeconds }: MarkLayout,
  from: number,
  to: number,
): Mark[] {
  const found: Mark[] = [];
  for (let at = firstFrom(marks, from - longestSeconds); at < marks.length; at += 1) {
    const mark = marks[at]!;
    if (mark.from > to) break;
    if (mark.to >= from) found.push(mark);
  }
  return found;
}

/** Index of the first mark that begins at `seconds` or later. */
function firstFrom(marks: readonly Mark[], seconds: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle]!.from < seconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What to draw: marks that would run into each other become one piece, so that however many there
 * are, the pieces are bounded by the pixels. Rejected ones keep to themselves; `apart` (an id) stands
 * alone in any case.
 */
export function piecesOf(
  marks: readonly Mark[],
  xOf: (seconds: number) => number,
  apart: number | null,
): Piece[] {
  const pieces: Piece[] = [];
  const open = new Map<number, { at: number; begin: number }>();
  for (const mark of marks) {
    const [left, right] = edgesOf(mark, xOf);
    const key = 2 * mark.lane + (mark.verdict === 'rejected' ? 1 : 0);
    const last = open.get(key);
    const before = last && pieces[last.at];
    const touches =
      before !== undefined &&
      mark.id !== apart &&
      right - before.left < widestCrowd &&
      (left - last!.begin < 2 ||
        (right - left < 9 && before.right - last!.begin < 9 && left < before.right + 1));
    if (touches) {
      const count = before.count + 1;
      pieces[last!.at] = { ...before, count, right: Math.max(before.right, right) };
      last!.begin = left;
    } else {
      pieces.push({ mark, count: 1, left, right });
      if (mark.id !== apart) open.set(key, { at: pieces.length - 1, begin: left });
    }
  }
  return pieces;
}

export function edgesOf(
  { from, to }: Pick<Mark, 'from' | 'to'>,
  xOf: (seconds: number) => number,
): [left: number, right: number] {
  const left = xOf(from);
  return [left, Math.max(left + leastPixels, xOf(to))];
}

export interface Hit {
  readonly mark: Mark;
  readonly grip: Grip;
}

/**
 * The mark under a pointer, or the nearest one within `slop` pixels, and what of it is taken hold of.
 * `y` counts in lanes from the top of the first: 1.5 is the middle of the second. An object has no
 * end to pull: its moment is moved.
 */
export function hitMark(
  marks: readonly Mark[],
  xOf: (seconds: number) => number,
  point: { readonly x: number; readonly y: number },
  slop: { readonly pixels: number; readonly lanes: number },
): Hit | null {
  let best: Mark | null = null;
  let bestDistance = Infinity;
  for (const mark of marks) {
    const [left, right] = edgesOf(mark, xOf);
    const across = Math.max(0, left - point.x, point.x - right);
    const down = Math.max(0, Math.abs(point.y - mark.lane - 0.5) - 0.5);
    if (across > slop.pixels || down > slop.lanes) continue;
    const distance = across + down * 20;
    // Of marks on top of each other, the one that was drawn last.
    if (distance <= bestDistance) {
      best = mark;
      bestDistance = distance;
    }
  }
  return best && { mark: best, grip: gripAt(best, edgesOf(best, xOf), point.x, slop.pixels) };
}

/** The ends of a mark reach outward, and inward where there is room for its middle, too. */
function gripAt(
  { kind }: Mark,
  [left, right]: readonly [number, number],
  x: number,
  slop: number,
): Grip {
  if (kind === 'object') return 'move';
  const inward = Math.min(slop, (right - left) / 4);
  if (x < left + inward) return 'start';
  return x > right - inward ? 'end' : 'move';
}

/** The layout with one mark at other times, in the lane that it has. */
export function withMark(layout: MarkLayout, mark: Mark): MarkLayout {
  const others = layout.marks.filter(({ id }) => id !== mark.id);
  return {
    ...layout,
    marks: others.toSpliced(firstFrom(others, mark.from), 0, mark),
    longestSeconds: Math.max(layout.longestSeconds, mark.to - mark.from),
  };
}
