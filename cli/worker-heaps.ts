import type { CDPSession, Page } from 'playwright-core';

/** What V8 says of one JavaScript heap, in bytes: its objects, and array buffers beside it; no WebAssembly. */
interface HeapUsage {
  usedSize: number;
  backingStorageSize?: number;
}

/**
 * Watches the JavaScript heaps of a page and of its workers, apart from the memory of WebAssembly,
 * which `measureUserAgentSpecificMemory` counts in. A worker that computes answers when it pauses.
 */
export class HeapWatch {
  /** Largest sum of objects and array buffers of all heaps seen so far, bytes. */
  peak = 0;
  readonly #latest = new Map<string, HeapUsage>();
  #timer: NodeJS.Timeout | null = null;
  #number = 0;

  private constructor(private readonly session: CDPSession) {}

  static async start(page: Page): Promise<HeapWatch> {
    const session = await page.context().newCDPSession(page);
    const watch = new HeapWatch(session);
    session.on('Target.detachedFromTarget', ({ sessionId }) => watch.#latest.delete(sessionId));
    session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
      const { result } = JSON.parse(message) as { result?: HeapUsage };
      if (result?.usedSize !== undefined) watch.#note(sessionId, result);
    });
    const workers = new Set<string>();
    session.on('Target.attachedToTarget', ({ sessionId }) => workers.add(sessionId));
    session.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId));
    await session.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
    watch.#timer = setInterval(() => void watch.#look(workers), 1000);
    return watch;
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  async #look(workers: ReadonlySet<string>): Promise<void> {
    try {
      this.#note('page', await this.session.send('Runtime.getHeapUsage'));
      const message = () =>
        JSON.stringify({ id: ++this.#number, method: 'Runtime.getHeapUsage', params: {} });
      for (const sessionId of workers)
        await this.session.send('Target.sendMessageToTarget', { sessionId, message: message() });
    } catch {
      // The page or a worker went away meanwhile.
    }
  }

  #note(sessionId: string, usage: HeapUsage): void {
    this.#latest.set(sessionId, usage);
    const sizes = [...this.#latest.values()].map(
      ({ usedSize, backingStorageSize = 0 }) => usedSize + backingStorageSize,
    );
    this.peak = Math.max(
      this.peak,
      sizes.reduce((sum, size) => sum + size, 0),
    );
  }
}
