import { describe, expect, it } from 'vitest';
import type { Frame, FramePlan, Media, MediaInfo } from '../../src/media/media';
import { cutMedia, partOf, pickPictures } from '../../src/media/part-of';

const info: MediaInfo = {
  container: 'mpegts',
  durationSeconds: 10,
  startSeconds: 1.5,
  video: { codec: 'h264', fps: 25, width: 640, height: 360, rotationDegrees: 0, pixelAspect: 1 },
  audio: { codec: 'aac', sampleRate: 48000, channels: 2 },
};
const { signal } = new AbortController();

/** A picture every two seconds from 1.5 s on; notes what it is asked for. */
function file(changes: Partial<MediaInfo> = {}) {
  const asked = {
    plans: [] as FramePlan[],
    ranges: [] as (readonly [number, number] | undefined)[],
    closed: 0,
    isStopped: false,
  };
  const media: Media = {
    info: { ...info, ...changes },
    async *frames(plan) {
      asked.plans.push(plan);
      let last = -1;
      try {
        for (const time of plan.timesSeconds) {
          const timestampSeconds = 1.5 + 2 * Math.floor((time - 1.5) / 2);
          if (timestampSeconds <= last) continue;
          last = timestampSeconds;
          const data = new Uint8ClampedArray(4).fill(timestampSeconds);
          yield await Promise.resolve({ timestampSeconds, width: 1, height: 1, data });
        }
      } finally {
        asked.isStopped = true;
      }
    },
    samples: (_, range) => {
      asked.ranges.push(range);
      return Promise.resolve({ sampleRate: 16000, startSeconds: 0, data: new Float32Array(1) });
    },
    close: () => Promise.resolve(void asked.closed++),
  };
  return { media, asked };
}

async function all(media: Media, timesSeconds: number[]): Promise<Frame[]> {
  const frames: Frame[] = [];
  for await (const frame of media.frames({ timesSeconds, maxSide: 9 }, signal)) frames.push(frame);
  return frames;
}

describe('a range', () => {
  it('is a shorter file on the same clock', async () => {
    const { media, asked } = file();
    const cut = cutMedia(media, [3, 7]);
    expect(cut.info).toEqual({ ...info, startSeconds: 3, durationSeconds: 4 });
    await all(cut, [3.5, 6.5]);
    expect(asked.plans).toEqual([{ timesSeconds: [3.5, 6.5], maxSide: 9, withinSeconds: [3, 7] }]);
    await cut.samples(signal);
    await cut.samples(signal, [0, 5]);
    expect(asked.ranges).toEqual([
      [3, 7],
      [3, 5],
    ]);
    await cut.close();
    expect(asked.closed).toBe(1);
  });

  it('ends where the file does', () => {
    const { media } = file();
    expect(cutMedia(media, [0, 99]).info).toEqual(info);
    expect(cutMedia(media, [0, 2]).info).toMatchObject({
      startSeconds: 1.5,
      durationSeconds: 0.5,
    });
    expect(cutMedia(media, [11, 99]).info).toMatchObject({
      startSeconds: 11,
      durationSeconds: 0.5,
    });
  });

  it('of a still picture is the picture, or nothing', () => {
    const { media } = file({ durationSeconds: 0 });
    expect(cutMedia(media, [1, 2])).toBe(media);
    expect(() => cutMedia(media, [2, 3])).toThrow('holds nothing');
  });

  it.each([
    [12, 20],
    [0, 1.5],
    [11.5, 12],
    [5, 5],
    [6, 5],
    [NaN, 5],
    [2, NaN],
  ])('%f to %f holds nothing', (from, to) => {
    expect(() => cutMedia(file().media, [from, to])).toThrow(
      expect.objectContaining({
        code: 'no-media-track',
        message: expect.stringMatching(/runs from 1\.50 s to 11\.50 s\.$/) as string,
      }),
    );
  });
});

describe('single pictures', () => {
  it('are named in their own order, each once, and make no sound', async () => {
    const { media } = file();
    const picked = pickPictures(media, [7, 2, 7, 9]);
    expect(picked.info).toEqual({ ...info, audio: null, pictureSeconds: [7, 2, 9] });
    await expect(picked.samples(signal)).rejects.toMatchObject({ code: 'no-media-track' });
  });

  it('come one for each time, under that time, also where one stands through two', async () => {
    const { media, asked } = file();
    const frames = await all(pickPictures(media, [9, 2, 3.2, 3.7]), [2, 3.2, 3.7, 9]);
    expect(asked.plans[0]).toMatchObject({ timesSeconds: [2, 3.2, 3.7, 9], pick: 'shown' });
    expect(frames.map(({ timestampSeconds, data }) => [timestampSeconds, data[0]])).toEqual([
      [2, 2],
      [3.2, 2],
      [3.7, 4],
      [9, 8],
    ]);
  });

  it('just outside of the file are its first and its last', async () => {
    const { media, asked } = file();
    const picked = pickPictures(media, [11.9, 1]);
    const frames = await all(picked, [1, 11.9]);
    expect(asked.plans[0]?.timesSeconds).toEqual([1.5, 11.5]);
    expect(frames.map(({ timestampSeconds }) => timestampSeconds)).toEqual([1, 11.9]);
  });

  it.each([[[]], [[3, 99]], [[-5]], [[NaN]]])('%j are none', (times: number[]) => {
    expect(() => pickPictures(file().media, times)).toThrow(
      expect.objectContaining({ code: 'no-media-track' }),
    );
  });

  it('are none where there is no picture', () => {
    expect(() => pickPictures(file({ video: null }).media, [3])).toThrow('holds no pictures');
  });

  it('stop the decoder where they are stopped', async () => {
    const { media, asked } = file();
    const frames = pickPictures(media, [2, 5, 9]).frames(
      { timesSeconds: [2, 5, 9], maxSide: 9 },
      signal,
    );
    await frames.next();
    expect(asked.isStopped).toBe(false);
    await frames.return(undefined);
    expect(asked.isStopped).toBe(true);
  });
});

describe('a part', () => {
  it('is the file itself where nothing else is asked for', () => {
    const { media } = file();
    expect(partOf(media, {})).toBe(media);
  });

  it('may be pictures of a range', () => {
    const { media } = file();
    const part = { rangeSeconds: [3, 7] as const, frameSeconds: [4] };
    expect(partOf(media, part).info).toMatchObject({ startSeconds: 3, pictureSeconds: [4] });
    expect(() => partOf(media, { ...part, frameSeconds: [9] })).toThrow('no picture at 9.00 s');
  });
});
