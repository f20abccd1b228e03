import type { RotationConfig } from './motion-config';
import type { Recording } from './recording';
import { indexOfLargest } from '../peak';
import { sample } from './field';
import { meanOf, median } from './series';

/** Something that turns round and round in the plane of the picture, as a wheel does. */
export interface Rotation {
  /** Per look: how far it has turned since the first one, radians, clockwise on the screen. */
  times: readonly number[];
  angles: Float32Array;
  /** In pixels of the grey picture. */
  centre: { x: number; y: number };
  radius: number;
  /** 0…1: how like the turned picture is to the next one. */
  likeness: number;
}

/**
 * Measures the angle of what turns about the middle of all change, from picture to picture: the shift
 * between two pictures in polar coordinates that correlates best (De Castro and Morandi 1987, of one
 * centre and in space). So a wheel of many like spokes turns as slowly as it does.
 * @returns null where nothing turns, or turns to and fro, or the camera moves
 */
export function rotationOf(recording: Recording, config: RotationConfig): Rotation | null {
  const { looks } = recording;
  const place = placeOf(recording, config);
  if (!place) return null;
  const { x, y, radius, moves } = place;
  const bins = config.bins;
  const radii = Array.from({ length: Math.floor(radius) - 1 }, (_, at) => at + 2);
  const polar = looks.map(({ grey: { data, width, height } }) => {
    const picture = new Float32Array(radii.length * bins);
    radii.forEach((r, ring) => {
      for (let bin = 0; bin < bins; bin++) {
        const angle = (2 * Math.PI * bin) / bins;
        // At the edge of the picture, its outermost pixels go on.
        const column = Math.min(width - 1, Math.max(0, x + r * Math.cos(angle)));
        const row = Math.min(height - 1, Math.max(0, y + r * Math.sin(angle)));
        picture[ring * bins + bin] = sample(data, width, height, column, row);
      }
    });
    return picture;
  });
  // What stands still behind the thing is in the mean of the pictures, and the thing's own mean is round.
  const mean = new Float32Array(radii.length * bins);
  const moving = polar.filter((_, step) => moves[step]);
  for (const picture of moving)
    for (let at = 0; at < mean.length; at++) mean[at] = mean[at]! + picture[at]! / moving.length;
  for (const picture of polar)
    for (let at = 0; at < mean.length; at++) picture[at] = picture[at]! - mean[at]!;

  const most = Math.floor((config.mostTurn / (2 * Math.PI)) * bins);
  const curves = polar
    .slice(1)
    .map((picture, at) =>
      moves[at + 1] ? likenessByShift(polar[at]!, picture, radii, bins, most) : null,
    );
  const known = curves.filter((curve) => curve !== null);
  const usual = known.length > 0 ? meanOf(known) : null;
  const found = curves.flatMap((curve, at) => {
    if (!curve || !usual) return [];
    // Like spokes are alike after every one of them, but what turns does not change its pace at once.
    const near = curves.slice(Math.max(0, at - config.paceSteps), at + config.paceSteps + 1);
    const here = meanOf(near.filter((other) => other !== null));
    const pace = indexOfLargest(here.map((value, shift) => value + usual[shift]!));
    const from = Math.max(0, pace - config.paceBins);
    const best = from + indexOfLargest(curve.slice(from, pace + config.paceBins + 1));
    return [{ step: at + 1, shift: best - most + topOff(curve, best), likeness: curve[best]! }];
  });
  const turns = new Map(found.map(({ step, shift }) => [step, (shift * 2 * Math.PI) / bins]));
  const angles = new Float32Array(looks.length);
  let way = 0;
  for (let step = 1; step < looks.length; step++) {
    const turn = turns.get(step) ?? 0;
    way += Math.abs(turn);
    angles[step] = angles[step - 1]! + turn;
  }
  const all = angles.at(-1)!;
  const likeness = found.length > 0 ? median(found.map((one) => one.likeness)) : 0;
  if (likeness < config.leastLikeness) return null;
  if (Math.abs(all) < config.leastTurn || Math.abs(all) < config.leastOneWay * way) return null;
  const times = looks.map(({ timestampSeconds }) => timestampSeconds);
  return { times, angles, centre: { x, y }, radius, likeness };
}

