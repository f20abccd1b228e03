import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBuiltApp } from './browser';

/* The language of a first visit; switching it is tested in tests/component/language.test.ts. */

let app: Awaited<ReturnType<typeof openBuiltApp>>;

beforeAll(async () => {
  app = await openBuiltApp();
});
afterAll(() => app.close());

it.each([
  ['zh-CN', 'zh-Hans', /^数清所见，\s?数清所闻$/, '视频绝不会离开这台设备'],
  ['en-GB', 'en', /^Count what you see and hear\.$/, 'Your video never leaves this device'],
  ['fr-FR', 'en', /^Count what you see and hear\.$/, 'Your video never leaves this device'],
])('greets a browser that asks for %s in %s', async (locale, lang, headline, privacy) => {
  const context = await app.browser.newContext({ locale });
  const page = await context.newPage();
  await page.goto(app.site.url);
  await page.locator(`html[lang="${lang}"]`).waitFor();
  await page.getByRole('heading', { level: 1, name: headline }).waitFor();
  expect((await page.locator('#privacy').textContent())?.trim()).toBe(privacy);
  await context.close();
});

it('fetches the Chinese only for those who read it', async () => {
  const context = await app.browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(app.site.url, { waitUntil: 'load' });
  await page.locator('#samples-title').waitFor();
  const before = asked.filter((url) => url.includes('zh-Hans'));
  await page.locator('#language').click();
  await page.locator('html[lang="zh-Hans"]').waitFor();
  expect(before).toEqual([]);
  expect(await page.locator('#language').textContent()).toContain('English');
  await context.close();
});
