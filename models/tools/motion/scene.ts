import type { Frame } from '../../../src/media/media';
import type { Pose } from '../../../src/families/nano/motion/pose';
import { EXERCISES, type Figure } from './figures';

/** A made-up clip: small frames, the joints that a pose model would find, and the truth. */
export interface Scene {
  kind: string;
  durationSeconds: number;
  frames: Frame[];
  /** Per frame; null where there is no body, or it was not looked for. */
  poses: (Pose | null)[];
  cycles: { label: string; start: number; end: number }[];
}

export type Random = () => number;

/** Mulberry32: the same numbers for the same seed. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const between = (rng: Random, low: number, high: number): number => low + (high - low) * rng();
const choose = <T>(rng: Random, from: readonly T[]): T => from[Math.floor(rng() * from.length)]!;
const normal = (rng: Random): number =>
  Math.sqrt(-2 * Math.log(rng() + 1e-12)) * Math.cos(2 * Math.PI * rng());

interface Rhythm {
  cycles: { start: number; end: number }[];
  /** 0 at rest … 1 at the extreme. */
  phase(seconds: number): number;
  /** 0…1 from the start of a cycle to its end. */
  share(seconds: number): number;
}

/** A train of cycles with its own hesitations, somewhere in the clip or cut by its ends. */
function rhythm(rng: Random, duration: number, seconds: readonly [number, number]): Rhythm {
  const period = Math.exp(between(rng, Math.log(seconds[0]), Math.log(seconds[1])));
  const jitter = between(rng, 0, 0.18);
  const pause = rng() < 0.35 ? between(rng, 0.1, 0.9) * period : 0;
  const hold = rng() < 0.3 ? between(rng, 0.05, 0.25) : 0;
  const skew = between(rng, 0.35, 0.65);
  const all: { start: number; end: number; height: number }[] = [];
  let clock = rng() < 0.5 ? between(rng, 0.1, 0.25 * duration) : between(rng, 0, 0.4);
  const stop = rng() < 0.5 ? duration + period : between(rng, 0.6, 1) * duration;
  const most = rng() < 0.25 ? 1 + Math.floor(3 * rng()) : 60;
  while (clock < stop && all.length < most) {
    const length = period * Math.exp(jitter * normal(rng));
    all.push({ start: clock, end: clock + length, height: Math.exp(0.12 * normal(rng)) });
    clock += length + (pause > 0 ? pause * rng() : 0);
  }
  const cycles = all
    .filter(({ start, end }) => start + skew * (end - start) < duration - 0.08)
    .map(({ start, end }) => ({ start, end: Math.min(end, duration) }));
  const cycleAt = (seconds: number): (typeof all)[number] | undefined =>
    all.find(({ start, end }) => seconds >= start && seconds < end);
  const shareOf = (seconds: number): number => {
    const cycle = cycleAt(seconds);
    return cycle ? (seconds - cycle.start) / (cycle.end - cycle.start) : 0;
  };
  return {
    cycles,
    share: shareOf,
    phase(seconds) {
      const cycle = cycleAt(seconds);
      if (!cycle) return 0;
      const share = shareOf(seconds);
      const up = Math.min(1, share < skew ? share / (skew * (1 - hold)) : 1);
      const down =
        share >= skew + hold * (1 - skew)
          ? (share - skew - hold * (1 - skew)) / ((1 - skew) * (1 - hold))
          : 0;
      const at = share < skew ? up : 1 - Math.min(1, down);
      return Math.min(1.15, cycle.height) * (0.5 - 0.5 * Math.cos(Math.PI * at));
    },
  };
}

interface Camera {
  x(seconds: number): number;
  y(seconds: number): number;
}

function camera(rng: Random, size: number): Camera {
  const kind = choose(rng, ['still', 'still', 'shake', 'pan'] as const);
  if (kind === 'still') return { x: () => 0, y: () => 0 };
  const waves = Array.from({ length: 4 }, () => ({
    rate: between(rng, 0.15, 1.6),
    from: between(rng, 0, 6.3),
    wide: between(rng, 0, 0.014) * size,
  }));
  const speed = kind === 'pan' ? between(rng, -0.03, 0.03) * size : 0;
  const along = (turn: number) => (seconds: number) =>
    waves.reduce(
      (sum, { rate, from, wide }) => sum + wide * Math.sin(6.283 * rate * seconds + from * turn),
      0,
    ) + (turn === 1 ? speed * seconds : 0);
  return { x: along(1), y: along(2) };
}

