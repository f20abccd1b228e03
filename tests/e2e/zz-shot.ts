import { openBuiltApp, samples, samplePath } from './browser';
const { site, context, close, browser } = await openBuiltApp({}, ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
const sizes: Record<string, [number, number]> = { phone: [390, 844], tiny: [320, 640], laptop: [1280, 800], projector: [1920, 1080] };
const only = process.argv[2]?.split(',') ?? Object.keys(sizes);
const lang = process.argv[3] ?? 'zh-Hans';
for (const name of only) {
  const [width, height] = sizes[name]!;
  const ctx = await browser.newContext({ viewport: { width, height }, colorScheme: name === 'projector' ? 'dark' : 'light', locale: lang === 'en' ? 'en' : 'zh-CN' });
  const page = await ctx.newPage();
  const shot = (what: string, full = false) => page.screenshot({ path: `/tmp/shots/${name}-${what}.png`, fullPage: full });
  const over = async (what: string) => { const w = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth); if (w > 0) console.log('OVERFLOW', name, what, w); };
  await page.goto(site.url); await page.waitForTimeout(1200);
  await shot('empty', true); await over('empty');
  if (name !== 'tiny') { await page.goto(site.url + '#/paper'); await page.waitForTimeout(2500); await shot('paper', true); await over('paper');
  await page.goto(site.url + '#/storage'); await page.waitForTimeout(800); await shot('storage', true); await over('storage');}
  await page.goto(site.url + '#/'); await page.waitForTimeout(300);
  await page.locator('#record').first().click(); await page.waitForTimeout(2500); await shot('recorder'); 
  await page.keyboard.press('Escape'); await page.waitForTimeout(300);
  await page.locator('button.sample').nth(3).click();
  await page.waitForSelector('#ask'); await page.waitForTimeout(600); await shot('open', true); await over('open');
  await page.locator('#ask').click();
  await page.waitForSelector('#count[data-state=done]', { timeout: 120000 }); await page.waitForTimeout(800);
  await shot('done', true); await over('done');
  await page.locator('#takeaway').click(); await page.waitForTimeout(900); await shot('takeaway');
  await page.keyboard.press('Escape');
  await page.locator('#choose').first().click(); await page.waitForTimeout(900); await shot('models');
  await page.keyboard.press('Escape'); 
  await page.keyboard.press('?'); await page.waitForTimeout(500); await shot('keys');
  await page.keyboard.press('Escape');
  await page.locator('#question').fill('How many flying saucers are there?'); await page.locator('#ask').click(); await page.waitForSelector('#not-covered', { timeout: 60000 }).catch(() => console.log('no not-covered')); await page.waitForTimeout(400); await shot('notcovered', true);
  await ctx.close();
}
await close();
