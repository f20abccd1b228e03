import type { SignalsConfig } from './motion-config';
import { fillGaps, leakySum, principal, quantile } from './series';
import type { Recording } from './recording';
import { joint } from './pose';
import { trackJoints } from './joints';

/** One curve over time in which a repeated movement may show. */
export interface Signal {
  name: string;
  /** Curves of one source see the same thing: together they have one vote. */
  source: 'limbs' | 'body' | 'angles' | 'flow' | 'picture' | 'centre';
  times: readonly number[];
  values: Float32Array;
  /** 0…1: how far the movement stands above the noise of its source. */
  strength: number;
  /** Where it was seen: the joints, or blocks of the field by their weight 0…1. */
  place: 'joints' | Float32Array;
  /** 0…1: share of the movement that goes up and down. */
  vertical: number;
}

/** All that is known of a moment, as a point: moments alike lie close together. */
export interface Feature {
  of: 'body' | 'picture';
  /** Where things are, not how they move: at rest it says which rest. */
  isPlace: boolean;
  times: readonly number[];
  rows: readonly Float32Array[];
}

export interface Signals {
  signals: Signal[];
  /** Of the body, and of the picture where the camera stands still. */
  features: Feature[];
  /** There is a body in a good part of the clip. */
  body: boolean;
}

/** Every curve worth a look, from joints and from the picture. */
export function collectSignals(
  recording: Recording,
  config: SignalsConfig,
  minScore: number,
): Signals {
  const joints = jointSignals(recording, config, minScore);
  const field = fieldSignals(recording, config);
  return {
    signals: [...joints.signals, ...field.signals],
    features: [...joints.features, ...field.features],
    body: joints.body,
  };
}

function jointSignals(recording: Recording, config: SignalsConfig, minScore: number): Signals {
  const track = trackJoints(recording, minScore);
  if (!track) return { signals: [], features: [], body: false };
  const { times, x, y, share, scale } = track;
  const used = [...share.keys()].filter((at) => share[at]! >= 0.35 && (at === 0 || at >= 5));
  const signals: Signal[] = [];
  const spacing = spacingOf(times);
  const lag = Math.max(1, Math.round(0.2 / spacing));
  const add = (
    name: string,
    source: Signal['source'],
    values: Float32Array,
    reach: number,
  ): void => {
    const strength = strengthOf(values, spacing, reach, config.noiseJoint);
    signals.push({ name, source, times, values, strength, place: 'joints', vertical: 0.5 });
  };
  const middle = (step: number, of: Float32Array[]): number => {
    const trunk = [5, 6, 11, 12].filter((at) => used.includes(at));
    const from = trunk.length >= 2 ? trunk : used;
    return from.reduce((sum, at) => sum + of[at]![step]!, 0) / from.length;
  };
  const centreX = Float32Array.from(times, (_, step) => middle(step, x) / scale);
  const centreY = Float32Array.from(times, (_, step) => middle(step, y) / scale);
  add('body x', 'body', centreX, 1);
  add('body y', 'body', centreY, 1);
  const coordinates = (of: readonly number[], relative: boolean): Float32Array[] =>
    times.map((_, step) =>
      Float32Array.from(
        of.flatMap((at) => [
          (x[at]![step]! / scale - (relative ? centreX[step]! : 0)) * Math.sqrt(share[at]!),
          (y[at]![step]! / scale - (relative ? centreY[step]! : 0)) * Math.sqrt(share[at]!),
        ]),
      ),
    );
  const parts: [string, Signal['source'], readonly number[], boolean, number][] = [
    ['limbs', 'limbs', used, true, config.components],
    ['whole', 'body', used, false, 2],
    ['arms', 'limbs', used.filter((at) => at >= 7 && at <= 10), true, 1],
    ['legs', 'limbs', used.filter((at) => at >= 13), true, 1],
  ];
  const features: Feature[] = [];
  for (const [name, source, of, relative, count] of parts) {
    if (of.length < 2) continue;
    const found = principal(coordinates(of, relative), count, lag);
    found.forEach(({ loading, curve }, order) =>
      add(`${name} ${order + 1}`, source, curve, Math.max(...loading.map(Math.abs))),
    );
    if (name === 'whole' || name === 'limbs') {
      const rows = times.map((_, step) => Float32Array.from(found, ({ curve }) => curve[step]!));
      features.push({ of: 'body', isPlace: true, times, rows });
    }
  }
  for (const [name, a, b, c] of ANGLES) {
    const sides = [0, 1].filter((side) => [a, b, c].every((at) => used.includes(at + side)));
    if (sides.length === 0) continue;
    const values = Float32Array.from(times, (_, step) => {
      const angle = (side: number): number =>
        angleAt(x, y, a + side, b + side, c + side, step) / sides.length;
      return sides.reduce((sum, side) => sum + angle(side), 0);
    });
    add(name, 'angles', values, 1);
  }
  return { signals, features, body: true };
}

