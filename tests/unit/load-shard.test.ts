import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadShard } from '../../src/weights/load-shard';

/** In node there is neither OPFS nor IndexedDB: the cache must do without, as in a private window. */
const bytes = new Uint8Array(1000).map((_, k) => k % 251);
const shard = {
  file: 'part.onnx',
  bytes: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
};
const damaged = bytes.slice().reverse();
const never = new AbortController().signal;

function serve(...bodies: (Uint8Array<ArrayBuffer> | number | Error)[]) {
  const fetchMock = vi.fn(() => {
    const body = bodies.length > 1 ? bodies.shift()! : bodies[0]!;
    if (body instanceof Error) return Promise.reject(body);
    return Promise.resolve(
      typeof body === 'number' ? new Response(null, { status: body }) : new Response(body),
    );
  });
  vi.stubGlobal('fetch', fetchMock);
  return fetchMock;
}

afterEach(() => vi.unstubAllGlobals());

describe('loadShard', () => {
  it('returns bytes with the right hash and reports them', async () => {
    serve(bytes);
    const seen: number[] = [];
    expect(await loadShard('http://x/part.onnx', shard, (done) => seen.push(done), never)).toEqual(
      bytes,
    );
    expect(seen.at(-1)).toBe(bytes.length);
  });

  it('fetches again what was damaged, cut short or refused', async () => {
    const fetchMock = serve(damaged, bytes.slice(0, 10), bytes);
    await loadShard('http://x/part.onnx', shard, () => undefined, never);
    expect(fetchMock).toHaveBeenCalledTimes(3);
  });

  it.each([
    ['damaged', damaged, 'model-corrupt'],
    ['too long', new Uint8Array(2000), 'model-corrupt'],
    ['cut short', bytes.slice(0, 10), 'model-fetch-failed'],
    ['missing', 404, 'model-fetch-failed'],
    ['unreachable', new TypeError('network'), 'model-fetch-failed'],
  ] as const)('gives up on a file that stays %s', async (_, body, code) => {
    const fetchMock = serve(body);
    await expect(
      loadShard('http://x/part.onnx', shard, () => undefined, never),
    ).rejects.toMatchObject({ code });
    expect(fetchMock).toHaveBeenCalledTimes(3);
  });

  it('does not retry after an abort', async () => {
    const fetchMock = serve(new DOMException('Stopped.', 'AbortError'));
    await expect(
      loadShard('http://x/part.onnx', shard, () => undefined, never),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(fetchMock).toHaveBeenCalledTimes(1);
  });
});
