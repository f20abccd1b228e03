import { describe, expect, it } from 'vitest';
import {
  chances,
  createSampler,
  penalise,
  type Sampling,
} from '../../src/families/av-reasoner/sampler';
import { floats, golden } from './model-golden';
import { worst } from './preprocess-golden';

const plain: Sampling = { repetitionPenalty: 1, temperature: 1, topK: 0, topP: 1 };

describe('the sampler', () => {
  it.each(golden.sampling.map((settings, at) => [at, settings] as const))(
    'has the scores and the chances of the reference, case %i',
    (_, { logits, penalised, probabilities, written, ...settings }) => {
      const scores = penalise(floats(logits), written, settings.repetitionPenalty);
      expect(worst(scores, floats(penalised))).toBeLessThan(1e-6);
      const shares = new Float32Array(scores.length);
      for (const { id, share } of chances(scores, settings)) shares[id] = share;
      expect(worst(shares, floats(probabilities))).toBeLessThan(1e-6);
      // What the reference never draws is left out, not only unlikely.
      expect(Array.from(shares, (share) => share > 0)).toEqual(
        Array.from(floats(probabilities), (share) => share > 0),
      );
    },
  );

  it('is greedy at temperature 0, and still tires of what it wrote', () => {
    const sampler = createSampler({ ...plain, temperature: 0, repetitionPenalty: 2 }, 1);
    const logits = Float32Array.of(1, 3, 2, -4);
    expect([sampler(logits), sampler(logits), sampler(logits)]).toEqual([1, 2, 1]);
  });

  it('makes a negative score smaller, too', () => {
    const scores = penalise(Float32Array.of(-1, -2, -3), [1, 1], 2);
    expect([...scores]).toEqual([-1, -4, -3]);
  });

  it('keeps the ties of the last of the top-k', () => {
    const { length } = chances(Float32Array.of(5, 1, 1, 0), { ...plain, topK: 2 });
    expect(length).toBe(3);
  });

  it('draws as often as the chances say, and the same with the same seed', () => {
    const logits = Float32Array.of(Math.log(0.7), Math.log(0.2), Math.log(0.1), -Infinity);
    const run = (seed: number) => {
      const sampler = createSampler(plain, seed);
      return Array.from({ length: 4000 }, () => sampler(logits));
    };
    const drawn = run(7);
    const share = (id: number) => drawn.filter((other) => other === id).length / drawn.length;
    expect(share(0)).toBeCloseTo(0.7, 1);
    expect(share(1)).toBeCloseTo(0.2, 1);
    expect(share(3)).toBe(0);
    expect(run(7)).toEqual(drawn);
    expect(run(8)).not.toEqual(drawn);
  });

  it.each([[[1, NaN, 2]], [[NaN, 1]], [[1, Infinity]], [[-Infinity, -Infinity]]])(
    'refuses the numbers of an overflow, %j',
    (logits) => {
      const sampler = createSampler({ ...plain, temperature: 0 }, 1);
      expect(() => sampler(Float32Array.from(logits))).toThrow('no usable numbers');
    },
  );
});
