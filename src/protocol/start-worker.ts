import { AppError } from '../errors';

export interface StartedWorker {
  worker: Worker;
  /** Rejects when the worker dies or is ended; never resolves. */
  crashed: Promise<never>;
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
  let reject: (reason: Error) => void = () => undefined;
  const crashed = new Promise<never>((_, no) => (reject = no));
  crashed.catch(() => undefined);
  const end = (reason: Error) => {
    worker.terminate();
    URL.revokeObjectURL(starterUrl);
    reject(reason);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    end(
      new AppError('worker-crashed', 'The worker stopped unexpectedly.', { cause: event.message }),
    );
  };
  worker.onmessageerror = () =>
    end(new AppError('worker-crashed', 'The worker sent something unreadable.'));
  return { worker, crashed, end };
}
