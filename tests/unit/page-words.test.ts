import { describe, expect, it } from 'vitest';
import type { ObjectClue } from '../../src/clues/clue';
import { announcement } from '../../src/ui/announce';
import { emptyReview, reviewOf } from '../../src/clues/review';
import { boxAt, clueSpan, currentClueIndex, isSeen } from '../../src/clues/clue-time';
import { colours, contrastPairs, type Colour } from '../../src/ui/colours';
import { formatBytes } from '../../src/format-bytes';
import { formatTime, plural } from '../../src/ui/format';
import { peaksBetween, peaksOf } from '../../src/ui/peaks';
import { trustWords } from '../../src/ui/trust-words';
import { suggestQuestions } from '../../src/ui/suggestions';
import { assignLanes } from '../../src/clues/timeline-lanes';
import { analysisOf, eventClue, modelInfo } from '../fixtures/fake-reasoner';

const object: ObjectClue = {
  kind: 'object',
  timestampSeconds: 1,
  box: [0, 0, 10, 10],
  label: 'ball',
  path: [
    { timestampSeconds: 1, box: [0, 0, 10, 10] },
    { timestampSeconds: 2, box: [100, 0, 110, 10] },
    { timestampSeconds: 4, box: [100, 40, 110, 50] },
  ],
};

describe('boxAt', () => {
  it.each([
    [1, [0, 0, 10, 10]],
    [1.5, [50, 0, 60, 10]],
    [2, [100, 0, 110, 10]],
    [3, [100, 20, 110, 30]],
    [4, [100, 40, 110, 50]],
  ])('follows the path at %f s', (time, box) => expect(boxAt(object, time)).toEqual(box));

  it.each([0.5, 4.5])('shows nothing outside the sightings, at %f s', (time) =>
    expect(boxAt(object, time)).toBeNull(),
  );

  it('keeps a lone sighting on the screen for a moment', () => {
    const lone: ObjectClue = { kind: 'object', timestampSeconds: 3, box: [1, 2, 3, 4], label: 'x' };
    expect(boxAt(lone, 3.4)).toEqual([1, 2, 3, 4]);
    expect(boxAt(lone, 3.7)).toBeNull();
  });

  it('shows a movement for as long as it lasts, and a sound nowhere', () => {
    const path = [{ timestampSeconds: 2, box: [1, 2, 3, 4] as const }];
    const [heard, seen] = [eventClue(2), { ...eventClue(2), endSeconds: 4, path }];
    expect(boxAt(seen, 3.9)).toEqual([1, 2, 3, 4]);
    expect(boxAt(seen, 4.6)).toBeNull();
    expect(boxAt(heard, 2.1)).toBeNull();
    expect([heard, seen].map(isSeen)).toEqual([false, true]);
  });
});

describe('currentClueIndex', () => {
  const { clues } = reviewOf([object, eventClue(2), eventClue(3)]);
  it('is the one that began last', () => expect(currentClueIndex(clues, 2.1, null)).toBe(1));
  it('is the picked one while its time lasts', () => {
    expect(currentClueIndex(clues, 2.1, 1)).toBe(0);
    expect(currentClueIndex(clues, 4.6, 1)).toBe(-1);
  });
  it('is none where nothing happens', () => expect(currentClueIndex(clues, 9, null)).toBe(-1));
  it('is the one asked for, though the frame on the screen began a little earlier', () =>
    expect(currentClueIndex(clues, 2.97, 3)).toBe(2));
  it('is no rejected one, unless it was picked', () => {
    const judged = clues.with(1, { ...clues[1]!, verdict: 'rejected' });
    expect(currentClueIndex(judged, 2.1, null)).toBe(0);
    expect(currentClueIndex(judged, 2.1, 2)).toBe(1);
  });
});

describe('assignLanes', () => {
  it('keeps what overlaps apart and reuses a lane that is free again', () => {
    const clues = [eventClue(0), eventClue(0.1), eventClue(1)];
    expect(assignLanes(clues, 0.05, 4)).toEqual({ lanes: [0, 1, 0], laneCount: 2 });
  });
  it('never takes more lanes than it may', () => {
    const { lanes, laneCount } = assignLanes(
      Array.from({ length: 9 }, () => object),
      0,
      3,
    );
    expect(laneCount).toBe(3);
    expect(Math.max(...lanes)).toBe(2);
  });
  it('spans an object from its first to its last sighting', () =>
    expect(clueSpan(object)).toEqual([1, 4]));
});

describe('words', () => {
  it.each([
    [0, '0:00.0'],
    [72.34, '1:12.3'],
    [59.96, '1:00.0'],
    [3600, '60:00.0'],
  ])('formats %f s as %s', (seconds, text) => expect(formatTime(seconds)).toBe(text));

  it.each([
    [0, '0 bytes'],
    [1500, '1.5 kB'],
    [14_200_000, '14 MB'],
    [5_000_000_000, '5.0 GB'],
  ])('formats %i bytes as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    ['person', 'people'],
    ['dog bark', 'dog barks'],
    ['wine glass', 'wine glasses'],
    ['baby cry', 'baby cries'],
    ['toy', 'toys'],
    ['sheep', 'sheep'],
  ])('%s → %s', (one, many) => expect(plural(one)).toBe(many));
});

