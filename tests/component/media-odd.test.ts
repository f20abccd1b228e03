import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors';
import type { Media } from '../../src/media/media';
import { openMedia } from '../../src/media/open-media';

// A collection of odd files that is not part of the repository; without it this test is skipped.
// Inlined, because vite would serve an MPEG .ts file as a script.
const urls = import.meta.glob<string>(['../../../shared/media/odd/*', '!**/*.json', '!**/*.md'], {
  query: '?url&inline',
  import: 'default',
});
const facts = import.meta.glob<Fact[]>('../../../shared/media/odd/ODD.json', {
  import: 'default',
  eager: true,
});

interface Fact {
  file: string;
  duration: string | null;
  start: string | null;
  rotation: number | null;
  note: string | null;
}

const never = new AbortController().signal;

/** What the file yields, or the code of the error that it ends in. */
async function digest(file: File) {
  let media: Media | undefined;
  try {
    media = await openMedia(file, never);
    const { info } = media;
    const step = info.durationSeconds / 8;
    const timesSeconds = Array.from({ length: 8 }, (_, i) => info.startSeconds + (i + 0.5) * step);
    const times: number[] = [];
    if (info.video) {
      for await (const frame of media.frames({ timesSeconds, maxSide: 320 }, never)) {
        times.push(frame.timestampSeconds);
      }
    }
    const seconds = info.audio ? (await media.samples(never)).data.length / 16000 : 0;
    return { info, times, seconds };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'bug') throw error;
    return error.code;
  } finally {
    await media?.close();
  }
}

describe.skipIf(Object.keys(urls).length === 0)('every odd file', () => {
  const list = Object.values(facts)[0] ?? [];
  for (const [path, url] of Object.entries(urls)) {
    const name = path.split('/').at(-1) ?? '';
    const fact = list.find(({ file }) => file === name);
    test(name, { timeout: 60_000 }, async () => {
      const result = await digest(new File([await (await fetch(await url())).blob()], name));
      if (fact?.note?.includes('must be refused')) expect(typeof result).toBe('string');
      if (typeof result === 'string') return;
      const { info, times, seconds } = result;
      expect(times.length + seconds).toBeGreaterThan(0);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      if (fact?.start) expect(info.startSeconds).toBeCloseTo(Number(fact.start), 3);
      if (fact?.duration && info.durationSeconds > 0) {
        expect(info.durationSeconds).toBeCloseTo(Number(fact.duration), 3);
      }
      if (fact?.rotation) {
        expect(info.video?.rotationDegrees).toBe((360 - fact.rotation) % 360);
      }
    });
  }
});
