import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkAddress } from '../../src/weights/address';
import { cachedBytes, deleteBundle, loadBundle } from '../../src/weights/load-bundle';
import type { Manifest, Shard } from '../../src/weights/manifest';
import { createMemoryStore } from '../../src/weights/memory-store';
import { openFolder, readFolderManifest } from '../../src/weights/open-folder';
import { fetchManifest, readManifestText } from '../../src/weights/read-manifest';
import { StoreUnavailable, type ShardStore } from '../../src/weights/shard-store';
import { ShardServer, manifestOf, noise, shardOf } from '../fixtures/shard-server';

const never = new AbortController().signal;
const quick = { pauseMs: 1 };
const files = new Map(
  [3, 5, 1, 4, 2, 6].map((millions, k) => [`part-${k}.bin`, noise(millions * 1e6, k + 1)]),
);
const total = 21e6;

let server: ShardServer;
let store: ShardStore;
let manifest: Manifest;

function serve(parts: Record<string, Shard>): void {
  manifest = manifestOf(parts);
  server.files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
}

beforeEach(async () => {
  server = await new ShardServer().open();
  for (const [name, bytes] of files) server.files.set(name, bytes);
  serve(Object.fromEntries([...files].map(([name, bytes], k) => [`r${k}`, shardOf(name, bytes)])));
  store = createMemoryStore();
});
afterEach(() => server.close());

const url = () => `${server.url}manifest.json`;
const shardRequests = () => server.requests.filter(({ path }) => path !== 'manifest.json');

async function load(
  onBytes: (done: number, total: number) => void = () => undefined,
  signal = never,
) {
  const read = await fetchManifest(url(), store, signal);
  return loadBundle(read, url(), store, onBytes, signal, quick);
}

describe('loadBundle', () => {
  it('fetches every part, four at a time, under one progress', async () => {
    server.holdFor = 4;
    const seen: number[] = [];
    const { parts, sha256 } = await load((done, of) => {
      expect(of).toBe(total);
      seen.push(done);
    });
    expect(sha256).toBe(shardOf('', server.files.get('manifest.json')!).sha256);
    for (const [k, bytes] of [...files.values()].entries()) {
      expect(Buffer.from(await parts[`r${k}`]!.arrayBuffer()).equals(bytes)).toBe(true);
    }
    expect([seen[0], seen.at(-1)]).toEqual([0, total]);
    expect(server.mostAtOnce).toBe(4);
  });

  it('fetches a file with two roles once', async () => {
    const shard = shardOf('part-0.bin', files.get('part-0.bin')!);
    serve({ one: shard, two: shard });
    const { parts } = await load();
    expect(parts['one']).toBe(parts['two']);
    expect(shardRequests()).toHaveLength(1);
  });

  it('goes on after a stop, and asks for no byte twice', async () => {
    const stop = new AbortController();
    const stopped = load((done) => done > 6e6 && stop.abort(), stop.signal);
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const kept = await cachedBytes(manifest, store);
    expect(kept).toBeGreaterThan(6e6);
    expect(kept).toBeLessThan(total);
    // Requests that were on their way when it was stopped arrive yet.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = server.requests.length;
    const seen: number[] = [];
    await load((done) => seen.push(done));
    expect(seen[0]).toBe(kept);
    // By what was asked for: the server may still be writing to the connections that were stopped.
    const asked = server.requests
      .slice(before)
      .filter(({ path }) => path !== 'manifest.json')
      .map(
        ({ path, range }) => files.get(path)!.length - Number(/\d+/.exec(range ?? '')?.[0] ?? 0),
      );
    expect(asked.reduce((sum, bytes) => sum + bytes, 0)).toBe(total - kept);
  });

  it('loads without any network the second time', async () => {
    await load();
    server.close();
    const { manifest: again, parts } = await load();
    expect(again).toEqual(manifest);
    expect(parts['r5']?.size).toBe(6e6);
  });

  it('names the damaged file, and keeps the others', async () => {
    server.files.set('part-3.bin', noise(4e6, 99));
    await expect(load()).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining('part-3.bin') as string,
    });
    expect(shardRequests().filter(({ path }) => path === 'part-3.bin')).toHaveLength(2);
    server.files.set('part-3.bin', files.get('part-3.bin')!);
    await load();
    const complete = (await store.entries()).filter(([, entry]) => entry.complete);
    expect(complete).toHaveLength(6);
  });

  it('deletes what it kept, the manifest too', async () => {
    await load();
    expect(await cachedBytes(manifest, store)).toBe(total);
    await deleteBundle(manifest, url(), store);
    expect(await cachedBytes(manifest, store)).toBe(0);
    expect(await store.manifest(url())).toBeNull();
  });

  it('forgets the files of an older version once the newer one is there', async () => {
    await load();
    const newer = noise(1e6, 77);
    server.files.set('newer.bin', newer);
    serve({
      r0: shardOf('newer.bin', newer),
      r1: shardOf('part-1.bin', files.get('part-1.bin')!),
    });
    await load();
    expect((await store.entries()).map(([sha256]) => sha256).sort()).toEqual(
      Object.values(manifest.parts)
        .map(({ sha256 }) => sha256)
        .sort(),
    );
  });

  it.each([
    ['no room', () => createMemoryStore(2e6)],
    [
      'no store at all',
      (): ShardStore => ({
        ...createMemoryStore(),
        write: () => Promise.reject(new StoreUnavailable('Private window.')),
      }),
    ],
  ])(
    'keeps a small bundle in memory where there is %s, and refuses a large one',
    async (_, make) => {
      store = make();
      expect((await load()).parts['r1']?.size).toBe(5e6);
      const large = noise(65e6, 5);
      server.files.set('large.bin', large);
      serve({ r0: shardOf('large.bin', large) });
      store = make();
      await expect(load()).rejects.toMatchObject({
        code: 'storage-full',
        message: expect.stringContaining('65 MB') as string,
      });
    },
  );
});

