import { describe, expect, it } from 'vitest';
import { bestAssignment } from '../../src/benchmark/best-assignment';
import {
  readReplyJson,
  readSeconds,
  type BoxesByFrame,
  type Corners,
} from '../../src/clues/clue-reply';
import {
  attributeScore,
  eventOverlap,
  eventScore,
  objectScore,
} from '../../src/benchmark/clue-score';
import { readEvents, readGroups, readObjects } from '../../src/benchmark/read-reply';
import { boxIou, scoreCounts, temporalIou } from '../../src/benchmark/metrics';
import { readOfficialCount } from '../../src/clues/number-words';

/* The test vectors of the released metric functions. */

describe('counts', () => {
  it('scores as the benchmark does, with the clipping of wild counts', () => {
    const pairs = [
      [5, 5],
      [4, 3],
      [10, 7],
      [3, 1e6],
      [60, 170],
      [2, 0],
    ].map(([truth, predicted]) => ({ truth: truth!, predicted: predicted! }));
    const { n, acc, oboa, mae, rmse } = scoreCounts(pairs);
    expect(n).toBe(6);
    expect(acc).toBeCloseTo(1 / 6, 6);
    expect(oboa).toBeCloseTo(2 / 6, 6);
    expect(mae).toBeCloseTo(20.333333333, 6);
    expect(rmse).toBeCloseTo(45, 6);
  });

  it('gives zeroes for nothing', () => {
    expect(scoreCounts([])).toEqual({ n: 0, acc: 0, oboa: 0, mae: 0, rmse: 0 });
  });

  it.each([
    ['forty-two', 42],
    ['one hundred five', 105],
    ['one or two', 3],
    ['a hundred', 100],
    ['-5', 0],
    ['3.0', 0],
    ['7', 7],
    ['5.', 0],
    ['5 people', 0],
    ['**5**', 0],
    [' 5', 0],
    ['5\n', 0],
    ['five.', 0],
    ['<answer>5</answer>', 0],
    ['two thousand three hundred four', 2304],
    ['one million two thousand', 1002000],
    ['two point five', 2.5],
    ['thousand million', 0],
    ['nothing', 0],
    [null, 0],
  ])('reads %j strictly as %d', (text, count) => {
    expect(readOfficialCount(text)).toBe(count);
  });
});

const truth = [
  [10, 20],
  [30, 40],
  [50, 60],
] as const;

describe('events', () => {
  it.each([
    ['exact', truth, 1],
    ['the first two only', truth.slice(0, 2), 0.666667],
    ['all five seconds late', truth.map(([a, b]) => [a + 5, b + 5] as const), 0.57735],
    ['one for all', [[10, 60]] as const, 0.258199],
    ['each twice', [...truth, ...truth], 0],
    ['one far extra', [...truth, [100, 110] as const], 0.816497],
    ['none', [], 0],
    ['reversed', [[20, 10]] as const, 0],
  ])('%s', (_, predicted, score) => {
    expect(eventScore(truth, predicted)).toBeCloseTo(score, 6);
  });

  it('measures overlap over the hull', () => {
    expect(temporalIou([0, 2], [1, 4])).toBeCloseTo(0.25, 6);
    expect(temporalIou([0, 1], [2, 3])).toBe(0);
    expect(temporalIou([1, 1], [1, 1])).toBe(0);
    expect(eventOverlap(truth, truth.slice(0, 2))).toBeCloseTo(2 / 3, 6);
  });
});

const b1: Corners = [0, 0, 10, 10];
const b2: Corners = [20, 0, 30, 10];
const frames = (...entries: [number, Corners[]][]): BoxesByFrame => new Map(entries);
const objects = frames([0, [b1, b2]], [1, [b1]]);

describe('objects', () => {
  it.each([
    ['exact', objects, 1],
    ['the second frame missing', frames([0, [b1, b2]]), 0.5],
    ['the first box shifted', frames([0, [[5, 0, 15, 10], b2]], [1, [b1]]), 0.908248],
    ['a frame in vain', frames([0, [b1, b2]], [1, [b1]], [2, [b1]]), 0.666667],
    ['swapped corners', frames([0, [[10, 10, 0, 0], b2]], [1, [b1]]), 1],
    ['one of two', frames([0, [b1]], [1, [b1]]), 0.75],
  ])('%s', (_, predicted, score) => {
    expect(objectScore(objects, predicted)).toBeCloseTo(score, 6);
  });

  it('has no overlap where nothing has an extent', () => {
    expect(boxIou([1, 1, 1, 1], [1, 1, 1, 1])).toBe(0);
    expect(boxIou(b1, b2)).toBe(0);
  });
});

describe('groups', () => {
  const a = frames([0, [b1]], [1, [b1]]);
  const b = frames([0, [b2]]);
  it.each([
    ['in another order', [b, a], 1],
    ['the first only', [a], 0.5],
    ['all in one', [objects], 0.25],
    ['one in vain', [a, b, frames([1, [b2]])], 1],
    ['none', [], 0],
  ])('%s', (_, predicted, score) => {
    expect(attributeScore([a, b], predicted)).toBeCloseTo(score, 6);
  });

  it('finds the pairing with the largest sum, not the greedy one', () => {
    const scores = [
      [0.9, 0.8, 0],
      [0.85, 0.1, 0],
    ];
    expect(bestAssignment(scores)).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(bestAssignment([[1], [2], [3]])).toEqual([[2, 0]]);
    expect(bestAssignment([[], []])).toEqual([]);
  });
});

describe('replies', () => {
  it.each([
    ['01:02.5', 62.5],
    ['1:00:03.25', 3603.25],
    ['12.5 s', 12.5],
    ['7', 7],
    [7.25, 7.25],
  ])('reads the time %j', (text, seconds) => {
    expect(readSeconds(text)).toBeCloseTo(seconds, 6);
  });

  it('reads events from the answer, or from the first list in the text', () => {
    expect(readEvents('<think>x</think><answer>[["1.00","2.50"], [3, 4]]</answer>')).toEqual([
      [1, 2.5],
      [3, 4],
    ]);
    expect(readEvents('They are at {here} and [["00:05","00:06"]], I think.')).toEqual([[5, 6]]);
    expect(readEvents('<answer>[]</answer>')).toEqual([]);
    expect(readEvents('three')).toBeNull();
    expect(readEvents('<answer>[["a","b"]]</answer>')).toBeNull();
    expect(readReplyJson('')).toBeUndefined();
  });

  it('reads boxes by frame, also as pairs of corners', () => {
    const reply =
      '<answer>{"Frame1": [[0,0,10,10],[20,0,30,10]], "Frame2": [[0,0],[10,10]]}</answer>';
    expect(objectScore(objects, readObjects(reply)!)).toBe(1);
    // Neither boxes nor corners: the scripts pass over it.
    expect(readObjects('{"Frame1": [[0,0,10]]}')).toEqual(new Map());
    expect(readObjects('[]')).toBeNull();
  });

  it('reads groups by their label, with both spellings of the box', () => {
    const reply = JSON.stringify({
      'Frame 1': [
        { bbox: b1, label: 'red' },
        { bbox_2d: b2, label: 'blue' },
      ],
      'Frame 2': [{ bbox: b1, label: 'red' }],
    });
    const groups = readGroups(reply)!;
    expect(groups).toHaveLength(2);
    expect(attributeScore([frames([0, [b2]]), frames([0, [b1]], [1, [b1]])], groups)).toBe(1);
    expect(readGroups(`{"Frame 1": [{"bbox":[0,0,1,1], 'label':"x"}]}`)).toBeNull();
  });
});
