import { describe, expect, it } from 'vitest';
import {
  countOf,
  edit,
  emptyReview,
  isChanged,
  keptClues,
  reviewOf,
  withModelClue,
  type Edit,
  type Review,
} from '../../src/clues/review';
import { eventClue } from '../fixtures/fake-reasoner';

const start = reviewOf([eventClue(1), eventClue(3), eventClue(5)]);
const after = (...steps: Edit[]): Review => steps.reduce(edit, start);
const times = ({ clues }: Review): number[] =>
  clues.map(({ clue }) => (clue.kind === 'event' ? clue.startSeconds : clue.timestampSeconds));

describe('a review', () => {
  it('begins as what the model said', () => {
    expect(times(start)).toEqual([1, 3, 5]);
    expect(start.clues.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(isChanged(start)).toBe(false);
    expect(countOf(start, 'event')).toBe(3);
  });

  it('keeps the order of time, whatever the order of arrival', () => {
    expect(times(withModelClue(start, eventClue(2)))).toEqual([1, 2, 3, 5]);
    expect(times(reviewOf([eventClue(4), eventClue(2)]))).toEqual([2, 4]);
  });

  it('counts what is not rejected; accepting changes nothing', () => {
    const rejected = after({ kind: 'judge', id: 2, verdict: 'rejected' });
    expect(countOf(rejected, 'event')).toBe(2);
    expect(isChanged(rejected)).toBe(true);
    expect(rejected.clues).toHaveLength(3);
    expect(keptClues(rejected).map(({ id }) => id)).toEqual([1, 3]);
    const accepted = after({ kind: 'judge', id: 2, verdict: 'accepted' });
    expect(isChanged(accepted)).toBe(false);
    expect(countOf(accepted, 'event')).toBe(3);
  });

  it('takes a verdict back', () => {
    const steps: Edit[] = [
      { kind: 'judge', id: 2, verdict: 'rejected' },
      { kind: 'judge', id: 2, verdict: 'open' },
    ];
    expect(after(...steps).clues).toEqual(start.clues);
  });

  it('adds a clue in its place, and forgets it when it is rejected', () => {
    const added = after({ kind: 'add', clue: eventClue(4) });
    expect(times(added)).toEqual([1, 3, 4, 5]);
    expect(added.clues[2]).toMatchObject({ id: 4, origin: 'visitor' });
    expect(countOf(added, 'event')).toBe(4);
    const gone = edit(added, { kind: 'judge', id: 4, verdict: 'rejected' });
    expect(gone.clues).toEqual(start.clues);
  });

  it('moves a clue, which keeps its id and finds its new place', () => {
    const moved = after({ kind: 'change', id: 1, clue: eventClue(4) });
    expect(times(moved)).toEqual([3, 4, 5]);
    expect(moved.clues[1]).toMatchObject({ id: 1, moved: true });
    expect(isChanged(moved)).toBe(true);
    expect(countOf(moved, 'event')).toBe(3);
  });

  it('undoes and redoes, and a new step ends what could be redone', () => {
    const reject: Edit = { kind: 'judge', id: 1, verdict: 'rejected' };
    const done = after(reject, { kind: 'add', clue: eventClue(9) });
    const undone = edit(edit(done, { kind: 'undo' }), { kind: 'undo' });
    expect(undone.clues).toEqual(start.clues);
    expect(edit(undone, { kind: 'undo' })).toBe(undone);
    const redone = edit(edit(undone, { kind: 'redo' }), { kind: 'redo' });
    expect(redone.clues).toEqual(done.clues);
    expect(edit(redone, { kind: 'redo' })).toBe(redone);
    const other = edit(edit(done, { kind: 'undo' }), { kind: 'add', clue: eventClue(7) });
    expect(other.future).toEqual([]);
  });

  it('goes back to what the model said in one step, which can be undone', () => {
    const changed = after(
      { kind: 'judge', id: 2, verdict: 'rejected' },
      { kind: 'change', id: 1, clue: eventClue(4) },
      { kind: 'add', clue: eventClue(9) },
    );
    const clues = [eventClue(1), eventClue(3), eventClue(5)];
    const reset = edit(changed, { kind: 'reset', clues });
    expect(reset.clues).toEqual(start.clues);
    expect(isChanged(reset)).toBe(false);
    expect(edit(reset, { kind: 'undo' }).clues).toBe(changed.clues);
    expect(edit(start, { kind: 'reset', clues })).toBe(start);
  });

  it('takes a key that is held down for one step', () => {
    const first: Edit = { kind: 'change', id: 1, clue: eventClue(1.05) };
    const next: Edit = { kind: 'change', id: 1, clue: eventClue(1.1), joins: true };
    const moved = after(first, next, { ...next, clue: eventClue(1.15) });
    expect(times(moved)[0]).toBe(1.15);
    expect(edit(moved, { kind: 'undo' }).clues).toEqual(start.clues);
  });

  it('takes a step that changes nothing for none', () => {
    expect(after({ kind: 'judge', id: 99, verdict: 'rejected' })).toBe(start);
    expect(after({ kind: 'judge', id: 1, verdict: 'open' })).toBe(start);
  });

  it('counts kinds for an attribute', () => {
    const cars = ['red car', 'blue car', 'red car'].map((label, at) => eventClue(at, label));
    const review = reviewOf(cars);
    expect(countOf(review, 'attribute')).toBe(2);
    const [, blue] = review.clues;
    const less = edit(review, { kind: 'judge', id: blue!.id, verdict: 'rejected' });
    expect(countOf(less, 'attribute')).toBe(1);
    expect(countOf(emptyReview, 'attribute')).toBe(0);
  });

  it('remembers a bounded number of steps', () => {
    let review = start;
    for (let i = 0; i < 500; i += 1) review = edit(review, { kind: 'add', clue: eventClue(i) });
    expect(review.past.length).toBeLessThanOrEqual(200);
  });
});