/** What the picture shows at a moment: discs and thick lines with a grey level. */
type Stroke = [x1: number, y1: number, x2: number, y2: number, radius: number, level: number];

/** Sines by table: a picture takes hundreds of thousands of them. */
const SINES = Float32Array.from({ length: 4096 }, (_, at) => Math.sin((2 * Math.PI * at) / 4096));
const sine = (angle: number): number => SINES[Math.floor(angle * (4096 / (2 * Math.PI))) & 4095]!;

function paint(
  rng: Random,
  width: number,
  height: number,
  shiftX: number,
  shiftY: number,
  waves: readonly number[],
  strokes: readonly Stroke[],
  noise: number,
): Uint8ClampedArray {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const u = x + shiftX;
      const v = y + shiftY;
      let level = 120;
      for (let wave = 0; wave < waves.length; wave += 4)
        level +=
          waves[wave]! * sine(waves[wave + 1]! * u + waves[wave + 2]! * v + waves[wave + 3]!);
      for (const [x1, y1, x2, y2, radius, own] of strokes) {
        const dx = x2 - x1;
        const dy = y2 - y1;
        const share = Math.min(
          1,
          Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy + 1e-9)),
        );
        const far = Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
        const cover = Math.min(1, Math.max(0, radius - far + 0.5));
        level += cover * (own - level);
      }
      level += noise * (rng() + rng() - 1);
      data[at] = data[at + 1] = data[at + 2] = level;
      data[at + 3] = 255;
    }
  }
  return data;
}

const BONES: readonly [number, number][] = [
  ...([
    [5, 6],
    [5, 7],
    [7, 9],
    [6, 8],
    [8, 10],
    [11, 12],
    [5, 11],
    [6, 12],
  ] as [number, number][]),
  ...([
    [11, 13],
    [13, 15],
    [12, 14],
    [14, 16],
  ] as [number, number][]),
];

/** One clip. The same seed gives the same clip. */
export function makeScene(seed: number): Scene {
  const rng = random(seed);
  const durationSeconds = between(rng, 5, 15);
  const rate = choose(rng, [5, 8, 10, 10, 12, 12, 15]);
  const width = 96;
  const height = choose(rng, [54, 72, 96, 128]);
  const view = camera(rng, width);
  const waves = Array.from({ length: 5 }, () => [
    between(rng, 4, 16),
    between(rng, -0.7, 0.7),
    between(rng, -0.7, 0.7),
    between(rng, 0, 6.3),
  ]).flat();
  const noise = choose(rng, [1, 4, 10]);
  const part = rng();
  const act =
    part < 0.55
      ? person(rng, durationSeconds, width, height)
      : part < 0.85
        ? thing(rng, durationSeconds, width, height)
        : idle(rng, durationSeconds, width, height);
  const frames: Frame[] = [];
  const poses: (Pose | null)[] = [];
  const stutter = rng() < 0.2;
  for (let at = 0; at < Math.floor(durationSeconds * rate); at++) {
    const timestampSeconds = (at + 0.5 + (stutter ? 0.3 * (rng() - 0.5) : 0)) / rate;
    const shiftX = view.x(timestampSeconds);
    const shiftY = view.y(timestampSeconds);
    const { strokes, joints } = act.show(timestampSeconds);
    const moved = strokes.map(([x1, y1, x2, y2, r, level]): Stroke => [
      x1 - shiftX,
      y1 - shiftY,
      x2 - shiftX,
      y2 - shiftY,
      r,
      level,
    ]);
    const data = paint(rng, width, height, shiftX, shiftY, waves, moved, noise);
    frames.push({ timestampSeconds, width, height, data });
    poses.push(
      joints
        ? {
            timestampSeconds,
            joints: joints.map((value, index) =>
              index % 3 === 0 ? value - shiftX : index % 3 === 1 ? value - shiftY : value,
            ),
            score: joints.reduce(
              (sum, value, index) => sum + (index % 3 === 2 ? value / 17 : 0),
              0,
            ),
          }
        : null,
    );
  }
  return { kind: act.kind, durationSeconds, frames, poses, cycles: act.cycles };
}

