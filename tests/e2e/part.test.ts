import { afterAll, describe, expect, it } from 'vitest';
import { AppPage } from '../../cli/app-page';
import type { AnalyzeOptions, Analysis } from '../../src/protocol/api';
import { sampleOf, samplePath } from './browser';

/* What a question may say beside its words, in the built app: a part of the file, the way of asking. */

const nano = new AppPage();
const tiny = new AppPage({ model: 'models/served/tiny', backend: 'wasm' });
afterAll(() => Promise.all([nano.close(), tiny.close()]));

const barks = sampleOf('event');
const cars = sampleOf('object');

async function ask(
  page: AppPage,
  { file, question }: { file: string; question: string },
  options: AnalyzeOptions,
): Promise<Analysis> {
  const result = await page.ask(file, question, options);
  if ('error' in result) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result;
}

describe('nano', () => {
  const dog = { file: samplePath(barks), question: barks.question };

  // The barks begin at 1.42, 2.21, 3.96, 6.35, 7.08, 9.74 and 11.62 s.
  it.each([
    [
      [3, 8],
      [3.96, 6.35, 7.08],
    ],
    [
      [9, 99],
      [9.74, 11.62],
    ],
    [[4.7, 6], []],
  ] as const)('counts the barks from %j alone, on the clock of the file', async (range, truth) => {
    const { count, clues, media, ...rest } = await ask(nano, dog, { rangeSeconds: range });
    expect(count).toBe(truth.length);
    const starts = clues.map((clue) => (clue.kind === 'event' ? clue.startSeconds : NaN));
    truth.forEach((time, at) => expect(Math.abs(starts[at]! - time)).toBeLessThan(0.1));
    expect(media.durationSeconds).toBeCloseTo(14, 0);
    expect(rest).not.toHaveProperty('replyText');
  });

  it('counts them all where nothing is said, with ways of asking that it does not know', async () => {
    const options = { category: 'object', ask: { reply: 'clues', thinks: true } } as const;
    const { count, category } = await ask(nano, dog, options);
    expect({ count, category }).toEqual({ count: 7, category: 'event' });
  });

  it('gives the boxes of single pictures at the very times that were given', async () => {
    const frameSeconds = [15.32123, 0.60456, 8.00789];
    const road = { file: samplePath(cars), question: cars.question };
    const { clues, count } = await ask(nano, road, { frameSeconds });
    expect(count).toBeGreaterThan(0);
    for (const clue of clues) {
      if (clue.kind !== 'object') throw new Error('An object question gave an event.');
      expect(frameSeconds).toContain(clue.timestampSeconds);
    }
  });

  it('says in a sentence that a part is not there', async () => {
    const result = await nano.ask(dog.file, dog.question, { rangeSeconds: [20, 30] });
    expect(result).toEqual({
      error: {
        code: 'no-media-track',
        message: expect.stringMatching(/^The part from 20\.00 s to 30\.00 s .*\.$/) as string,
      },
    });
  });
});

describe('the tiny model', () => {
  const road = { file: samplePath(cars), question: cars.question };

  it('is asked for the number or for clues, and its reply comes whole', async () => {
    const part = { rangeSeconds: [0, 2], category: 'event' } as const;
    const number = await ask(tiny, road, { ...part, ask: { reply: 'number', thinks: false } });
    expect(number).toMatchObject({ covered: true, category: 'event' });
    expect(number.replyText).toContain(number.answerText);
    expect(number.used!.soundSeconds).toBeLessThanOrEqual(2);
    expect(number).not.toHaveProperty('bareCount');
    const options = { category: 'attribute', ask: { reply: 'clues', thinks: true } } as const;
    const clues = await ask(tiny, road, { ...options, frameSeconds: [8, 0.6] });
    expect(clues).toMatchObject({ category: 'attribute', used: { frames: 2, soundSeconds: 0 } });
    expect(clues.replyText).toContain(clues.answerText);
    expect(clues).not.toHaveProperty('bareCount');
  });
});
