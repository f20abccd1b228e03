import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { fakeDeviceFlags } from '../../cli/chromium';
import type { Analysis } from '../../src/protocol/api';
import type {} from '../../src/ui/av-app';
import { ask, cluesOf, openApp, openBuiltApp } from './browser';

/* A clip from Chromium's own camera and microphone, recorded and asked about in the built app. */

let app: Awaited<ReturnType<typeof openBuiltApp>>;
let page: Page;
const requested: string[] = [];
const ofPage: string[] = [];
const problems: string[] = [];

beforeAll(async () => {
  app = await openBuiltApp({}, fakeDeviceFlags);
  app.context.on('request', (request) => {
    requested.push(request.url());
    // The service worker fetches every part for later; what the page fetched is another matter.
    if (!request.serviceWorker()) ofPage.push(request.url());
  });
  page = await openApp(app.context, app.site.url);
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
});
afterAll(() => app.close());

async function analysisOf(question: string): Promise<Analysis> {
  const handle = await page.waitForFunction(
    (asked) => {
      const { run } = document.querySelector('av-app')!.session!.store.state;
      return run.kind === 'done' && run.question === asked && run.analysis;
    },
    question,
    { timeout: 200_000 },
  );
  return (await handle.jsonValue()) as Analysis;
}

const videoTime = (): Promise<number> =>
  page.evaluate(
    () =>
      document
        .querySelector('av-app')!
        .shadowRoot!.querySelector('av-workspace')!
        .shadowRoot!.querySelector('av-player')!
        .shadowRoot!.querySelector('video')!.currentTime,
  );

describe('a recorded clip', () => {
  it('is recorded in five seconds, by the keyboard alone', async () => {
    expect(ofPage.some((url) => url.includes('av-recorder'))).toBe(false);
    await page.locator('#record').focus();
    await page.keyboard.press('Enter');
    await page.locator('#recorder[data-phase="ready"]').waitFor();
    await page.locator('av-record-settings input[value="10"]').focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: 'Record 5 seconds' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('#recorder[data-phase="recording"]').waitFor();
    await page.locator('#recorder[data-phase="recorded"]').waitFor();
    await page.getByRole('button', { name: 'Use this clip' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('#question').waitFor();
    expect(await page.locator('#video-title').textContent()).toMatch(/^recording-.*\.webm$/);
  });

  it.each(['How many beeps are there?', 'How many sounds are there?'])(
    'is asked: %s, and its evidence seeks',
    async (question) => {
      await ask(page, question);
      const { media, covered, count } = await analysisOf(question);
      expect(covered).toBe(true);
      expect(media.hasAudio).toBe(true);
      expect(media.durationSeconds).toBeGreaterThan(4.4);
      expect(media.durationSeconds).toBeLessThan(5.8);
      const clues = await cluesOf(page);
      expect(count).toBe(clues.length);
      for (const [index, clue] of clues.entries()) {
        if (clue.kind !== 'event') throw new Error('A question about sound gave an object.');
        await page.locator('#clues .clue').nth(index).click();
        await expect
          .poll(async () => Math.abs((await videoTime()) - clue.startSeconds))
          .toBeLessThan(0.15);
      }
    },
  );

  it('is heard as it was: the microphone beeps every half second', async () => {
    const clues = await cluesOf(page);
    // The second question is the last; at least eight of ten, should the machine be busy.
    expect(clues.length).toBeGreaterThanOrEqual(8);
    expect(clues.length).toBeLessThanOrEqual(12);
  });

  it('stays on this device', () => {
    const origin = new URL(app.site.url).origin;
    const foreign = requested.filter(
      (url) => !url.startsWith(origin) && !/^(blob|data):/.test(url),
    );
    // A blob carries the origin that made it.
    expect(foreign).toEqual([]);
    expect(requested.filter((url) => url.startsWith('blob:') && !url.includes(origin))).toEqual([]);
    expect(problems).toEqual([]);
  });
});
