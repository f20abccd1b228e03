import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppPage } from '../../cli/app-page';
import { hasMedia, media } from './browser';

/* Real and odd clips through the command line's own page; skipped where there are none. */

const page = new AppPage();
afterAll(() => page.close());

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(media, path), 'utf8')) as T;
}

describe.skipIf(!hasMedia)('real clips (skipped: no ../shared/media here)', () => {
  it.each([
    ['bottles_on_shelf.mp4', 'How many bottles are there?', 3],
    ['cars_from_above.mp4', 'How many cars drive through?', 4],
    ['people_one_by_one.mp4', 'How many people come to the table, one after another?', 6],
  ])('%s: %s', async (file, question, truth) => {
    const result = await page.ask(join(media, 'clips', file), question);
    if ('error' in result) throw new Error(result.error.message);
    expect(result.covered).toBe(true);
    expect(Math.abs(result.count! - truth)).toBeLessThanOrEqual(1);
    expect(result.clues).toHaveLength(result.count!);
  });
});

interface Odd {
  file: string;
  question: string | null;
}

describe.skipIf(!hasMedia)('odd files (skipped: no ../shared/media here)', () => {
  const files = hasMedia ? readJson<Odd[]>('odd/ODD.json') : [];
  const refused = /^(empty|html_named|text_named)\.mp4$|^wav_header_only\.wav$/;

  it.each(files.map(({ file, question }) => [file, question || 'How many people are there?']))(
    '%s ends in a result or a clear error',
    async (file, question) => {
      const start = performance.now();
      const result = await page.ask(join(media, 'odd', file), question);
      expect(performance.now() - start).toBeLessThan(60_000);
      if ('error' in result) {
        expect(result.error.code).toMatch(/^(file-unreadable|no-media-track|decode-failed)$/);
        expect(result.error.message).toMatch(/^[A-Z“].{10,300}[.?!]$/s);
      } else {
        expect(result.answerText).not.toBe('');
        expect(file).not.toMatch(refused);
      }
    },
    70_000,
  );
});
