import { AppError } from '../../../errors';
import type { Frame } from '../../../media/media';
import type { Graph, Tensor } from '../../../tokens/tensor';
import type { PoseConfig } from './motion-config';

export const JOINTS = 17;
/** COCO's joints, by their index. */
export const joint = {
  nose: 0,
  leftShoulder: 5,
  rightShoulder: 6,
  leftElbow: 7,
  rightElbow: 8,
  leftWrist: 9,
  rightWrist: 10,
  leftHip: 11,
  rightHip: 12,
  leftKnee: 13,
  rightKnee: 14,
  leftAnkle: 15,
  rightAnkle: 16,
} as const;

/** One person's joints: x, y (pixels of the frame they were found in) and score 0…1, per joint. */
export interface Pose {
  timestampSeconds: number;
  joints: Float32Array;
  /** Mean of the joint scores. */
  score: number;
}

/** A square of the frame, in its pixels; it may reach beyond the edges. */
export interface Crop {
  left: number;
  top: number;
  side: number;
}

/** Follows one person: each picture is cut out around where the joints were last. */
export class PoseFollower {
  private crop: Crop | null = null;
  private idle = 0;

  /** @param graph `image [1, 3, side, side]` → `centre`, `heat`, `regress`, `offset` `[1, n, grid, grid]` */
  constructor(
    private readonly graph: Graph,
    private readonly config: PoseConfig,
  ) {}

  /** @returns null where it did not look, because there was nobody for a while. */
  async look(frame: Frame): Promise<Pose | null> {
    const { patience, idleEvery, minBodyScore } = this.config;
    if (this.idle >= patience && (this.idle - patience + 1) % idleEvery !== 0) {
      this.idle++;
      return null;
    }
    let pose = await this.find(frame, this.crop ?? wholeFrame(frame));
    if (this.crop && pose.score < minBodyScore) pose = await this.find(frame, wholeFrame(frame));
    const seen = pose.score >= minBodyScore;
    this.idle = seen ? 0 : this.idle + 1;
    this.crop = seen ? cropAround(pose.joints, frame, this.config) : null;
    return pose;
  }

  private async find(frame: Frame, crop: Crop): Promise<Pose> {
    const image = cutOut(frame, crop, this.config.side);
    const heads = await this.graph.run({ image });
    const joints = pickJoints(heads, this.config.grid);
    let score = 0;
    for (let at = 0; at < JOINTS; at++) {
      joints[3 * at] = crop.left + joints[3 * at]! * crop.side;
      joints[3 * at + 1] = crop.top + joints[3 * at + 1]! * crop.side;
      score += joints[3 * at + 2]! / JOINTS;
    }
    return { timestampSeconds: frame.timestampSeconds, joints, score };
  }
}

/** The smallest square that holds the whole frame. */
export function wholeFrame({ width, height }: { width: number; height: number }): Crop {
  const side = Math.max(width, height);
  return { left: (width - side) / 2, top: (height - side) / 2, side };
}

/**
 * The next square to look at, as MoveNet's authors do it: around the middle of the hips, as far as
 * the joints reach and a margin; the whole frame where the trunk is not seen.
 */
export function cropAround(
  joints: Float32Array,
  frame: { width: number; height: number },
  { minJointScore, torsoMargin, bodyMargin }: PoseConfig,
): Crop {
  const whole = wholeFrame(frame);
  const seen = (at: number): boolean => joints[3 * at + 2]! >= minJointScore;
  const torso: readonly number[] = [5, 6, 11, 12];
  if (!(seen(5) || seen(6)) || !(seen(11) || seen(12))) return whole;
  const hips = [11, 12].filter(seen);
  const x = mean(hips.map((at) => joints[3 * at]!));
  const y = mean(hips.map((at) => joints[3 * at + 1]!));
  let reach = 0;
  for (let at = 0; at < JOINTS; at++) {
    if (!seen(at)) continue;
    const far = Math.max(Math.abs(joints[3 * at]! - x), Math.abs(joints[3 * at + 1]! - y));
    reach = Math.max(reach, far * (torso.includes(at) ? torsoMargin : bodyMargin));
  }
  if (2 * reach >= whole.side || reach < whole.side / 16) return whole;
  return { left: x - reach, top: y - reach, side: 2 * reach };
}

