import { describe, expect, it } from 'vitest';
import { motionFrameTimes } from '../../src/families/nano/motion/frame-times';
import { objectFrameTimes } from '../../src/families/nano/sampling';
import type { MediaInfo } from '../../src/media/media';

const CONFIG = { framesPerSecond: 2, minFrames: 1, maxFrames: 72, maxSide: 740 };

function clip(durationSeconds: number, fps = 30, startSeconds = 0): MediaInfo {
  const size = { width: 640, height: 360, rotationDegrees: 0, pixelAspect: 1 };
  return {
    container: 'mp4',
    durationSeconds,
    startSeconds,
    video: { codec: 'h264', fps, ...size },
    audio: null,
  };
}

describe('objectFrameTimes', () => {
  it('looks twice a second, inside both ends', () => {
    expect(objectFrameTimes(clip(2), CONFIG)).toEqual([0.25, 0.75, 1.25, 1.75]);
  });

  it('never takes more frames for a longer file, spread evenly over all of it', () => {
    for (const seconds of [36, 37, 139.4, 600, 14_400]) {
      const times = objectFrameTimes(clip(seconds), CONFIG);
      expect(times).toHaveLength(72);
      const step = seconds / 72;
      expect(times[0]).toBeCloseTo(step / 2);
      expect(times[71]).toBeCloseTo(seconds - step / 2);
      for (let i = 1; i < 72; i++) expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBeCloseTo(step);
    }
  });

  it('looks once at a still and at a clip of a few frames', () => {
    expect(objectFrameTimes(clip(0), CONFIG)).toEqual([0]);
    expect(objectFrameTimes(clip(0, 0, 1.4), CONFIG)).toEqual([1.4]);
    expect(objectFrameTimes(clip(0.04), CONFIG)).toEqual([0.02]);
  });

  it('does not ask for more frames than a slow clip has', () => {
    expect(objectFrameTimes(clip(10, 0.5), CONFIG)).toHaveLength(5);
    expect(objectFrameTimes(clip(10, 0), CONFIG)).toHaveLength(20);
  });

  it('looks a few times at a short clip, and at each of its frames where it has fewer', () => {
    const atLeast = { ...CONFIG, minFrames: 4 };
    const short = objectFrameTimes(clip(0.8), atLeast).map((seconds) => seconds.toFixed(2));
    expect(short).toEqual(['0.10', '0.30', '0.50', '0.70']);
    expect(objectFrameTimes(clip(0.1), atLeast)).toHaveLength(3);
    expect(objectFrameTimes(clip(0.04), atLeast)).toHaveLength(1);
    expect(objectFrameTimes(clip(1, 0), atLeast)).toHaveLength(2);
    expect(objectFrameTimes(clip(20), atLeast, [5, 6])).toHaveLength(4);
    expect(objectFrameTimes(clip(20), atLeast)).toHaveLength(40);
  });

  it('respects the start offset and the window', () => {
    expect(objectFrameTimes(clip(2, 30, 1.4), CONFIG)[0]).toBeCloseTo(1.65);
    const window = objectFrameTimes(clip(600), CONFIG, [0, 10]);
    expect(window).toHaveLength(20);
    expect(Math.max(...window)).toBeLessThan(10);
    expect(objectFrameTimes(clip(5), CONFIG, [4, 100])).toEqual([4.25, 4.75]);
    expect(objectFrameTimes(clip(5), CONFIG, [7, 9])).toEqual([]);
  });

  it('takes single pictures as they are, by their time', () => {
    const picked = { ...clip(60), pictureSeconds: [40, 3.123, 3.2] };
    expect(objectFrameTimes(picked, CONFIG)).toEqual([3.123, 3.2, 40]);
    expect(objectFrameTimes(picked, CONFIG, [0, 10])).toEqual([3.123, 3.2]);
    expect(motionFrameTimes(picked, CONFIG)).toEqual([3.123, 3.2, 40]);
  });

  it('asks for nothing where there is no picture', () => {
    expect(objectFrameTimes({ ...clip(5), video: null }, CONFIG)).toEqual([]);
  });
});
