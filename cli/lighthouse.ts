import { createServer } from 'node:http';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import sirv from 'sirv';
import { contentSecurityPolicy, isolationHeaders } from '../vite.config.ts';
import { chromiumFlags, ensureChromium } from './chromium.ts';
import { buildIfStale, root } from './site.ts';

/*
 * `npm run lighthouse`: the built page as a mid-range phone on a slow line sees it, served compressed as
 * any static host does. Prints the scores and what the first view weighs; fails below the bars.
 */

const bars = { performance: 90, accessibility: 100, 'best-practices': 95 } as const;
const mostKilobytes = 200;

/** What a host would compress on the way. */
const compressible = /\.(html|js|css|json|svg|vtt|webmanifest|wasm|onnx)$/;

/** Puts a compressed copy beside each file, for the server to choose from. */
function compressAll(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) compressAll(path);
    else if (compressible.test(name) && statSync(path).size < 1_000_000)
      writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
  }
}

async function main(): Promise<void> {
  process.env['CHROME_PATH'] = ensureChromium();
  buildIfStale();
  const dist = join(root, 'dist');
  compressAll(dist);
  const handler = sirv(dist, {
    gzip: true,
    setHeaders: (response) => {
      for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
      response.setHeader('Content-Security-Policy', contentSecurityPolicy);
    },
  });
  const server = createServer((request, response) => handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const chrome = await launch({ chromeFlags: ['--headless=new', ...chromiumFlags] });
  try {
    const result = await lighthouse(`http://localhost:${port}/`, {
      port: chrome.port,
      logLevel: 'error',
      onlyCategories: Object.keys(bars),
      formFactor: 'mobile',
    });
    if (!result) throw new Error('Lighthouse gave no result.');
    const { categories, audits } = result.lhr;
    const kilobytes = Math.round((audits['total-byte-weight']?.numericValue ?? NaN) / 1000);
    let isFine = kilobytes <= mostKilobytes;
    for (const [name, bar] of Object.entries(bars)) {
      const score = Math.round((categories[name]?.score ?? 0) * 100);
      isFine &&= score >= bar;
      console.log(`${name}: ${score} (bar ${bar})`);
    }
    console.log(`first view: ${kilobytes} kB (bar ${mostKilobytes})`);
    for (const name of [
      'first-contentful-paint',
      'largest-contentful-paint',
      'total-blocking-time',
    ])
      console.log(`${name}: ${audits[name]?.displayValue ?? '–'}`);
    for (const { id, title, score } of Object.values(audits))
      if (score !== null && score < 0.9) console.log(`  ${id}: ${title} (${score})`);
    mkdirSync(join(root, '.cache'), { recursive: true });
    writeFileSync(join(root, '.cache', 'lighthouse.json'), JSON.stringify(result.lhr));
    process.exitCode = isFine ? 0 : 1;
  } finally {
    chrome.kill();
    server.close();
  }
}

await main();
