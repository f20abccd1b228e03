import type { VideoClock } from './video-clock';

export interface Follower {
  /** A picture is seen that begins at this moment of the media's clock. */
  onPicture(frameSeconds: number): void;
  /** The film is here; nobody tells which picture that is. */
  onMoment(timeSeconds: number): void;
}

export const hasFrameCallbacks = 'requestVideoFrameCallback' in HTMLVideoElement.prototype;

/**
 * Tells of every picture as it appears, by the picture's own time. Sound alone, and a browser without
 * frame callbacks, is followed once per screen refresh while it plays.
 */
export function followFilm(
  clock: VideoClock,
  hasPicture: boolean,
  follower: Follower,
  signal: AbortSignal,
): void {
  const { video } = clock;
  if (hasPicture && hasFrameCallbacks) {
    const onFrame: VideoFrameRequestCallback = (_now, { mediaTime }) => {
      if (signal.aborted) return;
      clock.noteFirst(mediaTime);
      follower.onPicture(clock.fromVideo(mediaTime));
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
    return;
  }
  const onRefresh = (): void => {
    if (signal.aborted || video.paused) return;
    follower.onMoment(clock.nowSeconds);
    requestAnimationFrame(onRefresh);
  };
  requestAnimationFrame(onRefresh);
}
