import { describe, expect, it } from 'vitest';
import { cutChunk } from '../../src/tensors/audio-chunks';
import { createKaldiFbank, fbankFrames } from '../../src/tensors/kaldi-fbank';
import { CHUNK, floats, golden, mean, sounds, worst } from './preprocess-golden';

describe('kaldi-fbank', () => {
  const kaldiFbank = createKaldiFbank();

  it.each(sounds)('of %s is that of the reference', (name, recording, chunk) => {
    const fbank = kaldiFbank(cutChunk(recording, chunk, CHUNK));
    const { values, mean: average, meanSquare } = golden.sounds[name]!.fbank;
    expect(fbank.length).toBe(2998 * 128);
    const ours = golden.frames.fbank.flatMap((frame) => [
      ...fbank.subarray(frame * 128, (frame + 1) * 128),
    ]);
    expect(worst(ours, floats(values))).toBeLessThan(2e-6);
    expect(Math.abs(mean(fbank) - average)).toBeLessThan(1e-6);
    expect(Math.abs(mean(fbank, 2) - meanSquare)).toBeLessThan(1e-6);
  });

  it('of silence is one value', () => {
    const fbank = kaldiFbank(new Float32Array(CHUNK));
    expect(worst(fbank, new Float32Array(fbank.length).fill(-2.391693))).toBeLessThan(1e-6);
  });

  it('hears no constant pressure', () => {
    const wave = Float32Array.from(
      { length: 4000 },
      (_, i) => Math.round(Math.sin(i / 5) * 1024) / 4096,
    );
    const raised = wave.map((value) => value + 0.25);
    expect(worst(kaldiFbank(wave), kaldiFbank(raised))).toBeLessThan(1e-4);
  });

  it('takes an odd number of frames, and refuses less than one', () => {
    expect(fbankFrames(720)).toBe(3);
    expect(kaldiFbank(new Float32Array(720)).length).toBe(3 * 128);
    expect(() => kaldiFbank(new Float32Array(399))).toThrow('too short');
  });
});
