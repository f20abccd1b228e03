import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumFlags, ensureChromium } from './chromium.ts';
import { buildIfStale, openSite, root } from './site.ts';

/*
 * `npm run screenshots`: the page in its states, on three sizes, light and dark, into the git-ignored
 * folder `screenshots`; and the two that the README shows, into `docs`. Names of states choose some.
 */

const sizes = {
  phone: { width: 390, height: 844 },
  laptop: { width: 1440, height: 900 },
  projector: { width: 1920, height: 1080 },
};
const schemes = ['light', 'dark'] as const;

interface Sample {
  title: string;
  category: string;
}

const samples = JSON.parse(
  readFileSync(join(root, 'models/served/samples/samples.json'), 'utf8'),
) as Sample[];

const modelReady = (page: Page) => page.locator('#model[data-state="ready"]').waitFor();

async function openSample(page: Page, category: string): Promise<void> {
  const sample = samples.find((candidate) => candidate.category === category);
  if (!sample) throw new Error(`There is no sample with the category ${category}.`);
  await page.getByRole('button', { name: sample.title }).click();
  await page.locator('#question').waitFor();
}

async function finish(page: Page): Promise<void> {
  await page.locator('#count[data-state="done"]').waitFor({ timeout: 180_000 });
  // The second clue, where there is one: by then the first is in the middle of things.
  const clues = page.locator('#clues .clue');
  const found = await clues.count();
  if (found > 0) await clues.nth(Math.min(1, found - 1)).click();
  await page.waitForTimeout(600);
}

/** State → how to get there from a page that was just opened. */
const states: Record<string, (page: Page) => Promise<void>> = {
  loading: async (page) => {
    // One file stays away, so that the load is seen half-way.
    await page.route('**/nano/objects.onnx', () => undefined);
    await page.reload();
    await page.locator('#model[data-state="loading"] av-load-bar').waitFor();
    await page.waitForTimeout(800);
    await page.locator('.model').evaluate((element) => element.scrollIntoView({ block: 'end' }));
  },
  empty: modelReady,
  thinking: async (page) => {
    await modelReady(page);
    await openSample(page, 'object');
    await page.locator('#ask').click();
    await page.locator('av-progress').waitFor();
    await page.waitForTimeout(2500);
  },
  'done-boxes': async (page) => {
    await modelReady(page);
    await openSample(page, 'object');
    await page.locator('#ask').click();
    await finish(page);
  },
  'done-sounds': async (page) => {
    await modelReady(page);
    await openSample(page, 'event');
    await page.locator('#ask').click();
    await finish(page);
  },
  edited: async (page) => {
    await modelReady(page);
    await openSample(page, 'event');
    await page.locator('#ask').click();
    await finish(page);
    await page.keyboard.press('x');
    await page.locator('#model-count').waitFor();
  },
  takeaway: async (page) => {
    await modelReady(page);
    await openSample(page, 'event');
    await page.locator('#ask').click();
    await finish(page);
    await page.locator('#takeaway').click();
    await page.locator('#code').waitFor();
  },
  paper: async (page) => {
    await page.goto(new URL('#/paper', page.url()).href);
    await page.locator('av-paper h1').waitFor();
    await page.waitForTimeout(800);
  },
  benchmark: async (page) => {
    await modelReady(page);
    await page.goto(new URL('#/benchmark', page.url()).href);
    await page.locator('#samples').click();
    // With its clues, so that there is something to compare; the pictures of a clue are few.
    await page.locator('input[value="clue"]').check({ force: true });
    await page.locator('#go').click();
    await page.locator('#go[data-do="start"]').waitFor({ timeout: 300_000 });
    await page.locator('[data-item="3"]').click();
    await page.locator('[data-mark="true-1"]').click();
    await page.waitForTimeout(800);
    await page.locator('#results').evaluate((element) => element.scrollIntoView());
  },
  'benchmark-item': async (page) => {
    await states['benchmark']!(page);
    await page.locator('.shown').evaluate((element) => element.scrollIntoView());
    await page.waitForTimeout(400);
  },
  storage: async (page) => {
    await modelReady(page);
    await page.goto(new URL('#/storage', page.url()).href);
    await page.locator('av-storage h1').waitFor();
  },
  kiosk: async (page) => {
    await page.goto(new URL('?kiosk', page.url()).href);
    await page.locator('av-kiosk').waitFor({ timeout: 60_000 });
    // Well into a live count.
    await page.waitForTimeout(12_000);
  },
  chinese: async (page) => {
    await modelReady(page);
    await page.locator('#language').click();
    await page.waitForTimeout(400);
  },
  'not-covered': async (page) => {
    await modelReady(page);
    await openSample(page, 'object');
    await page.locator('#question').fill('What is the name of the driver?');
    await page.locator('#ask').click();
    await page.locator('#not-covered').waitFor();
  },
  models: async (page) => {
    await modelReady(page);
    await page.locator('#choose').click();
    await page.locator('[data-model="tiny"] [data-do="use"]').waitFor();
  },
  'models-own': async (page) => {
    await modelReady(page);
    await page.locator('#choose').click();
    await page.locator('[data-model="av-reasoner-7b"] summary').click();
    await page.locator('dialog').evaluate((dialog) => dialog.scrollTo(0, dialog.scrollHeight));
  },
  'test-weights': async (page) => {
    await modelReady(page);
    await page.locator('#choose').click();
    await page.locator('[data-model="tiny"] [data-do="use"]').click();
    await page.locator('[data-model="tiny"].in-use').waitFor({ timeout: 60_000 });
    await page.locator('#close').click();
    await page.locator('#test-weights').evaluate((element) => element.scrollIntoView());
  },
  fetching: async (page) => {
    await modelReady(page);
    // The large file stays away, so that the load is seen half-way.
    await page.route('**/decoder_0.data', () => undefined);
    await page.locator('#choose').click();
    await page.locator('[data-model="tiny"] [data-do="use"]').click();
    await page.locator('[data-model="tiny"] av-load-bar').waitFor();
    await page.waitForTimeout(1500);
  },
  error: async (page) => {
    await modelReady(page);
    const buffer = Buffer.from('no video');
    await page
      .locator('#file')
      .first()
      .setInputFiles({ name: 'notes.mp4', mimeType: 'video/mp4', buffer });
    await page.locator('#question').fill('How many cars are there?');
    await page.locator('#ask').click();
    await page.locator('#error').first().waitFor();
  },
};

