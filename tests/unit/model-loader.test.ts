import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors';
import type { Inspection } from '../../src/protocol/api';
import type { ServedModel } from '../../src/state/served-models';
import { Session } from '../../src/state/session';
import { createRate } from '../../src/state/transfer-rate';
import { FakeReasoner, analysisOf, modelInfo } from '../fixtures/fake-reasoner';

const site = 'https://site.test/';
const file = new File(['x'], 'clip.mp4', { type: 'video/mp4' });
const bigInfo = { ...modelInfo, id: 'big', title: 'big' };
const list = [
  { id: 'nano', title: 'nano', manifest: 'nano/manifest.json', bytes: 14e6 },
  { id: 'big', title: 'Big', line: 'Large.', manifest: 'big/manifest.json', bytes: 5e9 },
  {
    ...{ id: 'own', title: 'Own', manifest: null, bytes: 5e9 },
    needs: { webgpu: true, shaderF16: true, largestTensorBytes: 1 },
    commands: [{ does: 'Convert', command: 'convert' }],
  },
  { id: 'no title' },
];
const bigUrl = `${site}big/manifest.json`;
const whole: Inspection = { bytes: 5e9, cachedBytes: 0, problems: [] };

let api: FakeReasoner;
let session: Session;

beforeEach(() => {
  api = new FakeReasoner();
  api.inspections.set(bigUrl, whole);
  session = new Session(api, {
    model: { kind: 'url', manifestUrl: `${site}nano/manifest.json`, backend: 'wasm' },
    modelsUrl: `${site}models.json`,
    samplesUrl: `${site}samples/samples.json`,
  });
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(list)));
  vi.stubGlobal('navigator', {});
});
afterEach(() => vi.unstubAllGlobals());

const model = () => session.store.state.model;
const shelf = () => session.store.state.shelf;
const big = (): ServedModel => shelf().find((item) => item.model.id === 'big')!.model;

async function pending(n: number) {
  return vi.waitFor(() => {
    const load = api.pendingLoads[n];
    if (!load) throw new Error(`no load ${n} yet`);
    return load;
  });
}

/** nano is there, the list was looked at, and the large model is on its way. */
async function loadBig() {
  await session.start();
  await session.lookAtShelf();
  api.slowLoads = true;
  void session.useServed(big());
  return pending(0);
}

describe('the shelf', () => {
  it('reads the list and looks at each model', async () => {
    api.inspections.set('needs', { bytes: 5e9, cachedBytes: 0, problems: [] });
    await session.lookAtShelf();
    expect(
      shelf().map(({ model, inspection, error }) => [model.id, !!inspection, error?.code]),
    ).toEqual([
      ['nano', false, 'model-fetch-failed'],
      ['big', true, undefined],
      ['own', true, undefined],
    ]);
    expect(big()).toMatchObject({ manifestUrl: bigUrl, line: 'Large.' });
  });

  it('says which one is in use, and which one is on its way', async () => {
    const load = await loadBig();
    const flags = () => shelf().map(({ inUse, isLoading }) => [inUse, isLoading]);
    expect(flags()).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
    load.finish(bigInfo);
    await vi.waitFor(() =>
      expect(flags()).toEqual([
        [false, false],
        [true, false],
        [false, false],
      ]),
    );
  });
});

