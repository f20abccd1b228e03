import { afterEach, describe, expect, test, vi } from 'vitest';
import { isAbort } from '../../src/errors';
import { Decoder } from '../../src/media/decoder';
import type { Frame, Media } from '../../src/media/media';
import { openMedia } from '../../src/media/open-media';
import { partOf, type Part } from '../../src/media/part-of';

// The clips are described in tests/fixtures/make-media.sh and make-numbered.sh.
const urls = import.meta.glob<string>('../fixtures/media/*', {
  query: '?url',
  import: 'default',
  eager: true,
});
const lists = import.meta.glob<string>('../fixtures/media/numbered-*.csv', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const never = new AbortController().signal;
let opened: Media | null = null;
afterEach(async () => {
  await opened?.close();
  opened = null;
  vi.restoreAllMocks();
});

async function open(name: string, part: Part): Promise<Media> {
  const url = urls[`../fixtures/media/${name}`];
  if (url === undefined) throw new Error(`no fixture ${name}`);
  const blob = await (await fetch(url)).blob();
  opened = await openMedia(new File([blob], name), never);
  return partOf(opened, part);
}

/** When each picture of a numbered clip begins. */
function timesOf(name: string): number[] {
  return lists[`../fixtures/media/${name.replace('.', '-')}.csv`]!.trim().split('\n').map(Number);
}

async function frames(media: Media, timesSeconds: readonly number[]): Promise<Frame[]> {
  const list: Frame[] = [];
  for await (const frame of media.frames({ timesSeconds, maxSide: 320 }, never)) list.push(frame);
  return list;
}

/** The pictures at the media's own times, as a model asks for them: by their time. */
function pictures(media: Media): Promise<Frame[]> {
  return frames(
    media,
    [...media.info.pictureSeconds!].sort((a, b) => a - b),
  );
}

/** The number that a picture of a numbered clip shows in ten cells, white for 1. */
function number({ width, height, data }: Frame): number {
  const row = Math.floor(height * 0.75) * width;
  const isWhite = (bit: number): boolean =>
    (data[4 * (row + Math.floor(((bit + 0.5) * width) / 10))] ?? 0) > 128;
  return Array.from({ length: 10 }, (_, bit) => (isWhite(bit) ? 2 ** bit : 0)).reduce(
    (sum, value) => sum + value,
  );
}

/** The number that a picture of the other clips shows as its grey level, 0 to 19. */
function grey({ width, height, data }: Frame): number {
  const at = 4 * (Math.floor(0.75 * height) * width + Math.floor(0.75 * width));
  return Math.max(0, Math.round((16 + ((data[at] ?? 0) * 219) / 255 - 20) / 10));
}

describe('single pictures', () => {
  test.for([
    'numbered-constant.mp4',
    'numbered-offset.mp4',
    'numbered-offset.webm',
    'numbered-variable.mp4',
    'numbered-reordered.mp4',
    'numbered-rotated.mp4',
  ])('are exactly those on the screen: %s', async (name) => {
    const times = timesOf(name);
    // In the middle of pictures, right after they begin and right before they end; not in order.
    const wanted = [97, 3, 98, 40, 0, 61, 25];
    const given = wanted.map((n, at) => {
      const length = times[n + 1]! - times[n]!;
      return times[n]! + length * [0.5, 0.98, 0.02][at % 3]!;
    });
    const media = await open(name, { frameSeconds: [...given, given[0]!] });
    expect(media.info).toMatchObject({ pictureSeconds: given, audio: null });
    const got = await pictures(media);
    expect(got.map(({ timestampSeconds }) => timestampSeconds)).toEqual(
      [...given].sort((a, b) => a - b),
    );
    expect(got.map(number)).toEqual([...wanted].sort((a, b) => a - b));
  });

  test('have the index that the benchmark takes: whole part of time × rate', async () => {
    const given = [0.03, 0.04, 0.77, 2.39, 4.12];
    const media = await open('numbered-constant.mp4', { frameSeconds: given });
    expect(media.info.video?.fps).toBe(25);
    const got = await pictures(media);
    expect(got.map(number)).toEqual(given.map((time) => Math.floor(time * 25)));
  });

  test.for([
    ['minute.mp4', 0, [52.17, 3.94, 26.99, 27.01]],
    ['minute.mpegts', 1.6, [26.99, 3.94, 12.01]],
  ] as const)(
    'are exact also far apart, where keyframes would do: %s',
    async ([name, start, at]) => {
      const media = await open(name, { frameSeconds: at.map((time) => start + time) });
      const run = vi.spyOn(Decoder.prototype, 'run');
      const got = await pictures(media);
      const numbers = [...at].sort((a, b) => a - b).map((time) => Math.floor(time * 10) % 20);
      expect(got.map(grey)).toEqual(numbers);
      // At most a list and a run for each of them, however long the file is.
      expect(run.mock.calls.length).toBeLessThanOrEqual(2 * at.length);
    },
  );

  test('come once for each time, and at the ends of the file the outermost', async () => {
    const media = await open('numbered-constant.mp4', { frameSeconds: [1.01, 1.02, -0.5, 5.5] });
    const got = await pictures(media);
    expect(got.map(({ timestampSeconds }) => timestampSeconds)).toEqual([-0.5, 1.01, 1.02, 5.5]);
    expect(got.map(number)).toEqual([0, 25, 25, 119]);
  });

  test('stop at once when they are stopped, and the file can be read on', async () => {
    const media = await open('minute.mp4', { frameSeconds: [5, 20, 40, 55] });
    const abort = new AbortController();
    const plan = { timesSeconds: [5, 20, 40, 55], maxSide: 160 };
    const stopped = (async () => {
      for await (const frame of media.frames(plan, abort.signal)) {
        expect(frame.timestampSeconds).toBe(5);
        abort.abort();
      }
    })();
    await expect(stopped).rejects.toSatisfy(isAbort);
    expect((await frames(media, [20])).map(grey)).toEqual([0]);
  });
});

describe('a range', () => {
  test.for(['numbered-constant.mp4', 'numbered-offset.mp4'])(
    'shows its own pictures alone, at their times: %s',
    async (name) => {
      const times = timesOf(name);
      const start = times[0]!;
      const range = [start + 0.99, start + 2.02] as const;
      const media = await open(name, { rangeSeconds: range });
      expect(media.info.startSeconds).toBe(range[0]);
      expect(media.info.durationSeconds).toBeCloseTo(1.03, 6);
      const plan = Array.from({ length: 60 }, (_, i) => range[0] + (i * 1.03) / 59);
      const got = await frames(media, plan);
      const inside = times.flatMap((time, n) => (time >= range[0] && time < range[1] ? [n] : []));
      expect(inside).toHaveLength(26);
      expect(got.map(number)).toEqual(inside);
      got.forEach(({ timestampSeconds }, i) =>
        expect(timestampSeconds).toBeCloseTo(times[inside[i]!]!, 3),
      );
    },
  );

  test.for(['minute.mp4', 'minute.mpegts'])('takes no keyframe from outside: %s', async (name) => {
    const media = await open(name, { rangeSeconds: [8, 24] });
    const got = await frames(media, [8, 16, 24]);
    expect(got).toHaveLength(3);
    for (const { timestampSeconds } of got) {
      expect(timestampSeconds).toBeGreaterThanOrEqual(8);
      expect(timestampSeconds).toBeLessThan(24);
    }
  });

  test.for([
    ['clip.mp4', 0.9, 1.2, 1],
    ['offset.mpegts', 2.5, 2.9, 2.6],
  ] as const)('is heard and nothing else: %s', async ([name, from, to, beep]) => {
    const media = await open(name, { rangeSeconds: [from, to] });
    const { data, startSeconds } = await media.samples(never);
    expect(startSeconds).toBeCloseTo(from, 3);
    expect(data.length / 16000).toBeCloseTo(to - from, 2);
    const onset = startSeconds + data.findIndex((value) => Math.abs(value) > 0.05) / 16000;
    expect(Math.abs(onset - beep)).toBeLessThan(0.03);
    const before = await partOf(opened!, { rangeSeconds: [from, beep - 0.05] }).samples(never);
    expect(Math.max(...before.data.map(Math.abs))).toBeLessThan(0.02);
  });
});
