import * as Comlink from 'comlink';
import { isAbort, toAppError } from '../errors';
import { loadFont } from '../render/load-font';
import { renderClip } from '../render/render-clip';
import type { RenderApi } from './render-api';
import { registerWire } from './wire';

/** Exposes the renderer to the page that made this worker; the page ends it to cancel. */
export function serveRender(): void {
  registerWire();
  const api: RenderApi = {
    async render(request, onProgress) {
      try {
        await loadFont([request.question, request.countWords, ...labels(request.clues)].join(' '));
        return await renderClip(request, onProgress, new AbortController().signal);
      } catch (error) {
        throw isAbort(error) ? error : toAppError(error);
      }
    },
  };
  Comlink.expose(api);
}

function labels(clues: readonly { label: string }[]): string[] {
  return clues.map(({ label }) => label);
}
