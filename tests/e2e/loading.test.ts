import { createHash, randomFillSync } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { root } from '../../cli/site';
import type {} from '../../src/ui/av-app';
import { BadLine } from './bad-line';
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

/* Models that come from afar, come badly, or lie in a folder: in the built app, over a real network. */

const tiny = join(root, 'models/served/tiny');
const sounds = sampleOf('event');
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'loading-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function stateOf(page: Page) {
  return page.evaluate(() => {
    const { model } = document.querySelector('av-app')!.session!.store.state;
    const refused = model.kind === 'ready' ? model.refused : null;
    return {
      kind: model.kind,
      id: model.kind === 'ready' ? model.info.id : null,
      testWeights: model.kind === 'ready' && model.info.testWeights,
      refused: refused && { code: refused.error.code, message: refused.error.message },
    };
  });
}

describe('a large bundle over a bad line', () => {
  const padBytes = 250_000_000;
  let app: Awaited<ReturnType<typeof openBuiltApp>>;
  let line: BadLine;
  let total: number;
  const url = () => `${line.url}?model=bundle/manifest.json`;

  beforeAll(async () => {
    // nano, with a large file that it has no use for.
    const folder = join(scratch, 'bundle');
    cpSync(join(root, 'models/served/nano'), folder, { recursive: true });
    const pad = randomFillSync(Buffer.alloc(padBytes));
    writeFileSync(join(folder, 'pad.bin'), pad);
    const path = join(folder, 'manifest.json');
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
      parts: Record<string, { file: string; bytes: number; sha256: string }>;
    };
    const sha256 = createHash('sha256').update(pad).digest('hex');
    manifest.parts['pad'] = { file: 'pad.bin', bytes: padBytes, sha256 };
    writeFileSync(path, JSON.stringify(manifest));
    total = Object.values(manifest.parts).reduce((sum, { bytes }) => sum + bytes, 0);
    app = await openBuiltApp({ bundle: folder });
    line = await new BadLine().open(app.site.url);
    line.pauseMs = 4;
  });
  afterAll(async () => {
    line.close();
    await app.close();
  });

  const untilDone = (page: Page, bytes: number) =>
    page.waitForFunction((least) => {
      const { model } = document.querySelector('av-app')!.session!.store.state;
      return model.kind === 'loading' && (model.progress?.done ?? 0) > least;
    }, bytes);

  it('goes on after a stop, and after a tab that was closed in the middle of it', async () => {
    const page = await app.context.newPage();
    await page.goto(preloading(url()));
    await untilDone(page, 60e6);
    await page.evaluate(() => document.querySelector('av-app')!.session!.cancelLoad());
    await page.locator('#model[data-state="stopped"]').waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await untilDone(page, 120e6);
    await page.close();
    await (await openApp(app.context, url())).close();
    // What was on its way at those two moments came for nothing; nothing else did.
    expect(line.sentUnder('/bundle/') - total).toBeLessThan(12e6);
    expect(line.answers.get('/bundle/pad.bin')).toBe(3);
  });

  it('arrives with every byte once, though it is cut four times', async () => {
    const context = await app.browser.newContext();
    const before = line.sentUnder('/bundle/');
    line.cuts.set('pad.bin', [50_000_000, 30_000_000, 1_000_000, 40_000_000]);
    await openApp(context, url());
    await context.close();
    expect(line.cuts.get('pad.bin')).toEqual([]);
    const sent = line.sentUnder('/bundle/') - before;
    expect(sent).toBeGreaterThanOrEqual(total);
    expect(sent).toBeLessThanOrEqual(total * 1.01);
  });

  it('loads the second time though its server is gone', async () => {
    line.dead = '/bundle/';
    const before = line.sentUnder('/bundle/');
    const page = await openApp(app.context, url());
    expect(line.sentUnder('/bundle/')).toBe(before);
    await chooseFile(page, samplePath(sounds));
    await ask(page, sounds.question);
    expect(Math.abs((await finalCount(page)) - sounds.count)).toBeLessThanOrEqual(1);
    await page.close();
  });
});

describe('the choice of models', () => {
  let app: Awaited<ReturnType<typeof openBuiltApp>>;
  beforeAll(async () => {
    app = await openBuiltApp();
  });
  afterAll(() => app.close());

  it('fetches another, says that its answers mean nothing, and deletes it again', async () => {
    const page = await openApp(app.context, app.site.url);
    await page.locator('#choose').click();
    await page.locator('[data-model="tiny"] [data-do="use"]').click();
    await page.locator('[data-model="tiny"].in-use').waitFor({ timeout: 60_000 });
    expect(await stateOf(page)).toMatchObject({ kind: 'ready', testWeights: true });
    await page.keyboard.press('Escape');
    expect(await page.locator('#model #test-weights').textContent()).toContain('mean nothing');
    await page.locator('#choose').click();
    const bin = page.locator('[data-model="tiny"] [data-do="delete"]');
    await bin.click();
    await bin.click();
    await page.locator('[data-model="nano"].in-use').waitFor({ timeout: 60_000 });
    await bin.waitFor({ state: 'detached' });
    expect(await stateOf(page)).toMatchObject({ id: 'nano' });
    await page.close();
  });

  it('opens a bundle in a folder, and names what a bad one lacks while the old model stays', async () => {
    const page = await openApp(app.context, app.site.url);
    const lacking = join(scratch, 'lacking');
    cpSync(tiny, lacking, { recursive: true });
    rmSync(join(lacking, 'embeddings.bin'));
    await page.locator('#folder').setInputFiles(lacking);
    await page.locator('#model av-error').waitFor();
    expect(await stateOf(page)).toMatchObject({
      id: 'nano',
      refused: { code: 'model-corrupt', message: 'The folder lacks embeddings.bin.' },
    });
    const damaged = join(scratch, 'damaged');
    cpSync(tiny, damaged, { recursive: true });
    const bytes = readFileSync(join(tiny, 'positions.bin'));
    bytes[100]! ^= 1;
    writeFileSync(join(damaged, 'positions.bin'), bytes);
    await page.locator('#folder').setInputFiles(damaged);
    await page.waitForFunction(() => {
      const { model } = document.querySelector('av-app')!.session!.store.state;
      return model.kind === 'ready' && model.refused?.error.message.includes('positions.bin');
    });
    await chooseFile(page, samplePath(sounds));
    await ask(page, sounds.question);
    expect(Math.abs((await finalCount(page)) - sounds.count)).toBeLessThanOrEqual(1);
    await page.locator('#folder').setInputFiles(tiny);
    await page.locator('#model #test-weights').waitFor({ timeout: 60_000 });
    await page.close();
  });

  it('refuses an address of somebody else in words, before it asks anybody', async () => {
    const page = await app.context.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${app.site.url}?preload&model=https://models.example/7b/manifest.json`);
    const error = page.locator('.model #error');
    await error.waitFor();
    expect(await error.getAttribute('data-code')).toBe('model-refused');
    expect(await error.textContent()).toContain('from its own address only');
    expect(requests.filter((address) => address.includes('models.example'))).toHaveLength(1);
    await page.locator('.choose').click();
    await page.locator('[data-model="nano"] [data-do="use"]').click();
    await page.keyboard.press('Escape');
    await modelReady(page);
    await page.close();
  });
});
