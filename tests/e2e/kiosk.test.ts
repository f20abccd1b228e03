import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type {} from '../../src/ui/av-app';
import { ask, chooseFile, finalCount, openBuiltApp, sampleOf, samplePath } from './browser';

/* The built app at a booth: it counts by itself, takes a visitor, forgets them, and goes on. */

const sounds = sampleOf('event');

interface Seen {
  kind: string;
  clues: number;
}

/** What the page remembers for the test: the object URLs that are alive, and what its runs did. */
interface Watched {
  liveUrls: Set<string>;
  runs: Seen[];
}

let app: Awaited<ReturnType<typeof openBuiltApp>>;
beforeAll(async () => {
  app = await openBuiltApp();
});
afterAll(() => app.close());

async function openKiosk(settings: string): Promise<Page> {
  const page = await app.context.newPage();
  await page.addInitScript(() => {
    const watched: Watched = { liveUrls: new Set(), runs: [] };
    Object.assign(window, { watched });
    const createObjectURL = URL.createObjectURL.bind(URL);
    const revokeObjectURL = URL.revokeObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      const url = createObjectURL(blob);
      // The worker's starter stays as long as the worker.
      if (blob.type !== 'text/javascript') watched.liveUrls.add(url);
      return url;
    };
    URL.revokeObjectURL = (url) => {
      watched.liveUrls.delete(url);
      revokeObjectURL(url);
    };
  });
  await page.goto(`${app.site.url}?kiosk&${settings}`);
  await page.locator('av-kiosk').waitFor();
  await page.evaluate(() => {
    document.querySelector('av-app')!.session!.store.subscribe(({ run }) => {
      const clues = run.kind === 'idle' ? 0 : run.clues.length;
      (window as unknown as { watched: Watched }).watched.runs.push({ kind: run.kind, clues });
    });
  });
  return page;
}

const watched = (page: Page): Promise<Seen[]> =>
  page.evaluate(() => (window as unknown as { watched: Watched }).watched.runs);

const liveUrls = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { watched: Watched }).watched.liveUrls.size);

const isDone = (page: Page) =>
  page.locator('av-kiosk #count[data-state="done"]').waitFor({ timeout: 200_000 });

describe('at a booth', () => {
  it('counts by itself, takes a visitor with a file, and forgets them', async () => {
    const page = await openKiosk('show=600&idle=2');
    const stored = await page.evaluate(() => JSON.stringify(localStorage));

    await isDone(page);
    const kinds = (await watched(page)).map(({ kind }) => kind);
    expect(kinds.indexOf('running')).toBeGreaterThanOrEqual(0);
    expect(kinds.indexOf('done')).toBeGreaterThan(kinds.indexOf('running'));
    // Its own clip, and no more.
    expect(await liveUrls(page)).toBe(1);

    await page.mouse.click(640, 450);
    await page.locator('#browse').waitFor();
    expect(await page.locator('av-kiosk').count()).toBe(0);
    await page.locator('#theme').click();

    await chooseFile(page, samplePath(sounds));
    await ask(page, sounds.question);
    expect(Math.abs((await finalCount(page)) - sounds.count)).toBeLessThanOrEqual(1);

    await page.locator('av-still-there dialog').waitFor({ timeout: 30_000 });
    await page.keyboard.press('Shift');
    await page.locator('av-still-there dialog').waitFor({ state: 'detached' });
    await page.locator('#question').fill('My secret question');

    // Stopped at the moment of the reset, before the loop opens its next clip.
    await page.evaluate(() => {
      const { session, kiosk } = document.querySelector('av-app')!;
      const { watched } = window as unknown as { watched: Watched };
      const wipe = session!.wipe.bind(session);
      session!.wipe = () => {
        wipe();
        const { video, run, draft, history } = session!.store.state;
        Object.assign(window, {
          left: {
            ...{ video: video.kind, run: run.kind, draft, history: history.length },
            ...{ urls: watched.liveUrls.size, attracting: kiosk!.isAttracting },
          },
        });
        session!.wipe = wipe;
      };
    });
    await page.locator('av-kiosk').waitFor({ timeout: 30_000 });
    expect(await page.evaluate(() => (window as unknown as { left: unknown }).left)).toEqual({
      ...{ video: 'none', run: 'idle', draft: null, history: 0 },
      ...{ urls: 0, attracting: false },
    });
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe(stored);
    expect(await page.evaluate(() => document.documentElement.dataset['theme'] ?? '')).toBe('');
    expect(await page.locator('#question').count()).toBe(0);

    await isDone(page);
    await page.close();
  });

  it('goes on when the worker dies in the middle of a count', async () => {
    const page = await openKiosk('show=1&idle=600');
    await page.waitForFunction(
      () => {
        const { run } = document.querySelector('av-app')!.session!.store.state;
        return run.kind === 'running' && run.progress !== null;
      },
      undefined,
      { timeout: 60_000, polling: 50 },
    );
    await page.workers()[0]!.evaluate(() => {
      setTimeout(() => {
        throw new Error('killed by the test');
      });
    });
    await isDone(page);
    const kinds = (await watched(page)).map(({ kind }) => kind);
    expect(kinds).toContain('failed');
    expect(kinds.lastIndexOf('done')).toBeGreaterThan(kinds.indexOf('failed'));
    await page.close();
  });

  it('shows its own clips only where it is told to', async () => {
    const page = await app.context.newPage();
    await page.goto(`${app.site.url}?kiosk=samples`);
    await page.locator('av-kiosk').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[data-sample]').first().waitFor();
    expect(await page.locator('#browse').isVisible()).toBe(false);
    await page.locator('[data-sample]').first().click();
    await page.locator('#question').waitFor();
    expect(await page.locator('#open-another').isVisible()).toBe(false);
    await page.close();
  });
});