/** Name and the left joints whose middle one bends; the right ones follow each. */
const ANGLES: readonly [string, number, number, number][] = [
  ['elbows', joint.leftShoulder, joint.leftElbow, joint.leftWrist],
  ['knees', joint.leftHip, joint.leftKnee, joint.leftAnkle],
  ['hips', joint.leftShoulder, joint.leftHip, joint.leftKnee],
];

/** The angle at b between a and c, radians. */
function angleAt(
  x: Float32Array[],
  y: Float32Array[],
  a: number,
  b: number,
  c: number,
  step: number,
): number {
  const ux = x[a]![step]! - x[b]![step]!;
  const uy = y[a]![step]! - y[b]![step]!;
  const vx = x[c]![step]! - x[b]![step]!;
  const vy = y[c]![step]! - y[b]![step]!;
  return Math.abs(Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy));
}

function fieldSignals(recording: Recording, config: SignalsConfig): Signals {
  const looks = recording.looks.filter(({ field }) => field !== null);
  const none: Signals = { signals: [], features: [], body: false };
  if (looks.length < 4) return none;
  const times = looks.map(({ timestampSeconds }) => timestampSeconds);
  const spacing = spacingOf(times);
  const { columns, rows: lines } = looks[0]!.field!;
  const blocks = columns * lines;
  const signals: Signal[] = [];
  const features: Feature[] = [];
  const lag = Math.max(1, Math.round(0.15 / spacing));

  // As if the pictures came evenly: a longer gap shows a longer way.
  const flows = looks.map(({ field }, step) => {
    const gap = step > 0 ? times[step]! - times[step - 1]! : spacing;
    return field!.flow.map((way) => way * Math.min(2, spacing / Math.max(gap, 1e-3)));
  });
  const components = principal(flows, config.components, lag);
  components.forEach(({ loading, curve }, order) => {
    const lengths = Float32Array.from({ length: blocks }, (_, cell) =>
      Math.hypot(loading[2 * cell]!, loading[2 * cell + 1]!),
    );
    const most = Math.max(...lengths);
    const common = {
      source: 'flow' as const,
      times,
      strength: strengthOf(curve, spacing, most, config.noiseFlow),
      place: lengths.map((length) => length / most),
      vertical: loading.reduce((sum, part, at) => sum + (at % 2 === 1 ? part * part : 0), 0),
    };
    signals.push(
      { ...common, name: `flow ${order + 1}`, values: curve },
      { ...common, name: `path ${order + 1}`, values: leakySum(curve, spacing, 3) },
    );
  });
  if (components.length > 0)
    features.push({
      of: 'picture',
      isPlace: false,
      times,
      rows: times.map((_, step) => Float32Array.from(components, ({ curve }) => curve[step]!)),
    });

  signals.push(...changeCentre(recording, config, times, spacing));
  const picture = pictureSignals(recording, config, spacing);
  signals.push(...picture.signals);
  features.push(...picture.features);
  return { signals, features, body: false };
}

