import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Response } from 'playwright-core';
import { modelReady, openBuiltApp } from './browser';

/* What a visitor fetches who has only come to look. */

let app: Awaited<ReturnType<typeof openBuiltApp>>;

beforeAll(async () => {
  app = await openBuiltApp();
});
afterAll(() => app.close());

const mostBytes = 200_000;
const heavy = /\.wasm|\.onnx|\.bin|worker-|ffmpeg|ort\./;

/** Bytes on the line where the host compresses what can be compressed. */
async function weight(response: Response): Promise<number> {
  const body = await response.body();
  return /\.(webp|woff2|png|mp4)$/.test(new URL(response.url()).pathname)
    ? body.length
    : gzipSync(body).length;
}

describe('the first view', () => {
  for (const [name, viewport] of Object.entries({
    phone: { width: 390, height: 844 },
    laptop: { width: 1440, height: 900 },
  })) {
    it(`is light on a ${name}, and fetches no model and no codec`, async () => {
      const context = await app.browser.newContext({ viewport, serviceWorkers: 'block' });
      const page = await context.newPage();
      const responses: Response[] = [];
      page.on('response', (response) => responses.push(response));
      await page.goto(app.site.url, { waitUntil: 'networkidle' });
      await page.locator('.sample:not(.placeholder) img').first().waitFor();
      const own = responses.filter((response) => !/^(blob|data):/.test(response.url()));
      const sizes = await Promise.all(own.map(weight));
      const total = sizes.reduce((sum, size) => sum + size, 0);
      expect(own.map((response) => response.url()).filter((url) => heavy.test(url))).toEqual([]);
      expect(total).toBeGreaterThan(40_000);
      expect(total).toBeLessThan(mostBytes);

      // Who wants the model before the talk gets it.
      await page.locator('.model').scrollIntoViewIfNeeded();
      await page.locator('#load-now').click();
      await modelReady(page);
      await context.close();
    });
  }
});
