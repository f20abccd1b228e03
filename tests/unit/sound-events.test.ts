import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SoundEventsConfig } from '../../src/families/nano/sound-config';
import { findSoundEvents, type SoundCurves } from '../../src/families/nano/sound-events';

interface Golden {
  config: SoundEventsConfig;
  seconds: number;
  labels: string[];
  onset: number[];
  activity: number[];
  classOnset: number[];
  fingerprint: number[];
  events: {
    start: number;
    end: number;
    confidence: number;
    scores: number[];
    fingerprint: number[];
  }[];
}

// Written by `python -m models.tools.sound.golden`.
const golden = JSON.parse(
  readFileSync(new URL('../fixtures/golden/sound-events.json', import.meta.url), 'utf8'),
) as Golden;

const curves: SoundCurves = {
  onset: Float32Array.from(golden.onset),
  activity: Float32Array.from(golden.activity),
  classOnset: Float32Array.from(golden.classOnset),
  fingerprint: Float32Array.from(golden.fingerprint),
};

const find = (from: SoundCurves, startSeconds = 0, config = golden.config) =>
  findSoundEvents(from, golden.labels, golden.seconds, startSeconds, config);

describe('sound events', () => {
  it('agree with the training code', () => {
    const events = find(curves);
    expect(events.length).toBe(golden.events.length);
    expect(events.length).toBeGreaterThan(3);
    golden.events.forEach((want, i) => {
      const got = events[i]!;
      expect(got.startSeconds).toBeCloseTo(want.start, 5);
      expect(got.endSeconds).toBeCloseTo(want.end, 5);
      expect(got.confidence).toBeCloseTo(want.confidence, 5);
      want.scores.forEach((score, label) => expect(got.classScores[label]).toBeCloseTo(score, 5));
      want.fingerprint.forEach((value, at) => expect(got.fingerprint[at]).toBeCloseTo(value, 3));
    });
  });

  it('damp the second syllable of a class that cannot begin again so soon', () => {
    const loose = find(curves, 0, { ...golden.config, classGapSeconds: {} });
    const classes = golden.labels.filter((label) => label !== 'repeated');
    const lowered = find(curves).map((event, i) =>
      classes.filter((_, label) => event.classScores[label]! < loose[i]!.classScores[label]!),
    );
    expect(lowered.flat().length).toBeGreaterThan(0);
    expect(new Set(lowered.flat())).toEqual(new Set(Object.keys(golden.config.classGapSeconds)));
  });

  it('take the blow for the sneeze where an intake of breath goes before it', () => {
    const sneeze = golden.labels.indexOf('sneeze');
    const width = golden.labels.length - 1;
    const curve = (first: number, second: number): Float32Array => {
      const values = new Float32Array(80 * width);
      for (let step = 10; step < 34; step++)
        values[step * width + sneeze] = step < 22 ? first : second;
      return values;
    };
    const scoresOf = (first: number, second: number): number[] => {
      const onset = new Float32Array(80);
      onset[10] = onset[22] = 0.9;
      const both = curve(first, second);
      const events = find({ onset, activity: both, classOnset: both, fingerprint: both });
      return events.map(({ classScores }) => classScores[sneeze]!);
    };
    const [breath, blow] = scoresOf(0.3, 0.8) as [number, number];
    expect(blow).toBeCloseTo(0.8, 5);
    expect(breath).toBeLessThan(0.05);
    const [first, syllable] = scoresOf(0.8, 0.5) as [number, number];
    expect(first).toBeCloseTo(0.8, 5);
    expect(syllable).toBeLessThan(0.05);
  });

  it('score the sound that comes again above the one that comes once', () => {
    const steps = golden.onset.length;
    const at = (places: [number, number][], width: number): Float32Array => {
      const values = new Float32Array(steps * width);
      for (const [step, label] of places) values[step * width + label] = 0.9;
      return values;
    };
    const places: [number, number][] = [
      [5, 0],
      [15, 0],
      [25, 2],
      [35, 0],
      [45, 0],
    ];
    const scores = find({
      onset: at(
        places.map(([step]) => [step, 0]),
        1,
      ),
      activity: at(places, 3),
      classOnset: at(places, 3),
      fingerprint: at(places, 3),
    }).map(({ classScores }) => classScores.at(-1)!);
    expect(scores.length).toBe(5);
    for (const k of [0, 1, 3, 4]) expect(scores[k]).toBeCloseTo(0.9, 3);
    expect(scores[2]).toBeLessThan(0.25);
  });

  it("lie on the media's clock", () => {
    const shifted = find(curves, 1.4);
    find(curves).forEach((event, i) => {
      expect(shifted[i]!.startSeconds).toBeCloseTo(event.startSeconds + 1.4, 9);
      expect(shifted[i]!.endSeconds).toBeCloseTo(event.endSeconds + 1.4, 9);
    });
  });

  it('never end before they start or after the sound', () => {
    for (const event of find(curves)) {
      expect(event.endSeconds).toBeGreaterThan(event.startSeconds);
      expect(event.endSeconds).toBeLessThanOrEqual(golden.seconds);
    }
  });

  it('count a plateau once and nothing below the threshold', () => {
    const onset = new Float32Array(golden.onset.length);
    onset.fill(0.8, 20, 23);
    onset[40] = golden.config.onsetThreshold / 2;
    expect(find({ ...curves, onset }).length).toBe(1);
    expect(find({ ...curves, onset: onset.fill(0) })).toEqual([]);
  });
});
