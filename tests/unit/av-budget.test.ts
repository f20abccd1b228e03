import { describe, expect, it } from 'vitest';
import {
  budget,
  heardChunks,
  mediaUse,
  pictureTokens,
  soundTokens,
  type BudgetRequest,
} from '../../src/families/av-reasoner/budget';
import type { Compat } from '../../src/families/av-reasoner/settings';
import type { MediaInfo } from '../../src/media/media';
import { sizing } from './preprocess-golden';

const numbers: BudgetRequest['numbers'] = {
  vision: { ...sizing, width: 1152, grid: 128, frames: 64 },
  audio: { sampleRate: 16000, chunkSamples: 480_000, maxChunks: 25, tokensPerChunk: 151 },
  context: 16384,
};

function clip(seconds: number, width = 1280, height = 720, sound = true): MediaInfo {
  return {
    container: 'mp4',
    durationSeconds: seconds,
    startSeconds: 0,
    video: { codec: 'h264', fps: 25, width, height, rotationDegrees: 0, pixelAspect: 1 },
    audio: sound ? { codec: 'aac', sampleRate: 48000, channels: 2 } : null,
  };
}

function plan(info: MediaInfo, compat: Compat = 'budgeted', textTokens = 70, maxNewTokens = 1024) {
  const found = budget({ info, numbers, compat, frames: 64, textTokens, maxNewTokens });
  const chunks = heardChunks(found, found.totalChunks);
  const positions =
    textTokens +
    pictureTokens(found.timesSeconds.length, found.tokensPerFrame) +
    soundTokens(chunks.length, 151);
  return { ...found, frames: found.timesSeconds.length, chunks, positions };
}

describe('positions of picture and sound', () => {
  it.each([
    [1280, 720, 211, 13_506],
    [720, 1280, 221, 14_146],
    [640, 360, 253, 16_194],
    [640, 480, 205, 13_122],
    [480, 480, 273, 17_474],
    [426, 240, 121, 7_746],
    [320, 240, 67, 4_290],
    [1280, 544, 185, 11_842],
  ])('are those of the reference for %i × %i', (width, height, perFrame, all) => {
    const { tokensPerFrame } = plan(clip(60, width, height));
    expect(tokensPerFrame).toBe(perFrame);
    expect(pictureTokens(64, tokensPerFrame)).toBe(all);
  });

  it('count 151 for 30 seconds of sound, and two boundaries', () => {
    expect([0, 1, 2, 20, 25].map((chunks) => soundTokens(chunks, 151))).toEqual([
      0, 153, 304, 3022, 3777,
    ]);
  });
});

