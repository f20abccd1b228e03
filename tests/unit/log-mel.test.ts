import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLogMel, type LogMelConfig } from '../../src/tensors/log-mel';

interface Golden {
  config: LogMelConfig;
  samples: number;
  frames: number;
  reference: number;
  rows: Record<string, number[]>;
}

// Written by `python -m models.tools.sound.golden`.
const golden = JSON.parse(
  readFileSync(new URL('../fixtures/golden/log-mel.json', import.meta.url), 'utf8'),
) as Golden;

/** The same signal as `signal()` in models/tools/sound/golden.py. */
function signal(length: number): Float32Array {
  const wave = Float32Array.from({ length }, (_, n) => {
    const chirp = 0.3 * Math.sin((2 * Math.PI * (300 + 0.3 * n) * n) / 16000);
    return chirp + 0.02 * (((n * 7919) % 1013) / 506.5 - 1) + (n === 2500 ? 0.8 : 0);
  });
  return wave.fill(0, 4000, 5200);
}

describe('log-mel', () => {
  const logMel = createLogMel(golden.config);
  const bins = golden.config.melBins;
  const wave = signal(golden.samples);
  const reference = logMel.reference(wave);

  it('agrees with the training code', () => {
    expect(logMel.frameCount(wave.length)).toBe(golden.frames);
    expect(reference / golden.reference).toBeCloseTo(1, 5);
    const mel = logMel.frames(wave, 0, golden.frames, reference);
    let worst = 0;
    for (const [row, values] of Object.entries(golden.rows))
      values.forEach((value, bin) => {
        worst = Math.max(worst, Math.abs(value - mel[Number(row) * bins + bin]!));
      });
    expect(Object.keys(golden.rows).length).toBeGreaterThan(5);
    expect(worst).toBeLessThan(2e-3);
  });

  it('gives the same frames piece by piece, from odd and even starts', () => {
    const whole = logMel.frames(wave, 0, golden.frames, reference);
    for (const first of [3, 10]) {
      const part = logMel.frames(wave, first, 9, reference);
      part.forEach((value, i) => expect(value).toBeCloseTo(whole[first * bins + i]!, 4));
    }
  });

  it('does not depend on the gain', () => {
    const quiet = wave.map((value) => value * 0.1);
    const mel = logMel.frames(quiet, 0, 20, logMel.reference(quiet));
    const whole = logMel.frames(wave, 0, 20, reference);
    mel.forEach((value, i) => expect(value).toBeCloseTo(whole[i]!, 3));
  });

  it('turns silence and a single sample into finite numbers', () => {
    for (const samples of [new Float32Array(1), new Float32Array(5000), new Float32Array(0)]) {
      const frames = logMel.frameCount(samples.length);
      expect(frames).toBe(Math.max(1, Math.ceil(samples.length / golden.config.hopLength)));
      const mel = logMel.frames(samples, 0, frames, logMel.reference(samples));
      const floor = (Math.log(golden.config.floor) + golden.config.offset) * golden.config.scale;
      expect(mel.length).toBe(frames * bins);
      mel.forEach((value) => expect(value).toBeCloseTo(floor, 5));
    }
  });
});
