/** A controller of our own that a caller's signal aborts, too. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  abort(): void;
  /** Lets go of the caller's signal; call it when the work is over. */
  release(): void;
}

/**
 * What `AbortSignal.any` is for; but in Node 20 its signals can be collected as garbage while somebody
 * listens, and then never abort.
 */
export function linkedAbort(caller: AbortSignal): LinkedAbort {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (caller.aborted) abort();
  caller.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    abort,
    release: () => caller.removeEventListener('abort', abort),
  };
}
