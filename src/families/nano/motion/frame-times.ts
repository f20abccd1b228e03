import type { MediaInfo } from '../../../media/media';
import { singlePictures } from '../picture-clock';
import type { MotionSamplingConfig } from './motion-config';

/**
 * When to look for repetitions: evenly spaced, `framesPerSecond` a second, or every frame of a slower
 * clip. A clip so long that this makes more than `maxFrames` is looked at less often: the cost stays
 * the same, and cycles shorter than about four of its steps are no longer seen (900 frames: 20 a
 * second up to 45 s, 5 a second at 3 minutes; 10 minutes still show cycles of 2.7 s).
 * @param window seconds on the media's clock; cut to the clip.
 * @returns ascending seconds on the media's clock; empty without a moving picture or inside no window.
 */
export function motionFrameTimes(
  info: MediaInfo,
  { framesPerSecond, maxFrames }: MotionSamplingConfig,
  window?: readonly [number, number],
): number[] {
  if (!info.video || info.durationSeconds <= 0) return [];
  const pictures = singlePictures(info, window);
  if (pictures) return pictures;
  const end = info.startSeconds + info.durationSeconds;
  const from = Math.max(info.startSeconds, window?.[0] ?? info.startSeconds);
  const to = Math.min(end, window?.[1] ?? end);
  if (to <= from) return [];
  const rate = info.video.fps > 0 ? Math.min(info.video.fps, framesPerSecond) : framesPerSecond;
  const count = Math.min(maxFrames, Math.max(1, Math.round((to - from) * rate)));
  const slice = (to - from) / count;
  return Array.from({ length: count }, (_, index) => from + (index + 0.5) * slice);
}
