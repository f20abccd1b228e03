import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { chromiumFlags, ensureChromium } from '../../cli/chromium.ts';

interface Reply {
  id?: number;
  result?: unknown;
  error?: { message: string };
}

interface Evaluated {
  result: { value?: unknown };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

/**
 * A Chromium with one page, driven through a pipe by the few commands that a measurement needs. What
 * drives a browser for tests also watches its network, and Chromium then keeps what a page has read,
 * up to 200 MB of it: that would be measured, too.
 */
export class PipeBrowser {
  readonly #process: ChildProcess;
  readonly #folder = mkdtempSync(join(tmpdir(), 'kiosk-memory-'));
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #in: Writable;
  #session = '';
  #serial = 0;

  constructor(flags: readonly string[]) {
    this.#process = spawn(
      ensureChromium(),
      [
        ...['--headless', '--remote-debugging-pipe', `--user-data-dir=${this.#folder}`],
        ...['--window-size=1280,800', ...chromiumFlags, ...flags, 'about:blank'],
      ],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
    );
    this.#in = this.#process.stdio[3] as Writable;
    let pending = '';
    (this.#process.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => {
      const messages = (pending + text).split('\0');
      pending = messages.pop() ?? '';
      for (const message of messages) this.#hear(JSON.parse(message) as Reply);
    });
  }

  /** Opens the address in the page that later calls go to. */
  async open(url: string): Promise<void> {
    const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', { url });
    const attach = { targetId, flatten: true };
    const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', attach);
    this.#session = sessionId;
    // Until the page is there, it cannot be asked.
    while (!(await this.call(isLoaded, null).catch(() => false))) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Calls the function in the page, which knows nothing of what stands around it here. */
  async call<A, R>(body: (argument: A) => R | Promise<R>, argument: A): Promise<R> {
    const expression = `(${body.toString()})(${JSON.stringify(argument) ?? ''})`;
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.#sendToPage<Evaluated>(
      'Runtime.evaluate',
      options,
    );
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value as R;
  }

  async collectGarbage(): Promise<void> {
    await this.#sendToPage('HeapProfiler.collectGarbage', {});
  }

  /** One command to the browser itself. */
  send<R>(method: string, params: object = {}): Promise<R> {
    return this.#post<R>({ method, params });
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    await this.send('Browser.close');
    await gone;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #sendToPage<R>(method: string, params: object): Promise<R> {
    return this.#post<R>({ method, params, sessionId: this.#session });
  }

  #post<R>(message: { method: string; params: object; sessionId?: string }): Promise<R> {
    const id = ++this.#serial;
    this.#in.write(`${JSON.stringify({ id, ...message })}\0`);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ error, result }) => {
        if (error) reject(new Error(`${message.method}: ${error.message}`));
        else resolve(result as R);
      });
    });
  }

  #hear(reply: Reply): void {
    if (reply.id === undefined) return;
    this.#waiting.get(reply.id)?.(reply);
    this.#waiting.delete(reply.id);
  }
}

/** In the page. */
function isLoaded(): boolean {
  return document.readyState === 'complete' && location.protocol !== 'about:';
}
