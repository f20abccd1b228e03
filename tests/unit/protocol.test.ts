import * as Comlink from 'comlink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors';
import { registerWire } from '../../src/protocol/wire';

interface Api {
  fail(kind: 'app' | 'abort' | 'plain'): Promise<void>;
  untilAborted(signal: AbortSignal): Promise<string>;
  stream(emit: (n: number) => void | Promise<void>): Promise<number>;
}

const implementation: Api = {
  fail(kind) {
    const cause = new Error('the cause');
    if (kind === 'app') throw new AppError('decode-failed', 'Cannot decode.', { cause });
    if (kind === 'abort') throw new DOMException('Stopped.', 'AbortError');
    throw new TypeError('plain');
  },
  untilAborted: (signal) =>
    new Promise((resolve) => {
      if (signal.aborted) resolve('at once');
      signal.addEventListener('abort', () => resolve('later'));
    }),
  async stream(emit) {
    for (let n = 0; n < 20; n++) await emit(n);
    return 20;
  },
};

describe('the wire', () => {
  const { port1, port2 } = new MessageChannel();
  let api: Comlink.Remote<Api>;

  beforeAll(() => {
    registerWire();
    Comlink.expose(implementation, port1);
    api = Comlink.wrap<Api>(port2);
  });
  afterAll(() => {
    port1.close();
    port2.close();
  });

  it('keeps class, code and cause of an AppError', async () => {
    const error: unknown = await api.fail('app').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'decode-failed', message: 'Cannot decode.' });
    expect((error as AppError).cause).toMatchObject({ message: 'the cause' });
  });

  it('keeps an abort an abort and other errors by name', async () => {
    await expect(api.fail('abort')).rejects.toMatchObject({ name: 'AbortError' });
    await expect(api.fail('plain')).rejects.toMatchObject({ name: 'TypeError', message: 'plain' });
  });

  it('carries an abort that comes later, or came before', async () => {
    const controller = new AbortController();
    const answer = api.untilAborted(controller.signal);
    controller.abort();
    expect(await answer).toBe('later');
    expect(['at once', 'later']).toContain(await api.untilAborted(AbortSignal.abort()));
  });

  it('delivers every awaited event before the result', async () => {
    const seen: number[] = [];
    const total = await api.stream(Comlink.proxy((n: number) => void seen.push(n)));
    expect(seen).toHaveLength(total);
  });
});
