import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import type {} from '../../src/ui/av-app';
import { modelReady, openBuiltApp, preloading, sampleOf } from './browser';

/* The built page for who uses keys alone, and for who has it read out. */

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

let app: Awaited<ReturnType<typeof openBuiltApp>>;
let context: BrowserContext;

beforeAll(async () => {
  app = await openBuiltApp();
  context = app.context;
});
afterAll(() => app.close());

/** Every rule that the page breaks, and where. */
async function audit(page: Page): Promise<string[]> {
  // Longer than any motion of the page, through which colours are not what they will be.
  await page.waitForTimeout(250);
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** What has the focus, through every shadow root: its role or tag, and its name. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element) return '';
    const name =
      element.getAttribute('aria-label') ??
      (element as HTMLInputElement).labels?.[0]?.textContent ??
      element.textContent ??
      '';
    return `${element.localName} ${name.replace(/\s+/g, ' ').trim()}`;
  });
}

/** Presses Tab until the focus is where it should be. @returns how often */
async function tabTo(page: Page, wanted: RegExp): Promise<number> {
  const seen: string[] = [];
  for (let presses = 1; presses <= 60; presses++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (wanted.test(at)) return presses;
    seen.push(at);
  }
  throw new Error(`${wanted} is never reached: ${seen.join(' | ')}`);
}

/** Keeps every sentence that a screen reader would say on its own, in order. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const last = new Map<Element, string>();
    const note = (region: Element): void => {
      const text = (region.textContent ?? '').replace(/\s+/g, ' ').trim();
      if (last.get(region) === text) return;
      last.set(region, text);
      if (text) said.push(text);
    };
    const live = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
    const watched = new WeakSet<Node>();
    const watch = (root: Document | ShadowRoot): void => {
      if (watched.has(root)) return;
      watched.add(root);
      const look = (): void => {
        for (const region of root.querySelectorAll(live)) note(region);
      };
      new MutationObserver(look).observe(root, {
        ...{ subtree: true, childList: true, characterData: true, attributes: true },
      });
      look();
    };
    watch(document);
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its element below
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (options) {
      const root = attachShadow.call(this, options);
      watch(root);
      return root;
    };
  });
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said);
}

const sounds = sampleOf('event');
const { title } = sounds;

describe('by keyboard alone', () => {
  it('goes from the empty page to a file with the result', async () => {
    const page = await context.newPage();
    const said = await listen(page);
    await page.goto(app.site.url);
    await page.locator('.sample:not(.placeholder)').first().waitFor();

    await tabTo(page, new RegExp(`^button .*${title}`));
    await page.keyboard.press('Enter');
    await page.locator('#question').waitFor();
    // The keyboard's place is in the question, which the sample brings.
    await expect.poll(() => focused(page)).toMatch(/^textarea/);
    await page.keyboard.press('Enter');
    await page.locator('#count[data-state="done"]').waitFor({ timeout: 120_000 });
    const count = Number(await page.locator('#count').textContent());

    await tabTo(page, /^button .*1.*dog bark/i);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await expect.poll(() => page.locator('#count').textContent()).toBe(String(count - 1));
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.locator('#count').textContent()).toBe(String(count));
    await page.keyboard.press('x');

    await page.keyboard.press('Shift+Tab');
    for (let i = 0; i < 20 && !/Take it away/.test(await focused(page)); i++)
      await page.keyboard.press('Shift+Tab');
    expect(await focused(page)).toMatch(/Take it away/);
    await page.keyboard.press('Enter');
    await tabTo(page, /JSON/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.keyboard.press('Enter'),
    ]);
    const result = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
      question: string;
      answer: { count: number };
      review: { count: number };
    };
    expect(result).toMatchObject({
      question: sounds.question,
      answer: { count },
      review: { count: count - 1 },
    });
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toMatch(/Take it away/);

    // What was read out meanwhile, in this order.
    const words = await said();
    const order = [
      /Opening/,
      /Listening|Waiting for the model/,
      new RegExp(`Counted ${count}`),
      /rejected.*count is now/i,
      /undone|taken back|back/i,
    ];
    let from = 0;
    for (const wanted of order) {
      const at = words.findIndex((text, index) => index >= from && wanted.test(text));
      expect(at, `${wanted} in ${words.slice(from).join(' | ')}`).toBeGreaterThanOrEqual(0);
      from = at;
    }
    await page.close();
  }, 200_000);

  it('gives every part a role and a name', async () => {
    const page = await context.newPage();
    await page.goto(preloading(app.site.url));
    await page.locator('.sample:not(.placeholder)').first().waitFor();
    const empty = await page.locator('body').ariaSnapshot();
    for (const part of [
      'banner',
      'navigation "Pages"',
      'main',
      'heading "Count what you see and hear."',
      'contentinfo',
    ])
      expect(empty).toContain(part);
    await modelReady(page);
    await page.getByRole('button', { name: title }).click();
    await page.locator('#ask').click();
    await page.locator('#count[data-state="done"]').waitFor({ timeout: 120_000 });
    const done = await page.locator('body').ariaSnapshot();
    for (const part of [
      `heading "${title}"`,
      'region "Player"',
      'slider "Timeline"',
      'textbox "Your counting question"',
      'region "Answer"',
      'heading "Evidence"',
      'button "Take it away"',
      'region "Model"',
    ])
      expect(done).toContain(part);
    await page.close();
  }, 200_000);
});

describe('axe', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`finds nothing in any state, ${colorScheme}`, async () => {
      const page = await (await app.browser.newContext({ colorScheme })).newPage();
      const found: Record<string, string[]> = {};
      await page.goto(app.site.url);
      await page.locator('.sample:not(.placeholder)').first().waitFor();
      found['empty'] = await audit(page);
      await page.locator('.model').scrollIntoViewIfNeeded();
      await page.locator('#model[data-state="waiting"] h2').waitFor();
      found['model known'] = await audit(page);
      await page.locator('#choose').click();
      await page.locator('[data-model="tiny"]').waitFor();
      found['models'] = await audit(page);
      await page.keyboard.press('Escape');
      await page.locator(`[data-sample="${sounds.id}"]`).first().click();
      await page.locator('#ask').click();
      await page.locator('av-progress').waitFor();
      found['running'] = await audit(page);
      await page.locator('#count[data-state="done"]').waitFor({ timeout: 120_000 });
      found['done'] = await audit(page);
      await page.locator('#takeaway').click();
      await page.locator('#code').waitFor();
      found['take away'] = await audit(page);
      await page.keyboard.press('Escape');
      await page.locator('#question').fill('How many unicorns are there?');
      await page.locator('#reach').waitFor();
      await page.locator('#ask').click();
      await page.locator('#not-covered').waitFor({ timeout: 60_000 });
      found['not covered'] = await audit(page);
      await page
        .locator('#file')
        .first()
        .setInputFiles({
          ...{ name: 'notes.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no video') },
        });
      await page.locator('#question').fill('How many cars are there?');
      await page.locator('#ask').click();
      await page.locator('#error').first().waitFor({ timeout: 60_000 });
      found['error'] = await audit(page);
      for (const [route, element] of [
        ['paper', 'av-paper h1'],
        ['benchmark', 'av-benchmark-page h1'],
        ['storage', 'av-storage h1'],
      ] as const) {
        await page.goto(`${app.site.url}#/${route}`);
        await page.locator(element).waitFor();
        found[route] = await audit(page);
      }
      expect(Object.entries(found).filter(([, rules]) => rules.length > 0)).toEqual([]);
      await page.context().close();
    }, 300_000);
  }
});
