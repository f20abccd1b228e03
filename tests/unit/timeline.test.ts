import { describe, expect, it } from 'vitest';
import type { EventClue, ObjectClue } from '../../src/clues/clue';
import { neighbourClue } from '../../src/clues/neighbour';
import { edit, reviewOf } from '../../src/clues/review';
import { tileTimes } from '../../src/ui/filmstrip';
import { formatExact } from '../../src/ui/format';
import {
  hitMark,
  isUncertain,
  layOutMarks,
  markKind,
  marksBetween,
  piecesOf,
  withMark,
} from '../../src/ui/timeline-marks';
import {
  heldView,
  mostZoom,
  panned,
  revealed,
  shareAt,
  snapped,
  ticksOf,
  timeAt,
  wholeView,
  zoomed,
  type View,
} from '../../src/ui/timeline-view';
import { eventClue } from '../fixtures/fake-reasoner';

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

const long = (startSeconds: number, endSeconds: number): EventClue => ({
  ...{ kind: 'event', label: 'rain', startSeconds, endSeconds },
});

describe('the view', () => {
  it('zooms around a moment, which stays where it is', () => {
    for (const around of [0, 3, 50, 99]) {
      for (const factor of [2, 5, 1.1]) {
        const view = zoomed(wholeView, 100, factor, around);
        expect(view.zoom).toBeCloseTo(factor);
        expect(shareAt(view, 100, around)).toBeCloseTo(around / 100);
      }
    }
  });

  it('is held inside the file and its limits', () => {
    expect(zoomed(wholeView, 100, 1000, 50).zoom).toBe(mostZoom);
    expect(zoomed({ startSeconds: 80, zoom: 8 }, 100, 0.001, 80)).toEqual(wholeView);
    expect(panned({ startSeconds: 40, zoom: 4 }, 100, 900)).toEqual({ startSeconds: 75, zoom: 4 });
    expect(panned({ startSeconds: 40, zoom: 4 }, 100, -900).startSeconds).toBe(0);
    expect(heldView({ startSeconds: 90, zoom: 4 }, 40).startSeconds).toBe(30);
  });

  it('turns a page to what is out of view, and stays for what is in it', () => {
    const view: View = { startSeconds: 20, zoom: 10 };
    expect(revealed(view, 100, 25)).toBe(view);
    expect(revealed(view, 100, 31)).toEqual({ startSeconds: 30, zoom: 10 });
    expect(revealed(view, 100, 2)).toEqual({ startSeconds: 1, zoom: 10 });
    expect(revealed(view, 100, 100).startSeconds).toBe(90);
  });

  it('goes from moments to places and back', () => {
    const view: View = { startSeconds: 20, zoom: 5 };
    expect(shareAt(view, 100, 30)).toBeCloseTo(0.5);
    expect(timeAt(view, 100, 0.5)).toBeCloseTo(30);
    expect(timeAt(view, 100, 99)).toBe(100);
    expect(shareAt(view, 0, 5)).toBe(0);
  });

  it('snaps to hundredths, or to frames', () => {
    expect(snapped(1.23456)).toBe(1.23);
    expect(snapped(1.23456, 25)).toBeCloseTo(31 / 25, 9);
    expect(snapped(0.1 + 0.2)).toBe(0.3);
  });
});

describe('the ruler', () => {
  const labels = (view: View, end: number, width = 800): string[] =>
    ticksOf(view, end, width).flatMap(({ label }) => (label ? [label] : []));

  it.each([
    ['a short clip', wholeView, 5, ['0:00.0', '0:00.5', '0:01.0']],
    ['a minute', wholeView, 60, ['0:00', '0:10', '0:20']],
    ['two hours', wholeView, 7200, ['0:00', '15:00', '30:00', '45:00', '1:00:00']],
    ['a zoomed clip', { startSeconds: 2, zoom: 40 }, 20, ['0:02.00', '0:02.05', '0:02.10']],
  ])('counts %s in steps that people count in', (_name, view, end, first) => {
    expect(labels(view, end).slice(0, first.length)).toEqual(first);
  });

  it('has room for its labels at every zoom and length', () => {
    for (const end of [0.4, 3, 19.5, 61, 600, 5400, 40000]) {
      for (const width of [230, 800, 1900]) {
        for (let zoom = 1; zoom <= mostZoom; zoom *= 2) {
          const ticks = ticksOf({ startSeconds: 0, zoom }, end, width);
          const named = ticks.filter(({ label }) => label);
          expect(ticks.length).toBeLessThan(width / 5);
          const apart = named.slice(1).map(({ seconds }, at) => seconds - named[at]!.seconds);
          for (const gap of apart) {
            expect((gap / (end / zoom)) * width).toBeGreaterThanOrEqual(71);
          }
          expect(new Set(named.map(({ label }) => label)).size).toBe(named.length);
        }
      }
    }
    expect(ticksOf(wholeView, 0, 800)).toEqual([]);
  });
});

