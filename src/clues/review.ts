import type { Category, Clue } from './clue';

/** A clue as the visitor sees it: what the model or the visitor said, and what the visitor made of it. */
export interface ReviewedClue {
  /** Unique within its review; it stays when the clue is moved. */
  readonly id: number;
  readonly clue: Clue;
  readonly origin: 'model' | 'visitor';
  readonly verdict: 'open' | 'accepted' | 'rejected';
  /** True once the visitor has changed its times, box or label. */
  readonly moved: boolean;
}

/** The evidence of one answer under the visitor's hands. The newest state is the last of `past`'s. */
export interface Review {
  /** By their start. */
  readonly clues: readonly ReviewedClue[];
  readonly past: readonly (readonly ReviewedClue[])[];
  readonly future: readonly (readonly ReviewedClue[])[];
}

export type Edit =
  /** `open` takes a verdict back. */
  | { readonly kind: 'judge'; readonly id: number; readonly verdict: ReviewedClue['verdict'] }
  | { readonly kind: 'add'; readonly clue: Clue }
  | {
      readonly kind: 'change';
      readonly id: number;
      readonly clue: Clue;
      /** Goes on with the step before, as a key that is held down does: one undo takes both back. */
      readonly joins?: boolean;
    }
  /** Back to what the model said; `clues` are its own. */
  | { readonly kind: 'reset'; readonly clues: readonly Clue[] }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

/** Older steps than these are forgotten. */
const mostSteps = 200;

const untouched = { verdict: 'open', moved: false } as const;

export const emptyReview: Review = { clues: [], past: [], future: [] };

/** The review of clues that nobody has looked at yet. */
export function reviewOf(clues: readonly Clue[]): Review {
  const all = clues.map((clue, at) => ({
    ...untouched,
    id: at + 1,
    clue,
    origin: 'model' as const,
  }));
  return { ...emptyReview, clues: all.sort((a, b) => startOf(a.clue) - startOf(b.clue)) };
}

/** The review with one more clue of the model; not a step of the visitor. */
export function withModelClue(review: Review, clue: Clue): Review {
  return { ...review, clues: inserted(review.clues, clue, 'model') };
}

/** The review after the visitor's step. A step that changes nothing is none. */
export function edit(review: Review, step: Edit): Review {
  const { clues, past, future } = review;
  switch (step.kind) {
    case 'undo': {
      const before = past.at(-1);
      return before
        ? { clues: before, past: past.slice(0, -1), future: [clues, ...future] }
        : review;
    }
    case 'redo': {
      const [next, ...rest] = future;
      return next ? { clues: next, past: [...past, clues], future: rest } : review;
    }
    default: {
      const next = stepped(clues, step);
      if (next === clues) return review;
      const joins = step.kind === 'change' && step.joins === true && past.length > 0;
      return {
        clues: next,
        past: joins ? past : [...past, clues].slice(-mostSteps),
        future: [],
      };
    }
  }
}

type Step = Exclude<Edit, { kind: 'undo' | 'redo' }>;

function stepped(clues: readonly ReviewedClue[], step: Step): readonly ReviewedClue[] {
  if (step.kind === 'add') return inserted(clues, step.clue, 'visitor');
  if (step.kind === 'reset') {
    return clues.every(isUntouched) ? clues : reviewOf(step.clues).clues;
  }
  const at = clues.findIndex(({ id }) => id === step.id);
  const found = clues[at];
  if (!found) return clues;
  if (step.kind === 'judge') {
    // What the visitor added and throws away again is gone: there is nothing to reject.
    if (step.verdict === 'rejected' && found.origin === 'visitor') return clues.toSpliced(at, 1);
    if (step.verdict === found.verdict) return clues;
    return clues.with(at, { ...found, verdict: step.verdict });
  }
  return placed(clues.toSpliced(at, 1), { ...found, clue: step.clue, moved: true });
}

function isUntouched({ origin, verdict, moved }: ReviewedClue): boolean {
  return origin === 'model' && verdict === 'open' && !moved;
}

function inserted(
  clues: readonly ReviewedClue[],
  clue: Clue,
  origin: ReviewedClue['origin'],
): readonly ReviewedClue[] {
  const id = clues.reduce((most, { id }) => Math.max(most, id), 0) + 1;
  return placed(clues, { ...untouched, id, clue, origin });
}

/** In order of their start; of equals, the newcomer last. */
function placed(clues: readonly ReviewedClue[], newcomer: ReviewedClue): readonly ReviewedClue[] {
  const start = startOf(newcomer.clue);
  const after = clues.findLastIndex(({ clue }) => startOf(clue) <= start);
  return clues.toSpliced(after + 1, 0, newcomer);
}

function startOf(clue: Clue): number {
  return clue.kind === 'event' ? clue.startSeconds : clue.timestampSeconds;
}

/** What counts: everything that was not rejected. */
export function keptClues(review: Review): readonly ReviewedClue[] {
  return review.clues.filter(({ verdict }) => verdict !== 'rejected');
}

/** Whether anything differs from what the model said; a mere “accepted” does not. */
export function isChanged({ clues }: Review): boolean {
  return clues.some(
    ({ origin, verdict, moved }) => origin === 'visitor' || verdict === 'rejected' || moved,
  );
}

/**
 * The count that the evidence gives: one per clue that is kept; for an attribute, one per different
 * label, as its clues are grouped (“red car”, “blue car”).
 */
export function countOf(review: Review, category: Category | null): number {
  const kept = keptClues(review);
  if (category !== 'attribute') return kept.length;
  return new Set(kept.map(({ clue }) => clue.label)).size;
}
