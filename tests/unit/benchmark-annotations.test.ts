import { describe, expect, it } from 'vitest';
import { readAnnotations, readAnnotationText } from '../../src/benchmark/annotations';

/* An annotation file is somebody else's: whatever it holds, what is wrong gets a line each. */

const good = {
  ...{ index: 1, video: 'a.mp4', question_en: 'How many?', answer: 1, type: 'V' },
  ...{ category: 'event', query_interval: [0, 5], clue: [{ start: 1, end: 2 }] },
};
const text = JSON.stringify([good]);
const box = { timestamp: 1, bbox: [1, 2, 30, 40] };

function faultOf(item: unknown): string {
  const { annotations, faults } = readAnnotations([item, { ...good, index: 'other' }]);
  expect(annotations.map(({ id }) => id)).toEqual(['other']);
  expect(faults).toHaveLength(1);
  const { item: place, message, leftOut } = faults[0]!;
  expect(leftOut).toBe(true);
  expect(place).toMatch(/^item 1\b/);
  expect(`${place}${message}`).not.toContain('\n');
  return message;
}

describe('an annotation file that is broken', () => {
  it('is one line wherever it was cut off', () => {
    for (let length = 0; length < text.length; length++) {
      const { annotations, faults } = readAnnotationText(text.slice(0, length));
      expect(annotations).toEqual([]);
      expect(faults).toMatchObject([{ item: 'the file', leftOut: true }]);
      expect(faults[0]!.message).toMatch(/^it is no complete JSON \([^\n]+\)$/);
    }
    expect(readAnnotationText(`\uFEFF${text}\n`).faults).toEqual([]);
  });

  it.each(['{}', 'null', '"x"', '3'])('is one line where it is %s', (json) => {
    expect(readAnnotationText(json)).toEqual({
      annotations: [],
      faults: [{ item: 'the file', message: 'it holds no list', leftOut: true }],
    });
  });

  it.each([
    ['a number for an item', 17],
    ['a list for an item', []],
    ['null for an item', null],
    ['no question', { ...good, question_en: undefined }],
    ['an empty question', { ...good, question_en: ' \n' }],
    ['a number for a question', { ...good, question_en: 5 }],
    ['a number for a video', { ...good, video: 5 }],
    ['words for an answer', { ...good, answer: 'many' }],
    ['half an answer', { ...good, answer: 1.5 }],
    ['an answer below zero', { ...good, answer: -1 }],
    ['an unknown sense', { ...good, type: 'smell' }],
    ['an unknown category', { ...good, category: 'animal' }],
    ['one end of an interval', { ...good, query_interval: [1] }],
    ['a backward interval', { ...good, query_interval: [5, 1] }],
    ['a negative interval', { ...good, query_interval: ['-3', 5] }],
    ['a text for clues', { ...good, clue: 'x' }],
    ['a backward clue', { ...good, clue: [{ start: 3, end: 2 }] }],
    ['a negative time', { ...good, clue: [{ start: -1, end: 2 }] }],
    ['no time at all', { ...good, clue: [{ start: 'soon', end: 2 }] }],
    ['a box outside', { ...good, category: 'object', clue: [{ ...box, bbox: [-1, 2, 3, 4] }] }],
    ['a box of three', { ...good, category: 'object', clue: [{ ...box, bbox: [1, 2, 3] }] }],
    ['no cluster', { ...good, category: 'attribute', clue: [box] }],
  ])('names %s and keeps the rest', (_, item) => {
    expect(faultOf(item)).toMatch(/./);
  });

  it('has a line for each of several things', () => {
    const { faults } = readAnnotations([
      { ...good, answer: -1, type: 'x', query_interval: [9, 1] },
    ]);
    expect(faults.map(({ message }) => message.split(':')[0])).toEqual(
      expect.arrayContaining(['answer', 'type', 'query_interval']),
    );
    expect(faults).toHaveLength(3);
  });

  it('names a box beyond 100 per cent only where the unit is per cent', () => {
    const wide = { ...good, category: 'object', clue: [{ ...box, bbox: [1, 2, 300, 40] }] };
    expect(readAnnotations([wide]).faults).toEqual([]);
    const { annotations, faults } = readAnnotations([wide], { boxUnit: 'percent' });
    expect(annotations).toEqual([]);
    expect(faults).toMatchObject([{ message: 'clue: 300 per cent is outside', leftOut: true }]);
  });

  it('names a number that comes twice and keeps the first', () => {
    const { annotations, faults } = readAnnotations([good, { ...good, video: 'b.mp4' }]);
    expect(annotations.map(({ file }) => file)).toEqual(['a.mp4']);
    expect(faults).toMatchObject([{ leftOut: true }]);
    expect(faults[0]!.message).toMatch(/^index: 1 is that of item 1/);
  });
});

describe('an annotation file that is strange', () => {
  it('has one line for a field that nobody knows, however many items have it', () => {
    const items = [1, 2, 3].map((index) => ({ ...good, index, mood: 'blue', video_md5: 'x' }));
    const { annotations, faults } = readAnnotations(items);
    expect(annotations).toHaveLength(3);
    expect(faults.map(({ message, leftOut }) => [message, leftOut])).toEqual([
      ['the field “mood” is not known and not used; it is in 3 items', false],
      ['the field “video_md5” is not known and not used; it is in 3 items', false],
    ]);
  });

  it('may have times and answers as text, and 10,000 items', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...{ ...good, index, answer: String(1) },
      clue: [{ start: '00:01.5', end: '2.50 s' }],
    }));
    const { annotations, faults } = readAnnotationText(JSON.stringify(many));
    expect(faults).toEqual([]);
    expect(annotations).toHaveLength(10_000);
    expect(annotations[9_999]).toMatchObject({
      ...{ id: '9999', answer: 1, clues: { kind: 'event', intervals: [[1.5, 2.5]] } },
    });
  });
});
