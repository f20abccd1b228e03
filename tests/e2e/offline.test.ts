import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { chromiumFlags, ensureChromium } from '../../cli/chromium';
import { buildApp, buildIfStale, openSite, type Site, type SiteOptions } from '../../cli/site';
import type {} from '../../src/ui/av-app';
import {
  ask,
  chooseFile,
  finalCount,
  modelReady,
  openApp,
  preloading,
  sampleOf,
  samplePath,
} from './browser';

/* The built app without a network, after a change of version, and with what it keeps deleted. */

const sounds = sampleOf('event');
let scratch: string;
let site: Site;
let context: BrowserContext;

beforeAll(() => {
  buildIfStale();
  scratch = mkdtempSync(join(tmpdir(), 'offline-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
afterEach(async () => {
  await context.close();
  await site.close();
});

/** What the graphs and tables in nano's bundle weigh, in bytes. */
function servedBytes(): number {
  const nano = join(import.meta.dirname, '../../models/served/nano');
  return readdirSync(nano)
    .filter((name) => !name.endsWith('.json'))
    .reduce((bytes, name) => bytes + statSync(join(nano, name)).size, 0);
}

/** A visitor with a disk of their own. */
async function visit(options: SiteOptions = {}): Promise<Page> {
  site = await openSite(options);
  context = await chromium.launchPersistentContext(mkdtempSync(join(scratch, 'profile-')), {
    executablePath: ensureChromium(),
    args: [...chromiumFlags],
    viewport: { width: 1280, height: 900 },
  });
  return openApp(context, site.url);
}

const untilKept = (page: Page) =>
  page.waitForFunction(() => document.querySelector('av-app')!.offline.ready, undefined, {
    timeout: 60_000,
  });

async function cutTheLine(): Promise<void> {
  await context.setOffline(true);
  await site.close();
}

async function countSounds(page: Page): Promise<void> {
  await chooseFile(page, samplePath(sounds));
  await ask(page, sounds.question);
  expect(Math.abs((await finalCount(page)) - sounds.count)).toBeLessThanOrEqual(1);
}

describe('without a network, after one visit', () => {
  it('opens, isolated as before, and counts', async () => {
    const page = await visit();
    await untilKept(page);
    expect(await page.locator('#model').textContent()).toContain('works offline from now on');
    await cutTheLine();
    await page.goto(`${site.url}?preload&from=home-screen`);
    await modelReady(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await countSounds(page);
    // The policy and the service worker leave other origins where they are: out.
    const reach = await page.evaluate(() =>
      fetch('https://stranger.example/').then(
        () => 'answered',
        () => 'refused',
      ),
    );
    expect(reach).toBe('refused');
  });

  it('does so under a sub-path of a plain host, and with a sample that was opened before', async () => {
    const page = await visit({ base: '/demo/', headers: false });
    await page.locator(`[data-sample="${sounds.id}"]`).first().click();
    await page.locator('#question').waitFor();
    await untilKept(page);
    await cutTheLine();
    await page.reload();
    await modelReady(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await page.locator(`[data-sample="${sounds.id}"]`).first().click();
    await ask(page, sounds.question);
    expect(Math.abs((await finalCount(page)) - sounds.count)).toBeLessThanOrEqual(1);
  });

  it('promises nothing where it keeps nothing, and counts all the same', async () => {
    const page = await visit();
    await page.goto(`${site.url}?preload&sw=off`);
    await modelReady(page);
    expect(await page.locator('#model').textContent()).not.toContain('offline');
    await page.evaluate(async () => {
      for (const registration of await navigator.serviceWorker.getRegistrations()) {
        await registration.unregister();
      }
      for (const name of await caches.keys()) await caches.delete(name);
      await (await navigator.storage.getDirectory()).removeEntry('weights', { recursive: true });
    });
    const devtools = await context.newCDPSession(page);
    const { origin } = new URL(site.url);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 3_000_000 });
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await page.goto(preloading(site.url));
    await modelReady(page);
    await countSounds(page);
    // A second time, from a service worker that has no room.
    await page.reload();
    await modelReady(page);
    await countSounds(page);
    expect(await page.evaluate(() => document.querySelector('av-app')!.offline.ready)).toBe(false);
    expect(failures).toEqual([]);
  });
});

describe('what is kept', () => {
  it('is fetched again where it went bad: one file, past every cache', async () => {
    const page = await visit();
    await untilKept(page);
    const name = await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('weights');
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind !== 'file') continue;
        const file = handle;
        const writable = await file.createWritable({ keepExistingData: true });
        const byte = new Uint8Array(await (await file.getFile()).slice(1000, 1001).arrayBuffer());
        await writable.write({ type: 'write', position: 1000, data: new Uint8Array([~byte[0]!]) });
        await writable.close();
        return name;
      }
      throw new Error('Nothing is kept.');
    });
    const fetched: string[] = [];
    context.on('request', (request) => {
      if (/\/nano\/(?!manifest)/.test(request.url())) fetched.push(request.url());
    });
    await page.reload();
    await modelReady(page);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(fetched).toHaveLength(1);
    await countSounds(page);
  });

  it('is listed with its sizes, and goes part by part or all at once', async () => {
    const page = await visit();
    await untilKept(page);
    await page.goto(`${site.url}#/storage`);
    const storage = page.locator('av-storage');
    const item = (kind: string) => storage.locator(`[data-kind="${kind}"]`);
    await item('model').waitFor();
    const megabytes = async (kind: string) =>
      Number(/(\d+) MB/.exec((await item(kind).textContent()) ?? '')?.[1]);
    expect(await item('model').textContent()).toMatch(/nano[^]*5 files/);
    expect(await megabytes('model')).toBe(Math.round(servedBytes() / 1e6));
    expect(await megabytes('app')).toBeGreaterThan(45);
    const bin = item('model').locator('[data-do="delete"]');
    await bin.click();
    await bin.click();
    await item('model').waitFor({ state: 'detached' });
    expect(await storage.locator('#outcome').textContent()).toBe('Deleted.');
    const kept = () =>
      page.evaluate(async () => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('weights');
        const names: string[] = [];
        for await (const name of folder.keys()) names.push(name);
        return { names, caches: await caches.keys() };
      });
    expect((await kept()).names).toEqual([]);
    expect((await kept()).caches.length).toBeGreaterThan(0);
    expect(await page.locator('#model').textContent()).not.toContain('works offline');
    await storage.locator('#delete-all').click();
    await storage.locator('#confirm').click();
    await storage.locator('.empty').waitFor();
    expect(await kept()).toEqual({ names: [], caches: [] });
    // And the page still counts, here and at the next visit.
    await page.goto(preloading(site.url));
    await modelReady(page);
    await countSounds(page);
  });
});

