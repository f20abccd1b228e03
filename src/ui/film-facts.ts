import type { MediaInfo } from '../media/media';

/** Where the decoder found no frame rate, a picture is taken to last so long. */
const defaultFrameSeconds = 1 / 30;

/** What a player needs to know about a file before it plays it. */
export interface FilmFacts {
  readonly isImage: boolean;
  readonly isSound: boolean;
  readonly hasPicture: boolean;
  readonly canPlay: boolean;
  /** How long a picture lasts as a rule. */
  readonly frameSeconds: number;
  /** Where the file ends on its own clock, which need not begin at 0; 0 while nobody knows. */
  readonly endSeconds: number;
}

/** @param loadedSeconds the end that the browser knows, for as long as the decoder has not looked */
export function filmFacts(
  mime: string,
  info: MediaInfo | null,
  unplayable: boolean,
  loadedSeconds: number,
): FilmFacts {
  const isImage = mime.startsWith('image/');
  const isSound = info ? info.video === null : mime.startsWith('audio/');
  const { startSeconds = 0, durationSeconds = 0 } = info ?? {};
  const fps = info?.video?.fps ?? 0;
  return {
    ...{ isImage, isSound },
    hasPicture: !isSound && !unplayable,
    canPlay: !unplayable && !isImage,
    frameSeconds: fps > 0 ? 1 / fps : defaultFrameSeconds,
    endSeconds: durationSeconds > 0 ? startSeconds + durationSeconds : loadedSeconds,
  };
}
