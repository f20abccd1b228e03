import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadShard } from '../../src/weights/load-shard';
import { createMemoryStore } from '../../src/weights/memory-store';
import type { ShardStore } from '../../src/weights/shard-store';
import { ShardServer, noise, shardOf } from '../fixtures/shard-server';

const bytes = noise(20_000_000, 1);
const shard = shardOf('part.bin', bytes);
const damaged = bytes.slice().reverse();
const never = new AbortController().signal;
const quick = { pauseMs: 1, stallMs: 300 };

let server: ShardServer;
let store: ShardStore;
beforeEach(async () => {
  server = await new ShardServer().open();
  server.files.set('part.bin', bytes);
  store = createMemoryStore();
});
afterEach(() => server.close());

function load(onBytes: (done: number) => void = () => undefined, signal = never): Promise<Blob> {
  return loadShard(`${server.url}part.bin`, shard, store, onBytes, signal, quick);
}

async function expectBytes(blob: Blob): Promise<void> {
  expect(Buffer.from(await blob.arrayBuffer()).equals(bytes)).toBe(true);
}

describe('loadShard', () => {
  it('returns the bytes, reports them, and asks for nothing the second time', async () => {
    const seen: number[] = [];
    await expectBytes(await load((done) => seen.push(done)));
    expect(seen.at(-1)).toBe(bytes.length);
    expect(seen.every((done, k) => k === 0 || done >= seen[k - 1]!)).toBe(true);
    await expectBytes(await load());
    expect(server.requests).toHaveLength(1);
  });

  it('transfers every byte once, though the connection is cut four times', async () => {
    server.cuts = [3_000_000, 1, 7_000_000, 2_500_000];
    await expectBytes(await load());
    expect(server.requests).toHaveLength(5);
    expect(
      server.requests.slice(1).every(({ range, ifRange }) => range && ifRange === '"one"'),
    ).toBe(true);
    expect(server.sent).toBeLessThanOrEqual(bytes.length * 1.01);
  });

  it('takes a connection on which nothing comes any more for a cut one', async () => {
    server.hangs = true;
    server.cuts = [3_000_000, 0];
    await expectBytes(await load());
    expect(server.requests).toHaveLength(3);
    expect(server.sent).toBeLessThanOrEqual(bytes.length * 1.01);
  });

  it.each([
    ['the saved hash', true],
    ['the bytes, where the index knows less than the file', false],
  ])('goes on after a stop, from %s', async (_, keepHash) => {
    const stop = new AbortController();
    const stopped = load((done) => done > 8_000_000 && stop.abort(), stop.signal);
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const kept = (await store.entry(shard.sha256))!;
    expect(kept).toMatchObject({ complete: false, validator: '"one"' });
    expect(kept.bytes).toBeGreaterThan(8_000_000);
    if (!keepHash) await store.setEntry(shard.sha256, { ...kept, bytes: 0, hashState: null });
    const seen: number[] = [];
    await expectBytes(await load((done) => seen.push(done)));
    expect(seen[0]).toBe(kept.bytes);
    expect(server.requests.at(-1)).toMatchObject({ range: `bytes=${kept.bytes}-` });
  });

  it('starts anew where the file changed on the server meanwhile', async () => {
    server.files.set('part.bin', damaged);
    server.cuts = [5_000_000];
    const cutOnce = load((done) => {
      if (done < 4_900_000) return;
      server.files.set('part.bin', bytes);
      server.etag = '"two"';
    });
    await expectBytes(await cutOnce);
    expect(server.requests.map(({ ifRange }) => ifRange)).toEqual([undefined, '"one"']);
  });

  it('gets along with a server that knows no ranges', async () => {
    server.ranges = false;
    server.cuts = [4_000_000, 9_000_000];
    await expectBytes(await load());
    expect(server.requests).toHaveLength(3);
  });

  it('fetches a damaged file once more', async () => {
    server.files.set('part.bin', damaged);
    const mended = load((done) => {
      if (done === bytes.length) server.files.set('part.bin', bytes);
    });
    await expectBytes(await mended);
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]).toMatchObject({ range: undefined });
  });

  it('fetches a kept copy anew that went bad', async () => {
    await load();
    const writer = await store.write(shard.sha256);
    await writer.write(new Uint8Array([1, 2, 3]), 1000);
    await writer.close();
    await expectBytes(await load());
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ['damaged', damaged, 'model-corrupt', 2],
    ['too long', noise(20_000_001, 1), 'model-corrupt', 2],
    ['too short', bytes.subarray(0, 1000), 'model-corrupt', 4],
  ])('gives up on a file that stays %s, and names it', async (_, body, code, requests) => {
    server.files.set('part.bin', body);
    await expect(load()).rejects.toMatchObject({
      code,
      message: expect.stringContaining('part.bin') as string,
    });
    expect(server.requests).toHaveLength(requests);
    expect(await store.entry(shard.sha256)).toBeNull();
  });

  it('does not ask again for a file that is not there', async () => {
    server.files.clear();
    await expect(load()).rejects.toMatchObject({ code: 'model-fetch-failed' });
    expect(server.requests).toHaveLength(1);
  });

  it('waits for a server that is busy, for a while', async () => {
    server.status = 503;
    setTimeout(() => (server.status = null), 10);
    await expectBytes(
      await loadShard(`${server.url}part.bin`, shard, store, () => undefined, never, {
        pauseMs: 10,
      }),
    );
    server.status = 503;
    await store.remove(shard.sha256);
    const before = server.requests.length;
    await expect(load()).rejects.toMatchObject({ code: 'model-fetch-failed' });
    expect(server.requests.length - before).toBe(5);
  });

  it('says that the disk is full, and keeps what fits', async () => {
    store = createMemoryStore(12_000_000);
    await expect(load()).rejects.toMatchObject({ code: 'storage-full' });
    const kept = await store.entry(shard.sha256);
    expect(kept?.bytes).toBeGreaterThan(11_000_000);
    expect((await store.read(shard.sha256))?.size).toBe(kept?.bytes);
  });

  it('does not try again after an abort', async () => {
    const fetchMock = vi.spyOn(globalThis, 'fetch');
    await expect(load(undefined, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(fetchMock).not.toHaveBeenCalled();
    fetchMock.mockRestore();
  });
});
