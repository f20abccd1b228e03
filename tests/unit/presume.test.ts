import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MotionConfig } from '../../src/families/nano/motion/motion-config';
import { presume } from '../../src/families/nano/presume';
import type { ObjectsConfig } from '../../src/families/nano/objects-config';
import type {
  CycleProposal,
  ObjectProposal,
  Proposal,
  SoundProposal,
} from '../../src/families/nano/proposal';
import type { SoundConfig } from '../../src/families/nano/sound-config';
import type { Mention } from '../../src/families/nano/target';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const config = {
  motion: read('models/tools/motion/config.json') as MotionConfig,
  objects: read('models/tools/objects/config.json') as ObjectsConfig,
  sound: read('models/tools/sound/config.json') as SoundConfig,
};
const { labels } = config.motion;
const at = (label: string): number => labels.indexOf(label);

const asked = (label: string): Mention => ({
  kind: 'cycle',
  weights: Float64Array.from(labels, (name) =>
    name === label ? 1 : name === 'repetition' ? 0.5 : 0,
  ),
  colour: null,
});

/** Three cycles that look like movements by these shares of their confidence. */
const train = (confidence: number, shares: Record<string, number>): CycleProposal[] =>
  [0, 1, 2].map((second) => ({
    kind: 'cycle',
    classScores: Float32Array.from(labels, (label) =>
      label === 'repetition' ? confidence : confidence * (shares[label] ?? 0),
    ),
    confidence,
    startSeconds: second,
    endSeconds: second + 0.8,
    box: [0, 0, 10, 10],
    regularity: 0.8,
    amplitude: 1,
    periodRatio: 1,
  }));

describe('what a question about a movement takes for granted', () => {
  const { grantedShare } = config.motion.presumption;

  it('lets cycles that look like nothing clear pass for it', () => {
    const seen = presume(asked('push-up'), train(0.9, { squat: 0.6 }), config);
    for (const { classScores } of seen) {
      expect(classScores[at('push-up')]).toBeCloseTo(0.9 * grantedShare, 6);
      expect(classScores[at('squat')]).toBeLessThan(classScores[at('push-up')]!);
      expect(classScores[at('repetition')]).toBeCloseTo(0.9, 6);
    }
  });

  it('does not where they plainly look like another movement', () => {
    const squats = train(0.9, { squat: 0.95, 'push-up': 0.1 });
    expect(presume(asked('push-up'), squats, config)).toBe(squats);
    expect(presume(asked('squat'), squats, config)[0]!.classScores[at('squat')]).toBeCloseTo(0.855);
  });

  it('takes nothing from what is recognised, and nothing for granted where all is doubtful', () => {
    const clear = presume(asked('wave'), train(0.8, { wave: 0.9 }), config);
    expect(clear[0]!.classScores[at('wave')]).toBeCloseTo(0.72, 6);
    const faint = train(0.2, {});
    expect(presume(asked('wave'), faint, config)).toBe(faint);
    const anything = train(0.9, { squat: 0.4 });
    expect(presume(asked('repetition'), anything, config)).toBe(anything);
  });
});

describe('what a question about a sound takes for granted', () => {
  const { labels: sounds, presence, presumption } = config.sound;
  const about = (label: string): Mention => ({
    kind: 'sound',
    weights: Float64Array.from(sounds, (name) => Number(name === label)),
    colour: null,
  });
  const heard = (...scores: Record<string, number>[]): SoundProposal[] =>
    scores.map((of, second) => ({
      kind: 'sound',
      classScores: Float32Array.from(sounds, (label) => of[label] ?? 0),
      confidence: 0.9,
      fingerprint: Float32Array.of(1),
      startSeconds: second,
      endSeconds: second + 0.3,
    }));
  const own = (proposals: readonly Proposal[], label: string): number[] =>
    proposals.map(({ classScores }) => classScores[sounds.indexOf(label)]!);

  it('raises faint likenesses together, in their order, and leaves other sounds alone', () => {
    const before = heard({ pig: 0.08, horse: 0.2 }, { pig: 0.06 }, { dog: 0.9, pig: 0.05 });
    const after = presume(about('pig'), before, config);
    const [first, second, third] = own(after, 'pig');
    expect(first).toBeCloseTo(presumption.reach, 5);
    expect(second).toBeGreaterThan(0.25);
    expect(second).toBeLessThan(first!);
    expect(third).toBeCloseTo(0.05, 6);
    expect(own(after, 'horse')[0]).toBeCloseTo(0.2, 6);
  });

  it('raises what scores next to nothing by as much as it may', () => {
    const [pig] = own(presume(about('pig'), heard({ pig: 0.0101 }), config), 'pig');
    expect(pig).toBeCloseTo(1 / (1 + (0.9899 / 0.0101) * Math.exp(-presumption.mostShift)), 5);
    expect(pig).toBeLessThan(presumption.reach);
  });

  it('keeps what the tower said itself', () => {
    const [pig] = presume(about('pig'), heard({ pig: 0.08 }), config);
    expect(pig!.plainScores![sounds.indexOf('pig')]).toBeCloseTo(0.08, 6);
    expect(pig!.classScores[sounds.indexOf('pig')]).toBeGreaterThan(0.08);
  });

  it('raises none above what passes without doubt', () => {
    const scores = own(presume(about('pig'), heard({ pig: 0.3 }, { pig: 0.25 }), config), 'pig');
    expect(scores[0]).toBeCloseTo(presumption.reach, 5);
  });

  it.each([
    ['nothing is like it', 'pig', { pig: 0.001, dog: 0.9 }],
    ['it is recognised', 'pig', { pig: 0.7 }],
    [
      'the tower knows the class well enough to say no',
      Object.keys(presence).at(-1)!,
      { clock_tick: 0.1 },
    ],
    ['any sound is asked for', 'repeated', { repeated: 0.1 }],
  ])('changes nothing where %s', (_, label, scores) => {
    const proposals = heard(scores);
    expect(presume(about(label), proposals, config)).toBe(proposals);
  });
});

