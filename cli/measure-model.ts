import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import type { Analysis, Backend } from '../src/protocol/api';
import type {} from '../src/ui/av-app';
import { fileInput, untilModelReady } from './app-page.ts';
import { chromiumFlags, ensureChromium } from './chromium.ts';
import { buildIfStale, openSite, root } from './site.ts';
import { HeapWatch } from './worker-heaps.ts';

/*
 * `npm run measure -- --model FOLDER`: one answer of a large bundle in the built app, one frame and up to
 * 30 s of sound in, a few tokens out. Time and memory go into a report.
 */
const usage =
  'usage: npm run measure -- --model FOLDER [--backend webgpu|wasm] [--tokens 5] [--threads N] [--clip FILE] [--report FILE.json]';

interface Mark {
  seconds: number;
  what: string;
  done: number;
  total: number;
}

/** Largest seen so far, in bytes. */
interface Peaks {
  /** Objects and array buffers in the JavaScript heaps of the page and its workers. */
  jsHeap: number;
  /** The same and the memory of WebAssembly, as `measureUserAgentSpecificMemory` has it. */
  withWasm: number;
  renderer: number;
  gpuProcess: number;
}

/** Resident bytes of Chromium's processes of one type; Linux only. */
function residentBytes(type: string): number {
  let sum = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--type=${type}`)) continue;
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      sum += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
    } catch {
      // It ended meanwhile.
    }
  }
  return sum;
}

interface Heap {
  peak: number;
  look(): Promise<void>;
}

/** Notes the largest memory of the page and its workers, in bytes, as the browser counts it. */
async function watchHeap(page: Page): Promise<void> {
  await page.evaluate(() => {
    const meter = performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
    };
    const heap: Heap = {
      peak: 0,
      async look() {
        const { bytes } = await meter.measureUserAgentSpecificMemory();
        heap.peak = Math.max(heap.peak, bytes);
      },
    };
    (globalThis as unknown as { heap: Heap }).heap = heap;
    setInterval(() => void heap.look(), 5000);
  });
}

/** The browser answers when it next collects garbage; so the last look may take a while. */
const heapPeak = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const { heap } = globalThis as unknown as { heap: Heap };
    await heap.look();
    return heap.peak;
  });

async function ask(page: Page, clip: string): Promise<{ analysis: Analysis; marks: Mark[] }> {
  const input = await fileInput(page, clip);
  return page.evaluate(async (element) => {
    const session = document.querySelector('av-app')!.session!;
    const start = performance.now();
    const marks: Mark[] = [];
    session.store.subscribe(({ run }) => {
      if (run.kind !== 'running' || !run.progress) return;
      const { stage, done, total } = run.progress;
      const seconds = (performance.now() - start) / 1000;
      marks.push({ seconds, what: stage, done, total });
      console.info(`${seconds.toFixed(1)} s: ${stage} ${done.toFixed(0)} of ${total.toFixed(0)}`);
    });
    const analysis = await session.analyze(element.files![0]!, 'How many times does the dog bark?');
    marks.push({ seconds: (performance.now() - start) / 1000, what: 'end', done: 1, total: 1 });
    return { analysis, marks };
  }, input);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      model: { type: 'string' },
      backend: { type: 'string', default: 'wasm' },
      tokens: { type: 'string', default: '5' },
      threads: { type: 'string' },
      clip: { type: 'string', default: join(root, 'models/served/samples/meadow.mp4') },
      report: { type: 'string' },
    },
  });
  if (!values.model || (values.backend !== 'wasm' && values.backend !== 'webgpu')) {
    console.error(usage);
    return 1;
  }
  const backend: Backend = values.backend;
  const executablePath = ensureChromium();
  buildIfStale();
  const site = await openSite({ bundle: resolve(values.model) });
  // A profile on the disk: the one that a test gets by default keeps the files of a page in memory.
  const profile = mkdtempSync(join(tmpdir(), 'measure-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...chromiumFlags],
  });
  const peaks: Peaks = { jsHeap: 0, withWasm: 0, renderer: 0, gpuProcess: 0 };
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    page.setDefaultTimeout(0);
    page.on('crash', () => console.error('The page crashed.'));
    page.on('console', (message) => {
      if (['error', 'info'].includes(message.type())) console.error(message.text());
    });
    const watch = setInterval(() => {
      peaks.renderer = Math.max(peaks.renderer, residentBytes('renderer'));
      peaks.gpuProcess = Math.max(peaks.gpuProcess, residentBytes('gpu-process'));
    }, 1000);
    const url = new URL(site.url);
    const settings = {
      compat: 'released',
      ask: 'number',
      greedy: 'true',
      maxNewTokens: values.tokens,
      prefillRows: '1024',
      ...(values.threads !== undefined && { threads: values.threads }),
    };
    for (const [name, value] of Object.entries({
      model: 'bundle/manifest.json',
      preload: 'true',
      backend,
      ...settings,
    }))
      url.searchParams.set(name, value);
    const started = performance.now();
    await page.goto(url.href);
    await watchHeap(page);
    const heaps = await HeapWatch.start(page);
    await untilModelReady(page);
    const loadSeconds = (performance.now() - started) / 1000;
    console.error(`loaded in ${loadSeconds.toFixed(1)} s`);
    const { analysis, marks } = await ask(page, values.clip);
    clearInterval(watch);
    heaps.stop();
    peaks.jsHeap = heaps.peak;
    peaks.withWasm = await heapPeak(page);
    const report = {
      machine: {
        cpu: cpus()[0]?.model,
        cores: cpus().length,
        memoryBytes: totalmem(),
        chromium: browser.browser()?.version(),
        kernel: execFileSync('uname', ['-sr'], { encoding: 'utf8' }).trim(),
      },
      backend: analysis.backend,
      ...(values.threads !== undefined && { wasmThreads: Number(values.threads) }),
      model: analysis.model,
      loadSeconds,
      ...figuresOf(marks, analysis),
      used: analysis.used,
      peakBytes: peaks,
    };
    const text = `${JSON.stringify(report, null, 1)}\n`;
    if (values.report) writeFileSync(values.report, text);
    console.log(text);
    return 0;
  } finally {
    await browser.close();
    await site.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Seconds of each stage, and per position and token, from when its progress was told. */
function figuresOf(marks: readonly Mark[], { used, timings }: Analysis): Record<string, unknown> {
  const reading = marks.filter(({ what }) => what === 'reason');
  const began = reading.findLast(({ done }) => done === 0);
  const read = reading.find(({ done, total }) => total > 1 && done === total);
  const end = marks.at(-1)!;
  const { read: positions = 0, written = 0 } = used?.tokens ?? {};
  const prefillSeconds = read && began ? read.seconds - began.seconds : null;
  const decodeSeconds = read ? end.seconds - read.seconds : null;
  return {
    stageMilliseconds: timings,
    decoderLoadSeconds: began ? began.seconds - reading[0]!.seconds : null,
    prefill: {
      positions,
      seconds: prefillSeconds,
      secondsPerPosition: prefillSeconds && prefillSeconds / positions,
    },
    decode: {
      tokens: written,
      seconds: decodeSeconds,
      secondsPerToken: decodeSeconds && decodeSeconds / Math.max(1, written - 1),
    },
    totalSeconds: end.seconds,
  };
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
