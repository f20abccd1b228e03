import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { chromiumFlags, ensureChromium } from '../../cli/chromium';
import { buildIfStale, openSite, root, type Site, type SiteOptions } from '../../cli/site';
import type { Clue } from '../../src/clues/clue';

export interface Sample {
  id: string;
  title: string;
  file: string;
  question: string;
  count: number;
  category: 'event' | 'object';
}

const sampleFolder = join(root, 'models/served/samples');
export const samples = JSON.parse(
  readFileSync(join(sampleFolder, 'samples.json'), 'utf8'),
) as Sample[];

export const samplePath = (sample: Sample): string => join(sampleFolder, sample.file);

/** The first sample of a category; the clips are our own, so there always is one. */
export function sampleOf(category: Sample['category']): Sample {
  const sample = samples.find((candidate) => candidate.category === category);
  if (!sample) throw new Error(`There is no sample with the category ${category}.`);
  return sample;
}

/** Real clips with known counts, beside the repository where there are any. */
export const media = join(root, '../shared/media');
export const hasMedia = existsSync(media);

/** The built app on a server of its own, in a Chromium of its own with these flags besides. */
export async function openBuiltApp(
  options: SiteOptions = {},
  flags: readonly string[] = [],
): Promise<{
  site: Site;
  browser: Browser;
  context: BrowserContext;
  close(): Promise<void>;
}> {
  buildIfStale();
  const site = await openSite(options);
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [...chromiumFlags, ...flags],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const close = async () => {
    await browser.close();
    await site.close();
  };
  return { site, browser, context, close };
}

/** Opens the app, has it load its model and waits until that is ready. */
export async function openApp(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(preloading(url));
  await modelReady(page);
  return page;
}

/** The address at which the page loads its model at once. */
export function preloading(url: string): string {
  const address = new URL(url);
  address.searchParams.set('preload', '');
  return address.href;
}

export async function modelReady(page: Page): Promise<void> {
  await page.locator('#model[data-state="ready"]').waitFor({ timeout: 60_000 });
}

export async function chooseFile(page: Page, path: string): Promise<void> {
  await page.locator('#file').first().setInputFiles(path);
  await page.locator('#question').waitFor();
}

export async function ask(page: Page, question: string): Promise<void> {
  await page.locator('#question').fill(question);
  await page.locator('#ask').click();
}

/** The number that stands as the final answer. */
export async function finalCount(page: Page, timeout = 120_000): Promise<number> {
  const count = page.locator('#count[data-state="done"]');
  await count.waitFor({ timeout });
  return Number(await count.textContent());
}

/** The clues of the page's own state. */
export function cluesOf(page: Page): Promise<Clue[]> {
  return page.evaluate(() => {
    const run = document.querySelector('av-app')?.session?.store.state.run;
    return !run || run.kind === 'idle' ? [] : ([...run.clues] as Clue[]);
  });
}