describe('suggestQuestions', () => {
  const context = {
    ...{ sample: null, reach: modelInfo.reach, info: null, glimpse: null },
    mime: 'video/mp4',
  };
  it('begins with what the model noticed in the clip', () => {
    const info = {
      container: 'mp4',
      durationSeconds: 5,
      startSeconds: 0,
      video: null,
      audio: null,
    };
    const glimpse = { info, sounds: ['clap'], objects: ['bottle', 'car'] };
    expect(suggestQuestions({ ...context, glimpse }, 4)).toEqual([
      'How many claps are there?',
      'How many bottles are there?',
      'How many cars are there?',
      'How many people are there?',
    ]);
  });
  it('mixes things and sounds', () =>
    expect(suggestQuestions(context)).toEqual([
      'How many people are there?',
      'How many dog barks are there?',
      'How many push-ups are there?',
      'How many cars are there?',
    ]));
  it('offers no things for sound, no sounds for a picture', () => {
    expect(suggestQuestions({ ...context, mime: 'audio/ogg' }, 9).join()).not.toMatch(
      /people|jump/,
    );
    expect(suggestQuestions({ ...context, mime: 'image/png' }, 9).join()).not.toMatch(/barks|jump/);
  });
});

describe('trustWords', () => {
  const answer = (answerConfidence?: number, category: 'event' | 'object' = 'event') => ({
    ...analysisOf([]),
    category,
    ...(answerConfidence !== undefined && { answerConfidence }),
  });
  it.each([
    [0.9, '92 %, within one in 98 % of 120'],
    [0.7, '92 %'],
    [0.2, '51 %, within one in 80 % of 60'],
    [undefined, 'sounds; 180 answers'],
  ])('speaks of answers that it was as sure of: %s', (confidence, words) =>
    expect(trustWords(modelInfo, answer(confidence))).toContain(words),
  );
  it('says nothing where nothing was measured', () =>
    expect(trustWords(modelInfo, answer(0.9, 'object'))).toBeNull());
  it('gives no share of a handful', () => {
    const calibration = [{ ...modelInfo.figures[0]!.calibration[0]!, n: 6 }];
    const figure = { ...modelInfo.figures[0]!, category: 'object' as const, n: 6, calibration };
    const model = { ...modelInfo, figures: [figure] };
    expect(trustWords(model, answer(0.9, 'object'))).toContain('only 6 questions');
  });
});

describe('peaksOf', () => {
  it('keeps the loudest of each slice, the loudest of all at 1', () => {
    const samples = Float32Array.of(0, 0.1, -0.5, 0.2, 0.25, 0, 0, 0);
    expect([...(peaksOf(samples, 4) ?? [])]).toEqual([expect.closeTo(0.2, 5), 1, 0.5, 0]);
  });
  it('draws nothing for digital silence', () =>
    expect(peaksOf(new Float32Array(100), 4)).toBeNull());
  it('takes the loudest of each part of a stretch', () => {
    const peaks = Float32Array.of(0.25, 0.5, 1, 0.125);
    expect([...peaksBetween(peaks, 0, 1, 2)]).toEqual([0.5, 1]);
    expect([...peaksBetween(peaks, 0.5, 1, 2)]).toEqual([1, 0.125]);
    // Finer than the peaks: each stands for several.
    expect([...peaksBetween(peaks, 0.5, 1, 4)]).toEqual([1, 1, 0.125, 0.125]);
  });
});

describe('announcement', () => {
  it('changes only every fifth clue', () => {
    const at = (found: number): string =>
      announcement({
        kind: 'running',
        id: 1,
        question: 'q',
        text: '',
        review: emptyReview,
        progress: { stage: 'reason', done: 0, total: 0, secondsLeft: null, seen: [] },
        clues: Array.from({ length: found }, (_, i) => eventClue(i)),
      });
    expect(new Set([...Array(15).keys()].map(at)).size).toBe(4);
  });
  it('ends with the count', () => {
    const analysis = analysisOf([eventClue(1), eventClue(2)]);
    const { clues } = analysis;
    const trace = { id: 1, question: 'q', text: '', clues, review: reviewOf(clues) };
    const words = announcement({ kind: 'done', ...trace, analysis });
    expect(words).toContain('Counted 2');
  });
});

describe('colours', () => {
  function luminance(hex: string): number {
    const channels = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
    const [r = 0, g = 0, b = 0] = channels.map((c) =>
      c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function contrast(a: Colour, b: Colour, theme: 0 | 1): number {
    const [low = 0, high = 0] = [luminance(colours[a][theme]), luminance(colours[b][theme])].sort(
      (x, y) => x - y,
    );
    return (high + 0.05) / (low + 0.05);
  }
  it.each(contrastPairs)('%s on %s has at least %f : 1 in both themes', (a, b, least) => {
    expect(contrast(a, b, 0)).toBeGreaterThanOrEqual(least);
    expect(contrast(a, b, 1)).toBeGreaterThanOrEqual(least);
  });
});
