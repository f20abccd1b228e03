import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reviewOf } from '../../src/clues/review';
import { AppError, isAbort } from '../../src/errors';
import type { Sample } from '../../src/state/samples';
import { Session } from '../../src/state/session';
import type { RunState } from '../../src/state/state';
import { FakeReasoner, analysisOf, eventClue, modelInfo } from '../fixtures/fake-reasoner';

const file = new File(['x'], 'clip.mp4', { type: 'video/mp4' });
const sample: Sample = {
  id: 'dog',
  title: 'Dog',
  description: '',
  file: 'https://site.test/samples/dog.ogg',
  poster: null,
  posterSmall: null,
  captions: null,
  question: 'How many barks?',
  count: 3,
  credit: '',
};

let api: FakeReasoner;
let session: Session;

beforeEach(() => {
  api = new FakeReasoner();
  session = new Session(api, {
    model: { kind: 'url', manifestUrl: 'https://site.test/nano/manifest.json' },
    modelsUrl: 'https://site.test/models.json',
    samplesUrl: 'https://site.test/samples/samples.json',
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function run(): RunState {
  return session.store.state.run;
}

/** The n-th call of `analyze`, once the session has made it. */
async function call(n: number) {
  return vi.waitFor(() => {
    const made = api.runs[n];
    if (!made) throw new Error(`no call ${n} yet`);
    return made;
  });
}

describe('start', () => {
  it('probes, then loads with progress', async () => {
    api.loadEvents = [{ kind: 'progress', stage: 'fetch', done: 1, total: 2 }];
    const seen: unknown[] = [];
    session.store.subscribe((state) => seen.push(state.model));
    await session.start();
    expect(session.store.state.device.kind).toBe('ready');
    expect(seen).toContainEqual({
      kind: 'loading',
      title: '',
      progress: { stage: 'fetch', done: 1, total: 2, bytesPerSecond: null },
      previous: null,
    });
    expect(session.store.state.model).toEqual({ kind: 'ready', info: modelInfo, refused: null });
  });

  it('loads once, however often it is asked', async () => {
    await Promise.all([session.start(), session.start()]);
    await session.start();
    expect(api.loads).toBe(1);
  });

  it('shows a failed load, and the next try is a new one', async () => {
    api.nextLoadError = new AppError('model-fetch-failed', 'Answered 503.');
    await session.start();
    expect(session.store.state.model).toMatchObject({
      kind: 'failed',
      error: { code: 'model-fetch-failed' },
    });
    await session.start();
    expect(session.store.state.model.kind).toBe('ready');
    expect(api.loads).toBe(2);
  });
});

describe('count', () => {
  it('streams, then shows the finished analysis', async () => {
    session.open(file);
    const done = session.count('  How many barks?  ');
    const first = await call(0);
    expect(first.request).toEqual({ file, question: 'How many barks?' });
    await first.emit({ kind: 'clue', clue: eventClue(1) });
    expect(run()).toMatchObject({ kind: 'running', clues: [eventClue(1)] });
    first.finish(analysisOf([eventClue(1), eventClue(2)]));
    await done;
    expect(run()).toMatchObject({ kind: 'done', analysis: { count: 2 } });
  });

  it('loads the model first where nobody has', async () => {
    session.open(file);
    void session.count('How many?');
    await call(0);
    expect(api.loads).toBe(1);
  });

  it('lets the newest question win, and drops late events of the old one', async () => {
    session.open(file);
    void session.count('first');
    const first = await call(0);
    await first.emit({ kind: 'clue', clue: eventClue(1) });
    const done = session.count('second');
    expect(first.signal.aborted).toBe(true);
    const second = await call(1);
    await first.emit({ kind: 'clue', clue: eventClue(9) });
    expect(run()).toMatchObject({ kind: 'running', question: 'second', clues: [] });
    second.finish(analysisOf([]));
    await done;
    expect(run()).toMatchObject({ kind: 'done', question: 'second' });
  });

  it('does not call the worker again before it has let go of the old run', async () => {
    session.open(file);
    let letGo = (): void => undefined;
    const slow = new Promise<never>((_, fail) => {
      letGo = () => fail(new DOMException('aborted', 'AbortError'));
    });
    const analyze = vi.spyOn(api, 'analyze').mockReturnValue(slow);
    void session.count('slow');
    await vi.waitFor(() => expect(analyze).toHaveBeenCalledTimes(1));
    void session.count('next');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(analyze).toHaveBeenCalledTimes(1);
    letGo();
    await vi.waitFor(() => expect(analyze).toHaveBeenCalledTimes(2));
  });

  it.each([
    ['', 'question-empty'],
    ['   \n ', 'question-empty'],
    ['x'.repeat(1001), 'question-too-long'],
  ])('refuses %j', async (question, code) => {
    session.open(file);
    await session.count(question);
    expect(run()).toMatchObject({ kind: 'failed', error: { code } });
    expect(api.runs).toHaveLength(0);
  });

  it('takes a question of exactly 1,000 characters', async () => {
    session.open(file);
    void session.count(` ${'x'.repeat(1000)} `);
    expect((await call(0)).request.question).toHaveLength(1000);
  });

  it('needs an open file', async () => {
    await session.count('How many?');
    expect(run()).toMatchObject({ kind: 'failed', error: { code: 'file-unreadable' } });
  });

  it('shows an unknown error as a bug, keeps the clues, and can be asked again', async () => {
    session.open(file);
    const failing = session.count('How many?');
    const first = await call(0);
    await first.emit({ kind: 'clue', clue: eventClue(1) });
    first.fail(new TypeError('x is not a function'));
    await failing;
    expect(run()).toMatchObject({ kind: 'failed', error: { code: 'bug' }, clues: [eventClue(1)] });
    const again = session.count('How many?');
    (await call(1)).finish(analysisOf([]));
    await again;
    expect(run().kind).toBe('done');
  });

  it('fails with the error of the load, and loads anew the next time', async () => {
    api.nextLoadError = new AppError('model-corrupt', 'Hash differs.');
    session.open(file);
    await session.count('How many?');
    expect(run()).toMatchObject({ kind: 'failed', error: { code: 'model-corrupt' } });
    void session.count('How many?');
    (await call(0)).finish(analysisOf([]));
    await vi.waitFor(() => expect(run().kind).toBe('done'));
  });
});

describe('cancel', () => {
  it('is felt at once, keeps the clues, and is no error', async () => {
    session.open(file);
    const done = session.count('How many?');
    const first = await call(0);
    await first.emit({ kind: 'clue', clue: eventClue(1) });
    session.cancel();
    expect(first.signal.aborted).toBe(true);
    expect(run()).toMatchObject({ kind: 'cancelled', clues: [eventClue(1)] });
    await done;
    await first.emit({ kind: 'clue', clue: eventClue(2) });
    expect(run()).toMatchObject({ kind: 'cancelled', clues: [eventClue(1)] });
  });
});

describe('open', () => {
  it('ends the run before it and lets go of the old address', async () => {
    const revoke = vi.spyOn(URL, 'revokeObjectURL');
    session.open(file);
    const { video } = session.store.state;
    void session.count('How many?');
    const first = await call(0);
    session.open(new File(['y'], 'other.mp4'));
    expect(first.signal.aborted).toBe(true);
    expect(video.kind === 'open' && video.url).toBeTruthy();
    expect(revoke.mock.calls).toEqual([[video.kind === 'open' && video.url]]);
    expect(session.store.state).toMatchObject({
      run: { kind: 'idle' },
      video: { title: 'other.mp4' },
    });
  });

  it('fetches a sample as a file', async () => {
    vi.stubGlobal('fetch', () =>
      Promise.resolve(new Response('ogg', { headers: { 'content-type': 'audio/ogg' } })),
    );
    await session.openSample(sample);
    const { video } = session.store.state;
    expect(video).toMatchObject({ kind: 'open', title: 'Dog', sample });
    expect(video.kind === 'open' && [video.file.name, video.file.type]).toEqual([
      'dog.ogg',
      'audio/ogg',
    ]);
  });

  it('says so when a sample cannot be fetched', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
    await session.openSample(sample);
    expect(session.store.state.video).toMatchObject({
      kind: 'failed',
      error: { code: 'file-unreadable' },
    });
  });

  it('drops a sample that arrives after another file was opened', async () => {
    let arrive: ((response: Response) => void) | undefined;
    vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (arrive = resolve)));
    const opening = session.openSample(sample);
    session.open(file);
    arrive?.(new Response('ogg'));
    await opening;
    expect(session.store.state.video).toMatchObject({ kind: 'open', title: 'clip.mp4' });
  });
});

describe('restoreFrom', () => {
  const analysis = analysisOf([eventClue(1)]);
  const restored = {
    title: 'clip.mp4',
    run: {
      ...{ question: 'How many?', clues: analysis.clues, text: '' },
      ...{ review: reviewOf(analysis.clues), analysis },
    },
  };

  it('shows the result, and then waits for its video', async () => {
    await session.restoreFrom('a file', () => Promise.resolve(restored));
    expect(session.store.state.video).toMatchObject({ kind: 'absent', title: 'clip.mp4' });
    expect(run()).toMatchObject({ kind: 'done', ...restored.run });
  });

  it('says what is wrong with one that cannot be read', async () => {
    const error = new AppError('result-unreadable', 'Cut off.');
    await session.restoreFrom('a file', () => Promise.reject(error));
    expect(session.store.state).toMatchObject({
      ...{ video: { kind: 'failed', title: 'a file', error }, run: { kind: 'idle' } },
    });
  });

  it('drops one that arrives after a file was opened, read or not', async () => {
    for (const read of [() => restored, () => Promise.reject(new Error('late'))]) {
      let arrive: (() => void) | undefined;
      const gate = new Promise<void>((resolve) => (arrive = resolve));
      const restoring = session.restoreFrom('a file', () => gate.then(read));
      session.open(file);
      arrive?.();
      await restoring;
      expect(session.store.state.video).toMatchObject({ kind: 'open', title: 'clip.mp4' });
    }
  });
});

describe('samples', () => {
  it('reads the list, resolves addresses against it and leaves out what is malformed', async () => {
    const entry = { ...sample, file: 'dog.ogg', poster: 'dog.jpg' };
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json([entry, { id: 'no file' }, 3])));
    expect(await session.samples()).toEqual([
      { ...sample, poster: 'https://site.test/samples/dog.jpg' },
    ]);
  });

  it('is an empty list where there is none', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    expect(await session.samples()).toEqual([]);
  });
});

describe('analyze, for scripts', () => {
  it('resolves with the analysis that the page shows', async () => {
    const pending = session.analyze(file, 'How many barks?');
    const analysis = analysisOf([eventClue(1)]);
    (await call(0)).finish(analysis);
    expect(await pending).toBe(analysis);
    expect(run()).toMatchObject({ kind: 'done', analysis });
  });

  it('passes on what is said beside the question', async () => {
    const options = {
      rangeSeconds: [1, 2] as const,
      frameSeconds: [1.5],
      category: 'object' as const,
      ask: { reply: 'clues' as const, thinks: false },
    };
    const pending = session.analyze(file, ' How many? ', options);
    const asked = await call(0);
    expect(asked.request).toEqual({ ...options, file, question: 'How many?' });
    asked.finish(analysisOf([]));
    await pending;
  });

  it('rejects with the error that the page shows', async () => {
    await expect(session.analyze(file, ' ')).rejects.toMatchObject({ code: 'question-empty' });
  });

  it('rejects with an abort when it is cancelled', async () => {
    const pending = session.analyze(file, 'How many?');
    await call(0);
    session.cancel();
    await expect(pending).rejects.toSatisfy(isAbort);
  });
});
