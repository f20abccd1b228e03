import type { FramePlan, VideoInfo } from './media';
import type { Packet } from './packets';

/**
 * One planned time that stands alone: the nearest keyframe will do, because the next planned time
 * is farther away than the next keyframe. Costs one seek and one decoded picture.
 */
export interface Snap {
  kind: 'snap';
  timeSeconds: number;
  /** The keyframe at or before this is the nearest to `timeSeconds`. */
  upToSeconds: number;
  /** The keyframe at or after this is the nearest to `timeSeconds`. */
  fromSeconds: number;
  /** A picture outside of this half-open window (after, up to and including) belongs to another. */
  windowSeconds: readonly [number, number];
}

/** Planned times that lie close together: decode the stretch from the keyframe before it on. */
export interface Exact {
  kind: 'exact';
  timesSeconds: readonly number[];
}

export type Step = Snap | Exact;

/** Which picture stands for a planned time. */
export type Choice = Pick<FramePlan, 'pick' | 'withinSeconds'>;

/** ffprobe gives times to six decimals. */
const TICK_SECONDS = 1e-6;

/**
 * Planned times closer than this (seconds) are decoded through. Measured with ffmpeg.wasm: a seek
 * costs about 40 ms, a decoded picture 0.3 ms and 8 ns a pixel. A snap must be at least twice as
 * cheap as decoding through, because it gives up the exact time.
 */
export function leastSnapSpacing(fps: number, pixels: number): number {
  if (fps <= 0 || pixels <= 0) return 1;
  const decodeSeconds = 3e-4 + 8e-9 * pixels;
  return (2 * (0.04 + 3 * decodeSeconds)) / (decodeSeconds * fps);
}

/**
 * Divides planned times (ascending) into steps. Times that stand alone by `leastSpacingSeconds`
 * (see {@link leastSnapSpacing}) become snaps. `keyframeSpacingSeconds` may be an estimate: a snap
 * that misses its window is decoded exactly. Where the pictures shown are asked for, nothing snaps.
 */
export function planSteps(
  timesSeconds: readonly number[],
  keyframeSpacingSeconds: number,
  leastSpacingSeconds: number,
  { pick, withinSeconds: [first, last] = [-Infinity, Infinity] }: Choice = {},
): Step[] {
  // Down to half the keyframe spacing at least every second snap hits.
  const sparse = Math.max(leastSpacingSeconds, keyframeSpacingSeconds / 2);
  const steps: Step[] = [];
  let stretch: number[] = [];
  const flush = () => {
    if (stretch.length > 0) steps.push({ kind: 'exact', timesSeconds: stretch });
    stretch = [];
  };
  timesSeconds.forEach((time, i) => {
    const before = time - (timesSeconds[i - 1] ?? -Infinity);
    const after = (timesSeconds[i + 1] ?? Infinity) - time;
    if (before >= sparse) flush();
    if (pick === 'shown' || Math.min(before, after) < sparse || timesSeconds.length === 1) {
      stretch.push(time);
      return;
    }
    // At either end of the plan the one neighbour sets the window on both sides.
    const left = Math.min(before, before === Infinity ? after : before) / 2;
    const right = Math.min(after, after === Infinity ? before : after) / 2;
    steps.push({
      kind: 'snap',
      timeSeconds: time,
      upToSeconds: Math.min(last, time + Math.min(right, keyframeSpacingSeconds / 2)),
      fromSeconds: Math.max(first, time - Math.min(left, keyframeSpacingSeconds / 2)),
      windowSeconds: [
        Math.max(first - TICK_SECONDS, time - left),
        Math.min(last - TICK_SECONDS, time + right),
      ],
    });
  });
  flush();
  return steps;
}

/** The part of a stretch that one run decodes. */
export interface Chunk {
  /** How many of the planned times it answers. */
  count: number;
  /** Presentation time of the first picture that is taken, or a little less. */
  fromSeconds: number;
  /** Presentation time of the last keyframe up to there; `fromSeconds` where it is not known. */
  keySeconds: number;
  /** A picture is taken when it is the first at or after one of these times. Ascending. */
  thresholdsSeconds: readonly number[];
}