it('lets pass what the decoder was trained with', () => {
  const { presumed } = read('tests/fixtures/nano-decoder.json') as {
    presumed: {
      kind: 'sound' | 'cycle';
      asked: number;
      confidences: number[];
      scores: number[][];
      presumed: number[][];
    }[];
  };
  for (const { kind, asked, confidences, scores, presumed: expected } of presumed) {
    const proposals = scores.map(
      (all, at) =>
        ({ kind, confidence: confidences[at]!, classScores: Float32Array.from(all) }) as Proposal,
    );
    const weights = Float64Array.from(scores[0]!, (_, label) => Number(label === asked));
    const passed = presume({ kind, weights, colour: null }, proposals, config);
    passed.forEach(({ classScores }, at) => {
      classScores.forEach((score, label) => {
        expect(score).toBeCloseTo(expected[at]![label]!, 3);
      });
    });
  }
});

describe('what a question about white or black things takes for granted', () => {
  const { labels: classes, colours: names } = config.objects;
  const scoresOf = (label: string): Float32Array =>
    Float32Array.from(classes, (name) => (name === label ? 0.6 : 0));

  const thing = (label: string, shares: Record<string, number>): ObjectProposal => ({
    kind: 'object',
    classScores: scoresOf(label),
    peakScores: scoresOf(label),
    confidence: 0.6,
    meanScore: 0.6,
    startSeconds: 0,
    endSeconds: 2,
    box: [0, 0, 10, 10],
    path: [{ timestampSeconds: 0, box: [0, 0, 10, 10] }],
    appearanceDistance: 1,
    colours: Float32Array.from(names, (name) => shares[name] ?? 0),
  });

  /** The buses that mostly show the asked colour. */
  const found = (colour: string, proposals: readonly ObjectProposal[]): number[] => {
    const asked: Mention = {
      kind: 'object',
      weights: Float64Array.from(classes, (name) => (name === 'bus' ? 1 : 0)),
      colour: names.indexOf(colour),
    };
    return presume(asked, proposals, config).flatMap((proposal, at) => {
      const { colours: shown } = proposal as ObjectProposal;
      const isBus = proposal.classScores[classes.indexOf('bus')]! > 0;
      return isBus && shown[asked.colour!] === Math.max(...shown) ? [at] : [];
    });
  };

  const shaded = thing('bus', { grey: 0.62, white: 0.33 });
  const dark = thing('bus', { grey: 0.6, black: 0.3, white: 0.1 });
  const yellow = thing('bus', { yellow: 0.8, grey: 0.1, white: 0.1 });

  it('lets grey things that are rather white pass for white ones, and dark ones for black ones', () => {
    const there = [shaded, dark, yellow, thing('car', { grey: 0.6, white: 0.4 })];
    expect(found('white', there)).toEqual([0]);
    expect(found('black', there)).toEqual([1]);
  });

  it('does so only where none is clearly of the colour', () => {
    expect(found('white', [shaded, thing('bus', { white: 0.9 })])).toEqual([1]);
    // What is white is no bus.
    expect(found('white', [shaded, thing('car', { white: 0.9 })])).toEqual([0]);
  });

  it('does so for no colour with a hue, nor for grey itself', () => {
    expect(found('red', [shaded, thing('bus', { grey: 0.6, red: 0.4 })])).toEqual([]);
    expect(found('grey', [shaded, yellow])).toEqual([0]);
    expect(found('white', [thing('bus', { grey: 0.99, white: 0.01 })])).toEqual([]);
  });
});
