import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readAnnotations, referenceClipName } from '../../src/benchmark/annotations';
import { judgeClues } from '../../src/benchmark/judge';

const own = {
  file: 'a.mp4',
  question: 'How many cars are there?',
  category: 'object',
  modality: 'visual',
  answer: 2,
  clues: [
    { timestamp: 1, bbox: [0, 0, 10, 10], label: 'car' },
    { timestamp: '2.5', bbox: [200, 0, 10, 10] },
  ],
  certainty: 'high',
  other_questions: [
    {
      question: 'How many barks?',
      category: 'event',
      modality: 'audio',
      answer: 1,
      clues: [{ start: '00:01.5', end: 2 }],
    },
  ],
};

const benchmark = {
  index: 17,
  video: 'b.mp4',
  question_en: 'How many different pot colours?',
  answer: 2,
  type: 'A2V',
  category: 'attribute',
  query_interval: ['3', 9.5],
  clue: [
    [{ timestamp: '4', bbox: [1, 2, 300, 4] }],
    [
      { timestamp: 4, bbox: [5, 6, 7, 8] },
      { timestamp: 5, bbox: [5, 6, 7, 8] },
    ],
  ],
};

describe('annotations', () => {
  it('reads our form, with every further question, boxes as corners', () => {
    const { annotations, faults } = readAnnotations([own]);
    expect(faults).toEqual([]);
    expect(annotations.map(({ id, modality, answer }) => [id, modality, answer])).toEqual([
      ['0', 'V', 2],
      ['0.1', 'A', 1],
    ]);
    expect(annotations[0]!.clues).toEqual({
      kind: 'object',
      boxes: [
        { timestampSeconds: 1, box: [0, 0, 10, 10] },
        { timestampSeconds: 2.5, box: [200, 0, 210, 10] },
      ],
    });
    expect(annotations[1]!.clues).toEqual({ kind: 'event', intervals: [[1.5, 2]] });
    expect(annotations[0]!.boxUnit).toBe('pixels');
  });

  it('reads the benchmark’s form in both spellings', () => {
    const { question_en: question, ...rest } = benchmark;
    const { annotations, faults } = readAnnotations([benchmark, { ...rest, question, index: 18 }]);
    expect(faults).toEqual([]);
    expect(annotations).toHaveLength(2);
    expect(annotations[1]).toEqual({ ...annotations[0], id: '18' });
    expect(annotations[0]).toMatchObject({
      id: '17',
      file: 'b.mp4',
      modality: 'A2V',
      referenceSeconds: [3, 9.5],
      clues: { kind: 'attribute', clusters: [[{ box: [1, 2, 300, 4] }], [{}, {}]] },
    });
    expect(referenceClipName(annotations[0]!)).toBe('b_3.00_9.50.mp4');
  });

  it('takes small boxes for per cent unless told otherwise', () => {
    const item = { ...benchmark, clue: [[{ timestamp: 4, bbox: [1, 2, 30, 40] }]], answer: 1 };
    expect(readAnnotations([item]).annotations[0]!.boxUnit).toBe('percent');
    expect(readAnnotations([item], { boxUnit: 'pixels' }).annotations[0]!.boxUnit).toBe('pixels');
  });

  it('finds a box beyond the picture, where the size of that is told', () => {
    const sized = { ...own, width: 205, height: 100 };
    const { annotations, faults } = readAnnotations([sized, { ...sized, width: 210 }]);
    expect(annotations.map(({ id }) => id)).toEqual(['0.1', '1', '1.1']);
    expect(faults.map(({ message }) => message)).toEqual([
      'clues: the box 200, 0, 210, 10 reaches beyond the picture',
    ]);
  });

  it('names what is wrong and keeps the rest', () => {
    const { annotations, faults } = readAnnotations([
      { ...own, answer: -1, other_questions: [] },
      { ...own, modality: 'smell' },
      { question: 'No file?' },
      { ...benchmark, clue: [{ start: 'soon', end: 2 }] },
      17,
      benchmark,
    ]);
    expect(annotations.map(({ file }) => file)).toEqual(['a.mp4', 'b.mp4']);
    expect(faults.map(({ item }) => item)).toEqual([
      'item 1 (a.mp4: How many cars are there?)',
      'item 2 (a.mp4: How many cars are there?)',
      'item 3 (No file?)',
      'item 4 (b.mp4: How many different pot colours?)',
      'item 5',
    ]);
    expect(faults[0]!.message).toMatch(/^answer: /);
    expect(faults[1]!.message).toContain('smell');
    expect(faults[3]!.message).toMatch(/^clue/);
    expect(readAnnotations({}).faults).toHaveLength(1);
  });

  const clips = fileURLToPath(new URL('../../../shared/media/clips/CLIPS.json', import.meta.url));
  it.skipIf(!existsSync(clips))('reads the real file without a fault', () => {
    const { annotations, faults } = readAnnotations(JSON.parse(readFileSync(clips, 'utf8')));
    expect(faults).toEqual([]);
    expect(annotations.length).toBeGreaterThanOrEqual(12);
    expect(new Set(annotations.map(({ modality }) => modality))).toEqual(new Set(['V', 'A']));
  });
});

