import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { root } from '../../cli/site';
import type {
  AvCounterElement,
  CounterClue,
  CounterError,
  CounterResult,
} from '../../src/embed/public-types';
import { finalCount, openBuiltApp, sampleOf, samplePath } from './browser';

/* <av-counter> in somebody else's page: plain HTML, another origin, no header of any kind. */

const sounds = sampleOf('event');
let app: Awaited<ReturnType<typeof openBuiltApp>>;
let host: Server;
let hostUrl: string;
const pages = new Map<string, string>();
let requests: string[] = [];

/** The example as it stands in the documentation, with the test's host in the place of its own. */
function exampleOf(name: string): string {
  const text = readFileSync(join(root, 'docs/examples', name), 'utf8');
  return text.replaceAll('https://av-reasoner.example/', app.site.url);
}

beforeAll(async () => {
  app = await openBuiltApp();
  host = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://host').pathname;
    const page = pages.get(path);
    if (page !== undefined) response.setHeader('Content-Type', 'text/html').end(page);
    else if (path === '/own.mp4') {
      response.setHeader('Content-Type', 'video/mp4').end(readFileSync(samplePath(sounds)));
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await app.close();
  host.close();
});
afterEach(() => {
  const known = [new URL(app.site.url).origin, hostUrl, hostUrl.replace('127.0.0.1', 'localhost')];
  const foreign = requests.filter(
    (url) => !/^(blob:|data:)/.test(url) && !known.includes(new URL(url).origin),
  );
  requests = [];
  expect(foreign).toEqual([]);
});

async function openHost(html: string, address = hostUrl): Promise<Page> {
  pages.set('/', html);
  const page = await app.context.newPage();
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(address);
  return page;
}

const embedding = (attributes: string) => `<!doctype html><html lang="en"><title>Host</title>
  <script type="module" src="${app.site.url}embed/av-counter.js"></script>
  <h1>Host</h1><av-counter ${attributes}></av-counter>`;

describe('<av-counter> on a page of another origin', () => {
  it('counts as the example says, and tells the page of it', async () => {
    const page = await openHost(exampleOf('paper-page.html'));
    const counter = page.locator('av-counter');
    await counter.locator('#question').waitFor();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    // Nothing large before anybody asks.
    expect(requests.filter((url) => /worker|wasm|nano|ort/.test(url))).toEqual([]);
    await page.evaluate(() => {
      const seen: [string, unknown][] = [];
      Object.assign(window, { seen });
      for (const name of ['ready', 'clue', 'count', 'error'])
        document.addEventListener(`av-counter-${name}`, (event) =>
          seen.push([name, (event as CustomEvent<unknown>).detail]),
        );
      // The inner elements' own events are nobody's business.
      for (const name of ['av-ask', 'av-seek', 'av-playback'])
        document.addEventListener(name, () => seen.push(['leak', name]));
    });
    await counter.locator('#ask').click();
    const count = await finalCount(page);
    expect(Math.abs(count - sounds.count)).toBeLessThanOrEqual(1);
    expect(await counter.locator('#clues .clue').count()).toBe(count);
    const seen = await page.evaluate(() => (window as unknown as { seen: unknown[] }).seen);
    const named = (name: string) =>
      (seen as [string, unknown][]).filter(([kind]) => kind === name).map(([, detail]) => detail);
    expect(named('ready')).toMatchObject([{ model: { id: 'nano' } }]);
    expect(named('error')).toEqual([]);
    expect(named('leak')).toEqual([]);
    const clues = named('clue') as { clue: CounterClue; index: number }[];
    expect(clues.map(({ index }) => index)).toEqual(clues.map((_, index) => index));
    const [result] = named('count') as CounterResult[];
    expect(result).toMatchObject({ count, covered: true, model: { id: 'nano' } });
    expect(result!.clues).toEqual(clues.map(({ clue }) => clue));
    expect(await page.locator('#log').textContent()).toContain(`${count}, with ${count} clues`);
    await page.close();
  });

  it('counts a clip of the page’s own when a script asks, and shows the moment it asks for', async () => {
    const page = await openHost(embedding(`src="/own.mp4" question="${sounds.question}" autoload`));
    const result = await page.evaluate(async () => {
      await customElements.whenDefined('av-counter');
      const counter = document.querySelector<AvCounterElement>('av-counter')!;
      return counter.count();
    });
    expect(Math.abs((result.count ?? 0) - sounds.count)).toBeLessThanOrEqual(1);
    const [clue] = result.clues;
    if (clue?.kind !== 'event') throw new Error('A sound is an event.');
    await page.locator('av-counter .clue').first().click();
    await page.waitForFunction((time) => {
      const player = document.querySelector('av-counter')!.shadowRoot!.querySelector('av-player')!;
      const video = player.shadowRoot!.querySelector('video')!;
      return !video.seeking && Math.abs(video.currentTime - time) < 0.15;
    }, clue.startSeconds);
    // The page's own style reaches what the element opens to it, and nothing else.
    const style = await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        'av-counter { --accent: rgb(1, 2, 3) } av-counter::part(answer) { opacity: 0.5 } p { color: red }',
      );
      document.adoptedStyleSheets = [sheet];
      const { shadowRoot } = document.querySelector('av-counter')!;
      const answer = shadowRoot!.querySelector('av-answer')!;
      const words = getComputedStyle(answer.shadowRoot!.querySelector('p')!);
      const mark = getComputedStyle(answer.shadowRoot!.querySelector('.final')!, '::before');
      return [getComputedStyle(answer).opacity, words.color, mark.backgroundColor];
    });
    expect(style[0]).toBe('0.5');
    expect(style[1]).not.toBe('rgb(255, 0, 0)');
    expect(style[2]).toBe('rgb(1, 2, 3)');
    await page.close();
  });

  it('says in words why it cannot count, and asks nobody whom it may not', async () => {
    const page = await openHost(
      embedding('src="/own.mp4" question="How many bells?" model="https://third.example/m.json"'),
    );
    const failure = await page.evaluate(async () => {
      await customElements.whenDefined('av-counter');
      const counter = document.querySelector<AvCounterElement>('av-counter')!;
      const told: CounterError[] = [];
      counter.addEventListener('av-counter-error', ({ detail }) => told.push(detail));
      const { code } = (await counter.count().catch((error: unknown) => error)) as CounterError;
      return { code, told };
    });
    expect(failure.code).toBe('model-refused');
    expect(failure.told).toHaveLength(1);
    await page.locator('av-counter av-error').waitFor();
    await page.close();
  });
});

