import { describe, expect, it } from 'vitest';
import { createPairSpectrum } from '../../src/tensors/fft';
import { randomWords, worst } from './preprocess-golden';

/** The definition of the transform, bin by bin. */
function powerOf(frame: Float64Array, length: number): Float64Array {
  return Float64Array.from({ length: length / 2 + 1 }, (_, k) => {
    let re = 0;
    let im = 0;
    frame.forEach((value, i) => {
      const angle = (2 * Math.PI * ((i * k) % length)) / length;
      re += value * Math.cos(angle);
      im -= value * Math.sin(angle);
    });
    return re * re + im * im;
  });
}

describe('fft', () => {
  it.each([2, 8, 12, 30, 64, 154, 400, 512])('transforms two frames of %d samples', (length) => {
    const next = randomWords(length);
    const frame = (samples: number): Float64Array =>
      Float64Array.from({ length: samples }, () => next() / 2 ** 31 - 1);
    const pairSpectrum = createPairSpectrum(length);
    const powers = [new Float64Array(length / 2 + 1), new Float64Array(length / 2 + 1)] as const;
    // The second time a shorter frame: nothing of the first may be left.
    for (const samples of [length, Math.ceil(length * 0.7)]) {
      const frames = [frame(samples), frame(samples)] as const;
      pairSpectrum(...frames, ...powers);
      for (const i of [0, 1] as const)
        expect(worst(powers[i], powerOf(frames[i], length))).toBeLessThan(1e-9);
    }
  });
});