describe('useModel', () => {
  it('asks the model before until the new one is there', async () => {
    const load = await loadBig();
    expect(load.source).toEqual({ kind: 'url', manifestUrl: bigUrl, backend: 'wasm' });
    await load.emit({ kind: 'progress', stage: 'fetch', done: 1e9, total: 5e9 });
    expect(model()).toMatchObject({
      kind: 'loading',
      title: 'Big',
      progress: { done: 1e9, total: 5e9 },
      previous: { id: 'nano' },
    });
    session.open(file);
    const asked = session.count('How many?');
    await vi.waitFor(() => expect(api.runs).toHaveLength(1));
    api.runs[0]!.finish(analysisOf([]));
    await asked;
    load.finish(bigInfo);
    await vi.waitFor(() => expect(model()).toMatchObject({ kind: 'ready', info: { id: 'big' } }));
  });

  it('keeps the model before where the new one fails', async () => {
    const load = await loadBig();
    load.fail(new AppError('model-corrupt', 'Damaged.'));
    await vi.waitFor(() =>
      expect(model()).toMatchObject({
        kind: 'ready',
        info: { id: 'nano' },
        refused: { title: 'Big', error: { code: 'model-corrupt' } },
      }),
    );
    const { loads } = api;
    session.open(file);
    void session.count('How many?');
    await vi.waitFor(() => expect(api.runs).toHaveLength(1));
    expect(api.loads).toBe(loads);
  });

  it('takes a folder', async () => {
    await session.start();
    await session.useModel({ kind: 'folder', files: [file] }, 'my-bundle');
    expect(api.sources.at(-1)).toEqual({ kind: 'folder', files: [file], backend: 'wasm' });
    expect(model().kind).toBe('ready');
  });

  it('lets the newest wish win, and a question waits for that one', async () => {
    api.slowLoads = true;
    session.open(file);
    void session.count('How many?');
    const first = await pending(0);
    void session.useModel({ kind: 'url', manifestUrl: bigUrl }, 'Big');
    const second = await pending(1);
    expect(first.signal.aborted).toBe(true);
    await first.emit({ kind: 'progress', stage: 'fetch', done: 7, total: 9 });
    expect(model()).toMatchObject({ kind: 'loading', title: 'Big', progress: null });
    second.finish(bigInfo);
    await vi.waitFor(() => expect(api.runs).toHaveLength(1));
    expect(session.store.state.run.kind).toBe('running');
  });

  it('asks the browser once to keep a large one', async () => {
    const persist = vi.fn(() => Promise.resolve(true));
    vi.stubGlobal('navigator', { storage: { persist } });
    const load = await loadBig();
    await load.emit({ kind: 'progress', stage: 'fetch', done: 0, total: 5e7 });
    expect(persist).not.toHaveBeenCalled();
    for (const done of [0, 1e9]) {
      await load.emit({ kind: 'progress', stage: 'fetch', done, total: 5e9 });
    }
    expect(persist).toHaveBeenCalledTimes(1);
  });
});

describe('cancelLoad', () => {
  it('goes back to the model before', async () => {
    const load = await loadBig();
    session.cancelLoad();
    expect(load.signal.aborted).toBe(true);
    expect(model()).toMatchObject({ kind: 'ready', info: { id: 'nano' }, refused: null });
    await load.emit({ kind: 'progress', stage: 'fetch', done: 7, total: 9 });
    expect(model().kind).toBe('ready');
  });

  it('stops the first one, and going on loads the same', async () => {
    api.slowLoads = true;
    const started = session.start();
    await pending(0);
    session.cancelLoad();
    await started;
    expect(model().kind).toBe('stopped');
    void session.start();
    (await pending(1)).finish(modelInfo);
    await vi.waitFor(() => expect(model().kind).toBe('ready'));
  });
});

describe('deleteModel', () => {
  it('puts the start model in the place of one that runs, then takes it off the device', async () => {
    (await loadBig()).finish(bigInfo);
    await vi.waitFor(() => expect(model()).toMatchObject({ info: { id: 'big' } }));
    api.slowLoads = false;
    await session.deleteModel(big());
    expect(api.sources.at(-1)).toMatchObject({ manifestUrl: `${site}nano/manifest.json` });
    expect(api.removed).toEqual([bigUrl]);
    expect(model()).toMatchObject({ kind: 'ready', info: { id: 'nano' } });
  });

  it('stops one that is on its way', async () => {
    const load = await loadBig();
    await session.deleteModel(big());
    expect(load.signal.aborted).toBe(true);
    expect(api.removed).toEqual([bigUrl]);
  });
});

describe('createRate', () => {
  it('tells the rate of the last seconds, without what was there before', () => {
    const rate = createRate();
    expect(rate(4e9, 0)).toBeNull();
    expect(rate(4e9 + 5e6, 500)).toBeNull();
    expect(rate(4e9 + 20e6, 2000)).toBe(10e6);
    for (let t = 3; t <= 30; t++) rate(4e9 + 20e6 + (t - 2) * 1e6, t * 1000);
    expect(rate(4e9 + 49e6, 31_000)).toBeCloseTo(1e6, -1);
  });

  it('starts over where a file is fetched anew', () => {
    const rate = createRate();
    rate(0, 0);
    rate(5e6, 2000);
    expect(rate(1e6, 2500)).toBeNull();
    expect(rate(3e6, 4500)).toBe(1e6);
  });
});
