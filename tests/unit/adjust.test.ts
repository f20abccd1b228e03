import { describe, expect, it } from 'vitest';
import { adjusted, countedWords, newClue, timesProblem, usualLabel } from '../../src/clues/adjust';
import type { EventClue, ObjectClue } from '../../src/clues/clue';
import { clueSpan } from '../../src/clues/clue-time';
import { edit, reviewOf, type Edit, type Review } from '../../src/clues/review';
import { editWords, stateWords } from '../../src/ui/clue-words';
import { editForKey, sliderTarget, toggled } from '../../src/ui/edit-keys';
import { listHeight, rowsInSight, topOf } from '../../src/ui/list-window';
import { eventClue } from '../fixtures/fake-reasoner';

const bark: EventClue = { kind: 'event', startSeconds: 2, endSeconds: 3, label: 'bark' };
const car: ObjectClue = {
  kind: 'object',
  timestampSeconds: 2,
  box: [0, 0, 10, 10],
  label: 'car',
  path: [
    { timestampSeconds: 2, box: [0, 0, 10, 10] },
    { timestampSeconds: 6, box: [40, 0, 50, 10] },
  ],
};

describe('adjusted', () => {
  it.each([
    ['move', 4, [4, 5]],
    ['move', -3, [0, 1]],
    ['move', 99, [9, 10]],
    ['start', 2.5, [2.5, 3]],
    ['start', 8, [2.99, 3]],
    ['start', -1, [0, 3]],
    ['end', 4, [2, 4]],
    ['end', 1, [2, 2.01]],
    ['end', 40, [2, 10]],
  ] as const)('%s to %f s', (grip, to, span) =>
    expect(clueSpan(adjusted(bark, grip, to, 10))).toEqual(span),
  );

  it('moves the first sighting of an object, which is then where it was seen', () => {
    const later = adjusted(car, 'move', 4, 10) as ObjectClue;
    expect(later.timestampSeconds).toBe(4);
    expect(later.box).toEqual([20, 0, 30, 10]);
    expect(later.path?.map(({ timestampSeconds }) => timestampSeconds)).toEqual([6]);
    const earlier = adjusted(car, 'move', 1, 10) as ObjectClue;
    expect(earlier.box).toEqual(car.box);
    expect(earlier.path).toEqual(car.path);
    const gone = adjusted(car, 'move', 8, 10) as ObjectClue;
    expect(gone.path).toBeUndefined();
    expect(clueSpan(gone)).toEqual([8, 8]);
  });
});

describe('what the visitor types', () => {
  it.each([
    [1, 2, null],
    [2, 2, null],
    [0, 10, null],
    [NaN, 2, 'not-a-time'],
    [3, 2, 'end-before-start'],
    [-1, 2, 'outside'],
    [1, 10.5, 'outside'],
  ])('%f to %f: %s', (from, to, problem) => expect(timesProblem(from, to, 10)).toBe(problem));
});

describe('a new clue', () => {
  it('is as long as the others usually are, and ends with the clip', () => {
    const clues = [0.2, 0.4, 3].map((length) => ({ ...bark, endSeconds: 2 + length }));
    expect(newClue(clues, 'bark', 5, 10)).toEqual({
      ...{ kind: 'event', label: 'bark', startSeconds: 5, endSeconds: 5.4 },
    });
    expect(clueSpan(newClue(clues, 'bark', 9.9, 10))).toEqual([9.9, 10]);
    expect(clueSpan(newClue([], 'bark', 1, 10))).toEqual([1, 1.5]);
  });

  it('is named as most are, or as the question has it', () => {
    expect(usualLabel([car, bark, bark])).toBe('bark');
    expect(usualLabel([])).toBeNull();
    expect(countedWords('How many dog barks are there?')).toBe('dog barks');
    expect(countedWords('how many times does the bell ring?')).toBe('bell ring');
    expect(countedWords('Count the dogs')).toBeNull();
  });
});

