import { loadBundle, cachedBytes, deleteBundle } from '../../src/weights/load-bundle';
import { opfsStore } from '../../src/weights/opfs-store';
import { fetchManifest } from '../../src/weights/read-manifest';
import type { Job, Outcome } from './opfs-job';

/*
 * Runs one load of a bundle in a worker, as the page does: OPFS has its sync handles only here. The
 * network is a function, so that the test can cut it and count.
 */

const scope = self as unknown as { onmessage: unknown; postMessage(value: unknown): void };

scope.onmessage = (event: MessageEvent<Job>) => {
  void run(event.data).then((outcome) => scope.postMessage(outcome));
};

async function run(job: Job): Promise<Outcome> {
  const outcome: Outcome = {
    ...{ error: null, requests: [], sent: 0, firstDone: null, cached: 0, parts: {} },
  };
  const files = new Map(job.files);
  globalThis.fetch = (input, init) => {
    const path = new URL(input as string).pathname.split('/').at(-1)!;
    const bytes = files.get(path);
    if (!bytes) return Promise.reject(new TypeError('Failed to fetch'));
    const range = new Headers(init?.headers).get('Range');
    const from = Number(/\d+/.exec(range ?? '')?.[0] ?? 0);
    if (path !== 'manifest.json') outcome.requests.push({ path, range });
    const cut = path === 'manifest.json' ? Infinity : (job.cuts.shift() ?? Infinity);
    let at = from;
    const end = Math.min(bytes.length, from + cut);
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull(controller) {
          if (at >= end) {
            if (end < bytes.length) controller.error(new TypeError('network error'));
            else controller.close();
            return;
          }
          const piece = bytes.slice(at, Math.min(end, at + 65536));
          at += piece.length;
          if (path !== 'manifest.json') outcome.sent += piece.length;
          controller.enqueue(piece);
        },
      },
      { highWaterMark: 0 },
    );
    const headers = new Headers();
    if (from > 0) headers.set('Content-Range', `bytes ${from}-${bytes.length - 1}/${bytes.length}`);
    return Promise.resolve(new Response(body, { status: from > 0 ? 206 : 200, headers }));
  };
  const stop = new AbortController();
  try {
    const read = await fetchManifest(job.url, opfsStore, stop.signal);
    if (job.remove) await deleteBundle(read.manifest, job.url, opfsStore);
    else {
      const onBytes = (done: number) => {
        outcome.firstDone ??= done;
        if (job.stopAt !== null && done >= job.stopAt) stop.abort();
      };
      const options = { pauseMs: 1 };
      const bundle = await loadBundle(read, job.url, opfsStore, onBytes, stop.signal, options);
      outcome.parts = bundle.parts;
    }
    outcome.cached = await cachedBytes(read.manifest, opfsStore);
  } catch (error) {
    const { name, message, code } = error as Error & { code?: unknown };
    outcome.error = { name, message, code: typeof code === 'string' ? code : undefined };
  }
  return outcome;
}