async function shoot(
  browser: Browser,
  url: string,
  state: string,
  size: keyof typeof sizes,
  colorScheme: (typeof schemes)[number],
  path: string,
): Promise<void> {
  const context = await browser.newContext({
    viewport: sizes[size],
    colorScheme,
    reducedMotion: 'reduce',
    deviceScaleFactor: size === 'phone' ? 2 : 1,
  });
  try {
    const page = await context.newPage();
    await page.goto(`${url}?preload`);
    await states[state]!(page);
    await page.screenshot({ path });
    process.stderr.write(`${path}\n`);
  } finally {
    await context.close();
  }
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  buildIfStale();
  const folder = join(root, 'screenshots');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, 'docs'), { recursive: true });
  const site = await openSite();
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...chromiumFlags],
  });
  try {
    for (const state of Object.keys(states)) {
      if (wanted.length > 0 && !wanted.includes(state)) continue;
      for (const size of Object.keys(sizes) as (keyof typeof sizes)[]) {
        for (const scheme of schemes) {
          const path = join(folder, `${state}-${size}-${scheme}.png`);
          await shoot(browser, site.url, state, size, scheme, path);
        }
      }
    }
    if (wanted.length === 0 || wanted.includes('readme')) {
      const docs = join(root, 'docs');
      await shoot(browser, site.url, 'done-boxes', 'laptop', 'light', join(docs, 'screenshot.png'));
      await shoot(browser, site.url, 'kiosk', 'projector', 'dark', join(docs, 'kiosk.png'));
    }
  } finally {
    await browser.close();
    await site.close();
  }
}

await main();
