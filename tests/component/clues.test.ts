import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Clue } from '../../src/clues/clue';
import { edit, reviewOf, type Edit } from '../../src/clues/review';
import '../../src/ui/av-clues';
import type { AvClues } from '../../src/ui/av-clues';
import { eventClue } from '../fixtures/fake-reasoner';
import { auditPage, inside, mount, nextEvent } from './mount';

const told = [eventClue(1), eventClue(2), eventClue(3, 'cough')];
const { clues } = reviewOf(told);
const car: Clue = { kind: 'object', timestampSeconds: 6, box: [0, 0, 9, 9], label: 'car' };
const judged = (
  [
    { kind: 'judge', id: 1, verdict: 'accepted' },
    { kind: 'judge', id: 2, verdict: 'rejected' },
    { kind: 'change', id: 3, clue: eventClue(3.5, 'cough') },
    { kind: 'add', clue: eventClue(9) },
  ] as Edit[]
).reduce(edit, reviewOf([...told, car, { ...eventClue(8), confidence: 0.2 }])).clues;

function press(target: Element, key: string, keys: KeyboardEventInit = {}): void {
  const options = { key, bubbles: true, composed: true, cancelable: true, ...keys };
  target.dispatchEvent(new KeyboardEvent('keydown', options));
}

function editsOf(list: AvClues): Edit[] {
  const edits: Edit[] = [];
  list.addEventListener('av-edit', (event) => edits.push(event.edit));
  return edits;
}

const entry = (list: AvClues, number: number): HTMLElement =>
  inside(list, `[data-clue="${number}"]`);
const focusOf = (list: AvClues): Element | null => list.shadowRoot?.activeElement ?? null;

