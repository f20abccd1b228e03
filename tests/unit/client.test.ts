import * as Comlink from 'comlink';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors';
import { connect } from '../../src/protocol/client';
import type { StartedWorker } from '../../src/protocol/start-worker';
import type { ModelSource } from '../../src/protocol/api';

/* The page's side of the protocol, over workers that are channels. */

vi.mock('../../workers/reasoner.worker.ts?worker&url', () => ({ default: '' }));
vi.mock('../../src/protocol/start-worker', () => ({ startWorker: () => start() }));

/** Every worker so far. */
const workers: { end: (reason: Error) => void; isMute: boolean }[] = [];
/** What a load waits for. */
let loading: Promise<void> = Promise.resolve();

function start(): StartedWorker {
  const { port1, port2 } = new MessageChannel();
  let hasModel = false;
  const state: (typeof workers)[number] = { end: () => {}, isMute: false };
  Comlink.expose(
    {
      isAlive: () => (state.isMute ? new Promise(() => {}) : true),
      load: async () => {
        await loading;
        hasModel = true;
        return { bytes: 1000 };
      },
      glimpse: () => null,
      analyze: () => {
        if (state.isMute) return new Promise(() => {});
        if (!hasModel) throw new AppError('bug', 'No model is loaded.');
        return { count: 3 };
      },
    },
    port1,
  );
  const waiting = new Set<(reason: Error) => void>();
  let ended: Error | null = null;
  state.end = (reason) => {
    ended ??= reason;
    port1.close();
    for (const fail of waiting) fail(reason);
  };
  workers.push(state);
  return {
    worker: port2 as unknown as Worker,
    end: state.end,
    orEnd: (promise) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        waiting.add(reject);
        promise.then(resolve, reject).finally(() => waiting.delete(reject));
      }),
  };
}

const source: ModelSource = { kind: 'url', manifestUrl: 'https://here.example/manifest.json' };
const never = new AbortController().signal;
const nothing = () => undefined;
const request = { file: {} as File, question: 'How many?' };

afterEach(() => {
  vi.useRealTimers();
  workers.length = 0;
  loading = Promise.resolve();
});

/** A client whose worker with the model has crashed. */
async function crashed() {
  const client = connect();
  await client.load(source, nothing, never);
  const lost = client.analyze(request, nothing, never);
  workers[0]!.end(new AppError('worker-crashed', 'Gone.'));
  await expect(lost).rejects.toMatchObject({ code: 'worker-crashed' });
  return client;
}

describe('after a crash', () => {
  it('the model comes back with the next question', async () => {
    const client = await crashed();
    expect(await client.analyze(request, nothing, never)).toEqual({ count: 3 });
    expect(workers).toHaveLength(2);
  });

  it('a question that calls off the first look still gets the model', async () => {
    const client = await crashed();
    let loaded: () => void = nothing;
    loading = new Promise((resolve) => (loaded = resolve));
    const look = new AbortController();
    const glimpse = client.glimpse(request.file, look.signal);
    const answer = client.analyze(request, nothing, never);
    look.abort();
    await expect(glimpse).rejects.toMatchObject({ name: 'AbortError' });
    loaded();
    expect(await answer).toEqual({ count: 3 });
    expect(workers).toHaveLength(2);
  });
});

describe('a worker that stands still', () => {
  it('is ended after a minute without a sign of life', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const client = connect();
    await client.load(source, nothing, never);
    workers[0]!.isMute = true;
    const answer = client.analyze(request, nothing, never).catch((error: unknown) => error);
    for (let look = 0; look < 8; look++) {
      vi.advanceTimersByTime(15_000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await answer).toMatchObject({ code: 'worker-crashed' });
    vi.useRealTimers();
    expect(await client.analyze(request, nothing, never)).toEqual({ count: 3 });
  });
});