/** The turns of a rotation: from where each leaves its first position to where it is there again. */
export function fullTurns(
  { times, angles }: Pick<Rotation, 'times' | 'angles'>,
  { slack }: RotationConfig,
): { startSeconds: number; endSeconds: number }[] {
  const sign = Math.sign(angles.at(-1)!);
  const turned = angles.map((angle) => sign * angle);
  const all = turned.at(-1)!;
  const turns = Math.max(1, Math.floor(all / (2 * Math.PI) + slack));
  const crossing = (angle: number): number => {
    // Of the last turn a little may be missing.
    const step = turned.findIndex((value) => value >= Math.min(angle, 0.99 * all));
    if (step === 0) return times[0]!;
    const [before, after] = [turned[step - 1]!, turned[step]!];
    const share = Math.min(1, (angle - before) / Math.max(1e-6, after - before));
    return times[step - 1]! + share * (times[step]! - times[step - 1]!);
  };
  // A rest between two turns belongs to neither.
  const edge = 0.02 * 2 * Math.PI;
  return Array.from({ length: turns }, (_, at) => ({
    startSeconds: crossing(2 * Math.PI * at + edge),
    endSeconds: crossing(2 * Math.PI * (at + 1) - edge),
  }));
}

/** The middle and the reach of all change, and in which looks there is any; null where the camera moves. */
function placeOf(
  recording: Recording,
  config: RotationConfig,
): { x: number; y: number; radius: number; moves: boolean[] } | null {
  const { looks } = recording;
  const field = looks.find((look) => look.field)?.field;
  if (!field) return null;
  const camera = recording.cameraReach();
  if (Math.max(camera.x, camera.y) > config.mostCameraPath) return null;
  const { width, height } = looks[0]!.grey;
  const { columns, rows } = field;
  const sums = new Float32Array(columns * rows);
  for (const look of looks)
    look.field?.change.forEach((change, cell) => {
      sums[cell] = sums[cell]! + Math.max(0, change - config.noiseLevel);
    });
  const highest = Math.max(...sums);
  if (highest <= 0) return null;
  let [total, x, y] = [0, 0, 0];
  const wide = width / (columns + 1);
  const high = height / (rows + 1);
  const weights = sums.map((sum) => (sum >= config.placeShare * highest ? sum : 0));
  weights.forEach((weight, cell) => {
    total += weight;
    x += weight * ((cell % columns) + 1) * wide;
    y += weight * (Math.floor(cell / columns) + 1) * high;
  });
  x /= total;
  y /= total;
  let spread = 0;
  weights.forEach((weight, cell) => {
    const dx = ((cell % columns) + 1) * wide - x;
    const dy = (Math.floor(cell / columns) + 1) * high - y;
    spread += (weight * (dx * dx + dy * dy)) / total;
  });
  // Of a disc, the mean square distance from its middle is half of the radius's square.
  const room = Math.min(x, y, width - x, height - y) + 2;
  const radius = Math.min(room, Math.sqrt(2 * spread));
  if (radius < config.leastRadius) return null;
  const moves = looks.map((look) => {
    if (!look.field) return false;
    const most = look.field.change.reduce(
      (best, change, cell) => (weights[cell]! > 0 ? Math.max(best, change) : best),
      0,
    );
    return most > config.noiseLevel;
  });
  return { x, y, radius, moves };
}

/** How like `after` is to `before` turned on by −most … most bins, each −1…1. */
function likenessByShift(
  before: Float32Array,
  after: Float32Array,
  radii: readonly number[],
  bins: number,
  most: number,
): Float32Array {
  const energy = (picture: Float32Array): number =>
    radii.reduce((sum, radius, ring) => {
      for (let bin = 0; bin < bins; bin++) sum += radius * picture[ring * bins + bin]! ** 2;
      return sum;
    }, 0);
  const scale = 1 / (Math.sqrt(energy(before) * energy(after)) + 1e-9);
  return Float32Array.from({ length: 2 * most + 1 }, (_, at) => {
    const shift = at - most + bins;
    let sum = 0;
    radii.forEach((radius, ring) => {
      const row = ring * bins;
      for (let bin = 0; bin < bins; bin++)
        sum += radius * before[row + bin]! * after[row + ((bin + shift) % bins)]!;
    });
    return sum * scale;
  });
}

/** From a highest point to the top of the parabola through it and its neighbours, −½…½. */
function topOff(values: Float32Array, at: number): number {
  const [left, here, right] = [values[at - 1], values[at]!, values[at + 1]];
  if (left === undefined || right === undefined) return 0;
  const bend = left - 2 * here + right;
  return bend < 0 ? Math.max(-0.5, Math.min(0.5, (left - right) / (2 * bend))) : 0;
}
