import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import type { CountResult } from '../../src/results/result-schema';
import type {} from '../../src/ui/av-app';
import {
  ask,
  chooseFile,
  finalCount,
  openApp,
  openBuiltApp,
  sampleOf,
  samplePath,
} from './browser';

/* An answer leaves the page as a file and as a link, and comes back; nobody else is asked anything. */

let app: Awaited<ReturnType<typeof openBuiltApp>>;
let page: Page;
let json = '';
let link = '';
const foreign: string[] = [];
const sample = sampleOf('object');

function watch(context: BrowserContext): void {
  const { origin } = new URL(app.site.url);
  context.on('request', (request) => {
    const url = request.url();
    if (!/^(blob:|data:)/.test(url) && new URL(url).origin !== origin) foreign.push(url);
  });
}

beforeAll(async () => {
  app = await openBuiltApp();
  watch(app.context);
  page = await openApp(app.context, app.site.url);
  await chooseFile(page, samplePath(sample));
  await ask(page, sample.question);
  await finalCount(page);
});
afterAll(() => app.close());

/** The answer in the page's state, without what belongs to this visit. */
function answerOf(page: Page) {
  return page.evaluate(() => {
    const { run } = document.querySelector('av-app')!.session!.store.state;
    if (run.kind !== 'done') throw new Error(`The run is ${run.kind}.`);
    const { question, clues, review, text, analysis } = run;
    return { question, clues, review: review.clues, text, analysis };
  });
}

/** Offers a file to the page as its picker does. */
function offer(page: Page, name: string, text: string): Promise<void> {
  const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) };
  return page.locator('#file').first().setInputFiles(file);
}

describe('an answer as a file', () => {
  it('is saved under the video’s name, all in it', async () => {
    await page.evaluate(() => {
      document
        .querySelector('av-app')!
        .session!.edit({ kind: 'judge', id: 1, verdict: 'rejected' });
    });
    await page.locator('#takeaway').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#json').click(),
    ]);
    expect(download.suggestedFilename()).toBe(sample.file.replace(/\.\w+$/, '-count.json'));
    json = readFileSync(await download.path(), 'utf8');
    const { answer, review, video } = JSON.parse(json) as CountResult;
    expect(review.count).toBe((answer.count ?? 0) - 1);
    expect(video.title).toBe(sample.file);
    link = await page.locator('#link').inputValue();
  });

  it('is the same state when it is opened after a reload', async () => {
    const before = await answerOf(page);
    await page.reload();
    await offer(page, 'anything.json', json);
    await page.locator('av-takeaway').waitFor();
    expect(await answerOf(page)).toEqual(before);
    expect(await finalCount(page)).toBe(before.review.length - 1);
  });

  it('is turned away in words where it is damaged, and the page goes on', async () => {
    await offer(page, 'broken.json', json.slice(0, 500));
    const error = page.locator('av-error #error').first();
    await error.waitFor();
    expect(await error.getAttribute('data-code')).toBe('result-unreadable');
    await offer(page, 'whole.json', json);
    await page.locator('av-takeaway').waitFor();
  });
});

describe('an answer as a link', () => {
  it('opens elsewhere with its count and evidence, and waits for the video', async () => {
    expect(link.length).toBeLessThanOrEqual(2000);
    const before = await answerOf(page);
    const context = await app.browser.newContext({ viewport: { width: 1280, height: 900 } });
    watch(context);
    const visitor = await context.newPage();
    const errors: string[] = [];
    visitor.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await visitor.goto(link);
    expect(await finalCount(visitor)).toBe(before.review.length - 1);
    expect(await visitor.locator('#clues .clue').count()).toBe(before.review.length);
    expect(await visitor.locator('av-player').count()).toBe(0);
    expect(visitor.url()).not.toContain('#r=');

    await visitor.locator('#attach').setInputFiles(samplePath(sample));
    await visitor.locator('av-player').waitFor();
    await visitor.locator('#clues .clue').nth(1).click();
    await visitor.locator('av-overlay .box').first().waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it('works in a page that is open already, and says what is wrong with a cut one', async () => {
    await page.goto(`${app.site.url}#/`);
    await page.evaluate((hash) => (location.hash = hash), new URL(link).hash.slice(0, 200));
    const error = page.locator('av-error #error').first();
    await error.waitFor();
    expect(await error.getAttribute('data-code')).toBe('result-unreadable');
    await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
    await page.locator('av-takeaway').waitFor();
    expect(new URL(page.url()).hash).toBe('');
  });

  it('asked nobody else for anything', () => {
    expect(foreign).toEqual([]);
  });
});
