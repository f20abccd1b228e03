import { describe, expect, it } from 'vitest';
import { strengthsOf, type SoundRules } from '../../src/families/nano/features';
import { kindred, likeness } from '../../src/families/nano/likeness';
import { recurrence } from '../../src/families/nano/recurrence';
import type { Proposal, SoundProposal } from '../../src/families/nano/proposal';
import type { Mention } from '../../src/families/nano/target';

const rules = { slope: 5, middle: 0.4 };

/** A fingerprint at this angle, degrees. */
function print(angle: number): Float32Array {
  const turn = (angle * Math.PI) / 180;
  return Float32Array.of(Math.cos(turn), Math.sin(turn));
}

describe('how alike sounds are', () => {
  const alike = likeness([print(0), print(10), print(90)], rules);

  it('is 1 for a sound itself, and the same from both sides', () => {
    alike.forEach((row, i) => {
      expect(row[i]).toBe(1);
      row.forEach((value, j) => expect(value).toBe(alike[j]![i]));
    });
  });

  it('is near 1 for one kind, and 0 for two', () => {
    expect(alike[0]![1]).toBeGreaterThan(0.85);
    expect(alike[0]![2]).toBe(0);
  });

  it('is that of the probability which the fingerprint was trained for', () => {
    const cosine = Math.cos((30 * Math.PI) / 180);
    const probability = 1 / (1 + Math.exp(-rules.slope * (cosine - rules.middle)));
    expect(likeness([print(0), print(30)], rules)[0]![1]).toBeCloseTo(2 * probability - 1, 6);
  });
});

describe('what all of one kind have', () => {
  const alike = likeness([print(0), print(5), print(90)], rules);

  it('is shared among them, the clear ones first', () => {
    const [one, other, stranger] = kindred(alike, [1, 0.1, 1], [0.8, 0, 0.3]);
    expect(one).toBeGreaterThan(0.7);
    expect(other).toBeGreaterThan(0.7);
    expect(stranger).toBeCloseTo(0.3, 6);
  });

  it('is a number where nothing is sure', () => {
    expect(kindred(likeness([print(0)], rules), [0], [0.5])).toEqual([0]);
    expect(kindred([], [], [])).toEqual([]);
  });
});

describe('the sound that recurs', () => {
  const config = { likeness: rules, repeated: { alone: 0.5, withinSeconds: 30 } };

  it('is found in hours of sound: what is far apart is not compared', () => {
    const seconds = [...Array(20_000).keys()];
    const prints = seconds.map((second) => print(second % 2 ? 90 : 0));
    const scores = recurrence(
      seconds,
      seconds.map(() => 0.9),
      prints,
      config,
    );
    expect(scores.length).toBe(seconds.length);
    expect(scores[10_000]).toBeCloseTo(0.9, 6);
  });

  it('has no support from its like more than half a minute away', () => {
    const [alone, first, second] = recurrence(
      [0, 40, 41],
      [1, 1, 1],
      [print(0), print(0), print(0)],
      config,
    );
    expect(first).toBeCloseTo(1, 6);
    expect(second).toBeCloseTo(1, 6);
    // Two of one kind are not wholly alike: tanh(slope / 2 · (1 − middle)).
    expect(alone).toBeCloseTo(0.5 / (0.5 + Math.tanh(1.5)), 6);
  });
});

describe('strength', () => {
  const mention: Mention = { kind: 'sound', weights: Float64Array.of(1, 0), colour: null };
  const sound = (angle: number, score: number): SoundProposal => ({
    kind: 'sound',
    startSeconds: 0,
    endSeconds: 1,
    confidence: 0.9,
    classScores: Float32Array.of(score, 1 - score),
    fingerprint: print(angle),
  });

  const events = { likeness: rules, classGapSeconds: {} };
  const sounds = { labels: ['dog', 'cat'], events } as unknown as SoundRules;

  it('of a sound whose like is recognised is more than its own score, of another not', () => {
    const alone = strengthsOf([sound(0, 0.05)], mention, sounds)[0]!;
    expect(alone).toBeCloseTo(0.05 * 0.9, 5);
    const [clear, faint] = strengthsOf([sound(0, 0.9), sound(5, 0.05)], mention, sounds);
    expect(faint).toBeGreaterThan(3 * alone);
    expect(faint).toBeLessThan(clear!);
    const [, other] = strengthsOf([sound(0, 0.9), sound(90, 0.05)], mention, sounds);
    expect(other).toBeCloseTo(alone, 6);
  });

  it("of another tower's proposal is 0", () => {
    const car = { kind: 'object' } as Proposal;
    expect(strengthsOf([car, sound(0, 0.9)], mention, sounds)).toEqual([
      0,
      expect.closeTo(0.81, 5),
    ]);
  });
});