describe('the marks', () => {
  it('tells what is heard, what moves and what is there', () => {
    const seen = { ...eventClue(1), path: [{ timestampSeconds: 1, box: car.box }] };
    expect([eventClue(1), seen, car].map(markKind)).toEqual(['heard', 'movement', 'object']);
    expect([0.59, 0.6].map((confidence) => isUncertain({ ...car, confidence }))).toEqual([
      true,
      false,
    ]);
    expect(isUncertain(car)).toBe(false);
  });

  it('gives each kind lanes of its own', () => {
    const seen = { ...long(2, 3), path: [{ timestampSeconds: 2, box: car.box }] };
    const { clues } = reviewOf([car, eventClue(2), seen, eventClue(9)]);
    const { marks, laneCount } = layOutMarks(clues, 10);
    expect(laneCount).toBe(3);
    expect(new Set(marks.map(({ kind, lane }) => `${kind} ${lane}`)).size).toBe(3);
  });

  it('finds those that reach into a stretch, also from long before it', () => {
    const { clues } = reviewOf([long(0, 50), ...[10, 20, 30].map((at) => eventClue(at))]);
    const layout = layOutMarks(clues, 60);
    const starts = (from: number, to: number): number[] =>
      marksBetween(layout, from, to).map((mark) => mark.from);
    expect(starts(19, 21)).toEqual([0, 20]);
    expect(starts(51, 60)).toEqual([]);
    expect(starts(0, 60)).toHaveLength(4);
  });

  it('draws thousands as a bounded number of pieces, and counts every one', () => {
    const many = Array.from({ length: 5000 }, (_, at) => long(at * 0.7, at * 0.7 + 0.4));
    const layout = layOutMarks(reviewOf(many).clues, 3500);
    for (const zoom of [1, 8, 64]) {
      const view: View = { startSeconds: 0, zoom };
      const xOf = (seconds: number): number => shareAt(view, 3500, seconds) * 1000;
      const marks = marksBetween(layout, 0, 3500 / zoom);
      const pieces = piecesOf(marks, xOf, null);
      expect(pieces.length).toBeLessThan(300);
      expect(pieces.reduce((sum, { count }) => sum + count, 0)).toBe(marks.length);
    }
    // Near enough, each stands alone again.
    const pieces = piecesOf(layout.marks.slice(0, 20), (seconds) => seconds * 30, null);
    expect(pieces.every(({ count }) => count === 1)).toBe(true);
  });

  it('keeps the rejected and the current one out of a crowd', () => {
    const review = edit(reviewOf([1, 1.1, 1.2, 1.3].map((at) => long(at, at + 0.05))), {
      ...({ kind: 'judge', id: 2, verdict: 'rejected' } as const),
    });
    const { marks } = layOutMarks(review.clues, 1000);
    const inOneLane = marks.map((mark) => ({ ...mark, lane: 0 }));
    const counts = (apart: number | null): number[] =>
      piecesOf(inOneLane, (seconds) => seconds, apart).map(({ count }) => count);
    expect(counts(null)).toEqual([3, 1]);
    expect(counts(3)).toEqual([2, 1, 1]);
  });

  it('is hit at its ends, in its middle, near it, and not beside it', () => {
    const { marks } = layOutMarks(reviewOf([long(10, 20), car]).clues, 100);
    const rain = marks.find(({ kind }) => kind === 'heard')!;
    const xOf = (seconds: number): number => seconds * 10;
    const fine = { pixels: 5, lanes: 0.1 };
    const at = (x: number, slop = fine, y = rain.lane + 0.5) => {
      const hit = hitMark(marks, xOf, { x, y }, slop);
      return hit && `${hit.mark.kind} ${hit.grip}`;
    };
    expect([97, 101, 150, 199, 203].map((x) => at(x))).toEqual([
      ...['heard start', 'heard start', 'heard move', 'heard end', 'heard end'],
    ]);
    expect([90, 210].map((x) => at(x))).toEqual([null, null]);
    const finger = { pixels: 22, lanes: 1 };
    expect(at(85, finger)).toBe('heard start');
    const thing = marks.find(({ kind }) => kind === 'object')!;
    expect(at(20, fine, thing.lane + 0.5)).toBe('object move');
    expect(at(20)).toBeNull();
  });

  it('stays in its lane and in order while it is dragged', () => {
    const layout = layOutMarks(reviewOf([1, 3, 5].map((at) => eventClue(at))).clues, 10);
    const moved = withMark(layout, { ...layout.marks[0]!, from: 4, to: 9 });
    expect(moved.marks.map(({ id }) => id)).toEqual([2, 1, 3]);
    expect(moved.longestSeconds).toBe(5);
  });
});

describe('the frames', () => {
  it('stand on a grid that stays as the view moves', () => {
    expect(tileTimes(0, 10, 5)).toEqual([1, 3, 5, 7, 9]);
    expect(tileTimes(3, 10, 5)).toEqual([3, 5, 7, 9, 11, 13]);
    expect(tileTimes(0, 0, 5)).toEqual([]);
  });
});

describe('the neighbours of a moment or a clue', () => {
  const { clues } = edit(reviewOf([1, 3, 5, 7].map((at) => eventClue(at))), {
    ...({ kind: 'judge', id: 3, verdict: 'rejected' } as const),
  });
  it.each([
    [1, 4, 1, 4],
    [-1, 4, -1, 2],
    [1, 3, -1, 1],
    [3, 7, 1, null],
    [-1, 0, -1, null],
  ] as const)('from %i at %i s going %i: %s', (current, time, direction, id) =>
    expect(neighbourClue(clues, current, time, direction)?.id ?? null).toBe(id),
  );
});

it('formatExact says hundredths', () => expect(formatExact(72.3456)).toBe('1:12.35'));