/**
 * Picks the pictures of the first planned times of a stretch ({@link pictureFor}), given the packets
 * around them in presentation order; at most `most` times, cut where a keyframe makes the next run
 * cheap. Without packets the frame rate tells how much earlier a picture may begin.
 */
export function planChunk(
  timesSeconds: readonly number[],
  packets: readonly Packet[],
  most: number,
  fps: number,
  choice: Choice = {},
): Chunk {
  const count = cutAtKeyframe(timesSeconds, packets, most);
  const times = timesSeconds.slice(0, count);
  const pts = packets.map((packet) => packet.ptsSeconds);
  if (pts.length === 0) {
    const early = fps > 0 ? (choice.pick === 'shown' ? 0.99 : 0.5) / fps : 0;
    const first = (choice.withinSeconds?.[0] ?? -Infinity) - TICK_SECONDS;
    const thresholdsSeconds = times.map((time) => Math.max(first, time - early));
    const fromSeconds = thresholdsSeconds[0] ?? 0;
    return { count, fromSeconds, keySeconds: fromSeconds, thresholdsSeconds };
  }
  const chosen = [...new Set(times.map((time) => pictureFor(pts, time, choice)))];
  // Halfway to the picture before, so that rounding cannot choose the neighbour.
  const thresholdsSeconds = chosen.map((index) => {
    const at = pts[index] ?? 0;
    return (at + (pts[index - 1] ?? at - 0.01)) / 2;
  });
  const fromSeconds = pts[chosen[0] ?? 0] ?? 0;
  return {
    count,
    fromSeconds,
    keySeconds: lastKey(packets, fromSeconds) ?? fromSeconds,
    thresholdsSeconds,
  };
}

/** Every run decodes from a keyframe on: end where the next time has one shortly before it. */
function cutAtKeyframe(
  timesSeconds: readonly number[],
  packets: readonly Packet[],
  most: number,
): number {
  if (timesSeconds.length <= most) return timesSeconds.length;
  const waste = (next: number) => {
    const time = timesSeconds[next] ?? 0;
    return time - (lastKey(packets, time) ?? -Infinity);
  };
  let best = most;
  for (let next = most - 1; next >= Math.max(1, most / 2); next -= 1) {
    if (waste(next) < waste(best)) best = next;
  }
  return best;
}

/** Time of the last listed keyframe up to `seconds`. */
export function lastKey(packets: readonly Packet[], seconds: number): number | undefined {
  return packets.findLast((p) => p.key && p.ptsSeconds <= seconds)?.ptsSeconds;
}

/**
 * Index of the picture that stands for a time, given when the pictures begin, ascending. Where none
 * begins inside, it is the one that is shown as the inside begins.
 */
export function pictureFor(
  ptsSeconds: readonly number[],
  time: number,
  { pick, withinSeconds }: Choice,
): number {
  const shownAt = (seconds: number): number =>
    Math.max(
      0,
      ptsSeconds.findLastIndex((pts) => pts <= seconds + TICK_SECONDS),
    );
  if (pick === 'shown') return shownAt(time);
  const nearest = nearestIndex(ptsSeconds, time);
  if (!withinSeconds) return nearest;
  const [from, to] = withinSeconds;
  const first = ptsSeconds.findIndex((pts) => pts >= from - TICK_SECONDS);
  const last = ptsSeconds.findLastIndex((pts) => pts < to - TICK_SECONDS);
  if (first < 0 || first > last) return shownAt(from);
  return Math.min(last, Math.max(first, nearest));
}

/** Index of the value nearest to `target` in an ascending list; the earlier one of two. */
function nearestIndex(values: readonly number[], target: number): number {
  const after = values.findIndex((value) => value >= target);
  if (after === -1) return values.length - 1;
  const upper = values[after] ?? 0;
  const lower = values[after - 1] ?? -Infinity;
  return target - lower <= upper - target ? after - 1 : after;
}

/** Displayed size scaled down by one factor until the longer side is at most `maxSide` pixels. */
export function frameSize(
  video: Pick<VideoInfo, 'width' | 'height'>,
  maxSide: number,
): { width: number; height: number } {
  const factor = Math.min(1, maxSide / Math.max(video.width, video.height));
  return {
    width: Math.max(1, Math.round(video.width * factor)),
    height: Math.max(1, Math.round(video.height * factor)),
  };
}
