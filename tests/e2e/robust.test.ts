import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type {} from '../../src/ui/av-app';
import {
  ask,
  chooseFile,
  finalCount,
  modelReady,
  preloading,
  openApp,
  openBuiltApp,
  sampleOf,
  samplePath,
} from './browser';

/* What the built app does where things go wrong, and what it never does: talk to anyone else. */

const sounds = sampleOf('event');

async function countSounds(page: Page): Promise<void> {
  await chooseFile(page, samplePath(sounds));
  await ask(page, sounds.question);
  expect(Math.abs((await finalCount(page)) - sounds.count)).toBeLessThanOrEqual(1);
}

/** What a request to another origin comes to, inside the page and inside its worker. */
async function reachOf(page: Page): Promise<string[]> {
  const tryIt = (url: string) =>
    fetch(url).then(
      () => 'answered',
      () => 'refused',
    );
  return [
    await page.evaluate(tryIt, strangerUrl),
    await page.workers()[0]!.evaluate(tryIt, strangerUrl),
  ];
}

let stranger: Server;
let strangerUrl: string;
beforeAll(async () => {
  // Another origin that would answer anybody: only the page's own policy keeps it out.
  stranger = createServer((_, response) => {
    response.writeHead(200, {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    response.end('hello');
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
});
afterAll(() => stranger.close());

describe('on a careful host', () => {
  let app: Awaited<ReturnType<typeof openBuiltApp>>;
  beforeAll(async () => {
    app = await openBuiltApp();
  });
  afterAll(() => app.close());

  it('counts with the network cut and asks no other origin for anything', async () => {
    const page = await app.context.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(preloading(app.site.url));
    await modelReady(page);
    await app.context.setOffline(true);
    try {
      await countSounds(page);
    } finally {
      await app.context.setOffline(false);
    }
    const origin = new URL(app.site.url).origin;
    const foreign = requests.filter(
      (url) => !/^(blob:|data:)/.test(url) && new URL(url).origin !== origin,
    );
    expect(foreign).toEqual([]);
    expect(requests.length).toBeGreaterThan(3);
    await page.close();
  });

  it('is held to its own origin by its policy, in the page and in the worker', async () => {
    const page = await openApp(app.context, app.site.url);
    expect(await reachOf(page)).toEqual(['refused', 'refused']);
    await page.close();
  });

  it('gives one clear error for a bad file, and the next file works', async () => {
    const page = await openApp(app.context, app.site.url);
    await page
      .locator('#file')
      .first()
      .setInputFiles({
        name: 'text.mp4',
        mimeType: 'video/mp4',
        buffer: Buffer.from('this is no video at all'),
      });
    await ask(page, 'How many cars are there?');
    const error = page.locator('#error').first();
    await error.waitFor();
    expect(await error.getAttribute('data-code')).toMatch(/^(file-unreadable|no-media-track)$/);
    await countSounds(page);
    await page.close();
  });

  it('stops at once when asked to, and counts again', async () => {
    const page = await openApp(app.context, app.site.url);
    await chooseFile(page, samplePath(sampleOf('object')));
    await ask(page, 'How many cars are there?');
    await page.locator('#stop').click();
    await page.locator('#ask').waitFor({ timeout: 1000 });
    await countSounds(page);
    await page.close();
  });

  it('recovers from a worker that dies', async () => {
    const page = await openApp(app.context, app.site.url);
    await chooseFile(page, samplePath(sampleOf('object')));
    await ask(page, 'How many cars are there?');
    await page.waitForTimeout(500);
    await page.workers()[0]!.evaluate(() => {
      setTimeout(() => {
        throw new Error('killed by the test');
      });
    });
    const error = page.locator('#error').first();
    await error.waitFor();
    expect(await error.getAttribute('data-code')).toBe('worker-crashed');
    await countSounds(page);
    await page.close();
  });

  it('recovers from a worker that stands still', async () => {
    const page = await app.context.newPage();
    await page.clock.install();
    await page.goto(preloading(app.site.url));
    await modelReady(page);
    await chooseFile(page, samplePath(sampleOf('object')));
    await ask(page, 'How many cars are there?');
    await page.locator('#stop').waitFor();
    // It never answers again; nor does this evaluation.
    page
      .workers()[0]!
      .evaluate(() => {
        for (;;);
      })
      .catch(() => undefined);
    const error = page.locator('#error').first();
    for (let looks = 0; looks < 8 && !(await error.isVisible()); looks++) {
      await page.clock.fastForward(15_000);
      await page.waitForTimeout(200);
    }
    expect(await error.getAttribute('data-code')).toBe('worker-crashed');
    await page.clock.resume();
    await countSounds(page);
    await page.close();
  });

  it('loads the weights from the local cache at the second visit', async () => {
    const first = await openApp(app.context, app.site.url);
    await first.close();
    const page = await app.context.newPage();
    const weights: string[] = [];
    app.context.on('request', (request) => {
      if (request.url().endsWith('.onnx')) weights.push(request.url());
    });
    await page.goto(preloading(app.site.url));
    await modelReady(page);
    expect(weights).toEqual([]);
    await countSounds(page);
    await page.close();
  });
});

describe('on a plain host', () => {
  it('counts from a sub-path without COOP and COEP', async () => {
    const app = await openBuiltApp({ base: '/demo/', headers: false });
    try {
      expect(new URL(app.site.url).pathname).toBe('/demo/');
      const page = await openApp(app.context, app.site.url);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
      expect(await reachOf(page)).toEqual(['refused', 'refused']);
      await countSounds(page);
    } finally {
      await app.close();
    }
  });
});
