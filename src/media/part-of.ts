import { AppError } from '../errors';
import type { Frame, Media } from './media';

/** The part of a file that a question is about; with neither, all of it. */
export interface Part {
  /** From one time to another, in seconds of the media's clock. */
  rangeSeconds?: readonly [number, number];
  /** The pictures shown at these times, in seconds of the media's clock. */
  frameSeconds?: readonly number[];
}

/** A time this far outside of the file still means its first or its last picture. */
const MARGIN_SECONDS = 1;

/** @throws AppError `no-media-track` where the file has nothing in this part */
export function partOf(media: Media, { rangeSeconds, frameSeconds }: Part): Media {
  const cut = rangeSeconds ? cutMedia(media, rangeSeconds) : media;
  return frameSeconds ? pickPictures(cut, frameSeconds) : cut;
}

/**
 * The media as if the file were cut to a range, on the same clock. Nothing is written, and nothing
 * outside of the range is read for longer than it takes to get there.
 * @param range seconds on the media's clock; what reaches beyond the file is cut off
 * @throws AppError `no-media-track` where nothing is left
 */
export function cutMedia(media: Media, range: readonly [number, number]): Media {
  const { info } = media;
  const end = info.startSeconds + info.durationSeconds;
  const from = Math.max(info.startSeconds, range[0]);
  const to = Math.min(end, range[1]);
  // A still picture has no length, and is there or not.
  const isStill = info.durationSeconds === 0;
  if (isStill && range[0] <= end && end <= range[1]) return media;
  if (!(from < to))
    throw new AppError(
      'no-media-track',
      `The part from ${named(range[0])} to ${named(range[1])} holds nothing of this file, which runs ${spanOf(media)}.`,
    );
  const inside = (seconds: readonly [number, number] = [from, to]) =>
    [Math.max(from, seconds[0]), Math.min(to, seconds[1])] as const;
  return {
    info: { ...info, startSeconds: from, durationSeconds: to - from },
    frames: (plan, signal) =>
      media.frames({ ...plan, withinSeconds: inside(plan.withinSeconds) }, signal),
    samples: (signal, part) => media.samples(signal, inside(part)),
    close: () => media.close(),
  };
}

/**
 * The media as if it were these pictures alone, and silent. Each planned time, which must be one of
 * them, is answered with the picture that is on the screen then, under that very time; so two times
 * give two frames, even where one picture stands through both.
 * @param frameSeconds on the media's clock, in the order of the frames
 * @throws AppError `no-media-track` where the file has no picture at one of them
 */
export function pickPictures(media: Media, frameSeconds: readonly number[]): Media {
  const { info } = media;
  const start = info.startSeconds;
  const end = start + info.durationSeconds;
  if (!info.video) throw new AppError('no-media-track', 'This file holds no pictures.');
  if (frameSeconds.length === 0)
    throw new AppError('no-media-track', 'No picture of this file was asked for.');
  const outside = frameSeconds.find(
    (time) => !(time >= start - MARGIN_SECONDS && time <= end + MARGIN_SECONDS),
  );
  if (outside !== undefined)
    throw new AppError(
      'no-media-track',
      `There is no picture at ${named(outside)} in this file, which runs ${spanOf(media)}.`,
    );
  return {
    info: { ...info, audio: null, pictureSeconds: [...new Set(frameSeconds)] },
    async *frames(plan, signal) {
      const shown = plan.timesSeconds.map((time) => Math.min(end, Math.max(start, time)));
      const asked = [...new Set(shown)];
      const pictures = media.frames({ ...plan, timesSeconds: asked, pick: 'shown' }, signal);
      try {
        let latest: Frame | null = null;
        let next = await pictures.next();
        for (const [i, time] of shown.entries()) {
          // The latest that has begun by then; where the first ones are broken, the first that is not.
          while (!next.done && (!latest || next.value.timestampSeconds <= time + 1e-6)) {
            latest = next.value;
            next = await pictures.next();
          }
          if (latest) yield { ...latest, timestampSeconds: plan.timesSeconds[i] ?? time };
        }
      } finally {
        await pictures.return(undefined);
      }
    },
    samples: () =>
      Promise.reject(new AppError('no-media-track', 'Single pictures come without sound.')),
    close: () => media.close(),
  };
}

function spanOf({ info }: Media): string {
  const { startSeconds, durationSeconds } = info;
  return `from ${named(startSeconds)} to ${named(startSeconds + durationSeconds)}`;
}

function named(seconds: number): string {
  return `${seconds.toFixed(2)} s`;
}