describe('av-clues', () => {
  it('is accessible in every state', async () => {
    const list = await mount<AvClues>('av-clues', { clues, current: 1 });
    await auditPage();
    list.clues = judged;
    list.editable = true;
    list.undoable = true;
    await list.updateComplete;
    await auditPage();
    inside(list, '.adjust').click();
    await list.updateComplete;
    await auditPage();
    list.clues = [];
    await list.updateComplete;
    await auditPage();
  });

  it('says every state in words, which are in the name of the entry', async () => {
    const list = await mount<AvClues>('av-clues', { clues: judged, editable: true });
    const words = (number: number): string =>
      entry(list, number).textContent.replace(/\s+/g, ' ').trim();
    expect(words(1)).toContain('accepted');
    expect(words(2)).toContain('rejected');
    expect(words(3)).toContain('changed by you');
    expect(words(4)).toMatch(/seen/);
    expect(words(5)).toMatch(/heard · 20 % sure/);
    expect(words(6)).toContain('added by you');
    const label = inside(list, '[data-clue="2"] .label');
    expect(getComputedStyle(label).textDecorationLine).toBe('line-through');
    expect(inside(list, 'li[data-index="1"] .reject').ariaLabel).toBe('Restore clue 2');
    expect(inside(list, 'li[data-index="5"] .reject').ariaLabel).toBe('Remove clue 6');
  });

  it('asks for the moment of the entry that is clicked', async () => {
    const list = await mount<AvClues>('av-clues', { clues });
    const asked = nextEvent('av-seek');
    entry(list, 2).click();
    expect(await asked).toMatchObject({ timeSeconds: 2, clueId: 2 });
  });

  it('marks the current one and walks with the arrows', async () => {
    const list = await mount<AvClues>('av-clues', { clues, current: 2 });
    expect(inside(list, '[aria-current]').dataset['clue']).toBe('3');
    entry(list, 1).focus();
    press(entry(list, 1), 'ArrowDown');
    expect(focusOf(list)).toBe(entry(list, 2));
    await list.updateComplete;
    press(entry(list, 2), 'End');
    expect(focusOf(list)).toBe(entry(list, 3));
    await list.updateComplete;
    expect(list.shadowRoot?.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
  });

  it('is four stops for Tab, however many entries there are', async () => {
    const many = reviewOf(Array.from({ length: 30 }, (_, at) => eventClue(at)));
    const list = await mount<AvClues>('av-clues', { clues: many.clues, editable: true });
    expect(list.shadowRoot?.querySelectorAll('ol [tabindex="0"]')).toHaveLength(4);
    entry(list, 7).focus();
    await list.updateComplete;
    expect(list.shadowRoot?.querySelectorAll('ol [tabindex="0"]')).toHaveLength(4);
    await userEvent.keyboard('{Tab}');
    expect(focusOf(list)?.ariaLabel).toBe('Accept clue 7');
    await userEvent.keyboard('{ArrowRight}');
    expect(focusOf(list)?.ariaLabel).toBe('Reject clue 7');
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(focusOf(list)).toBe(entry(list, 7));
  });

  it('judges by click and by key', async () => {
    const list = await mount<AvClues>('av-clues', { clues, editable: true });
    const edits = editsOf(list);
    inside(list, 'li[data-index="1"] .reject').click();
    inside(list, 'li[data-index="0"] .accept').click();
    press(entry(list, 3), 'y');
    press(entry(list, 3), 'x');
    expect(edits).toEqual([
      { kind: 'judge', id: 2, verdict: 'rejected' },
      { kind: 'judge', id: 1, verdict: 'accepted' },
      { kind: 'judge', id: 3, verdict: 'accepted' },
      { kind: 'judge', id: 3, verdict: 'rejected' },
    ]);
  });

  it('nudges by key and shows the moment', async () => {
    const list = await mount<AvClues>('av-clues', { clues, editable: true, endSeconds: 10 });
    const edits = editsOf(list);
    const sought = nextEvent('av-seek');
    press(entry(list, 2), 'ArrowRight', { altKey: true });
    expect(await sought).toMatchObject({ timeSeconds: 2.05, clueId: 2 });
    press(entry(list, 2), 'ArrowLeft', { ctrlKey: true, shiftKey: true });
    expect(edits).toMatchObject([
      { kind: 'change', id: 2, clue: { startSeconds: 2.05 } },
      { kind: 'change', id: 2, clue: { startSeconds: 2, endSeconds: 2.01 } },
    ]);
  });

  it('does nothing to clues that may not be edited', async () => {
    const list = await mount<AvClues>('av-clues', { clues });
    const edits = editsOf(list);
    press(entry(list, 2), 'x');
    press(entry(list, 2), 'ArrowRight', { altKey: true });
    press(entry(list, 2), 'e');
    await list.updateComplete;
    expect(edits).toEqual([]);
    expect(list.shadowRoot?.querySelector('av-clue-form, .tool, #add, #undo')).toBeNull();
  });

  it('keeps the focus on a clue that changes its place, and beside one that goes', async () => {
    let review = edit(reviewOf(told), { kind: 'add', clue: eventClue(2.5) });
    const list = await mount<AvClues>('av-clues', { clues: review.clues, editable: true });
    list.endSeconds = 10;
    list.addEventListener('av-edit', (event) => {
      review = edit(review, event.edit);
      list.clues = review.clues;
    });
    entry(list, 1).focus();
    await userEvent.keyboard('{Alt>}{Shift>}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}{/Alt}');
    await list.updateComplete;
    await vi.waitFor(() => expect(focusOf(list)).toBe(entry(list, 3)));
    expect(entry(list, 3).textContent).toContain('changed by you');
    entry(list, 2).focus();
    await list.updateComplete;
    const added = review.clues.findIndex(({ origin }) => origin === 'visitor');
    entry(list, added + 1).focus();
    await userEvent.keyboard('x');
    await vi.waitFor(() => expect(list.clues).toHaveLength(3));
    await vi.waitFor(() => expect(focusOf(list)?.classList.contains('clue')).toBe(true));
  });

  it('asks for a clue, an undo and a redo', async () => {
    const list = await mount<AvClues>('av-clues', { clues, editable: true, undoable: true });
    const added = nextEvent('av-add-clue');
    inside(list, '#add').click();
    expect((await added).timeSeconds).toBeNull();
    expect(inside<HTMLButtonElement>(list, '#redo').disabled).toBe(true);
    const undone = nextEvent('av-edit');
    inside(list, '#undo').click();
    expect((await undone).edit).toEqual({ kind: 'undo' });
  });
});

describe('the form of a clue', () => {
  async function openForm(index: number) {
    const list = await mount<AvClues>('av-clues', {
      ...{ clues: reviewOf([...told, car]).clues, editable: true, endSeconds: 10 },
    });
    entry(list, index + 1).focus();
    press(entry(list, index + 1), 'e');
    const form = await vi.waitFor(() => inside(list, 'av-clue-form'));
    await vi.waitFor(() => expect(form.shadowRoot?.activeElement?.id).toBe('from'));
    return { list, form, edits: editsOf(list) };
  }
  const fill = (form: Element, id: string, value: string): void => {
    inside<HTMLInputElement>(form, `#${id}`).value = value;
  };

  it('saves times and label as one edit and gives the focus back', async () => {
    const { list, form, edits } = await openForm(1);
    fill(form, 'from', '2,25');
    fill(form, 'to', '4');
    fill(form, 'label', ' howl ');
    await userEvent.keyboard('{Enter}');
    expect(edits).toMatchObject([
      { kind: 'change', id: 2, clue: { startSeconds: 2.25, endSeconds: 4, label: 'howl' } },
    ]);
    await vi.waitFor(() => expect(focusOf(list)).toBe(entry(list, 2)));
    expect(list.shadowRoot?.querySelector('av-clue-form')).toBeNull();
  });

  it.each([
    ['from', '3', 'end-before-start'],
    ['to', '11', 'outside'],
    ['from', '-1', 'outside'],
    ['to', 'soon', 'not-a-time'],
    ['to', '', 'not-a-time'],
    ['label', ' ', 'no-label'],
  ])('says what is wrong with %s = “%s”', async (id, value, problem) => {
    const { form, edits } = await openForm(1);
    fill(form, id, value);
    inside(form, '#save').click();
    await vi.waitFor(() => expect(inside(form, '#problem').dataset['problem']).toBe(problem));
    expect(inside(form, '#problem').textContent.trim()).not.toBe('');
    expect(edits).toEqual([]);
    await auditPage();
  });

  it('closes by Escape without an edit, and edits nothing where nothing was changed', async () => {
    const { list, edits } = await openForm(0);
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(focusOf(list)).toBe(entry(list, 1)));
    const again = await openForm(0);
    inside(again.form, '#save').click();
    expect([...edits, ...again.edits]).toEqual([]);
  });

  it('has one moment for a thing, and letters are letters in it', async () => {
    const { list, form, edits } = await openForm(3);
    expect(form.shadowRoot?.querySelector('#to')).toBeNull();
    await userEvent.keyboard('x');
    expect(edits).toEqual([]);
    fill(form, 'from', '7.5');
    inside(form, '#save').click();
    expect(edits).toMatchObject([{ kind: 'change', id: 4, clue: { timestampSeconds: 7.5 } }]);
    await list.updateComplete;
  });
});