describe('clues of a whole clip', () => {
  const [objects, events] = readAnnotations([own]).annotations;
  const track = (label: string, x: number, from: number, to: number) => ({
    kind: 'object' as const,
    label,
    timestampSeconds: from,
    box: [x, 0, x + 10, 10] as const,
    path: [from, to].map((timestampSeconds) => ({
      timestampSeconds,
      box: [x, 0, x + 10, 10] as const,
    })),
  });

  it('enters a track in the first true frame that it covers', () => {
    const given = [track('car', 0, 0.5, 4), track('car', 200, 2, 4)];
    expect(judgeClues(objects!, given, null)!.score).toBeCloseTo(1, 6);
    // Two that are found shortly after their true times are not taken for each other.
    const late = [track('car', 0, 1.4, 4), track('car', 200, 2.9, 4)];
    expect(judgeClues(objects!, late, null)!.score).toBeCloseTo(1, 6);
    // Seen from the start, the second one appears in the first frame, where it is one too many.
    const early = [track('car', 0, 0.5, 4), track('car', 200, 0.5, 4)];
    expect(judgeClues(objects!, early, null)!.score).toBe(0);
  });

  it('takes the box between two sightings', () => {
    const moving = {
      ...track('car', -100, 0, 2),
      path: [
        { timestampSeconds: 0, box: [-10, 0, 0, 10] as const },
        { timestampSeconds: 2, box: [10, 0, 20, 10] as const },
      ],
    };
    expect(judgeClues(objects!, [moving, track('car', 200, 2, 4)], null)!.score).toBeCloseTo(1, 6);
  });

  it('scales boxes in per cent', () => {
    const percent = { ...objects!, boxUnit: 'percent' as const };
    const given = [track('car', 0, 1, 1), track('car', 200, 2.5, 2.5)];
    expect(judgeClues(percent, given, { width: 100, height: 100 })!.score).toBeCloseTo(1, 6);
    expect(judgeClues(percent, given, { width: 200, height: 100 })!.score).toBeLessThan(0.6);
  });

  it('judges events by time, and nothing without a clue for each unit', () => {
    const heard = { kind: 'event' as const, label: 'bark', startSeconds: 1.5, endSeconds: 2 };
    expect(judgeClues(events!, [heard], null)).toEqual({ score: 1, temporalIou: 1 });
    expect(judgeClues(events!, [], null)).toEqual({ score: 0, temporalIou: 0 });
    expect(judgeClues({ ...events!, answer: 3 }, [heard], null)).toBeNull();
    expect(judgeClues({ ...events!, clues: null }, [heard], null)).toBeNull();
  });

  it('groups boxes by their label', () => {
    const { annotations } = readAnnotations([benchmark]);
    const box = (label: string, corners: [number, number, number, number], at: number) => ({
      kind: 'object' as const,
      label,
      timestampSeconds: at,
      box: corners,
    });
    const given = [
      box('red', [1, 2, 300, 4], 4),
      box('blue', [5, 6, 7, 8], 4),
      box('blue', [5, 6, 7, 8], 5),
    ];
    expect(judgeClues(annotations[0]!, given, null)!.score).toBe(1);
    const merged = given.map((clue) => ({ ...clue, label: 'red' }));
    expect(judgeClues(annotations[0]!, merged, null)!.score).toBeLessThan(0.5);
  });
});