interface Act {
  kind: string;
  cycles: { label: string; start: number; end: number }[];
  show(seconds: number): { strokes: Stroke[]; joints: Float32Array | null };
}

function person(rng: Random, duration: number, width: number, height: number): Act {
  const exercise = choose(rng, EXERCISES);
  const beat = rhythm(rng, duration, exercise.seconds);
  const side = rng() < 0.5;
  const mirrored = rng() < 0.5 ? -1 : 1;
  const size = (height / 4.2) * between(rng, 0.55, 1.05);
  const flat = exercise.label === 'push-up' || exercise.label === 'sit-up';
  const x0 = width / 2 + between(rng, -0.12, 0.12) * width - (flat ? mirrored * 1.2 * size : 0);
  const y0 = height * (exercise.label === 'pull-up' ? 0.98 : between(rng, 0.85, 0.97));
  const show = drawer(rng, size, x0, y0, mirrored);
  return {
    kind: exercise.label,
    cycles: beat.cycles.map((cycle) => ({ label: exercise.label, ...cycle })),
    show: (seconds) => show(exercise.pose(beat.phase(seconds), { side }), 0),
  };
}

/** Draws a figure, and tells its joints as a pose model does: with errors, some of them missing. */
function drawer(rng: Random, size: number, x0: number, y0: number, mirrored: number) {
  const skin = between(rng, 20, 90) + (rng() < 0.5 ? 120 : 0);
  const error = between(rng, 0.02, 0.07);
  const blind =
    rng() < 0.3 ? [choose(rng, [9, 10, 15, 16, 13, 14]), choose(rng, [9, 10, 15, 16])] : [];
  const lost = between(rng, 0, 0.08);
  return (figure: Figure, walked: number) => {
    const at = figure.map(([x, y]): [number, number] => [
      x0 + walked + mirrored * size * x,
      y0 + size * y,
    ]);
    const strokes = BONES.map(([a, b]): Stroke => [...at[a]!, ...at[b]!, 0.13 * size, skin]);
    strokes.push([...at[0]!, ...at[0]!, 0.24 * size, skin + 30]);
    const joints = new Float32Array(51);
    at.forEach(([x, y], index) => {
      const seen = rng() > lost && !(blind.includes(index) && rng() < 0.7);
      const wild = seen ? error : 0.6;
      joints.set(
        [
          x + wild * size * normal(rng),
          y + wild * size * normal(rng),
          seen ? between(rng, 0.35, 0.9) : between(rng, 0.02, 0.25),
        ],
        3 * index,
      );
    });
    return { strokes, joints };
  };
}