describe('5,000 clues', () => {
  const many = reviewOf(Array.from({ length: 5000 }, (_, at) => eventClue(at))).clues;
  const mountMany = (): Promise<AvClues> =>
    mount<AvClues>('av-clues', { clues: many, editable: true, endSeconds: 6000 });
  const rows = (list: AvClues): HTMLElement[] => [
    ...(list.shadowRoot?.querySelectorAll<HTMLElement>('li') ?? []),
  ];

  it('are rendered only where they are in sight, and say how many they are', async () => {
    const list = await mountMany();
    expect(rows(list).length).toBeLessThan(60);
    expect(rows(list)[0]?.getAttribute('aria-setsize')).toBe('5000');
    expect(rows(list)[3]?.getAttribute('aria-posinset')).toBe('4');
    await auditPage();
    const scroller = inside(list, '.scroller');
    scroller.scrollTop = scroller.scrollHeight / 2;
    await vi.waitFor(() => expect(inside(list, '[data-clue="2505"]')).toBeTruthy());
    expect(rows(list).length).toBeLessThan(60);
    // What is in sight is where the scroller looks.
    const seen = inside(list, '[data-clue="2505"]').getBoundingClientRect();
    const box = scroller.getBoundingClientRect();
    expect(seen.top).toBeGreaterThan(box.top - seen.height);
    expect(seen.bottom).toBeLessThan(box.bottom + seen.height);
    await auditPage();
  });

  it('are walked to their end and back by key', async () => {
    const list = await mountMany();
    entry(list, 1).focus();
    await userEvent.keyboard('{End}');
    await vi.waitFor(() => expect(focusOf(list)).toBe(entry(list, 5000)));
    await userEvent.keyboard('{ArrowUp}');
    await vi.waitFor(() => expect(focusOf(list)).toBe(entry(list, 4999)));
    await userEvent.keyboard('{Home}');
    await vi.waitFor(() => expect(focusOf(list)).toBe(entry(list, 1)));
  });

  it('show the current one, and make room for a form', async () => {
    const list = await mountMany();
    list.current = 3000;
    await list.updateComplete;
    await vi.waitFor(() => {
      const box = inside(list, '.scroller').getBoundingClientRect();
      const shown = entry(list, 3001).getBoundingClientRect();
      expect(shown.bottom).toBeLessThanOrEqual(box.bottom + 1);
      expect(shown.top).toBeGreaterThanOrEqual(box.top - 1);
    });
    inside(list, 'li[data-index="3000"] .adjust').click();
    await vi.waitFor(() => {
      const form = inside(list, 'av-clue-form').getBoundingClientRect();
      expect(form.height).toBeGreaterThan(100);
      expect(entry(list, 3002).getBoundingClientRect().top).toBeGreaterThanOrEqual(form.bottom - 1);
    });
  });
});
