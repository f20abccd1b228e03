import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MotionConfig } from '../../src/families/nano/motion/motion-config';
import { presume } from '../../src/families/nano/motion/presume';
import type { CycleProposal } from '../../src/families/nano/proposal';
import type { Mention } from '../../src/families/nano/target';

const file = new URL('../../models/tools/motion/config.json', import.meta.url);
const config = JSON.parse(readFileSync(file, 'utf8')) as MotionConfig;
const { labels } = config;
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
  const { grantedShare } = config.presumption;

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
