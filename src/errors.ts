/** Everything that can go wrong, as the page and the command line name it. */
export type ErrorCode =
  | 'file-unreadable'
  | 'no-media-track'
  | 'result-unreadable'
  | 'decode-failed'
  | 'question-empty'
  | 'question-too-long'
  | 'webgpu-missing'
  | 'webgpu-limits'
  | 'gpu-lost'
  | 'out-of-memory'
  | 'model-fetch-failed'
  | 'model-corrupt'
  | 'model-refused'
  | 'storage-full'
  | 'render-failed'
  | 'worker-crashed'
  | 'bug';

/**
 * The one error class. `message` is a plain sentence that a visitor may read; `code` picks the
 * title and the hint in `ui/error-text.ts`. Throw it where the cause is known.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** True for the rejection of an aborted call. An abort is never shown as an error. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** The error as an AppError: itself, or a `bug` with the original as its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new AppError('bug', message, { cause: error });
}
