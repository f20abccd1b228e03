import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors';
import { KioskLoop, type KioskStep } from '../../src/state/kiosk';
import { readKiosk } from '../../src/state/kiosk-settings';
import { Session } from '../../src/state/session';
import { initialState } from '../../src/state/state';
import { FakeReasoner, analysisOf, eventClue, type FakeRun } from '../fixtures/fake-reasoner';

describe('readKiosk', () => {
  it('is none without the word', () => {
    expect(readKiosk('')).toBeNull();
    expect(readKiosk('?preload&idle=5')).toBeNull();
  });

  it('has defaults', () => {
    const kiosk = { samplesOnly: false, idleSeconds: 60, showSeconds: null };
    expect(readKiosk('?kiosk')).toEqual(kiosk);
    expect(readKiosk('?kiosk&idle=soon&show=-1')).toEqual(kiosk);
  });

  it('reads what it is told', () => {
    expect(readKiosk('?kiosk=samples&idle=20&show=0.5')).toEqual({
      samplesOnly: true,
      idleSeconds: 20,
      showSeconds: 0.5,
    });
  });
});

describe('KioskLoop', () => {
  const entry = (id: string) => ({ id, file: `${id}.mp4`, question: `How many ${id}s?`, count: 2 });
  let list: unknown[];
  let missing: Set<string>;
  let api: FakeReasoner;
  let session: Session;
  let loop: KioskLoop;
  let steps: string[];
  let latest: KioskStep | undefined;
  let stuck: number[];

  beforeEach(() => {
    vi.useFakeTimers();
    list = [entry('dog'), entry('bell')];
    missing = new Set();
    vi.stubGlobal('fetch', (url: string) => {
      const name = url.split('/').pop()!;
      if (name === 'samples.json') return Promise.resolve(new Response(JSON.stringify(list)));
      const status = missing.has(name) ? 404 : 200;
      return Promise.resolve(new Response('x', { status }));
    });
    api = new FakeReasoner();
    session = new Session(api, {
      model: { kind: 'url', manifestUrl: 'https://site.test/nano/manifest.json' },
      modelsUrl: 'https://site.test/models.json',
      samplesUrl: 'https://site.test/samples/samples.json',
    });
    steps = [];
    stuck = [];
    loop = new KioskLoop(session, {
      tell: (step) => {
        latest = step;
        steps.push('sample' in step ? `${step.kind} ${step.sample.id}` : step.kind);
      },
      stuck: (turns) => stuck.push(turns),
    });
  });

  afterEach(() => {
    loop.stop();
    session.dispose();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

  async function asked(n: number): Promise<FakeRun> {
    await pass(0.3);
    const run = api.runs[n];
    if (!run) throw new Error(`No question ${n}; the steps were ${steps.join(', ')}.`);
    return run;
  }

  it('loads the model, then counts one sample after the other, live', async () => {
    loop.start();
    const first = await asked(0);
    expect(first.request.question).toBe('How many dogs?');
    await first.emit({ kind: 'clue', clue: eventClue(1) });
    expect(session.store.state.run).toMatchObject({ kind: 'running', clues: [eventClue(1)] });
    first.finish(analysisOf([eventClue(1)]));
    await pass(1);
    expect(steps).toEqual(['loading', 'opening dog', 'counting dog', 'showing dog']);
    expect(session.store.state.run).toMatchObject({ kind: 'done', analysis: { count: 1 } });
    await pass(10);
    const second = await asked(1);
    expect(second.request.question).toBe('How many bells?');
    second.finish(analysisOf([]));
    await pass(11);
    expect((await asked(2)).request.question).toBe('How many dogs?');
    // The loop's own answers are nobody's history.
    expect(session.store.state.history).toEqual([]);
  });

  it('shows a result as long as its clip runs, within reason', async () => {
    loop.start();
    const media = { ...analysisOf([]).media, durationSeconds: 20 };
    (await asked(0)).finish(analysisOf([], { media }));
    await pass(19);
    expect(steps.at(-1)).toBe('showing dog');
    await pass(2);
    expect(steps.at(-1)).toBe('counting bell');
  });

  it('goes on after a run that fails', async () => {
    loop.start();
    (await asked(0)).fail(new AppError('worker-crashed', 'The worker stopped.'));
    await pass(0.1);
    expect(steps.at(-1)).toBe('failed dog');
    await pass(4);
    expect((await asked(1)).request.question).toBe('How many bells?');
    expect(stuck).toEqual([1]);
  });

  it('goes on after a sample that cannot be had', async () => {
    missing.add('dog.mp4');
    loop.start();
    await pass(4);
    expect(steps).toEqual([
      ...['loading', 'opening dog', 'failed dog', 'opening bell'],
      'counting bell',
    ]);
  });

  it('gives up a run without a sign of life, and asks the next', async () => {
    loop.start();
    const first = await asked(0);
    await pass(80);
    await first.emit({ kind: 'progress', stage: 'look', done: 1, total: 9 });
    await pass(80);
    // It lived 80 seconds ago.
    expect(first.signal.aborted).toBe(false);
    await pass(11);
    expect(first.signal.aborted).toBe(true);
    await pass(4);
    expect((await asked(1)).request.question).toBe('How many bells?');
  });

  it('gives up a run that only ever gives signs of life', async () => {
    loop.start();
    const first = await asked(0);
    for (let done = 0; done < 31; done += 1) {
      await first.emit({ kind: 'progress', stage: 'look', done, total: 99 });
      await pass(10);
    }
    expect(first.signal.aborted).toBe(true);
  });

  it('tries a model that did not come again by itself, and says when', async () => {
    api.nextLoadError = new AppError('model-fetch-failed', 'Answered 503.');
    loop.start();
    await pass(2.5);
    expect(latest).toEqual({ kind: 'model-failed', secondsLeft: 8 });
    await pass(8);
    expect((await asked(0)).request.question).toBe('How many dogs?');
    expect(api.loads).toBe(2);
  });

  it('starts a load that sticks again', async () => {
    api.slowLoads = true;
    loop.start();
    await pass(1);
    expect(api.loads).toBe(1);
    api.slowLoads = false;
    await pass(90 + 4);
    expect(api.loads).toBe(2);
    expect((await asked(0)).request.question).toBe('How many dogs?');
  });

  it('waits for samples where there are none yet', async () => {
    list = [];
    loop.start();
    await pass(1);
    list = [entry('dog')];
    await pass(3);
    expect((await asked(0)).request.question).toBe('How many dogs?');
  });

  it('says how many turns in a row came to nothing', async () => {
    missing.add('dog.mp4').add('bell.mp4');
    loop.start();
    await pass(10);
    expect(stuck).toEqual([1, 2, 3, 4]);
    missing.clear();
    await pass(3);
    (await asked(0)).finish(analysisOf([]));
    await pass(0.1);
    expect(steps.at(-1)).toMatch(/^showing/);
  });

  it('stops at once, leaves nothing, and goes on where it was', async () => {
    loop.start();
    const first = await asked(0);
    loop.stop();
    session.wipe();
    expect(first.signal.aborted).toBe(true);
    const before = steps.length;
    await pass(1000);
    expect(steps).toHaveLength(before);
    const { video, run, history, draft } = session.store.state;
    expect({ video, run, history, draft }).toEqual({
      ...{ video: initialState.video, run: initialState.run },
      ...{ history: initialState.history, draft: initialState.draft },
    });
    loop.start();
    loop.start();
    expect((await asked(1)).request.question).toBe('How many bells?');
    expect(api.runs).toHaveLength(2);
  });
});
