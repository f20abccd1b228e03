import { AppError } from '../errors';

export interface StartedWorker {
  worker: Worker;
  /** The promise, or the reason of the worker's end where that comes first. */
  orEnd: <T>(promise: Promise<T>) => Promise<T>;
  /** Ends the worker at once. */
  end: (reason: Error) => void;
}

/**
 * The worker is started through a blob, because such a worker inherits the page's content security
 * policy and one started from its own address does not (HTML, "initialize worker policy container").
 */
export function startWorker(workerUrl: string, name: string): StartedWorker {
  const address = new URL(workerUrl, document.baseURI).href;
  const starter = new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' });
  const starterUrl = URL.createObjectURL(starter);
  const worker = new Worker(starterUrl, { type: 'module', name });
  let ended: Error | null = null;
  // Not one promise that all calls are raced against: it would keep every result for as long as it
  // is open, and so for as long as the page is.
  const waiting = new Set<(reason: Error) => void>();
  const end = (reason: Error) => {
    ended ??= reason;
    worker.terminate();
    URL.revokeObjectURL(starterUrl);
    for (const fail of waiting) fail(ended);
    waiting.clear();
  };
  const orEnd = <T>(promise: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      waiting.add(reject);
      promise.then(resolve, reject).finally(() => waiting.delete(reject));
    });
  worker.onerror = (event) => {
    event.preventDefault();
    end(
      new AppError('worker-crashed', 'The worker stopped unexpectedly.', { cause: event.message }),
    );
  };
  worker.onmessageerror = () =>
    end(new AppError('worker-crashed', 'The worker sent something unreadable.'));
  return { worker, orEnd, end };
}