/** Where the picture changes: the middle of the change, and how much there is. */
function changeCentre(
  recording: Recording,
  config: SignalsConfig,
  times: readonly number[],
  spacing: number,
): Signal[] {
  const looks = recording.looks.filter(({ field }) => field !== null);
  const { columns, rows: lines } = looks[0]!.field!;
  const path = recording.cameraPath().slice(recording.looks.length - looks.length);
  const x = new Float32Array(looks.length);
  const y = new Float32Array(looks.length);
  const place = new Float32Array(columns * lines);
  const perBlock = recording.looks[0]!.grey.width / (columns + 1);
  looks.forEach(({ field }, step) => {
    let sum = 0;
    let sumX = 0;
    let sumY = 0;
    field!.change.forEach((change, cell) => {
      const weight = Math.max(0, change - config.noiseLevel) ** 2;
      sum += weight;
      sumX += weight * (cell % columns);
      sumY += weight * Math.floor(cell / columns);
      place[cell] = place[cell]! + weight;
    });
    x[step] = sum > 0 ? (sumX / sum) * perBlock - path[step]!.x : NaN;
    y[step] = sum > 0 ? (sumY / sum) * perBlock - path[step]!.y : NaN;
  });
  const seen = x.filter((value) => !Number.isNaN(value)).length / x.length;
  if (seen < 0.3) return [];
  const most = Math.max(...place);
  const where = place.map((value) => Math.sqrt(value / most));
  return [
    { name: 'change x', values: fillGaps(x) },
    { name: 'change y', values: fillGaps(y) },
  ].map(({ name, values }) => ({
    name,
    source: 'centre',
    times,
    values,
    strength: seen * strengthOf(values, spacing, 1, 1),
    place: where,
    vertical: name === 'change y' ? 0.8 : 0.2,
  }));
}

/** Curves of the picture itself, where the camera stands nearly still: its principal components. */
function pictureSignals(recording: Recording, config: SignalsConfig, spacing: number): Signals {
  const none: Signals = { signals: [], features: [], body: false };
  const { looks } = recording;
  const path = recording.cameraPath();
  const { width, height } = looks[0]!.grey;
  const camera = recording.cameraReach();
  if (camera.x > 0.25 * width || camera.y > 0.25 * height || camera.zoom > 0.12) return none;
  const columns = width >> 1;
  const lines = height >> 1;
  const rows = looks.map(({ grey }, step) => {
    const row = new Float32Array(columns * lines);
    for (let cell = 0; cell < row.length; cell++) {
      const x = 2 * (cell % columns) + Math.round(path[step]!.x);
      const y = 2 * Math.floor(cell / columns) + Math.round(path[step]!.y);
      if (x < 0 || y < 0 || x + 1 >= width || y + 1 >= height) row[cell] = NaN;
      else {
        const at = y * width + x;
        row[cell] =
          (grey.data[at]! +
            grey.data[at + 1]! +
            grey.data[at + width]! +
            grey.data[at + width + 1]!) /
          4;
      }
    }
    return row;
  });
  const times = looks.map(({ timestampSeconds }) => timestampSeconds);
  const components = principal(rows, config.components, Math.max(1, Math.round(0.2 / spacing)));
  if (components.length === 0) return none;
  const field = looks.find((look) => look.field)!.field!;
  const signals = components.map(({ loading, curve }, order): Signal => {
    const place = new Float32Array(field.columns * field.rows);
    loading.forEach((value, cell) => {
      const column = Math.min(
        field.columns - 1,
        Math.floor(((cell % columns) / columns) * field.columns),
      );
      const row = Math.min(
        field.rows - 1,
        Math.floor((Math.floor(cell / columns) / lines) * field.rows),
      );
      const at = row * field.columns + column;
      place[at] = Math.max(place[at]!, Math.abs(value));
    });
    const most = Math.max(...place);
    return {
      name: `picture ${order + 1}`,
      source: 'picture',
      times,
      values: curve,
      strength: strengthOf(curve, spacing, most, config.noiseLevel),
      place: place.map((value) => value / most),
      vertical: 0.5,
    };
  });
  const features = [
    {
      of: 'picture' as const,
      isPlace: true,
      times,
      rows: times.map((_, step) => Float32Array.from(components, ({ curve }) => curve[step]!)),
    },
  ];
  return { signals, features, body: false };
}

/** Amplitude over amplitude and noise, of what changes within seconds. */
function strengthOf(values: Float32Array, spacing: number, reach: number, noise: number): number {
  const half = Math.max(2, Math.round(2 / spacing));
  const quick: number[] = [];
  let sum = 0;
  let from = 0;
  let to = 0;
  for (let at = 0; at < values.length; at++) {
    while (to < Math.min(values.length, at + half + 1)) sum += values[to++]!;
    while (from < at - half) sum -= values[from++]!;
    quick.push(values[at]! - sum / (to - from));
  }
  const amplitude = ((quantile(quick, 0.95) - quantile(quick, 0.05)) / 2) * reach;
  return amplitude / (amplitude + noise);
}

function spacingOf(times: readonly number[]): number {
  return times.length > 1 ? Math.max(1e-3, (times.at(-1)! - times[0]!) / (times.length - 1)) : 1;
}
