import { describe, expect, it } from 'vitest';
import { strengthsOf } from '../../src/families/nano/features';
import type { SoundProposal } from '../../src/families/nano/proposal';
import type { SoundConfig } from '../../src/families/nano/sound-config';
import { dampSyllables, gapOf } from '../../src/families/nano/syllables';

const damped = (starts: readonly number[], scores: number[], gap = 1.5): number[] => {
  dampSyllables(starts, scores, gap, 0.1);
  return scores.map((score) => Number(score.toFixed(6)));
};

describe('sounds that cannot begin again so soon', () => {
  it('have one beginning: the first, but where it is weak', () => {
    expect(damped([0, 1.4, 3], [0.8, 0.9, 0.7])).toEqual([0.8, 0.09, 0.7]);
    expect(damped([0, 0.4, 3], [0.1, 0.9, 0.7])).toEqual([0.01, 0.9, 0.7]);
    expect(damped([0, 1.5], [0.8, 0.9])).toEqual([0.8, 0.9]);
  });

  const events = {
    likeness: { slope: 5, middle: 0.4 },
    classGapSeconds: { snore: 1.5, cough: 0.3 },
    syllableShare: 0.1,
  } as unknown as SoundConfig['events'];
  const sounds = { labels: ['dog', 'snore', 'cough'], events };
  const asked = (...of: number[]) => ({ weights: Float64Array.from(of) });

  it('are those of which every class that is asked for has a gap: the shortest of them', () => {
    expect(gapOf(asked(0, 1, 0), sounds)).toBe(1.5);
    expect(gapOf(asked(0, 1, 0.5), sounds)).toBe(0.3);
    expect(gapOf(asked(0.2, 1, 0), sounds)).toBe(0);
    expect(gapOf(asked(0, 0, 0), sounds)).toBe(0);
  });

  it('are not strong by their likeness to others: the out-breath between two snores', () => {
    const sound = (startSeconds: number, score: number): SoundProposal => ({
      ...{ kind: 'sound', startSeconds, endSeconds: startSeconds + 0.5, confidence: 1 },
      classScores: Float32Array.of(0, score, 0),
      fingerprint: Float32Array.of(1),
    });
    // The later snore first, as the proposals of very long recordings may come.
    const heard = [sound(4, 0.8), sound(0, 0.8), sound(1.3, 0.01)];
    const mention = { kind: 'sound', colour: null, ...asked(0, 1, 0) } as const;
    const [later, first, breath] = strengthsOf(heard, mention, sounds);
    expect(later).toBeCloseTo(first!, 9);
    expect(breath!).toBeLessThan(first! / 20);
    const free = { ...sounds, events: { ...events, classGapSeconds: {} } };
    expect(strengthsOf(heard, mention, free)[2]!).toBeGreaterThan(first! / 5);
  });
});