/** The square as `[1, 3, side, side]`, −1…1, bilinear or averaged where it shrinks; black outside. */
export function cutOut(frame: Frame, crop: Crop, side: number): Tensor {
  const data = new Float32Array(3 * side * side).fill(-1);
  const scale = crop.side / side;
  const taps = Math.max(1, Math.round(scale));
  const plane = side * side;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let tap = 0; tap < taps * taps; tap++) {
        const u = crop.left + (x + ((tap % taps) + 0.5) / taps) * scale - 0.5;
        const v = crop.top + (y + (Math.floor(tap / taps) + 0.5) / taps) * scale - 0.5;
        if (u < -0.5 || v < -0.5 || u > frame.width - 0.5 || v > frame.height - 0.5) continue;
        const left = Math.min(Math.max(Math.floor(u), 0), frame.width - 1);
        const top = Math.min(Math.max(Math.floor(v), 0), frame.height - 1);
        const right = Math.min(left + 1, frame.width - 1);
        const bottom = Math.min(top + 1, frame.height - 1);
        const across = Math.min(Math.max(u - left, 0), 1);
        const down = Math.min(Math.max(v - top, 0), 1);
        const a = 4 * (top * frame.width + left);
        const b = 4 * (top * frame.width + right);
        const c = 4 * (bottom * frame.width + left);
        const d = 4 * (bottom * frame.width + right);
        const wa = (1 - across) * (1 - down);
        const wb = across * (1 - down);
        const wc = (1 - across) * down;
        const wd = across * down;
        const pixels = frame.data;
        red += wa * pixels[a]! + wb * pixels[b]! + wc * pixels[c]! + wd * pixels[d]!;
        green +=
          wa * pixels[a + 1]! + wb * pixels[b + 1]! + wc * pixels[c + 1]! + wd * pixels[d + 1]!;
        blue +=
          wa * pixels[a + 2]! + wb * pixels[b + 2]! + wc * pixels[c + 2]! + wd * pixels[d + 2]!;
      }
      const at = y * side + x;
      const share = 1 / (taps * taps * 127.5);
      data[at] = red * share - 1;
      data[plane + at] = green * share - 1;
      data[2 * plane + at] = blue * share - 1;
    }
  }
  return { dims: [1, 3, side, side], data };
}

/**
 * One person's joints from MoveNet's heads (its own order of steps): the strongest centre, nearer to
 * the middle counting more; from there a guess per joint; the heat near the guess; its offset.
 * @returns x, y (0…1 of the square) and score per joint
 * @throws AppError `model-corrupt` when the graph has other outputs
 */
export function pickJoints(heads: Record<string, Tensor>, grid: number): Float32Array {
  const planes = (name: string): Float32Array => {
    const head = heads[name];
    if (!head) throw new AppError('model-corrupt', 'The pose graph lacks its outputs.');
    return head.data as Float32Array;
  };
  const centre = planes('centre');
  const heat = planes('heat');
  const regress = planes('regress');
  const offset = planes('offset');
  const cells = grid * grid;
  const middle = grid / 2;
  let person = 0;
  let best = -1;
  for (let cell = 0; cell < cells; cell++) {
    const y = Math.floor(cell / grid);
    const value = centre[cell]! / (Math.hypot(y - middle, (cell % grid) - middle) + NEARNESS);
    if (value > best) [best, person] = [value, cell];
  }
  const joints = new Float32Array(3 * JOINTS);
  const row = Math.floor(person / grid);
  const column = person % grid;
  for (let at = 0; at < JOINTS; at++) {
    const guessY = row + regress[2 * at * cells + person]!;
    const guessX = column + regress[(2 * at + 1) * cells + person]!;
    let peak = 0;
    let highest = -1;
    for (let y = 0, cell = 0; y < grid; y++) {
      for (let x = 0; x < grid; x++, cell++) {
        const far = Math.sqrt((y - guessY) ** 2 + (x - guessX) ** 2);
        const value = heat[at * cells + cell]! / (far + NEARNESS);
        if (value > highest) [highest, peak] = [value, cell];
      }
    }
    const y = Math.floor(peak / grid) + offset[2 * at * cells + peak]!;
    const x = (peak % grid) + offset[(2 * at + 1) * cells + peak]!;
    joints.set([x / grid, y / grid, heat[at * cells + peak]!], 3 * at);
  }
  return joints;
}

/** MoveNet's own: how soon distance takes weight off. */
const NEARNESS = 1.8;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