describe('keys on a clue', () => {
  const [reviewed] = reviewOf([bark]).clues;
  const pressed = (keys: Partial<KeyboardEvent>): KeyboardEvent => keys as KeyboardEvent;
  const spanAfter = (keys: Partial<KeyboardEvent>): unknown => {
    const done = editForKey(pressed(keys), reviewed!, 10)?.edit;
    return done?.kind === 'change' ? clueSpan(done.clue) : done;
  };

  it.each([
    [{ key: 'ArrowRight', altKey: true }, [2.05, 3.05]],
    [{ key: 'ArrowLeft', altKey: true, shiftKey: true }, [1.5, 2.5]],
    [{ key: 'ArrowRight', ctrlKey: true }, [2, 3.05]],
    [{ key: 'ArrowLeft', metaKey: true, shiftKey: true }, [2, 2.5]],
  ])('%j', (keys, span) => expect(spanAfter(keys)).toEqual(span));

  it('judges, and takes its verdict back', () => {
    expect(spanAfter({ key: 'y' })).toEqual({ kind: 'judge', id: 1, verdict: 'accepted' });
    expect(spanAfter({ key: 'Delete' })).toEqual({ kind: 'judge', id: 1, verdict: 'rejected' });
    expect(toggled({ id: 1, verdict: 'rejected' }, 'rejected')).toMatchObject({ verdict: 'open' });
  });

  it('leaves every other key alone, and edges as they are', () => {
    for (const keys of [
      ...[{ key: 'ArrowRight' }, { key: 'x', ctrlKey: true }, { key: 'q' }],
      { key: 'ArrowRight', ctrlKey: true, altKey: true },
    ]) {
      expect(spanAfter(keys)).toBeUndefined();
    }
    const atEnd = { ...reviewed!, clue: { ...bark, startSeconds: 9, endSeconds: 10 } };
    expect(editForKey(pressed({ key: 'ArrowRight', altKey: true }), atEnd, 10)).toBeNull();
    const thing = { ...reviewed!, clue: car };
    expect(editForKey(pressed({ key: 'ArrowRight', ctrlKey: true }), thing, 10)).toBeNull();
  });

  it('goes on with the step before while it is held', () => {
    const held = editForKey(
      pressed({ key: 'ArrowRight', altKey: true, repeat: true }),
      reviewed!,
      10,
    );
    expect(held?.edit).toMatchObject({ joins: true });
    expect(held?.seekSeconds).toBe(2.05);
  });

  it('knows the keys of a slider', () => {
    expect(sliderTarget('PageUp', 5, 0.1, 10)).toBe(6);
    expect(sliderTarget('x', 5, 0.1, 10)).toBeUndefined();
  });
});

describe('what is said of an edit', () => {
  const start = reviewOf([eventClue(1), eventClue(3), eventClue(5)]);
  const said = (...steps: Edit[]): string => {
    const before = steps.slice(0, -1).reduce(edit, start);
    return editWords(before, edit(before, steps.at(-1)!), 'event');
  };
  const reject: Edit = { kind: 'judge', id: 3, verdict: 'rejected' };
  const add: Edit = { kind: 'add', clue: eventClue(4) };

  it.each<[string, Edit[], string]>([
    ['a rejection', [reject], 'Clue 3 rejected. The count is now 2.'],
    [
      'a restoration',
      [reject, { ...reject, verdict: 'open' }],
      'Clue 3 restored. The count is now 3.',
    ],
    ['a consent', [{ ...reject, verdict: 'accepted' }], 'Clue 3 accepted. The count is now 3.'],
    ['an addition', [add], 'dog bark added at 0:04.00, as clue 3. The count is now 4.'],
    [
      ...(['a removal', [add, { kind: 'judge', id: 4, verdict: 'rejected' }]] as [string, Edit[]]),
      'Your clue is removed. The count is now 3.',
    ],
    [
      ...(['a change', [{ kind: 'change', id: 1, clue: eventClue(2) }]] as [string, Edit[]]),
      'Clue 1 is now dog bark, 0:02.00 to 0:02.30. The count is now 3.',
    ],
    ['an undo', [reject, { kind: 'undo' }], 'Undone. The count is now 3.'],
    ['a redo', [reject, { kind: 'undo' }, { kind: 'redo' }], 'Done again. The count is now 2.'],
    [
      ...([
        'a way back',
        [reject, add, { kind: 'reset', clues: start.clues.map((c) => c.clue) }],
      ] as [string, Edit[]]),
      'Back to what the model said. The count is now 3.',
    ],
  ])('%s', (_name, steps, words) => expect(said(...steps)).toBe(words));

  it('is nothing where nothing changed', () => expect(editWords(start, start, 'event')).toBe(''));

  it('names every state of a clue', () => {
    const review: Review = [
      reject,
      add,
      { kind: 'change', id: 1, clue: eventClue(2) } as Edit,
    ].reduce(edit, start);
    expect(review.clues.map(stateWords)).toEqual([
      ...[['changed by you'], [], ['added by you'], ['rejected']],
    ]);
  });
});

describe('a long list', () => {
  const list = { count: 5000, rowHeight: 60, open: 10, extra: 200 };
  it('makes room below the row that is open', () => {
    expect(topOf(list, 10)).toBe(600);
    expect(topOf(list, 11)).toBe(860);
    expect(listHeight(list)).toBe(300_200);
    expect(topOf({ ...list, open: -1 }, 11)).toBe(660);
  });
  it('renders what is in sight, and what must be there', () => {
    const rows = rowsInSight(list, 30_000, 600, [0, 4999, -1]);
    expect(rows.length).toBeLessThan(40);
    expect([rows[0], rows.at(-1)]).toEqual([0, 4999]);
    // Every row of which a pixel is in sight.
    for (let index = 0; index < list.count; index += 1) {
      const top = topOf(list, index);
      if (top + list.rowHeight > 30_000 && top < 30_600) expect(rows).toContain(index);
    }
  });
});
