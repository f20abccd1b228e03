import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { root } from '../../cli/site';
import { readAnnotationText } from '../../src/benchmark/annotations';
import { tabulate } from '../../src/benchmark/score-table';
import { scoreReply, type BenchmarkScore } from '../../src/benchmark/score-replies';
import { readPredictionFiles } from '../../src/results/predictions-file';
import { openBuiltApp } from './browser';

/* The samples' own questions, those about sounds, asked in the built app with the real model. */

const { annotations } = readAnnotationText(
  readFileSync(join(root, 'models/served/samples/annotations.json'), 'utf8'),
);
const asked = annotations.filter(({ category }) => category === 'event');

let app: Awaited<ReturnType<typeof openBuiltApp>>;
beforeAll(async () => {
  app = await openBuiltApp();
});
afterAll(() => app.close());

async function openBenchmark(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${app.site.url}#/benchmark`);
  await page.locator('#samples').click();
  await chooseEvents(page);
  return page;
}

const chooseEvents = (page: Page) =>
  page.locator('av-benchmark-setup input[value="event"]').check({ force: true });
const go = (page: Page, does: 'start' | 'pause') => page.locator(`#go[data-do="${does}"]`);
const finish = (page: Page) => go(page, 'start').waitFor({ timeout: 120_000 });
const answered = (page: Page) => page.locator('av-benchmark-items li');

/** Every cell of the table, by row and measure. */
const readTable = (page: Page): Promise<Record<string, string>> =>
  page
    .locator('av-benchmark-results #scores td[data-measure]')
    .evaluateAll((cells) =>
      Object.fromEntries(
        cells.map((cell) => [
          `${cell.closest('tr')!.dataset['row']} ${(cell as HTMLElement).dataset['measure']}`,
          cell.textContent.trim(),
        ]),
      ),
    );

async function takeAway(page: Page, form: string): Promise<File> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator(`[data-as="${form}"]`).click(),
  ]);
  return new File([readFileSync(await download.path())], download.suggestedFilename());
}

/** The same, as the core scores what was taken away. */
async function scoreFile(file: File): Promise<Record<string, string>> {
  const predictions = await readPredictionFiles([file]);
  const items = predictions.map(({ index, pred }) =>
    scoreReply(
      annotations.find(({ id }) => id === index)!,
      pred,
      'long',
    ),
  );
  const { overall, byCategory, byModality } = tabulate(items);
  return Object.fromEntries(
    Object.entries<BenchmarkScore>({ total: overall, ...byCategory, ...byModality }).flatMap(
      ([row, score]) =>
        Object.entries<number | null>({ ...score })
          .filter(([measure]) => !['n', 'wcs', 'ifa'].includes(measure))
          .map(([measure, value]) => [
            `${row} ${measure}`,
            value === null ? '—' : value.toFixed(2),
          ]),
    ),
  );
}

describe('the benchmark of the built app', () => {
  it('scores what can be taken away, is the same after a reload half-way, and asks nobody else', async () => {
    const { context } = app;
    const requests: string[] = [];
    context.on('request', (request) => requests.push(request.url()));
    const page = await openBenchmark(context);
    await go(page, 'start').click();
    await answered(page).first().waitFor({ timeout: 120_000 });
    await go(page, 'pause').click();
    await finish(page);
    const before = await answered(page).count();
    expect(before).toBeLessThan(asked.length);

    await page.reload();
    await page.locator('[data-do="continue"]').click();
    await chooseEvents(page);
    await expect.poll(() => answered(page).count()).toBe(before);
    await go(page, 'start').click();
    await finish(page);
    expect(await answered(page).count()).toBe(asked.length);
    const resumed = await readTable(page);
    const zip = await takeAway(page, 'zip');
    expect(await readPredictionFiles([zip])).toHaveLength(asked.length);
    expect(resumed).toEqual(await scoreFile(zip));
    expect(resumed).toEqual(await scoreFile(await takeAway(page, 'jsonl')));
    expect(resumed['total acc']).toBe('100.00');

    const inOneGo = await openBenchmark(await app.browser.newContext());
    await go(inOneGo, 'start').click();
    await answered(inOneGo).first().waitFor({ timeout: 120_000 });
    await finish(inOneGo);
    expect(await readTable(inOneGo)).toEqual(resumed);

    // What was taken away is worth the same where no model answered.
    await inOneGo.locator('input[value="event"]').uncheck({ force: true });
    await inOneGo.locator('#import').setInputFiles({
      ...{ name: 'run.zip', mimeType: 'application/zip' },
      buffer: Buffer.from(await zip.arrayBuffer()),
    });
    await inOneGo.getByText('Predictions from run.zip.').waitFor();
    expect(await readTable(inOneGo)).toEqual(resumed);

    const { origin } = new URL(app.site.url);
    expect(requests.filter((url) => !url.startsWith(origin) && !/^(blob|data):/.test(url))).toEqual(
      [],
    );
  }, 300_000);
});