function thing(rng: Random, duration: number, width: number, height: number): Act {
  const kinds = ['bounce', 'bounce', 'swing', 'repetition', 'repetition', 'spin', 'jump'] as const;
  const kind = choose(rng, kinds);
  const spans = {
    bounce: [0.35, 1.3],
    swing: [0.8, 2.5],
    repetition: [0.4, 2],
    spin: [0.6, 2],
    jump: [0.5, 1.2],
  } as const;
  const beat = rhythm(rng, duration, spans[kind]);
  const level = rng() < 0.5 ? between(rng, 10, 60) : between(rng, 190, 250);
  const x = width * between(rng, 0.3, 0.7);
  const floor = height * between(rng, 0.8, 0.95);
  const radius = height * between(rng, 0.05, 0.1);
  const high = height * between(rng, 0.25, 0.6);
  const drift = between(rng, -0.02, 0.02) * width;
  const spokes = 1 + Math.floor(3 * rng());
  const hinge: [number, number] = [x, kind === 'swing' ? height * 0.05 : floor];
  return {
    kind: kind === 'repetition' ? 'hammer' : kind,
    cycles: beat.cycles.map((cycle) => ({ label: kind, ...cycle })),
    show(seconds) {
      const phase = beat.phase(seconds);
      if (kind === 'bounce') {
        // From the floor up and back: the cosine's ease is undone, a ball turns sharply at the floor.
        const angle = Math.acos(1 - 2 * Math.min(1, phase)) / Math.PI;
        const y = floor - radius - high * (1 - (1 - angle) ** 2);
        return {
          strokes: [[x + drift * seconds, y, x + drift * seconds, y, radius, level]],
          joints: null,
        };
      }
      if (kind === 'jump') {
        // From the floor and back, by the way of a throw; a pause to land belongs to the cycle.
        const flight = Math.min(1, beat.share(seconds) / 0.75);
        const y = floor - 2 * radius - 4 * flight * (1 - flight) * high;
        return { strokes: [[x, y - 2 * radius, x, y, radius, level]], joints: null };
      }
      if (kind === 'spin') {
        // A wheel with one spoke that is unlike the others.
        const turn = 2 * Math.PI * beat.share(seconds);
        const wheel = Array.from({ length: spokes }, (_, at): Stroke => {
          const angle = turn + (2 * Math.PI * at) / spokes;
          const [dx, dy] = [0.35 * height * Math.cos(angle), 0.35 * height * Math.sin(angle)];
          const thick = (at === 0 ? 0.9 : 0.35) * radius;
          return [x, height / 2, x + dx, height / 2 + dy, thick, at === 0 ? 255 - level : level];
        });
        return { strokes: wheel, joints: null };
      }
      const angle = kind === 'swing' ? -0.6 + 1.2 * phase : 1.4 - 1.1 * phase;
      const length = height * 0.6;
      const way = kind === 'swing' ? 1 : -1;
      const tip: [number, number] = [
        hinge[0] + length * Math.sin(angle),
        hinge[1] + way * length * Math.cos(angle),
      ];
      return {
        strokes: [
          [...hinge, ...tip, radius * 0.4, level],
          [...tip, ...tip, radius, level],
        ],
        joints: null,
      };
    },
  };
}

/** No repetition: nothing at all, traffic, or somebody walking through. */
function idle(rng: Random, duration: number, width: number, height: number): Act {
  const kind = choose(rng, ['still', 'traffic', 'walk'] as const);
  if (kind === 'still') return { kind, cycles: [], show: () => ({ strokes: [], joints: null }) };
  if (kind === 'traffic') {
    const cars = Array.from({ length: 1 + Math.floor(4 * rng()) }, () => ({
      start: between(rng, -2, duration),
      speed: between(rng, 0.15, 0.6) * width * (rng() < 0.5 ? 1 : -1),
      y: height * between(rng, 0.3, 0.9),
      size: height * between(rng, 0.06, 0.14),
      level: between(rng, 10, 250),
    }));
    return {
      kind,
      cycles: [],
      show: (seconds) => ({
        joints: null,
        strokes: cars.map(({ start, speed, y, size, level }): Stroke => {
          const x = (speed > 0 ? -15 : width + 15) + speed * (seconds - start);
          return [x, y, x + 1.5 * size, y, size, level];
        }),
      }),
    };
  }
  const size = (height / 4.2) * between(rng, 0.5, 0.9);
  const stride = between(rng, 0.9, 1.3);
  const show = drawer(rng, size, 0, height * 0.95, 1);
  const speed = (width * between(rng, 0.6, 1)) / duration;
  const squat = EXERCISES.find(({ label }) => label === 'squat')!;
  return {
    kind,
    cycles: [],
    show(seconds) {
      const figure = squat.pose(0.02, { side: true });
      const swing = 0.5 * Math.sin((2 * Math.PI * seconds) / stride);
      for (const [joint, way, reach] of [
        [7, 1, 0.5],
        [9, 1, 1],
        [8, -1, 0.5],
        [10, -1, 1],
        [13, -1, 0.6],
        [15, -1, 1.2],
        [14, 1, 0.6],
        [16, 1, 1.2],
      ] as const)
        figure[joint]![0] += way * reach * swing;
      return show(figure, width * 0.1 + speed * seconds);
    },
  };
}
