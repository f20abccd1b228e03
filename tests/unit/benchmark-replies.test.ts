import { describe, expect, it } from 'vitest';
import { readAnnotations, type Annotation } from '../../src/benchmark/annotations';
import { replyOf, type AnswerToWrite } from '../../src/benchmark/reply-text';
import { readReplyCount, scoreReply } from '../../src/benchmark/score-replies';
import { locate } from '../../src/benchmark/settings';
import { readOfficialCount } from '../../src/clues/number-words';
import type { Clue } from '../../src/clues/clue';
import { randomAnnotation, randomFrom } from '../fixtures/random-annotations';

const entry = {
  ...{ index: 3, video: 'town.mp4', question_en: 'How many?', type: 'V' },
  query_interval: ['2', 9.5],
};
const read = (more: object): Annotation => {
  const { annotations, faults } = readAnnotations([{ ...entry, ...more }]);
  expect(faults).toEqual([]);
  return annotations[0]!;
};
const events = read({ answer: 1, category: 'event', clue: [{ start: 3, end: '4.5' }] });
const objects = read({
  ...{ answer: 3, category: 'object' },
  clue: [
    { timestamp: 8, bbox: [0, 0, 200, 10] },
    { timestamp: '2.5', bbox: [50, 0, 60, 10] },
    { timestamp: 8, bbox: [300, 0, 310, 10] },
  ],
});
const inFolder =
  (...files: string[]) =>
  (file: string) =>
    files.includes(file);

describe('what is shown', () => {
  const whole = inFolder('town.mp4');
  it('is the whole video for a number', () => {
    expect(locate(objects, 'long', false, whole)).toEqual({
      ...{ file: 'town.mp4', category: 'object', ask: { reply: 'number', thinks: false } },
    });
  });

  it('is the reference part, of the video or as a file of its own', () => {
    const request = { category: 'event', ask: { reply: 'number', thinks: true } };
    const part = { ...request, file: 'town.mp4', rangeSeconds: [2, 9.5] };
    const cut = 'town_2.00_9.50.mp4';
    expect(locate(events, 'ref', true, whole)).toEqual(part);
    expect(locate(events, 'ref', true, inFolder('town.mp4', cut))).toEqual(part);
    expect(locate(events, 'ref', true, inFolder(cut))).toEqual({ ...request, file: cut });
    expect(locate(events, 'long', true, inFolder(cut))).toBeNull();
    const withoutPart = { ...events, referenceSeconds: null };
    expect(locate(withoutPart, 'ref', true, whole)).toEqual({ ...request, file: 'town.mp4' });
  });

  it('is the frames with clues for boxes, in order of first occurrence', () => {
    const ask = { reply: 'clues', thinks: false };
    expect(locate(objects, 'clue', false, whole)).toEqual({
      ...{ file: 'town.mp4', category: 'object', ask, frameSeconds: [8, 2.5] },
    });
    const all = { file: 'town.mp4', category: 'event', ask };
    expect(locate(events, 'clue', false, whole)).toEqual(all);
    const none = { ...objects, clues: null };
    expect(locate(none, 'clue', false, whole)).toEqual({ ...all, category: 'object' });
    expect(locate(objects, 'clue', false, inFolder())).toBeNull();
  });
});

