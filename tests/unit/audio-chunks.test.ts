import { describe, expect, it } from 'vitest';
import {
  chooseChunks,
  countChunks,
  cutChunk,
  firstChunks,
  noAudio,
} from '../../src/tensors/audio-chunks';
import { createKaldiFbank } from '../../src/tensors/kaldi-fbank';
import { CHUNK } from './preprocess-golden';

describe('audio-chunks', () => {
  it('counts chunks, a sample more or less included', () => {
    const counts = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 25 * CHUNK, 25 * CHUNK + 1].map((samples) =>
      countChunks(samples, CHUNK),
    );
    expect(counts).toEqual([1, 1, 1, 1, 2, 25, 26]);
  });

  it('cuts views, and fills the last one with zeros', () => {
    const wave = Float32Array.from({ length: 25 }, (_, i) => i + 1);
    expect([...cutChunk(wave, 1, 10)]).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(cutChunk(wave, 1, 10).buffer).toBe(wave.buffer);
    expect([...cutChunk(wave, 2, 10)]).toEqual([21, 22, 23, 24, 25, 0, 0, 0, 0, 0]);
    expect([...cutChunk(new Float32Array(0), 0, 3)]).toEqual([0, 0, 0]);
  });

  it('hears the first 25 of 26 chunks as the released code does', () => {
    expect(firstChunks(26, 25)).toEqual(Array.from({ length: 25 }, (_, i) => i));
    expect(firstChunks(3, 25)).toEqual([0, 1, 2]);
  });

  it('chooses evenly where the budget is short', () => {
    expect(chooseChunks(3, 25)).toEqual([0, 1, 2]);
    expect(chooseChunks(10, 5)).toEqual([1, 3, 5, 7, 9]);
    expect(chooseChunks(7, 1)).toEqual([3]);
    expect(chooseChunks(9, 0)).toEqual([]);
    const most = chooseChunks(26, 25);
    expect(new Set(most).size).toBe(25);
    for (let total = 1; total < 60; total++) {
      for (let budget = 1; budget <= 25; budget++) {
        const chosen = chooseChunks(total, budget);
        const steps = chosen.slice(1).map((chunk, i) => chunk - chosen[i]!);
        expect(chosen.length).toBe(Math.min(total, budget));
        expect(chosen[0]).toBeGreaterThanOrEqual(0);
        expect(chosen.at(-1)).toBeLessThan(total);
        if (steps.length > 0) {
          expect(Math.min(...steps)).toBeGreaterThan(0);
          expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('has a picture of zeros and a silent wave for a video without sound', () => {
    const { mel, wave } = noAudio(CHUNK);
    expect([mel.length, wave.length]).toEqual([128 * 3000, CHUNK]);
    expect(mel.every((value) => value === 0)).toBe(true);
    expect(wave.every((value) => value === 0)).toBe(true);
    expect(createKaldiFbank()(wave)[1234]).toBeCloseTo(-2.391693, 6);
  });
});
