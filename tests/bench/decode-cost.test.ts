import { expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { openMedia } from '../../src/media/open-media';
import type { Media } from '../../src/media/media';
import { lengthsSeconds } from './lengths';

/*
 * What the same number of frames costs in a short and in a long file. The rounds alternate between
 * the two, so that whatever else the machine does falls on both.
 */
const frameCount = 48;
const rounds = 3;
const bar = 1.5;
const signal = new AbortController().signal;

type Name = keyof typeof lengthsSeconds;
const names = Object.keys(lengthsSeconds) as Name[];

async function fetchFile(name: Name): Promise<File> {
  const response = await fetch(new URL(`../../.cache/bench/${name}.mp4`, import.meta.url));
  return new File([await response.blob()], `${name}.mp4`);
}

async function timed(body: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await body();
  return performance.now() - start;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

async function takeFrames(media: Media): Promise<void> {
  const { durationSeconds } = media.info;
  const timesSeconds = Array.from(
    { length: frameCount },
    (_, k) => ((k + 0.5) * durationSeconds) / frameCount,
  );
  let seen = 0;
  for await (const frame of media.frames({ timesSeconds, maxSide: 640 }, signal)) {
    seen += frame.data.length > 0 ? 1 : 0;
  }
  expect(seen).toBe(frameCount);
}

it(`takes ${frameCount} frames from 20 minutes for at most ${bar}x what 1 minute costs`, async () => {
  const frameMs: Record<Name, number[]> = { 'one-minute': [], 'twenty-minutes': [] };
  const soundMs: Record<Name, number> = { 'one-minute': 0, 'twenty-minutes': 0 };
  const files = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await fetchFile(name)] as const)),
  ) as Record<Name, File>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const media = await openMedia(files[name], signal);
      frameMs[name].push(await timed(() => takeFrames(media)));
      if (round === 0) soundMs[name] = await timed(() => media.samples(signal));
      await media.close();
    }
  }
  const cost = (name: Name) => Math.round(median(frameMs[name]));
  const ratio = cost('twenty-minutes') / cost('one-minute');
  const report = {
    frames: frameCount,
    oneMinuteMs: cost('one-minute'),
    twentyMinutesMs: cost('twenty-minutes'),
    ratio: Math.round(ratio * 100) / 100,
    bar,
    soundOneMinuteMs: Math.round(soundMs['one-minute']),
    soundTwentyMinutesMs: Math.round(soundMs['twenty-minutes']),
  };
  await commands.writeFile('tests/bench/results.json', `${JSON.stringify(report, null, 1)}\n`);
  console.log(report);
  expect(ratio).toBeLessThanOrEqual(bar);
});
