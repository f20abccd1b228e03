import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type ElementHandle, type Page } from 'playwright-core';
import type { AnalyzeOptions, Analysis, Backend } from '../src/protocol/api';
import type {} from '../src/ui/av-app';
import { chromiumFlags, ensureChromium } from './chromium.ts';
import { buildIfStale, openSite, type Site } from './site.ts';

export interface Failure {
  error: { code: string; message: string };
}

export interface AppPageOptions {
  /** `nano`, or a folder with a model bundle. */
  model?: string;
  backend?: Backend;
  onProgress?: (line: string) => void;
  /** True: who drives the page closes it when the program is told to stop; else it stops at once. */
  keepsOnSignal?: boolean;
}

/** Wall-clock seconds of the latest question, as the page saw them. */
export interface PageTiming {
  seconds: number;
  /** From the question to the first clue on the page; null where none came. */
  firstClueSeconds: number | null;
}

/** From here on a bundle is opened where it lies: this browser would keep fetched files in memory. */
const inPlaceBytes = 64 * 1_000_000;

function folderBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** The page said that it cannot use the model. */
class ModelFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.error.message);
  }
}

/** Waits for the model that was asked for. @throws ModelFailure with what the page says */
export async function untilModelReady(page: Page): Promise<void> {
  const state = await page.waitForFunction(
    () => {
      const { model } = document.querySelector('av-app')?.session?.store.state ?? {};
      const error =
        model?.kind === 'failed'
          ? model.error
          : model?.kind === 'ready'
            ? (model.refused?.error ?? null)
            : null;
      if (error) return { error: { code: error.code, message: error.message } };
      return model?.kind === 'ready' && 'ready';
    },
    undefined,
    { timeout: 0, polling: 200 },
  );
  const outcome = await state.jsonValue();
  if (typeof outcome === 'object') throw new ModelFailure(outcome);
}

/** An input of the page's document that holds the file. @throws Error where there is no such file */
export async function fileInput(
  page: Page,
  file: string,
): Promise<ElementHandle<HTMLInputElement>> {
  const input = (
    await page.evaluateHandle(() => {
      const element = document.createElement('input');
      element.type = 'file';
      element.hidden = true;
      return document.body.appendChild(element);
    })
  ).asElement();
  await input.setInputFiles(resolve(file));
  return input;
}

/** The built app in a headless Chromium, driven through the page's own session. */
export class AppPage {
  #site: Site | null = null;
  #browser: Browser | null = null;
  #page: Page | null = null;
  /** Of the latest question that the page answered. */
  timing: PageTiming = { seconds: 0, firstClueSeconds: null };

  constructor(private readonly options: AppPageOptions = {}) {}

  /** Asks one question about one file. Never rejects: what goes wrong is the result. */
  async ask(
    file: string,
    question: string,
    options: AnalyzeOptions = {},
  ): Promise<Analysis | Failure> {
    try {
      const page = (this.#page ??= await this.#open());
      const input = await fileInput(page, file);
      const answer = page.evaluate(
        async ([element, text, more]) => {
          const app = document.querySelector('av-app');
          const chosen = element.files?.[0];
          element.remove();
          if (!app?.session || !chosen)
            throw new Error('The page has no app, or the file did not arrive.');
          const start = performance.now();
          const timing: PageTiming = { seconds: 0, firstClueSeconds: null };
          const unsubscribe = app.session.store.subscribe(({ run }) => {
            if (run.kind === 'running' && run.clues.length > 0)
              timing.firstClueSeconds ??= (performance.now() - start) / 1000;
          });
          const result = await app.session.analyze(chosen, text, more).then(
            (analysis) => analysis,
            (error: { code?: string; message?: string }) => ({
              error: { code: error.code ?? 'bug', message: error.message ?? 'Unknown error.' },
            }),
          );
          unsubscribe();
          timing.seconds = (performance.now() - start) / 1000;
          return { result, timing };
        },
        [input, question, options] as const,
      );
      let onCrash = (): void => undefined;
      const crash = new Promise<never>((_, reject) => {
        onCrash = () => reject(new Error('The page crashed.'));
        page.once('crash', onCrash);
      });
      const raced = Promise.race([answer, crash]);
      const { result, timing } = await raced.finally(() => page.off('crash', onCrash));
      this.timing = timing;
      return result;
    } catch (cause) {
      if (cause instanceof ModelFailure) {
        await this.#closeBrowser();
        return cause.failure;
      }
      const message = cause instanceof Error ? cause.message.split('\n', 1)[0]! : String(cause);
      const missing = /ENOENT|no such file/i.test(message);
      if (!missing) await this.#closeBrowser();
      return {
        error: missing
          ? { code: 'file-unreadable', message: `There is no file ${file}.` }
          : { code: 'worker-crashed', message },
      };
    }
  }

  async close(): Promise<void> {
    await this.#closeBrowser();
    await this.#site?.close();
    this.#site = null;
  }

  async #closeBrowser(): Promise<void> {
    await this.#browser?.close().catch(() => undefined);
    this.#browser = this.#page = null;
  }

  async #open(): Promise<Page> {
    const { model = 'nano', backend, onProgress, keepsOnSignal = false } = this.options;
    const executablePath = ensureChromium();
    buildIfStale();
    const folder = model === 'nano' ? null : resolve(model);
    const inPlace = folder !== null && folderBytes(folder) > inPlaceBytes;
    this.#site ??= await openSite(folder === null || inPlace ? {} : { bundle: folder });
    this.#browser = await chromium.launch({
      executablePath,
      args: [...chromiumFlags],
      handleSIGINT: !keepsOnSignal,
      handleSIGTERM: !keepsOnSignal,
    });
    const page = await this.#browser.newPage();
    page.on('pageerror', (error) => onProgress?.(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') onProgress?.(`console: ${message.text()}`);
    });
    const url = new URL(this.#site.url);
    // A browser that is thrown away has no next visit.
    url.searchParams.set('sw', 'off');
    if (folder !== null && !inPlace) url.searchParams.set('model', 'bundle/manifest.json');
    if (backend) url.searchParams.set('backend', backend);
    onProgress?.('loading the model');
    await page.goto(url.href);
    if (folder !== null && inPlace) {
      await page.locator('#folder').setInputFiles(folder);
      await untilModelReady(page);
    }
    return page;
  }
}
