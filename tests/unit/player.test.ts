import { describe, expect, it, vi } from 'vitest';
import { loopSpan } from '../../src/clues/clue-time';
import { neighbourClue } from '../../src/clues/neighbour';
import { reviewOf } from '../../src/clues/review';
import { filmFacts } from '../../src/ui/film-facts';
import { findNextFrame } from '../../src/ui/frame-step';
import { LoopRound } from '../../src/ui/loop-round';
import { nextSpeed } from '../../src/ui/player-controls';
import { findShortcut, keyCaps, type Shortcut } from '../../src/ui/shortcuts';
import { clockShift } from '../../src/ui/video-clock';
import { eventClue } from '../fixtures/fake-reasoner';

describe('clockShift', () => {
  it.each([
    ['a film that begins at 0', 0, 0, 0],
    ['a browser that keeps the clock of the media', 1.478, 1.5, 0],
    ['a browser that counts from the first picture', 1.478, 0, 1.478],
    ['a rounding', 0.005, 0, 0],
  ])('of %s', (_case, start, first, shift) => expect(clockShift(start, first)).toBe(shift));
});

describe('findNextFrame', () => {
  /** A film whose pictures begin at these moments. */
  const film = (starts: readonly number[]) => (time: number) =>
    Promise.resolve(starts.findLast((start) => start <= time) ?? starts[0]!);

  it.each([
    ['of a steady film', [0, 0.04, 0.08, 0.12], 0.04, 0.08],
    ['that comes soon', [0, 0.2, 0.21, 0.22, 0.4], 0.2, 0.21],
    ['that comes late', [0, 0.04, 2.5, 2.6], 0.04, 2.5],
    ['after which many follow', [0, 0.3, 0.31, 0.32, 0.33, 0.34], 0, 0.3],
    ['at the end', [0, 0.04, 0.08], 0.08, null],
  ])('finds the picture %s', async (_case, starts, from, next) => {
    expect(await findNextFrame(film(starts), from, 0.04, starts.at(-1)! + 0.04)).toBe(next);
  });
});

describe('LoopRound', () => {
  it('goes back when the end has come, by the clock at last', () => {
    vi.useFakeTimers();
    const goTo = vi.fn<(time: number) => void>();
    const round = new LoopRound(goTo);
    round.toggle([1, 2]);
    round.follow(1.2, 1, [1, 2]);
    vi.advanceTimersByTime(5000);
    expect(goTo).not.toHaveBeenCalled();
    round.follow(1.9, 2, [3, 4]);
    vi.advanceTimersByTime(49);
    expect(goTo).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect(goTo.mock.calls).toEqual([[1]]);
    round.follow(2.5, 1, null);
    expect(goTo).toHaveBeenCalledTimes(2);
    round.leave();
    round.follow(2.5, 1, [2, 3]);
    round.follow(3, 1, null);
    expect(goTo.mock.calls.at(-1)).toEqual([2]);
    round.toggle([2, 3]);
    round.follow(3, 1, [2, 3]);
    expect(goTo).toHaveBeenCalledTimes(3);
    vi.useRealTimers();
  });

  it('needs something to go round', () => {
    const round = new LoopRound(() => undefined);
    round.toggle(null);
    expect([round.isOn, round.restart()]).toEqual([false, false]);
  });
});

describe('what the player knows', () => {
  it('loops a moment for as long as it is shown', () => {
    expect(
      loopSpan({ kind: 'object', timestampSeconds: 3, box: [0, 0, 1, 1], label: 'x' }),
    ).toEqual([3, 3.5]);
  });

  it('goes to the clue before and after, by time', () => {
    const { clues } = reviewOf([eventClue(5), eventClue(1), eventClue(3)]);
    const starts = (current: number, time: number) =>
      ([-1, 1] as const).map((direction) => {
        const clue = neighbourClue(clues, current, time, direction)?.clue;
        return clue?.kind === 'event' ? clue.startSeconds : null;
      });
    expect(starts(1, 3)).toEqual([1, 5]);
    expect(starts(-1, 2)).toEqual([1, 3]);
    expect(starts(0, 1)).toEqual([null, 3]);
  });

  it('changes the speed by steps, between the ends', () => {
    expect([nextSpeed(1, 1), nextSpeed(2, 1), nextSpeed(0.25, -1)]).toEqual([1.5, 2, 0.25]);
  });

  it('takes the length that the browser found until the decoder has looked', () => {
    expect(filmFacts('video/webm', null, false, 7)).toMatchObject({ endSeconds: 7, canPlay: true });
    expect(filmFacts('image/png', null, false, 0)).toMatchObject({ canPlay: false });
  });
});

describe('shortcuts', () => {
  const shortcut = (keys: string[]): Shortcut => ({ keys, words: '', run: () => undefined });
  const less = shortcut(['Shift+<', '<']);
  const [space, back] = [shortcut(['Space', 'k']), shortcut(['Shift+ArrowLeft'])];
  const press = (key: string, code: string, ...held: string[]): KeyboardEvent =>
    ({ key, code, getModifierState: (name: string) => held.includes(name) }) as KeyboardEvent;
  const find = (event: KeyboardEvent) =>
    findShortcut(event, [{ words: '', shortcuts: [less, space, back] }]);

  it('are found with or without Shift, as the keyboard has it', () => {
    expect(find(press('<', 'Comma', 'Shift'))).toBe(less);
    expect(find(press('<', 'IntlBackslash'))).toBe(less);
    expect(find(press(' ', 'Space'))).toBe(space);
    expect(find(press('K', 'KeyK'))).toBe(space);
    expect(find(press('k', 'KeyK', 'Control'))).toBeNull();
    expect(find(press('ArrowLeft', 'ArrowLeft'))).toBeNull();
  });

  it('say what stands on the keys, once', () => {
    expect([less, space, back].map(keyCaps)).toEqual([['<'], ['Space', 'k'], ['⇧ ←']]);
  });
});
