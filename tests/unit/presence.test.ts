import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/clues/clue';
import {
  isPresent,
  objectBars,
  withoutFaint,
  type PresenceBars,
} from '../../src/families/nano/presence';
import type { ObjectsConfig } from '../../src/families/nano/objects-config';
import type { Proposal } from '../../src/families/nano/proposal';
import type { Mention, TowerKind } from '../../src/families/nano/target';
import { ObjectTracker } from '../../src/families/nano/tracker';

const bars: PresenceBars = {
  sound: { labels: ['dog', 'bell'], presence: { default: 0.1, bell: 0.3 } },
  objects: { class: 0.35, thing: 0.2, faintShare: 0.5, stillReach: 0.3 },
  motion: { presence: 0.12 },
};

const of = (kind: TowerKind, ...weights: number[]): Mention => ({
  ...{ kind, colour: null },
  weights: Float64Array.from(weights),
});
/** Things whose mean is half their best sighting, and sounds. */
const scored = (kind: TowerKind, ...all: number[][]): Proposal[] =>
  all.map((scores) => {
    const best = Float32Array.from(scores);
    const classScores = kind === 'object' ? best.map((score) => score / 2) : best;
    const confidence = Math.max(...scores);
    return { kind, classScores, peakScores: best, confidence } as Proposal;
  });

describe('isPresent', () => {
  it.each([
    ['one thing that clearly is one', of('object', 1, 0), [[0.1], [0.4]], true],
    ['many that only may be', of('object', 1, 0), [[0.3], [0.3], [0.34]], false],
    ['another thing', of('object', 1, 0), [[0.1, 0.9]], false],
    ['one of several asked classes', of('object', 1, 1), [[0.1, 0.5]], true],
    ['nothing', of('object', 1, 0), [], false],
    ['a sound at its own bar', of('sound', 0, 1), [[0, 0.3]], true],
    ['a sound below it', of('sound', 0, 1), [[0.9, 0.29]], false],
    ['a sound at the bar of all others', of('sound', 1, 0), [[0.15, 0]], true],
    [
      'cycles that are one',
      of('cycle', 0, 1),
      [
        [0, 0.1],
        [0, 0.2],
      ],
      true,
    ],
    ['cycles of another movement, which the decoder judges', of('cycle', 1, 0), [[0, 0.2]], true],
    [
      'what hardly repeats itself',
      of('cycle', 0, 1),
      [
        [0, 0.05],
        [0, 0.1],
      ],
      false,
    ],
  ])('%s', (_, mention, scores, expected) => {
    expect(isPresent(mention, scored(mention.kind, ...scores), bars)).toBe(expected);
  });

  it('of a thing that somebody must have seen who asks so, however badly it shows', () => {
    const doubtful = scored('object', [0.13, 0]);
    const cat = of('object', 1, 0);
    const asked = (category: 'object' | 'attribute', pictureSeconds?: number[]): PresenceBars => ({
      ...bars,
      objects: objectBars({ category }, pictureSeconds ? { pictureSeconds } : {}, bars.objects),
    });
    expect(isPresent(cat, doubtful, asked('object'))).toBe(false);
    expect(isPresent(cat, doubtful, asked('attribute'))).toBe(true);
    expect(isPresent(cat, doubtful, asked('object', [1, 5]))).toBe(true);
    expect(isPresent(cat, [], asked('object', [1, 5]))).toBe(false);
    // A single one that is never seen well is left out all the same, but not in the picked pictures.
    expect(asked('attribute').objects.thing).toBe(bars.objects.thing);
    expect(asked('attribute', [1, 5]).objects.thing).toBe(0);
  });
});

describe('withoutFaint', () => {
  const person = of('object', 1, 0);
  // Two people, two traffic cones, and a thing that is asked for nowhere.
  const scene = scored('object', [0.9, 0], [0.46, 0], [0.4, 0.1], [0.3, 0], [0.1, 0.8]);
  /** Each seen three times, going so many box sizes from sight to sight. */
  const film = (step: number): Proposal[] =>
    scene.map((proposal) => {
      const path = [0, 1, 2].map((time) => {
        const left = 20 * time * step;
        return { timestampSeconds: time, box: [left, 0, left + 20, 20] as Box };
      });
      return { ...proposal, kind: 'object', path, box: path[0]!.box } as Proposal;
    });
  const still = film(0.1);

  it('leaves out what is faint beside what is seen well, and never stirs', () => {
    expect(withoutFaint(person, still, bars)).toEqual(still.slice(0, 2));
    const moving = film(0.5);
    expect(withoutFaint(person, moving, bars)).toEqual(moving);
  });

  it('keeps all where nothing is seen better', () => {
    const faint = still.slice(1, 4);
    expect(withoutFaint(person, faint, bars)).toEqual(faint);
    expect(withoutFaint(person, [], bars)).toEqual([]);
  });

  it('keeps what is seen once, picked pictures, those whose colours are asked for, and sounds', () => {
    const once = still.map((one) => ({
      ...one,
      path: one.kind === 'object' ? [one.path[0]!] : [],
    }));
    expect(withoutFaint(person, once as Proposal[], bars)).toEqual(once);
    const picked = objectBars({ category: 'object' }, { pictureSeconds: [1, 5] }, bars.objects);
    expect(withoutFaint(person, still, { objects: picked })).toEqual(still);
    const ofColours = objectBars({ category: 'attribute' }, {}, bars.objects);
    expect(withoutFaint(person, still, { objects: ofColours })).toEqual(still);
    const barks = scored('sound', [0.9, 0], [0.2, 0]);
    expect(withoutFaint(of('sound', 1, 0), barks, bars)).toEqual(barks);
  });
});

it('a track remembers its best sighting of each class beside the mean', () => {
  const path = `${import.meta.dirname}/../../models/tools/objects/config.json`;
  const { tracker } = JSON.parse(readFileSync(path, 'utf8')) as ObjectsConfig;
  const tracked = new ObjectTracker(tracker);
  const same = { box: [10, 10, 60, 90] as Box, appearance: new Float32Array(80).fill(0.1) };
  for (const [at, score] of [0.5, 0.9, 0.4].entries()) {
    const classScores = Float32Array.of(score, 0.1 * at);
    const colours = new Float32Array(11);
    tracked.step([{ ...same, score, classScores, colours, cutOff: false }], at / 2, colours);
  }
  const [only, ...others] = tracked.finish();
  expect(others).toEqual([]);
  expect([...only!.peakScores]).toEqual([expect.closeTo(0.9), expect.closeTo(0.2)]);
  expect([...only!.classScores]).toEqual([expect.closeTo(0.6), expect.closeTo(0.1)]);
});
