import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { cameraStep, type Grey } from '../../src/families/nano/motion/field';
import { motionFrameTimes } from '../../src/families/nano/motion/frame-times';
import type { MotionConfig } from '../../src/families/nano/motion/motion-config';
import { cropAround, pickJoints, wholeFrame } from '../../src/families/nano/motion/pose';
import { fixedPicture, SIDE } from '../../models/tools/motion/fixed-picture';
import { unswapped } from '../../src/families/nano/motion/joints';
import { Watcher } from '../../src/families/nano/motion/watch';
import type { Frame, MediaInfo } from '../../src/media/media';
import type { Graph, Tensor } from '../../src/tokens/tensor';

const tools = new URL('../../models/tools/motion/', import.meta.url);
const config = JSON.parse(readFileSync(new URL('config.json', tools), 'utf8')) as MotionConfig;

const info = (durationSeconds: number, fps: number): MediaInfo => ({
  container: '',
  durationSeconds,
  startSeconds: 2,
  video: { codec: '', fps, width: 640, height: 360, rotationDegrees: 0, pixelAspect: 1 },
  audio: null,
});

/** A pose model that sees nobody. */
const nobody: Graph = {
  inputNames: ['image'],
  outputNames: ['centre', 'heat', 'regress', 'offset'],
  run: () => {
    const head = (planes: number): Tensor => ({
      dims: [1, planes, 48, 48],
      data: new Float32Array(planes * 48 * 48),
    });
    return Promise.resolve({
      centre: head(1),
      heat: head(17),
      regress: head(34),
      offset: head(34),
    });
  },
  dispose: () => Promise.resolve(),
};

const texture = (x: number, y: number): number =>
  120 + 25 * Math.sin(0.31 * x + 0.17 * y) + 20 * Math.sin(0.11 * x - 0.29 * y + 1);

/** A textured wall of 128 × 96 seen by a camera at `shift`, with dark discs before it. */
function picture(
  timestampSeconds: number,
  shift: number,
  ...discs: readonly (readonly [number, number])[]
): Frame {
  const [width, height] = [128, 96];
  const data = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < width * height; at++) {
    const x = (at % width) + shift;
    const y = Math.floor(at / width);
    const inside = discs.some((disc) => Math.hypot(x - disc[0], y - disc[1]) < 9);
    data.fill(inside ? 20 : texture(x, y), 4 * at, 4 * at + 3);
    data[4 * at + 3] = 255;
  }
  return { timestampSeconds, width, height, data };
}

async function watch(frames: readonly Frame[]) {
  const watcher = new Watcher({ pose: nobody }, config, { width: 640, height: 480 });
  for (const frame of frames) await watcher.look(frame);
  return watcher.finish();
}

const sure = (proposals: readonly { confidence: number }[]): number =>
  proposals.filter(({ confidence }) => confidence >= 0.5).length;

/** Seven swings of a disc: 1 s each from 1 s on, in a clip of 9 s. */
const swinging = (fps: number, shift: (seconds: number) => number): Frame[] =>
  Array.from({ length: 9 * fps }, (_, at) => {
    const seconds = at / fps;
    const phase = Math.min(7, Math.max(0, seconds - 1));
    const x = 40 + 40 * (0.5 - 0.5 * Math.cos(2 * Math.PI * phase));
    return picture(seconds, shift(seconds), [x, 48]);
  });

