import type { MediaInfo } from '../../media/media';
import { singlePictures } from './picture-clock';
import type { SamplingConfig } from './objects-config';

/**
 * When to look for objects: evenly spaced, in the middle of equal slices of the clip (or of the
 * window), so neither end is touched. Long clips get the same number of frames, spread wider, short ones a
 * few at least, where they have so many. Where only single pictures may be looked at, it is those.
 * @param window seconds on the media's clock; cut to the clip.
 * @returns ascending seconds on the media's clock; empty without a picture or inside no window.
 */
export function objectFrameTimes(
  info: MediaInfo,
  config: SamplingConfig,
  window?: readonly [number, number],
): number[] {
  if (!info.video) return [];
  const pictures = singlePictures(info, window);
  if (pictures) return pictures;
  const end = info.startSeconds + info.durationSeconds;
  if (info.durationSeconds <= 0) return [info.startSeconds];
  const from = Math.max(info.startSeconds, window?.[0] ?? info.startSeconds);
  const to = Math.min(end, window?.[1] ?? end);
  if (to <= from) return [];
  const wanted = Math.round((to - from) * config.framesPerSecond);
  // Unknown (0) is as good as enough for the usual rate.
  const there = info.video.fps > 0 ? Math.round((to - from) * info.video.fps) : wanted;
  const few = Math.min(there, Math.max(wanted, config.minFrames));
  const count = Math.max(1, Math.min(few, config.maxFrames));
  const slice = (to - from) / count;
  return Array.from({ length: count }, (_, index) => from + (index + 0.5) * slice);
}