describe('fetchManifest', () => {
  it('tells an answer that is none', async () => {
    server.status = 503;
    await expect(fetchManifest(url(), store, never)).rejects.toMatchObject({
      code: 'model-fetch-failed',
    });
    server.status = null;
    server.files.set('manifest.json', new TextEncoder().encode('<html>'));
    await expect(fetchManifest(url(), store, never)).rejects.toMatchObject({
      code: 'model-corrupt',
    });
  });
});

describe('checkAddress', () => {
  const own = 'https://site.test';
  const others = ['https://models.test'];
  it.each(['https://site.test/a/manifest.json', 'https://models.test/b/manifest.json'])(
    'lets %s pass',
    (address) => expect(() => checkAddress(address, { own, others })).not.toThrow(),
  );
  it.each(['https://other.test/m.json', 'http://models.test/m.json', 'nonsense', 'data:,x'])(
    'refuses %s in words',
    (address) => {
      const fetchMock = vi.spyOn(globalThis, 'fetch');
      expect(() => checkAddress(address, { own, others })).toThrow(
        /from its own address and from https:\/\/models\.test only/,
      );
      expect(() => checkAddress(address, { own, others: [] })).toThrow(/from its own address only/);
      expect(fetchMock).not.toHaveBeenCalled();
      fetchMock.mockRestore();
    },
  );
});

describe('openFolder', () => {
  const folder = (): File[] => [
    new File([JSON.stringify(manifest)], 'manifest.json'),
    ...[...files].map(([name, bytes]) => new File([bytes], name)),
    new File(['x'], 'notes.txt'),
  ];
  const open = async (
    picked: File[],
    onBytes: (done: number, total: number) => void = () => undefined,
  ) => openFolder(await readFolderManifest(picked), picked, onBytes, never);

  it('uses the files where they lie, after reading each', async () => {
    const picked = folder();
    const seen: number[] = [];
    const { parts } = await open(picked, (done) => seen.push(done));
    expect(parts['r1']).toBe(picked.find(({ name }) => name === 'part-1.bin'));
    expect(seen.at(-1)).toBe(total);
  });

  it('names what is missing, before anything is read', async () => {
    const picked = folder().filter(({ name }) => !['part-1.bin', 'part-4.bin'].includes(name));
    const seen: number[] = [];
    await expect(open(picked, (done) => seen.push(done))).rejects.toMatchObject({
      code: 'model-corrupt',
      message: 'The folder lacks part-1.bin, part-4.bin.',
    });
    expect(seen).toEqual([]);
  });

  it('names what has the wrong size, or the wrong bytes', async () => {
    const swap = (bytes: Uint8Array<ArrayBuffer>) =>
      folder().map((file) => (file.name === 'part-2.bin' ? new File([bytes], file.name) : file));
    await expect(open(swap(noise(999, 3)))).rejects.toThrow(/size.*part-2\.bin/);
    await expect(open(swap(noise(1e6, 9)))).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining('part-2.bin is damaged') as string,
    });
  });

  it('says when it is no bundle', async () => {
    await expect(readFolderManifest([new File(['x'], 'a.txt')])).rejects.toMatchObject({
      code: 'model-refused',
    });
  });

  it('reads the same manifest as from an address', async () => {
    const text = JSON.stringify(manifest);
    expect((await readFolderManifest(folder())).sha256).toBe((await readManifestText(text)).sha256);
  });
});
