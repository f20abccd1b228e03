import { readFileSync } from 'node:fs';
import { buildIfStale, openSite } from '../../cli/site.ts';
import type {} from '../../src/ui/av-app.ts';
import { PipeBrowser } from './pipe-browser.ts';

/** What the built app held after so many counts in one session, garbage collected. MiB. */
export interface MemoryPoint {
  counts: number;
  /** The page's own JavaScript, with what belongs to it. */
  page: number;
  /** The workers', WebAssembly included. */
  workers: number;
  /** What the renderer's process has for itself. */
  process: number;
  seconds: number;
}

export interface KioskMemory {
  counts: number;
  /** From the tenth count to the median of the last three points. */
  growth: {
    /** Of the page and its workers, in per cent. */
    javascriptPercent: number;
    processPercent: number;
    /** Of the page alone, which is small and still compiles its code for a while. */
    pageMib: number;
  };
  isWithinBars: boolean;
  points: MemoryPoint[];
}

const barPercent = 10;
/** Two hundred answers that are not let go of are more than this. */
const pageBarMib = 0.5;

/** Of every ten counts, the loop makes the first two, of all samples in turn. */
const byLoop = 2;
/** The rest go through the visitors' page: the quick ones, as two hundred take long. */
const byHand = ['bell', 'dog', 'bell', 'dog', 'bell', 'dog', 'bell', 'dog'];

const mib = (bytes: number): number => Math.round((bytes / 2 ** 20) * 100) / 100;

/**
 * Counts in one kiosk session, by the loop and by hand in turn, and looks at the memory after every
 * ten. `keep` gets what is known so far, so that a long run leaves something when it is stopped.
 */
export async function measureKioskMemory(
  counts: number,
  keep: (memory: KioskMemory) => void,
): Promise<KioskMemory> {
  buildIfStale();
  const site = await openSite();
  // Without the flag, the browser answers when it next happens to collect garbage.
  const browser = new PipeBrowser(['--enable-blink-features=ForceEagerMeasureMemory']);
  try {
    await browser.open(`${site.url}?kiosk&show=0.5&idle=1000000`);
    await browser.call(untilKiosk, null);
    const points: MemoryPoint[] = [];
    let memory = summarize(points);
    const start = performance.now();
    for (let done = 10; done <= counts; done += 10) {
      await browser.call(countByLoop, byLoop);
      for (const id of byHand) await browser.call(countByHand, id);
      const seconds = Math.round((performance.now() - start) / 1000);
      points.push({ counts: done, ...(await measure(browser)), seconds });
      process.stderr.write(`${JSON.stringify(points.at(-1))}\n`);
      memory = summarize(points);
      keep(memory);
      await browser.call(leave, null);
    }
    return memory;
  } finally {
    await browser.close();
    await site.close();
  }
}

export function summarize(points: readonly MemoryPoint[]): KioskMemory {
  const rise = (of: (point: MemoryPoint) => number): { from: number; by: number } => {
    const [first] = points;
    const last = points.slice(-3).map(of);
    const middle = last.sort((a, b) => a - b)[Math.floor(last.length / 2)];
    const from = first ? of(first) : 0;
    return { from, by: middle === undefined ? 0 : middle - from };
  };
  const percent = (of: (point: MemoryPoint) => number): number => {
    const { from, by } = rise(of);
    return from > 0 ? Math.round((1000 * by) / from) / 10 : 0;
  };
  const growth = {
    javascriptPercent: percent(({ page, workers }) => page + workers),
    processPercent: percent(({ process }) => process),
    pageMib: Math.round(rise(({ page }) => page).by * 100) / 100,
  };
  const isWithinBars =
    growth.javascriptPercent <= barPercent &&
    growth.processPercent <= barPercent &&
    growth.pageMib <= pageBarMib;
  return { counts: points.at(-1)?.counts ?? 0, growth, isWithinBars, points: [...points] };
}

/** In the page: waits until the loop has counted so often, then takes the visitor's seat. */
function countByLoop(times: number): Promise<void> {
  const { session, kiosk } = document.querySelector('av-app')!;
  return new Promise((resolve) => {
    let left = times;
    let latest = -1;
    const unsubscribe = session!.store.subscribe(({ run }) => {
      if (run.kind !== 'done' || run.id === latest) return;
      latest = run.id;
      left -= 1;
      if (left > 0) return;
      unsubscribe();
      setTimeout(() => {
        kiosk!.begin();
        resolve();
      }, 300);
    });
  });
}

/** In the page: opens a sample as a visitor does, counts, corrects a clue, and is forgotten. */
async function countByHand(id: string): Promise<void> {
  const session = document.querySelector('av-app')!.session!;
  const sample = (await session.samples()).find((candidate) => candidate.id === id)!;
  await session.openSample(sample);
  await session.count(sample.question);
  const { run } = session.store.state;
  if (run.kind !== 'done') throw new Error(`${id} was not counted.`);
  const clue = run.review.clues[0];
  if (clue) session.edit({ kind: 'judge', id: clue.id, verdict: 'rejected' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  session.wipe();
}

async function measure(
  browser: PipeBrowser,
): Promise<Pick<MemoryPoint, 'page' | 'workers' | 'process'>> {
  await browser.collectGarbage();
  const { own, workers } = await browser.call(readMemory, null);
  return { page: mib(own), workers: mib(workers), process: mib(await processBytes(browser)) };
}

/** In the page: waits until it stands at its booth. */
async function untilKiosk(): Promise<void> {
  while (!document.querySelector('av-app')?.kiosk) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** In the page: the visitor goes. */
function leave(): void {
  document.querySelector('av-app')?.kiosk?.reset();
}

/** In the page. The browser collects garbage everywhere before it answers. */
async function readMemory(): Promise<{ own: number; workers: number }> {
  interface Measured {
    breakdown: { bytes: number; attribution: { scope: string }[] }[];
  }
  const { breakdown } = await (
    performance as unknown as { measureUserAgentSpecificMemory(): Promise<Measured> }
  ).measureUserAgentSpecificMemory();
  const memory = { own: 0, workers: 0 };
  for (const { bytes, attribution } of breakdown) {
    if (/Worker/.test(attribution[0]?.scope ?? '')) memory.workers += bytes;
    else memory.own += bytes;
  }
  return memory;
}

/** The private memory of the largest renderer. */
async function processBytes(browser: PipeBrowser): Promise<number> {
  const { processInfo } = await browser.send<{ processInfo: { type: string; id: number }[] }>(
    'SystemInfo.getProcessInfo',
  );
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  return Math.max(0, ...renderers.map(({ id }) => privateBytes(id)));
}

/** 0 where the system does not say (it does on Linux). */
function privateBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