describe('the cycle tower', { timeout: 60_000 }, () => {
  it.each([5, 12, 20])('counts the swings of a thing at %i frames a second', async (fps) => {
    const proposals = await watch(swinging(fps, () => 0));
    expect(sure(proposals)).toBe(7);
    const [first] = proposals;
    expect(first!.startSeconds).toBeGreaterThan(0.8);
    expect(first!.endSeconds).toBeLessThan(2.3);
    const [left, top, right, bottom] = first!.box;
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(640);
    expect(bottom - top).toBeLessThan(0.8 * 480);
    const swing = first!.classScores[config.labels.indexOf('swing')]!;
    expect(swing).toBeGreaterThan(first!.classScores[config.labels.indexOf('push-up')]!);
    expect(first!.classScores.at(-1)).toBeCloseTo(first!.confidence, 6);
  });

  it('counts them with a camera that shakes', async () => {
    const shaky = (seconds: number): number =>
      2.5 * Math.sin(5.1 * seconds) + 1.5 * Math.sin(11.7 * seconds + 1);
    expect(Math.abs(sure(await watch(swinging(12, shaky))) - 7)).toBeLessThanOrEqual(1);
  });

  it('counts them beside others that pass', async () => {
    const starts = [0.2, 1.1, 1.5, 3.1, 4.6, 5.1, 7.2];
    const frames = swinging(12, () => 0).map(({ timestampSeconds: seconds }): Frame => {
      const phase = Math.min(7, Math.max(0, seconds - 1));
      const x = 40 + 40 * (0.5 - 0.5 * Math.cos(2 * Math.PI * phase));
      const passing = starts.map((start) => [140 * (seconds - start) - 12, 78] as const);
      return picture(seconds, 0, [x, 20], ...passing);
    });
    expect(sure(await watch(frames))).toBe(7);
  });

  it('counts nothing where several things pass, each in its own way', async () => {
    // When each comes, how fast, and how low.
    const others = [
      [0.2, 90, 75],
      [1.1, -150, 82],
      [2.5, 60, 78],
      [4.6, 200, 70],
      [5.1, -110, 84],
      [7.2, 75, 74],
    ] as const;
    const frames = Array.from({ length: 108 }, (_, at): Frame => {
      const discs = others.map(
        ([start, speed, row]) =>
          [(speed > 0 ? -12 : 140) + speed * (at / 12 - start), row] as const,
      );
      return picture(at / 12, 0, ...discs);
    });
    expect(sure(await watch(frames))).toBe(0);
  });

  const times = Array.from({ length: 60 }, (_, at) => at / 12);
  it('counts what falls and comes back up once as one, not as the rests before and after it', async () => {
    const height = (time: number): number => 20 + 55 * Math.max(0, 1 - (2 * (time - 2.2)) ** 2);
    const proposals = await watch(times.map((time) => picture(time, 0, [64, height(time)])));
    const [best, ...others] = [...proposals].sort((a, b) => b.confidence - a.confidence);
    expect(best!.confidence).toBeGreaterThan(0.3);
    expect(best!.startSeconds).toBeGreaterThan(1.2);
    expect(best!.endSeconds).toBeLessThan(3.2);
    for (const other of others) expect(other.confidence).toBeLessThan(0.5 * best!.confidence);
    expect(best!.classScores[config.labels.indexOf('bounce')]).toBeGreaterThan(
      best!.classScores[config.labels.indexOf('spin')]!,
    );
  });

  it('tells what goes round and round from what swings', async () => {
    const around = times.map((time) =>
      picture(time, 0, [64 + 25 * Math.cos(6 * time), 48 + 25 * Math.sin(6 * time)]),
    );
    const [first] = (await watch(around)).filter(({ confidence }) => confidence >= 0.3);
    const score = (label: string): number => first!.classScores[config.labels.indexOf(label)]!;
    expect(score('spin')).toBeGreaterThan(score('swing'));
    expect(score('spin')).toBeGreaterThan(score('bounce'));
  });

  it.each([
    ['a still wall', (time: number) => picture(time, 0)],
    ['a camera that pans', (time: number) => picture(time, 3 * time)],
    ['a thing that passes', (time: number) => picture(time, 0, [24 * time, 50])],
  ])('counts nothing for %s', async (_, frameAt) => {
    expect(sure(await watch(times.map(frameAt)))).toBe(0);
  });

  it('counts nothing in a picture or in no frames', async () => {
    expect(await watch([])).toEqual([]);
    expect(await watch([picture(0, 0)])).toEqual([]);
  });
});

describe('the frames to look at', () => {
  it('are dense, every one of a slow clip, and never more than the most', () => {
    const { sampling } = config;
    expect(motionFrameTimes(info(10, 30), sampling)).toHaveLength(10 * sampling.framesPerSecond);
    expect(motionFrameTimes(info(13, 5), sampling)).toHaveLength(65);
    expect(motionFrameTimes(info(3600, 30), sampling)).toHaveLength(sampling.maxFrames);
    const within = motionFrameTimes(info(10, 30), sampling, [4, 6]);
    expect(within[0]).toBeGreaterThan(4);
    expect(within.at(-1)).toBeLessThan(6);
    expect(motionFrameTimes({ ...info(10, 30), video: null }, sampling)).toEqual([]);
    expect(motionFrameTimes(info(0, 0), sampling)).toEqual([]);
  });
});

