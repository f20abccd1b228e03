import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors';
import { deviceRuns } from '../../src/state/benchmark/benchmark-folder';
import { deviceStorage } from '../../src/state/storage';
import { Session } from '../../src/state/session';
import type { Benchmark } from '../../src/state/benchmark/benchmark';
import '../../src/ui/benchmark/av-benchmark-page';
import type { AvBenchmarkPage } from '../../src/ui/benchmark/av-benchmark-page';
import { FakeReasoner, analysisOf, eventClue } from '../fixtures/fake-reasoner';
import { silentWav } from './clips';
import { auditPage, inside, mount } from './mount';

let api: FakeReasoner;
let session: Session;
let benchmark: Benchmark;
let page: AvBenchmarkPage;

const options = () => ({
  model: { kind: 'url' as const, manifestUrl: 'nano/manifest.json' },
  modelsUrl: new URL('no-models-here.json', document.baseURI).href,
  samplesUrl: new URL('/samples/samples.json', document.baseURI).href,
});

/** As after a reload: nothing of it is the same but what is kept on the device. */
async function open(): Promise<void> {
  api = new FakeReasoner();
  session = new Session(api, options());
  await session.start();
  benchmark = await session.benchmark();
  page = await mount<AvBenchmarkPage>('av-benchmark-page', {
    ...{ benchmark, model: session.store.state.model },
  });
}

async function forgetRuns(): Promise<void> {
  const runs = await deviceRuns();
  const root = await navigator.storage.getDirectory();
  if (runs) await root.removeEntry('benchmark', { recursive: true });
}

beforeEach(async () => {
  await forgetRuns();
  await open();
});
afterEach(async () => {
  benchmark.pause();
  session.dispose();
  document.body.replaceChildren();
  await forgetRuns();
});

const part = (tag: string): Element => inside(page, tag);
const press = (tag: string, selector: string): void => inside(part(tag), selector).click();
const go = (): HTMLElement => inside(part('av-benchmark-run'), '#go');
const shows = (kind: string) =>
  vi.waitFor(() => expect(benchmark.state.phase.kind).toBe(kind), { timeout: 5000 });
/** The n-th question that the model is asked. */
const call = (n: number) =>
  vi.waitFor(
    () => {
      const made = api.runs[n];
      if (!made) throw new Error(`no call ${n}`);
      return made;
    },
    { timeout: 5000 },
  );
const counted = (n: number) => analysisOf(Array.from({ length: n }, (_, at) => eventClue(at)));
const cell = (row: string, measure: string): string =>
  part('av-benchmark-results')
    .shadowRoot!.querySelector('av-benchmark-scores')!
    .shadowRoot!.querySelector(`[data-row="${row}"] [data-measure="${measure}"]`)!
    .textContent.trim();
const reviewed = (tag: string): Element => inside(part('av-benchmark-review'), tag);

const clip = (name: string): File => new File([silentWav(3)], name, { type: 'audio/wav' });

/** Three questions about a silent clip. */
async function openOwn(on = benchmark): Promise<void> {
  const item = (index: number, answer: number) => ({
    ...{ index, video: 'a.wav', question: `How many, ${index}?`, answer, type: 'A' },
    ...{ category: 'event', query_interval: [1, 2], clue: [{ start: 1, end: 1.5 }] },
  });
  const text = JSON.stringify([item(0, 1), item(1, 4), item(2, 0)]);
  await on.openFiles([new File([text], 'mine.json'), clip('a.wav')], 'mine');
  await page.updateComplete;
}