describe('what is written', () => {
  const size = { width: 1000, height: 500 };
  const answer = (more: Partial<AnswerToWrite>): AnswerToWrite => ({
    ...{ count: 2, covered: true, clues: [], size },
    ...more,
  });
  const seen = (at: number, box: [number, number, number, number], label = 'car'): Clue => ({
    ...{ kind: 'object', timestampSeconds: at, box, label },
  });

  it('is the number, or nothing where the question is declined', () => {
    expect(replyOf(answer({}), objects, 'long')).toBe('2');
    expect(replyOf(answer({ covered: false, count: null }), objects, 'ref')).toBe('');
    expect(replyOf(answer({ covered: false, count: null }), objects, 'clue')).toBe('');
    expect(scoreReply(objects, '', 'clue')).toMatchObject({ wellFormed: false, clueScore: 0 });
  });

  it('is the model’s own words where it has any', () => {
    expect(replyOf(answer({ replyText: 'I think: two.' }), objects, 'clue')).toBe('I think: two.');
  });

  it('is times, or boxes by frame in the unit of the file', () => {
    const heard: Clue = { kind: 'event', startSeconds: 1, endSeconds: 2.345, label: 'bark' };
    expect(replyOf(answer({ clues: [heard] }), events, 'clue')).toBe(
      '<answer>[["1.00","2.35"]]</answer>',
    );
    const clues = [seen(8, [10, 20, 30, 40]), seen(2.5, [1, 2, 3, 4])];
    expect(replyOf(answer({ clues }), objects, 'clue')).toBe(
      '<answer>{"Frame1":[[10,20,30,40]],"Frame2":[[1,2,3,4]]}</answer>',
    );
    const percent = { ...objects, boxUnit: 'percent' as const };
    expect(replyOf(answer({ clues }), percent, 'clue')).toBe(
      '<answer>{"Frame1":[[1,4,3,8]],"Frame2":[[0.1,0.4,0.3,0.8]]}</answer>',
    );
  });

  it('names frames of its own where no frames were shown', () => {
    const clues = [seen(4, [1, 2, 3, 4]), seen(2, [5, 6, 7, 8])];
    for (const truth of [null, { kind: 'object', boxes: [] } as const]) {
      const item = { ...objects, clues: truth };
      const text = replyOf(answer({ clues }), item, 'clue');
      expect(text).toBe('<answer>{"Frame1":[[5,6,7,8]],"Frame2":[[1,2,3,4]]}</answer>');
      expect(scoreReply(item, text, 'clue')).toMatchObject({ predicted: 2, wellFormed: true });
    }
  });

  it('is scored as the truth where it is the truth', () => {
    for (let seed = 0; seed < 60; seed++) {
      const item = randomAnnotation(seed, randomFrom(seed));
      const { clues } = item;
      const given: Clue[] =
        clues?.kind === 'event'
          ? clues.intervals.map(([startSeconds, endSeconds]) => ({
              ...{ kind: 'event', startSeconds, endSeconds, label: 'x' },
            }))
          : (clues?.kind === 'object' ? [clues.boxes] : clues!.clusters).flatMap((cluster, at) =>
              cluster.map(({ timestampSeconds, box }) =>
                seen(timestampSeconds, [...box], `label ${at}`),
              ),
            );
      const text = replyOf(answer({ count: item.answer, clues: given }), item, 'clue');
      const scored = scoreReply(item, text, 'clue');
      expect(scored.clueScore).toBeCloseTo(1, 9);
      expect(scored.predicted).toBe(item.answer);
    }
  });
});

describe('the count of a reply', () => {
  it.each([
    ['5', 5, 5],
    ['forty-two', 42, 42],
    ['one hundred five', 105, 105],
    ['one or two', 3, 3],
    ['a hundred', 100, 100],
    ['', 0, 0],
    // What the scripts take for 0 and a reader does not.
    ['5.', 5, 0],
    [' 5', 5, 0],
    ['5\n', 5, 0],
    ['**5**', 5, 0],
    ['five.', 5, 0],
    ['There are 5 people.', 5, 0],
    ['<answer>5</answer>', 5, 0],
    ['<think>2 here, 3 there</think>5', 5, 0],
    ['<think>2 here, 3 there</think><answer>5</answer> of 9', 5, 0],
    ['3 in the first part, 4 in the second: 7', 7, 0],
    // No count, however one looks at it.
    ['-5', 0, 0],
    ['3.0', 0, 0],
    ['none', 0, 0],
    ['GPT4', 0, 0],
    ['<answer>[["1.00","2.00"]]</answer>', 0, 0],
  ])('of %j is %j, and read strictly %j', (reply, lenient, strict) => {
    expect(readReplyCount(reply)).toBe(lenient);
    expect(readOfficialCount(reply)).toBe(strict);
    expect(scoreReply(objects, reply, 'long')).toMatchObject({
      ...{ predicted: lenient, predictedStrict: strict },
    });
  });

  it('is 0 for what is no text, and the number itself in the tolerant reading', () => {
    expect(scoreReply(objects, 5, 'long')).toMatchObject({ predicted: 5, predictedStrict: 0 });
    for (const pred of [null, undefined, [5], true])
      expect(scoreReply(objects, pred, 'long')).toMatchObject({
        ...{ predicted: 0, predictedStrict: 0 },
      });
  });
});