describe('the budget', () => {
  it('shows a short clip whole: 64 frames and its sound', () => {
    const { frames, chunks, positions } = plan(clip(20));
    expect({ frames, chunks, positions }).toEqual({ frames: 64, chunks: [0], positions: 13_729 });
  });

  // Trap 4: with 64 frames at 16:9 and more than 9 minutes the question used to be cut off.
  it('keeps question and reply of ten minutes at 16:9 inside the context', () => {
    const intended = plan(clip(600), 'intended');
    expect(intended).toMatchObject({ frames: 64, positions: 13_506 + 3022 + 70 });
    expect(intended.positions).toBeGreaterThan(16384);
    const { frames, chunks, positions, timesSeconds } = plan(clip(600));
    expect(positions + 1024).toBeLessThanOrEqual(16384);
    expect(positions + 1024 + 211).toBeGreaterThan(16384);
    expect({ frames, chunks: chunks.length }).toEqual({ frames: 58, chunks: 20 });
    expect(timesSeconds[0]).toBe(0);
    expect(timesSeconds.at(-1)).toBeCloseTo(600 - 1 / 25, 6);
    const gaps = timesSeconds.slice(1).map((time, i) => time - timesSeconds[i]!);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(0.05);
  });

  it('has room for the 59 frames of the reference beside 25 chunks, without a reply', () => {
    expect(plan(clip(750), 'budgeted', 70, 0)).toMatchObject({ frames: 59 });
  });

  it.each([
    [1280, 720, 3600, 70],
    [480, 480, 5400, 900],
    [3000, 70, 700, 2000],
    [100, 1000, 40, 70],
    [1280, 720, 0.2, 70],
  ])('never overruns: %i × %i, %i s, %i text tokens', (width, height, seconds, text) => {
    const { frames, chunks, positions, totalChunks } = plan(
      clip(seconds, width, height),
      'budgeted',
      text,
    );
    expect(positions + 1024).toBeLessThanOrEqual(16384);
    expect(frames).toBeGreaterThan(0);
    expect(frames).toBeLessThanOrEqual(64);
    expect(chunks.length).toBeLessThanOrEqual(Math.min(25, totalChunks));
    expect(new Set(chunks).size).toBe(chunks.length);
  });

  it('spreads the sound over a long clip, where the released code hears its beginning', () => {
    const hour = clip(3600);
    expect(plan(hour).chunks.at(-1)).toBeGreaterThan(110);
    expect(plan(hour, 'intended').chunks).toEqual(Array.from({ length: 25 }, (_, i) => i));
  });

  it('shows one frame as the released code does', () => {
    const { frames, timesSeconds, positions } = plan(clip(20), 'released');
    expect({ frames, timesSeconds }).toEqual({ frames: 1, timesSeconds: [0] });
    expect(positions).toBe(213 + 153 + 70);
  });

  it('counts a stand-in for a missing sound track, but not for a still picture', () => {
    expect(plan(clip(20, 1280, 720, false)).totalChunks).toBe(1);
    const still = plan(clip(0, 1280, 720, false));
    expect(still).toMatchObject({ frames: 1, timesSeconds: [0], chunks: [] });
  });

  it('hears up to 25 chunks without a picture', () => {
    const found = plan({ ...clip(3000), video: null });
    expect(found).toMatchObject({ frames: 0, totalChunks: 100 });
    expect(found.chunks.length).toBe(25);
  });

  it('shows a picture once where the clip has fewer than 64, at the media’s own times', () => {
    const { timesSeconds } = plan({ ...clip(0.2), startSeconds: 1.4 });
    expect(timesSeconds.map((time) => time.toFixed(2))).toEqual([
      '1.40',
      '1.44',
      '1.48',
      '1.52',
      '1.56',
    ]);
  });
});

describe('the budget of single pictures', () => {
  const times = Array.from({ length: 70 }, (_, i) => (i * 37) % 70);
  const picked = (count: number): MediaInfo => ({
    ...clip(600, 1280, 720, false),
    pictureSeconds: times.slice(0, count),
  });
  const choose = (count: number, compat: Compat = 'budgeted') =>
    budget({
      info: picked(count),
      numbers,
      compat,
      frames: count,
      textTokens: 70,
      maxNewTokens: 1024,
    });

  it('shows all that fit, ascending', () => {
    expect(choose(3).timesSeconds).toEqual([0, 4, 37]);
    expect(choose(60).timesSeconds).toEqual(times.slice(0, 60).sort((a, b) => a - b));
  });

  it('shows the first ones that are named where not all of them fit', () => {
    const { timesSeconds } = choose(70);
    expect(timesSeconds.length).toBeLessThan(75);
    expect(timesSeconds.length).toBeGreaterThan(60);
    expect(timesSeconds).toEqual(times.slice(0, timesSeconds.length).sort((a, b) => a - b));
    expect(choose(3, 'released').timesSeconds).toEqual([0]);
  });

  it('says what was left out', () => {
    const use = (shown: number) =>
      mediaUse(picked(70), numbers, { shown, planned: shown }, { heard: [], total: 0 }).note;
    expect(use(70)).toBeNull();
    expect(use(66)).toBe('The model was shown 66 of 70 pictures.');
  });
});

describe('what was shown', () => {
  it('says nothing where nothing was left out', () => {
    const use = mediaUse(clip(20), numbers, { shown: 64, planned: 64 }, { heard: [0], total: 1 });
    expect(use).toEqual({ frames: 64, heardSeconds: 20, soundSeconds: 20, note: null });
  });

  it('names what was left out', () => {
    const heard = [1, 2, 3];
    const use = mediaUse(clip(140), numbers, { shown: 40, planned: 40 }, { heard, total: 5 });
    expect(use).toMatchObject({ heardSeconds: 90, soundSeconds: 140 });
    expect(use.note).toContain('40 frames; it takes up to 64');
    expect(use.note).toContain('90 of 140 seconds');
  });

  it('counts no sound where a stand-in was heard', () => {
    const silent = clip(20, 1280, 720, false);
    const use = mediaUse(silent, numbers, { shown: 64, planned: 64 }, { heard: [], total: 0 });
    expect(use).toEqual({ frames: 64, heardSeconds: 0, soundSeconds: 0, note: null });
  });
});
