import { JOINTS } from './pose';
import type { Recording } from './recording';
import { fillGaps, quantile } from './series';

export interface JointTrack {
  times: number[];
  /** Per joint: frame pixels with the camera's path taken off, gaps filled. */
  x: Float32Array[];
  y: Float32Array[];
  /** Per joint: share of the looks in which it was seen. */
  share: number[];
  /** Size of the body, frame pixels. */
  scale: number;
}

/** The joints over the whole clip; null where there is hardly ever a body. */
export function trackJoints(recording: Recording, minScore: number): JointTrack | null {
  const { poses } = recording;
  if (poses.length < 4) return null;
  const path = recording.cameraPath();
  const { looks, frame } = recording;
  const perGrey = frame.width / (looks[0]?.grey.width ?? 1);
  const times = poses.map(({ timestampSeconds }) => timestampSeconds);
  let at = 0;
  const camera = times.map((time) => {
    while (at < looks.length - 1 && looks[at]!.timestampSeconds < time - 1e-6) at++;
    return path[at]!;
  });
  const upright = unswapped(recording.poses);
  const share: number[] = [];
  const coordinate = (index: number, offset: 0 | 1): Float32Array =>
    fillGaps(
      Float32Array.from(upright, (joints, step) =>
        joints[3 * index + 2]! < minScore
          ? NaN
          : joints[3 * index + offset]! -
            perGrey * (offset === 0 ? camera[step]!.x : camera[step]!.y),
      ),
    );
  const x: Float32Array[] = [];
  const y: Float32Array[] = [];
  for (let index = 0; index < JOINTS; index++) {
    share.push(
      upright.filter((joints) => joints[3 * index + 2]! >= minScore).length / poses.length,
    );
    x.push(coordinate(index, 0));
    y.push(coordinate(index, 1));
  }
  const seen = share.filter((value) => value >= 0.35).length;
  if (seen < 6) return null;
  const trunks = times.map((_, step) =>
    Math.hypot(
      (x[5]![step]! + x[6]![step]! - x[11]![step]! - x[12]![step]!) / 2,
      (y[5]![step]! + y[6]![step]! - y[11]![step]! - y[12]![step]!) / 2,
    ),
  );
  const widths = times.map((_, step) =>
    Math.hypot(x[5]![step]! - x[6]![step]!, y[5]![step]! - y[6]![step]!),
  );
  const scale = Math.max(quantile(trunks, 0.75), 1.2 * quantile(widths, 0.75), 4);
  return { times, x, y, share, scale };
}

/**
 * Joints per look, with left and right kept apart: seen from behind or hardly at all, a body's sides
 * change places from one picture to the next. Whichever way moves the joints less is taken.
 */
export function unswapped(poses: readonly { joints: Float32Array }[]): Float32Array[] {
  let last: Float32Array | null = null;
  return poses.map(({ joints }) => {
    const mirrored = joints.slice();
    for (let left = 1; left < JOINTS; left += 2) {
      mirrored.set(joints.subarray(3 * left, 3 * left + 3), 3 * left + 3);
      mirrored.set(joints.subarray(3 * left + 3, 3 * left + 6), 3 * left);
    }
    const before = last;
    const way = (of: Float32Array): number => {
      let sum = 0;
      for (let at = 5; before && at < JOINTS; at++) {
        const weight = Math.min(of[3 * at + 2]!, before[3 * at + 2]!);
        sum +=
          weight * Math.hypot(of[3 * at]! - before[3 * at]!, of[3 * at + 1]! - before[3 * at + 1]!);
      }
      return sum;
    };
    const kept = way(mirrored) < 0.8 * way(joints) ? mirrored : joints;
    last = kept;
    return kept;
  });
}
