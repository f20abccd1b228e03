import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumFlags, ensureChromium } from './chromium.ts';
import { root } from './site.ts';

/**
 * `npm run icons`: draws the icons of the installed app from `src/ui/tally.svg` into `src/ui/icons`.
 * A maskable icon fills its square, its drawing inside the middle that every mask leaves (a circle of
 * 80 % of the width); so does the one for Apple's home screen, which rounds the corners itself.
 */
const icons = [
  { file: 'tally-192.png', pixels: 192, share: 1 },
  { file: 'tally-512.png', pixels: 512, share: 1 },
  { file: 'tally-maskable-512.png', pixels: 512, share: 0.8 },
  { file: 'tally-apple-180.png', pixels: 180, share: 0.88 },
];

const svg = readFileSync(join(root, 'src/ui/tally.svg'), 'utf8');
const ground = /<rect[^>]*fill="([^"]+)"/.exec(svg)?.[1] ?? '#000';
const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: [...chromiumFlags],
});
try {
  for (const { file, pixels, share } of icons) {
    const page = await browser.newPage({ viewport: { width: pixels, height: pixels } });
    const backdrop = share < 1 ? ground : 'transparent';
    await page.setContent(
      `<style>html{background:${backdrop}}body{margin:0;display:grid;place-items:center;height:100vh}` +
        `svg{width:${share * 100}vw;height:${share * 100}vh}</style>${svg}`,
    );
    writeFileSync(
      join(root, 'src/ui/icons', file),
      await page.screenshot({ omitBackground: true }),
    );
    await page.close();
  }
} finally {
  await browser.close();
}