describe('av-benchmark-page', () => {
  it('is accessible from the empty page to an open question, and shows the scores of the core', async () => {
    await auditPage();
    press('av-benchmark-choose', '#samples');
    await vi.waitFor(() => part('av-benchmark-setup'));
    await page.updateComplete;
    await auditPage();

    await openOwn();
    go().click();
    await call(0);
    await vi.waitFor(() => expect(go().dataset['do']).toBe('pause'));
    await auditPage();
    for (const [at, count] of [1, 5, 0].entries()) (await call(at)).finish(counted(count));
    await shows('done');
    await page.updateComplete;
    await vi.waitFor(() => expect(cell('total', 'acc')).toBe('66.67'));
    expect(cell('event', 'mae')).toBe('0.33');
    expect(cell('A', 'oboa')).toBe('100.00');

    inside(reviewed('av-benchmark-items'), '[data-item="1"]').click();
    await vi.waitFor(() => reviewed('av-benchmark-item'));
    const shown = reviewed('av-benchmark-item');
    await vi.waitFor(() => expect(inside(shown, '#reply').textContent).toBe('5'));
    await vi.waitFor(() => inside(shown, 'av-player'));
    await auditPage();
    const marks = inside(shown, 'av-benchmark-lanes').shadowRoot!;
    expect(marks.querySelectorAll('.true button')).toHaveLength(1);
    inside(shown, '#next').click();
    await vi.waitFor(() => expect(inside(shown, '#reply').textContent).toBe('0'));
    inside(shown, '#close').click();
    await vi.waitFor(() =>
      expect(reviewed('av-benchmark-items').shadowRoot?.activeElement).toBe(
        inside(reviewed('av-benchmark-items'), '[data-item="2"]'),
      ),
    );
  }, 30_000);

  it('shows the clues of the model beside the true ones', async () => {
    await openOwn();
    benchmark.setSetting('clue');
    await page.updateComplete;
    go().click();
    (await call(0)).finish(counted(2));
    await vi.waitFor(() => reviewed('av-benchmark-items'));
    inside(reviewed('av-benchmark-items'), '[data-item="0"]').click();
    await vi.waitFor(() => {
      const lanes = inside(reviewed('av-benchmark-item'), 'av-benchmark-lanes').shadowRoot!;
      expect(lanes.querySelectorAll('.true button')).toHaveLength(1);
      expect(lanes.querySelectorAll('.given button')).toHaveLength(2);
    });
    expect(cell('total', 'wcs')).not.toBe('—');
  });

  it('goes on after a reload without asking anything twice, and deletes a run', async () => {
    await openOwn();
    go().click();
    (await call(0)).finish(counted(1));
    await call(1);
    // The page is left in the middle of an answer.
    page.remove();
    expect(benchmark.state.phase.kind).toBe('paused');
    session.dispose();

    await open();
    await vi.waitFor(() => part('av-benchmark-runs'));
    await auditPage();
    press('av-benchmark-runs', '[data-do="continue"]');
    await shows('paused');
    expect(benchmark.state.scores.size).toBe(1);
    await benchmark.openFiles([clip('a.wav')], 'again');
    await page.updateComplete;
    go().click();
    (await call(0)).finish(counted(4));
    (await call(1)).finish(counted(0));
    await shows('done');
    expect(api.runs.map(({ request }) => request.question)).toEqual([
      'How many, 1?',
      'How many, 2?',
    ]);
    await vi.waitFor(() => expect(cell('total', 'acc')).toBe('100.00'));
    expect((await deviceStorage.read()).items.find(({ id }) => id === 'runs')?.files).toBe(5);

    press('av-benchmark-runs', '[data-do="delete"]');
    await vi.waitFor(() =>
      expect(inside(part('av-benchmark-runs'), '[data-do="delete"]').textContent).toContain(
        'Really',
      ),
    );
    press('av-benchmark-runs', '[data-do="delete"]');
    await vi.waitFor(() => expect(benchmark.state.keptRuns).toEqual([]));
  }, 20_000);

  it('shares a run with another tab, question by question', async () => {
    await openOwn();
    const theirs = new Session(api, options());
    const other = await theirs.benchmark();
    await openOwn(other);
    go().click();
    const first = await call(0);
    void other.start();
    const second = await call(1);
    expect(first.request.question).toBe('How many, 0?');
    expect(second.request.question).toBe('How many, 1?');
    first.finish(counted(1));
    const third = await call(2);
    expect(third.request.question).toBe('How many, 2?');
    // A run that somebody works on is not deleted.
    expect(await other.deleteRun(benchmark.state.keptRuns?.[0]?.key ?? 'none')).toBe(false);
    second.finish(counted(4));
    third.finish(counted(0));
    await shows('done');
    await vi.waitFor(() => expect(other.state.phase.kind).toBe('done'));
    expect(api.runs).toHaveLength(3);
    for (const one of [benchmark, other]) expect(one.state.scores.size).toBe(3);
    theirs.dispose();
  }, 20_000);

  it('gives the visitor’s own question the way', async () => {
    await openOwn();
    go().click();
    await call(0);
    session.open(clip('mine.wav'));
    void session.count('How many barks?');
    await shows('paused');
    expect((await call(1)).request.question).toBe('How many barks?');
    expect(api.runs[0]!.signal.aborted).toBe(true);
  });

  it('lists what failed and goes on', async () => {
    await openOwn();
    go().click();
    (await call(0)).fail(new AppError('decode-failed', 'It is cut off.'));
    (await call(1)).finish(counted(4));
    (await call(2)).finish(counted(0));
    await shows('done');
    await page.updateComplete;
    const failures = inside(part('av-benchmark-run'), '#failures');
    expect(failures.textContent).toContain('It is cut off.');
    await auditPage();
  });

  it('says what is wrong with a file, a line for each thing, and offers all of it', async () => {
    const broken = Array.from({ length: 60 }, (_, index) => ({ index, video: `${index}.mp4` }));
    const fine = {
      video: 'a.mp4',
      question: 'How many?',
      answer: 1,
      type: 'V',
      category: 'object',
    };
    const text = JSON.stringify([...broken, fine]);
    await benchmark.openAnnotations(new File([text], 'bad.json'));
    await benchmark.openFiles([clip('b.wav')], 'videos');
    await page.updateComplete;
    const choose = part('av-benchmark-choose');
    await vi.waitFor(() => inside(choose, '#faults'));
    expect(choose.shadowRoot!.querySelectorAll('.faults li')).toHaveLength(50);
    const all = benchmark.state.source!.faults.length;
    expect(inside(choose, '#faults').textContent).toContain(`and ${all - 50} more`);
    expect(inside(choose, '#missing').textContent).toContain('a.mp4');
    await auditPage();
  });
});
