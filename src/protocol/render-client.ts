import * as Comlink from 'comlink';
import workerUrl from '../../workers/render.worker.ts?worker&url';
import { AppError, isAbort } from '../errors';
import type { RenderApi, RenderProgress, RenderRequest } from './render-api';
import { startWorker } from './start-worker';
import { registerWire } from './wire';

export type { RenderRequest };

/**
 * Makes the annotated clip in a worker of its own, which ends with it. The signal ends it at once.
 * @returns a file named after the clip: `dog-counted.webm`
 * @throws AppError; `AbortError`
 */
export async function startRender(
  request: RenderRequest,
  onProgress: RenderProgress,
  signal: AbortSignal,
): Promise<File> {
  signal.throwIfAborted();
  registerWire();
  const { worker, orEnd, end } = startWorker(workerUrl, 'render');
  const stop = () => end(new DOMException('Making the video was stopped.', 'AbortError'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    const api = Comlink.wrap<RenderApi>(worker);
    const tell = Comlink.proxy((done: number, total: number) => {
      if (!signal.aborted) onProgress(done, total);
    });
    return await orEnd(api.render(request, tell));
  } catch (error) {
    if (error instanceof AppError || isAbort(error)) throw error;
    throw new AppError('render-failed', 'The video could not be made.', { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
    end(new DOMException('The video is done.', 'AbortError'));
  }
}
