import { afterEach, describe, expect, test, vi } from 'vitest';
import { AppError, isAbort } from '../../src/errors';
import { Decoder } from '../../src/media/decoder';
import { preloadCodec } from '../../src/media/ffmpeg';
import type { Frame, Media, Samples } from '../../src/media/media';
import { openMedia } from '../../src/media/open-media';

// The clips are described in tests/fixtures/make-media.sh.
const urls = import.meta.glob<string>('../fixtures/media/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

async function fixture(name: string, as = name): Promise<File> {
  const url = urls[`../fixtures/media/${name}`];
  if (url === undefined) throw new Error(`no fixture ${name}`);
  return new File([await (await fetch(url)).blob()], as);
}

const never = new AbortController().signal;
let opened: Media | null = null;
afterEach(async () => {
  await opened?.close();
  opened = null;
});

async function open(name: string, as?: string): Promise<Media> {
  opened = await openMedia(await fixture(name, as), never);
  return opened;
}

async function frames(media: Media, timesSeconds: number[], maxSide = 640): Promise<Frame[]> {
  const list: Frame[] = [];
  for await (const frame of media.frames({ timesSeconds, maxSide }, never)) list.push(frame);
  return list;
}

async function failure(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

function pixel(frame: Frame, x: number, y: number): number[] {
  const at = 4 * (Math.floor(y * frame.height) * frame.width + Math.floor(x * frame.width));
  return [...frame.data.slice(at, at + 4)];
}

/** The picture's number, read off its grey level. */
function number(frame: Frame): number {
  const green = pixel(frame, 0.75, 0.75)[1] ?? 0;
  return Math.max(0, Math.round((16 + (green * 219) / 255 - 20) / 10));
}

function expectUpright(frame: Frame): void {
  const [red = 0, green = 255, , alpha] = pixel(frame, 0.25, 0.25);
  expect(red).toBeGreaterThan(200);
  expect(green).toBeLessThan(60);
  expect(alpha).toBe(255);
  for (const [x, y] of [
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ] as const) {
    const [r = 0, g = 0, b = 0] = pixel(frame, x, y);
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(40);
  }
}

/** Media time at which the sound first exceeds a tenth of its peak. */
function onsetSeconds({ data, startSeconds }: Samples): number {
  const peak = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return startSeconds + data.findIndex((value) => Math.abs(value) > peak / 10) / 16000;
}

describe('frames', () => {
  test('are the ones nearest to the planned times, with their real times', async () => {
    const media = await open('clip.mp4', '猫 & "ü" 🎬 100%.mp4');
    expect(media.info).toMatchObject({
      durationSeconds: 2,
      startSeconds: 0,
      video: { codec: 'h264', fps: 10, width: 160, height: 90, rotationDegrees: 0 },
      audio: { codec: 'aac', sampleRate: 48000, channels: 1 },
    });
    const got = await frames(media, [0.04, 0.56, 0.58, 1.21, 1.99]);
    expect(got.map((frame) => frame.timestampSeconds)).toEqual([0, 0.6, 1.2, 1.9]);
    expect(got.map(number)).toEqual([0, 6, 12, 19]);
    got.forEach(expectUpright);
  });

  test('come once each when more are planned than there are', async () => {
    const media = await open('clip.mp4');
    const got = await frames(
      media,
      Array.from({ length: 90 }, (_, i) => i / 45),
    );
    expect(got.map(number)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test('are scaled by one factor, never up', async () => {
    const media = await open('clip.mp4');
    const [small] = await frames(media, [0], 80);
    expect([small?.width, small?.height, small?.data.length]).toEqual([80, 45, 80 * 45 * 4]);
    const [large] = await frames(media, [0], 4000);
    expect([large?.width, large?.height]).toEqual([160, 90]);
  });

  test('keep a clock that does not start at zero', async () => {
    const media = await open('offset.mpegts');
    expect(media.info.startSeconds).toBeCloseTo(1.579, 2);
    const got = await frames(media, [1.6, 2.3, 3.5]);
    expect(got.map((frame) => frame.timestampSeconds)).toEqual([1.6, 2.3, 3.5]);
    expect(got.map(number)).toEqual([0, 7, 19]);
  });

  test.for([
    ['minute.mp4', 0],
    ['minute.mpegts', 1.6],
  ] as const)('far apart are keyframes, found in one run: %s', async ([name, start]) => {
    const media = await open(name);
    const run = vi.spyOn(Decoder.prototype, 'run');
    const got = await frames(media, [start + 6, start + 26.9]);
    expect(run).toHaveBeenCalledTimes(1);
    run.mockRestore();
    expect(got.map((frame) => frame.timestampSeconds)).toEqual([start + 5, start + 25]);
    expect(got.map(number)).toEqual([10, 10]);
    got.forEach(expectUpright);
  });

  test('far apart in the middle of a long file are exact when they come in a row', async () => {
    const media = await open('minute.mp4');
    const times = [33.3, 33.4, 34.7, 48.1, 48.4];
    const got = await frames(media, times);
    expect(got.map((frame) => frame.timestampSeconds)).toEqual(times);
    expect(got.map(number)).toEqual([13, 14, 7, 1, 4]);
  });

  test('without an index are exact, too', async () => {
    const media = await open('minute.mpegts');
    const got = await frames(media, [18.9, 19, 25.3]);
    expect(got.map((frame) => frame.timestampSeconds)).toEqual([18.9, 19, 25.3]);
    expect(got.map(number)).toEqual([13, 14, 17]);
  });

  test('are turned upright', async () => {
    const media = await open('rotated.mp4');
    expect(media.info.video).toMatchObject({ width: 160, height: 90, rotationDegrees: 90 });
    const got = await frames(media, [0.5, 1]);
    expect(got.map(number)).toEqual([5, 10]);
    expect([got[0]?.width, got[0]?.height]).toEqual([160, 90]);
    got.forEach(expectUpright);
  });

  test('have square pixels', async () => {
    const media = await open('wide-pixels.mp4');
    expect(media.info.video).toMatchObject({ width: 160, height: 90, pixelAspect: 2 });
    const [frame] = await frames(media, [0.3]);
    expect([frame?.width, frame?.height]).toEqual([160, 90]);
  });

  test('of a variable rate are the nearest ones', async () => {
    const media = await open('variable-rate.mp4');
    const got = await frames(media, [0.1, 0.8, 0.9, 1.4]);
    expect(got.map((frame) => frame.timestampSeconds)).toEqual([0.1, 0.4, 1.3, 1.4]);
    expect(got.map(number)).toEqual([1, 4, 13, 14]);
  });

  test.for([
    ['one-frame.mp4', 160, 90],
    ['picture.png', 160, 90],
  ] as const)('of %s: one', async ([name, width, height]) => {
    const media = await open(name);
    const got = await frames(media, [0, 0.5, 7]);
    expect(got.map((frame) => [frame.timestampSeconds, frame.width, frame.height])).toEqual([
      [0, width, height],
    ]);
  });

  test('of a recording without duration and index, odd size, no sound', async () => {
    const media = await open('odd-size.webm');
    expect(media.info).toMatchObject({ durationSeconds: 2, audio: null });
    const got = await frames(media, [0.2, 1.5]);
    expect(got.map((frame) => [frame.width, frame.height])).toEqual([
      [101, 77],
      [101, 77],
    ]);
    expect(got.map(number)).toEqual([2, 15]);
    expect((await failure(media.samples(never))).code).toBe('no-media-track');
  });
});

describe('samples', () => {
  test.for([
    ['clip.mp4', 1],
    ['offset.mpegts', 2.6],
    ['surround.mkv', 1],
    ['cover.mp3', 1.023],
  ] as const)('of %s: 16 kHz, the beep at %f s', async ([name, onset]) => {
    const media = await open(name);
    const samples = await media.samples(never);
    expect(samples.sampleRate).toBe(16000);
    expect(samples.data.length / 16000).toBeCloseTo(2, 0);
    expect(Math.abs(onsetSeconds(samples) - onset)).toBeLessThan(0.03);
  });

  test('inside a range start where it says', async () => {
    const media = await open('offset.mpegts');
    const samples = await media.samples(never, [2.5, 2.9]);
    expect(samples.startSeconds).toBeCloseTo(2.5, 3);
    expect(samples.data.length / 16000).toBeCloseTo(0.4, 1);
    expect(Math.abs(onsetSeconds(samples) - 2.6)).toBeLessThan(0.03);
  });

  test('a cover picture is no video', async () => {
    const media = await open('cover.mp3');
    expect(media.info.video).toBeNull();
    expect((await failure(frames(media, [0]))).code).toBe('no-media-track');
  });
});

describe('bad files', () => {
  test.for([
    ['text.mp4', 'file-unreadable'],
    ['html.mp4', 'file-unreadable'],
    ['header-only.wav', 'no-media-track'],
  ] as const)('%s: %s', async ([name, code]) => {
    const error = await failure(openMedia(await fixture(name), never));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^[A-Z].*\.$/);
  });

  test('an empty file', async () => {
    const error = await failure(openMedia(new File([], 'empty.mp4'), never));
    expect(error.code).toBe('file-unreadable');
  });

  test('a truncated file gives what it has, and the next file works', async () => {
    const cut = await open('truncated.mp4');
    const got = await frames(cut, [0.1, 0.9, 1.9]);
    expect(got.map(number).slice(0, 2)).toEqual([1, 9]);
    await cut.close();
    await failure(openMedia(await fixture('no-data.mp4'), never));
    expect((await frames(await open('clip.mp4'), [1])).map(number)).toEqual([10]);
  });
});

describe('the decoder', () => {
  test('stops at once on abort and works again afterwards', async () => {
    const media = await open('clip.mp4');
    const abort = new AbortController();
    const running = media.samples(abort.signal);
    abort.abort();
    await expect(running).rejects.toSatisfy(isAbort);
    await expect(media.samples(abort.signal)).rejects.toSatisfy(isAbort);
    expect((await media.samples(never)).data.length).toBeGreaterThan(31000);
  });

  test('ends an endless run on abort', async () => {
    const decoder = new Decoder(await fixture('clip.mp4'));
    const abort = new AbortController();
    const endless = ['-stream_loop', '-1', '-i', '/in/media', '-f', 'null', '-'];
    const running = decoder.run('ffmpeg', endless, abort.signal);
    setTimeout(() => abort.abort(), 1500);
    const before = performance.now();
    await expect(running).rejects.toSatisfy(isAbort);
    expect(performance.now() - before).toBeLessThan(5000);
    const copy = ['-i', '/in/media', '-t', '0.5', '-f', 'null', '-'];
    expect((await decoder.run('ffmpeg', copy, never)).exitCode).toBe(0);
    decoder.close();
  });

  test('outlives more runs than one instance does', async () => {
    const media = await open('clip.mp4');
    for (let i = 0; i < 40; i += 1) {
      expect((await frames(media, [(i % 20) / 10])).map(number)).toEqual([i % 20]);
    }
  });

  test('is fetched once, with progress', async () => {
    const steps: [number, number][] = [];
    await preloadCodec((done, total) => steps.push([done, total]), never);
    const [done, total] = steps.at(-1) ?? [0, 1];
    expect(done).toBe(total);
  });
});
