import { AppError } from '../errors';
import { linkedAbort, type LinkedAbort } from './linked-abort';

/** Nothing arriving for this long is a connection that was dropped without a word. */
const patienceMs = 30_000;

/** What the server sends from some place in a file on. */
export interface ShardResponse {
  /** Where its first byte belongs: the place that was asked for, or 0 where the file is sent anew. */
  at: number;
  validator: string | null;
  body: AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** The file at this address cannot be the shard: it is of another length. */
export class WrongFile extends Error {
  override readonly name = 'WrongFile';
}

/** Worth another try after a pause: a dropped connection, a busy server. */
export class Dropped extends Error {
  override readonly name = 'Dropped';
}

/**
 * Asks for a file from `at` on: `Range`, with `If-Range` so that a file that changed on the server is
 * sent anew. A foreign origin gets no `If-Range` (it is no simple header there, and the validator is
 * hidden); the sha256 judges the bytes in any case.
 * @throws Dropped, WrongFile, or AppError `model-fetch-failed` where another try would not help
 */
export async function requestShard(
  url: string,
  at: number,
  validator: string | null,
  signal: AbortSignal,
  stallMs = patienceMs,
): Promise<ShardResponse> {
  const link = linkedAbort(signal);
  const headers = new Headers();
  if (at > 0) headers.set('Range', `bytes=${at}-`);
  if (at > 0 && validator !== null && isOwnOrigin(url)) headers.set('If-Range', validator);
  let response: Response;
  try {
    // Not from the HTTP cache: a copy that failed its hash would come back from there.
    const asked = fetch(url, { headers, cache: 'no-store', signal: link.signal });
    response = await inTime(asked, link.signal, stallMs);
  } catch (cause) {
    link.abort();
    link.release();
    signal.throwIfAborted();
    throw new Dropped('The server could not be reached.', { cause });
  }
  const { status, body } = response;
  if ((status !== 200 && status !== 206) || !body) {
    link.abort();
    link.release();
    if (status === 416) throw new WrongFile('The file ends before the place that was asked for.');
    const sentence = `The server answered ${status} for ${url}.`;
    if (status >= 500 || status === 429 || status === 408) throw new Dropped(sentence);
    throw new AppError('model-fetch-failed', sentence);
  }
  return {
    at: status === 206 ? startOf(response, at) : 0,
    validator: validatorOf(response),
    body: chunksOf(body, link, signal, stallMs),
  };
}

async function* chunksOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  link: LinkedAbort,
  signal: AbortSignal,
  stallMs: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read(), link.signal, stallMs);
      if (done) return;
      yield value;
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw new Dropped('The connection was dropped.', { cause });
  } finally {
    link.release();
    // Where the reader of this generator stopped early, the rest must not arrive for nobody. A body
    // that is stuck may not answer to this either.
    void reader.cancel().catch(() => undefined);
  }
}

/**
 * The promise, or a rejection where it takes too long or is stopped: a connection that is stuck may not
 * heed a signal itself.
 */
function inTime<T>(promise: Promise<T>, signal: AbortSignal, stallMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(new Error('Nothing arrives any more.'));
    const timer = setTimeout(end, stallMs);
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    });
  });
}

/** A weak ETag cannot vouch for single bytes, so `If-Range` does not take it (RFC 9110, 13.1.5). */
function validatorOf({ headers }: Response): string | null {
  const etag = headers.get('ETag');
  return etag && !etag.startsWith('W/') ? etag : headers.get('Last-Modified');
}

/** Where a partial answer starts; other origins may hide it, and then it is what was asked for. */
function startOf({ headers }: Response, asked: number): number {
  const range = /^bytes (\d+)-/.exec(headers.get('Content-Range') ?? '');
  return range?.[1] === undefined ? asked : Number(range[1]);
}

function isOwnOrigin(url: string): boolean {
  return new URL(url).origin === (globalThis.origin ?? new URL(url).origin);
}
