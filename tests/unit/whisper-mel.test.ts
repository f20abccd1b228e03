import { describe, expect, it } from 'vitest';
import { cutChunk } from '../../src/tensors/audio-chunks';
import { createWhisperMel, MEL_BINS, melFrames } from '../../src/tensors/whisper-mel';
import { CHUNK, floats, golden, mean, sounds, worst } from './preprocess-golden';

describe('whisper-mel', () => {
  const whisperMel = createWhisperMel();

  it.each(sounds)('of %s is that of the reference', (name, recording, chunk) => {
    const mel = whisperMel(cutChunk(recording, chunk, CHUNK));
    const { values, mean: average, meanSquare } = golden.sounds[name]!.mel;
    expect(mel.length).toBe(128 * 3000);
    const ours = golden.frames.mel.flatMap((frame) =>
      Array.from({ length: MEL_BINS }, (_, band) => mel[band * 3000 + frame]!),
    );
    expect(worst(ours, floats(values))).toBeLessThan(2e-6);
    expect(Math.abs(mean(mel) - average)).toBeLessThan(1e-6);
    expect(Math.abs(mean(mel, 2) - meanSquare)).toBeLessThan(1e-6);
  });

  it('of silence is −1.5 everywhere', () => {
    expect(whisperMel(new Float32Array(CHUNK)).every((value) => value === -1.5)).toBe(true);
  });

  it('takes chunks of other lengths, with an odd number of frames too', () => {
    const wave = Float32Array.from({ length: 1200 }, (_, i) => Math.sin(i / 5));
    expect(melFrames(1200)).toBe(7);
    const mel = whisperMel(wave);
    expect(mel.length).toBe(7 * MEL_BINS);
    expect(mel.every(Number.isFinite)).toBe(true);
  });

  it('refuses a chunk that cannot be mirrored', () => {
    expect(() => whisperMel(new Float32Array(200))).toThrow('too short');
  });
});
