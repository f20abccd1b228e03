import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import type {} from '../../src/ui/av-app';
import {
  ask,
  chooseFile,
  cluesOf,
  finalCount,
  openApp,
  openBuiltApp,
  sampleOf,
  samplePath,
} from './browser';

/* The main job in the built app: file → clues stream in → overlay → a click seeks. */

let app: Awaited<ReturnType<typeof openBuiltApp>>;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  app = await openBuiltApp();
  context = app.context;
  page = await openApp(context, app.site.url);
});
afterAll(() => app.close());

const objects = sampleOf('object');
const sounds = sampleOf('event');

/** Records what the state went through, as `running:2` or `done:5`. */
async function recordRun(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    document.querySelector('av-app')!.session!.store.subscribe(({ run }) => {
      if (run.kind !== 'idle') seen.push(`${run.kind}:${run.clues.length}`);
    });
  });
}

describe('an object question', () => {
  it('streams clues one by one before the answer is complete', async () => {
    await chooseFile(page, samplePath(objects));
    await recordRun(page);
    await ask(page, objects.question);
    const count = await finalCount(page);
    expect(Math.abs(count - objects.count)).toBeLessThanOrEqual(1);
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    for (let n = 1; n <= count; n++) expect(seen).toContain(`running:${n}`);
    expect(seen.at(-1)).toBe(`done:${count}`);
    expect(await page.locator('#clues .clue').count()).toBe(count);
  });

  it('shows each clue’s box at its time, and a click on the clue seeks there', async () => {
    const clues = await cluesOf(page);
    for (const [index, clue] of clues.entries()) {
      if (clue.kind !== 'object') throw new Error('An object question gave an event.');
      await page.locator('#clues .clue').nth(index).click();
      await page.waitForFunction((time) => {
        const video = document
          .querySelector('av-app')!
          .shadowRoot!.querySelector('av-workspace')!
          .shadowRoot!.querySelector('av-player')!
          .shadowRoot!.querySelector('video')!;
        return !video.seeking && Math.abs(video.currentTime - time) < 0.15;
      }, clue.timestampSeconds);
      const box = page.locator('av-overlay .box', { hasText: String(index + 1) }).first();
      await box.waitFor();
      const drawn = (await box.boundingBox())!;
      const picture = (await page.locator('av-overlay .picture').boundingBox())!;
      const { width } = await page.evaluate(() => {
        const run = document.querySelector('av-app')!.session!.store.state.run;
        return { width: run.kind === 'done' ? run.analysis.media.width! : 0 };
      });
      const scale = picture.width / width;
      const [x1, y1, x2, y2] = clue.box;
      expect(Math.abs((drawn.x - picture.x) / scale - x1)).toBeLessThan(12);
      expect(Math.abs((drawn.y - picture.y) / scale - y1)).toBeLessThan(12);
      expect(Math.abs(drawn.width / scale - (x2 - x1))).toBeLessThan(16);
      expect(Math.abs(drawn.height / scale - (y2 - y1))).toBeLessThan(16);
    }
  });
});

describe('a sound question', () => {
  it('gives the same clues on wasm and on WebGPU', async () => {
    await chooseFile(page, samplePath(sounds));
    await ask(page, sounds.question);
    const count = await finalCount(page);
    expect(Math.abs(count - sounds.count)).toBeLessThanOrEqual(1);
    const onWasm = await cluesOf(page);
    expect(onWasm).toHaveLength(count);

    const gpuPage = await openApp(context, `${app.site.url}?backend=webgpu`);
    await chooseFile(gpuPage, samplePath(sounds));
    await ask(gpuPage, sounds.question);
    expect(await finalCount(gpuPage, 240_000)).toBe(count);
    const onGpu = await cluesOf(gpuPage);
    const backend = await gpuPage.evaluate(() => {
      const run = document.querySelector('av-app')!.session!.store.state.run;
      return run.kind === 'done' ? run.analysis.backend : null;
    });
    expect(backend).toBe('webgpu');
    // The confidence may differ in the last digits; the clues may not.
    const withoutConfidence = (clues: typeof onWasm) =>
      clues.map((clue) => ({ ...clue, confidence: undefined }));
    expect(withoutConfidence(onGpu)).toEqual(withoutConfidence(onWasm));
    await gpuPage.close();
  });

  it('declines what is out of reach, in words', async () => {
    await ask(page, 'What is written on the sign?');
    await page.locator('#not-covered').waitFor();
    expect(await page.locator('#count[data-state="done"]').count()).toBe(0);
  });
});