describe('a new version', () => {
  const origins = (page: Page) =>
    page.evaluate(() => {
      const { device } = document.querySelector('av-app')!.session!.store.state;
      return device.kind === 'ready' ? device.capabilities.modelOrigins : null;
    });

  it('is what the next load brings, is told to a page that is open, and ends nothing there', async () => {
    // Another build of the same app: its scripts, its policy and its page differ from the first.
    const outDir = join(scratch, 'second');
    buildApp(['--outDir', outDir], { MODEL_ORIGINS: 'https://second.example' });
    const page = await visit();
    await untilKept(page);
    expect(await origins(page)).toEqual([]);
    const port = Number(new URL(site.url).port);
    await site.close();
    site = await openSite({ port, outDir });

    await chooseFile(page, samplePath(sounds));
    await ask(page, sounds.question);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await page.waitForFunction(() => document.querySelector('av-app')!.offline.updateReady);
    expect(Math.abs((await finalCount(page)) - sounds.count)).toBeLessThanOrEqual(1);
    expect(await origins(page)).toEqual([]);

    await page.reload();
    await modelReady(page);
    expect(await origins(page)).toEqual(['https://second.example']);
    await untilKept(page);
    expect(await page.evaluate(() => document.querySelector('av-app')!.offline.updateReady)).toBe(
      false,
    );
    // Only the new build is left, and it is whole.
    await cutTheLine();
    await page.reload();
    await modelReady(page);
    expect(await origins(page)).toEqual(['https://second.example']);
    await countSounds(page);
  });
});