describe('the camera', () => {
  const grey = (shiftX: number, shiftY: number): Grey => ({
    width: 64,
    height: 48,
    data: Float32Array.from({ length: 64 * 48 }, (_, at) =>
      texture(2 * (at % 64) + shiftX, 2 * Math.floor(at / 64) + shiftY),
    ),
  });

  it('is followed to a fraction of a pixel', () => {
    // What is seen moves against the camera.
    const step = cameraStep(grey(0, 0), grey(5, -3), config.field);
    expect(step.x).toBeCloseTo(-2.5, 1);
    expect(step.y).toBeCloseTo(1.5, 1);
  });

  it('stands still while a large thing passes', () => {
    const before = grey(0, 0);
    const after = grey(0, 0);
    for (let y = 10; y < 38; y++)
      for (let x = 20; x < 44; x++) after.data[y * 64 + x] = 30 + 5 * (x % 7);
    expect(cameraStep(before, after, config.field)).toEqual({ x: 0, y: 0, zoom: 0, turn: 0 });
  });
});

describe('joints', () => {
  it('are those of the tfjs original', async () => {
    const golden = JSON.parse(readFileSync(new URL('golden.json', tools), 'utf8')) as {
      joints: number[];
    };
    const file = new URL('../../served/nano/pose.onnx', tools).pathname;
    const session = await InferenceSession.create(file, { intraOpNumThreads: 1 });
    const output = await session.run({
      image: new OrtTensor('float32', fixedPlanes(), [1, 3, SIDE, SIDE]),
    });
    const heads = Object.fromEntries(
      Object.entries(output).map(([name, { dims, data }]) => [
        name,
        { dims, data: data as Float32Array },
      ]),
    );
    const joints = pickJoints(heads, 48);
    for (let at = 0; at < 17; at++) {
      // The original: y, x, score.
      expect(joints[3 * at]).toBeCloseTo(golden.joints[3 * at + 1]!, 3);
      expect(joints[3 * at + 1]).toBeCloseTo(golden.joints[3 * at]!, 3);
      expect(joints[3 * at + 2]).toBeCloseTo(golden.joints[3 * at + 2]!, 3);
    }
    await session.release();
  });

  it('are looked for around the hips, or everywhere while the trunk is hidden', () => {
    const frame = { width: 256, height: 144 };
    const joints = new Float32Array(51);
    for (let at = 5; at < 17; at++)
      joints.set([120 + (at % 2) * 10, 40 + 5 * (at >> 1), 0.8], 3 * at);
    const crop = cropAround(joints, frame, config.pose);
    expect(crop.left).toBeLessThan(120);
    expect(crop.left + crop.side).toBeGreaterThan(130);
    expect(crop.side).toBeLessThan(256);
    joints[3 * 11 + 2] = joints[3 * 12 + 2] = 0.1;
    expect(cropAround(joints, frame, config.pose)).toEqual(wholeFrame(frame));
  });

  it('keep their sides when the model mixes them up', () => {
    const pose = (swap: boolean): { joints: Float32Array } => {
      const joints = new Float32Array(51);
      for (let at = 0; at < 17; at++)
        joints.set([(at % 2 === 1) === swap ? 100 : 150, 10 * (at >> 1), 0.7], 3 * at);
      return { joints };
    };
    const kept = unswapped([pose(false), pose(true), pose(false)]);
    for (const joints of kept) expect(joints[3 * 9]).toBe(kept[0]![3 * 9]);
  });
});

/** The fixed picture as the graph's input: planes of −1…1. */
function fixedPlanes(): Float32Array {
  const bytes = fixedPicture();
  const plane = SIDE * SIDE;
  return Float32Array.from(
    bytes,
    (_, at) => bytes[(at % plane) * 3 + Math.floor(at / plane)]! / 127.5 - 1,
  );
}
