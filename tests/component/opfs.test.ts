import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/weights/manifest';
import type { Job, Outcome } from './opfs-job';

/* The download through the real OPFS of Chromium, in a worker; each call is a visit of its own. */

const names = ['a.bin', 'b.bin'];
const sizes = [24_000_000, 3_000_000];
const total = 27_000_000;

const files = new Map<string, Uint8Array<ArrayBuffer>>();
let manifest: Manifest;
let url: string;

beforeEach(async () => {
  const parts: Manifest['parts'] = {};
  for (const [k, file] of names.entries()) {
    const bytes = new Uint8Array(sizes[k]!);
    for (let at = 0; at < bytes.length; at += 65536) {
      crypto.getRandomValues(bytes.subarray(at, at + 65536));
    }
    files.set(file, bytes);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    parts[file] = { file, bytes: bytes.length, sha256 };
  }
  manifest = {
    ...{ id: 'test', version: '1', title: 'Test', licence: 'Apache-2.0', family: 'nano' },
    ...{ parts, reach: { sound: [], movement: [], object: [], colour: [] }, figures: [], nano: {} },
  };
  url = `https://site.test/${crypto.randomUUID()}/manifest.json`;
});
afterEach(() => visit({ remove: true }));

function visit(job: Partial<Job>): Promise<Outcome> {
  const worker = new Worker(new URL('./opfs-worker.ts', import.meta.url), { type: 'module' });
  const text = new TextEncoder().encode(JSON.stringify(manifest));
  return new Promise<Outcome>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<Outcome>) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    const online: Job['files'] = [['manifest.json', text], ...files];
    worker.postMessage({ url, files: online, cuts: [], stopAt: null, remove: false, ...job });
  }).finally(() => worker.terminate());
}

async function expectBytes({ error, parts }: Outcome): Promise<void> {
  expect(error).toBeNull();
  for (const [name, bytes] of files) {
    const got = new Uint8Array(await parts[name]!.arrayBuffer());
    expect(got.length).toBe(bytes.length);
    expect(got.every((byte, k) => byte === bytes[k])).toBe(true);
  }
}

async function damage(
  file: string,
  change: (old: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
) {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('weights');
  const handle = await folder.getFileHandle(manifest.parts[file]!.sha256);
  const old = new Uint8Array(await (await handle.getFile()).arrayBuffer());
  const writable = await handle.createWritable();
  await writable.write(change(old));
  await writable.close();
}

describe('a bundle in OPFS', () => {
  it('comes with every byte once, though the connection is cut four times', async () => {
    const first = await visit({ cuts: [7_000_000, 1_500_000, 9_000_000, 1000] });
    await expectBytes(first);
    expect(first.requests).toHaveLength(6);
    expect(first.sent).toBe(total);
    expect(first.cached).toBe(total);
  });

  it('loads without any network at the second visit', async () => {
    await visit({});
    const second = await visit({ files: [] });
    await expectBytes(second);
    expect(second.requests).toEqual([]);
  });

  it('goes on after a stop, from another worker', async () => {
    const stopped = await visit({ stopAt: 9_000_000 });
    expect(stopped.error?.name).toBe('AbortError');
    const second = await visit({});
    await expectBytes(second);
    expect(second.firstDone).toBeGreaterThanOrEqual(9_000_000);
    // No byte is asked for twice; what was under way when it was stopped may be lost.
    expect(second.sent).toBe(total - second.firstDone!);
    expect(stopped.sent + second.sent).toBeLessThanOrEqual(total * 1.01);
  });

  it('fetches anew what was damaged on the disk, and only that', async () => {
    await visit({});
    await damage('b.bin', (old) => old.map((byte, k) => (k === 1234 ? byte ^ 1 : byte)));
    const second = await visit({});
    await expectBytes(second);
    expect(second.requests).toEqual([{ path: 'b.bin', range: null }]);
    await damage('a.bin', (old) => old.slice(0, 1000));
    const third = await visit({});
    await expectBytes(third);
    expect(third.requests).toEqual([{ path: 'a.bin', range: null }]);
  });

  it('goes away when it is deleted', async () => {
    await visit({});
    expect((await visit({ remove: true })).cached).toBe(0);
    const gone = await visit({ files: [] });
    expect(gone.error?.code).toBe('model-fetch-failed');
  });
});