describe('the whole page in a frame of another origin', () => {
  it.each([
    ['where the browser lets it keep nothing', false],
    ['where the browser lets it keep its model', true],
  ])('counts as the example says, %s', async (_, mayKeep) => {
    // A frame of another site may be denied its storage; one of the same site, on another port, is not.
    const address = mayKeep ? hostUrl.replace('127.0.0.1', 'localhost') : hostUrl;
    const page = await openHost(exampleOf('iframe.html'), address);
    const frame = page.frameLocator('iframe');
    await frame.locator('.sample:not(.placeholder)').first().waitFor({ timeout: 60_000 });
    await frame.locator('#file').first().setInputFiles(samplePath(sounds));
    await frame.locator('#question').fill(sounds.question);
    await frame.locator('#ask').click();
    const answer = frame.locator('#count[data-state="done"]');
    await answer.waitFor({ timeout: 120_000 });
    const count = Number(await answer.textContent());
    expect(Math.abs(count - sounds.count)).toBeLessThanOrEqual(1);
    // It is a guest: it installs nothing.
    const inner = page.frames().find((each) => each.url().startsWith(app.site.url))!;
    const registered = await inner.evaluate(() =>
      navigator.serviceWorker.getRegistrations().then(
        (registrations) => registrations.length,
        () => 'denied',
      ),
    );
    expect(registered).toBe(mayKeep ? 0 : 'denied');
    await page.close();
  });
});
