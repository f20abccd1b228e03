import { AppError } from '../errors';

/**
 * The bytes of a clip, as a file.
 * @param src relative to the page that holds the element
 * @throws AppError `file-unreadable`; an abort rejects with `AbortError`
 */
export async function fetchClip(src: string, signal: AbortSignal): Promise<File> {
  if (!src) throw new AppError('file-unreadable', 'The element has no src.');
  const url = new URL(src, document.baseURI);
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    const blob = await response.blob();
    const name = url.pathname.split('/').pop() || 'clip';
    return new File([blob], decodeURIComponent(name), { type: blob.type || guessMime(src) });
  } catch (cause) {
    signal.throwIfAborted();
    const sentence =
      url.origin === location.origin
        ? 'The clip could not be fetched.'
        : `The clip could not be fetched: ${url.origin} has to allow this page to read it (CORS).`;
    throw new AppError('file-unreadable', sentence, { cause });
  }
}

const endings: readonly (readonly [RegExp, string])[] = [
  [/\.(png|jpe?g|webp|gif|avif)$/i, 'image/*'],
  [/\.(mp3|wav|m4a|aac|flac|ogg|opus)$/i, 'audio/*'],
];

/** What a clip is, as far as its address says; '' for a video, and for what is not known yet. */
export function guessMime(src: string): string {
  const path = src.replace(/[?#].*$/, '');
  return endings.find(([pattern]) => pattern.test(path))?.[1] ?? '';
}
