import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MotionConfig } from '../../src/families/nano/motion/motion-config';
import { Recording } from '../../src/families/nano/motion/recording';
import { fullTurns, rotationOf } from '../../src/families/nano/motion/rotation';
import { findCycles } from '../../src/families/nano/motion/watch';
import type { Frame } from '../../src/media/media';

const path = `${import.meta.dirname}/../../models/tools/motion/config.json`;
const config = JSON.parse(readFileSync(path, 'utf8')) as MotionConfig;
const [width, height, fps] = [256, 192, 15];
const centre = { x: 150, y: 90, radius: 50 };

/** A wheel of like spokes, one of them darker, turned by an angle, over a chequered wall. */
function wheel(seconds: number, angle: number, spokes = 5): Frame {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - centre.x, y - centre.y];
      const far = Math.hypot(dx, dy);
      const at = (Math.atan2(dy, dx) - angle + 8 * Math.PI) % (2 * Math.PI);
      const share = ((at / (2 * Math.PI)) * spokes) % 1;
      const isFirst = at < (2 * Math.PI) / spokes;
      let grey = ((x >> 4) + (y >> 4)) % 2 === 0 ? 120 : 160;
      if (far < centre.radius) grey = share < 0.4 ? (isFirst ? 20 : 80) : 220;
      data.fill(grey, 4 * (y * width + x), 4 * (y * width + x) + 3);
    }
  return { timestampSeconds: seconds, width, height, data };
}

function record(seconds: number, angleAt: (seconds: number) => number, spokes = 5): Recording {
  const recording = new Recording(config);
  for (let step = 0; step < seconds * fps; step++)
    recording.add(wheel(step / fps, angleAt(step / fps), spokes), null);
  return recording;
}

const round = 2 * Math.PI;
const cyclesOf = (recording: Recording) => findCycles(recording, config, { width, height });

describe('a wheel', () => {
  it('is counted by its full turns, not by its spokes', () => {
    const recording = record(5, (seconds) => round * 0.8 * seconds);
    const rotation = rotationOf(recording, config.rotation)!;
    expect(rotation.angles.at(-1)! / round).toBeCloseTo(0.8 * (5 - 1 / fps), 1);
    const cycles = cyclesOf(recording);
    expect(cycles).toHaveLength(4);
    const spin = config.labels.indexOf('spin');
    for (const [at, cycle] of cycles.entries()) {
      expect(cycle.startSeconds).toBeCloseTo(at / 0.8, 0);
      expect(Math.max(...cycle.classScores.slice(0, -1))).toBe(cycle.classScores[spin]);
      expect(cycle.box[0]).toBeLessThan(centre.x);
      expect(cycle.box[2]).toBeGreaterThan(centre.x);
    }
  });

  it('may turn the other way, and rest between its turns', () => {
    // A turn a second, then half a second of rest.
    const angleAt = (seconds: number) =>
      -round * (Math.floor(seconds / 1.5) + Math.min(1, seconds % 1.5));
    const recording = record(4.6, angleAt);
    const rotation = rotationOf(recording, config.rotation)!;
    expect(rotation.angles.at(-1)).toBeLessThan(-5.5 * Math.PI);
    const turns = fullTurns(rotation, config.rotation);
    expect(turns).toHaveLength(3);
    expect(turns[1]!.startSeconds - turns[0]!.endSeconds).toBeGreaterThan(0.35);
  });

  it('that rocks to and fro does not turn', () => {
    const rocking = record(4, (seconds) => 0.8 * Math.sin(round * seconds));
    expect(rotationOf(rocking, config.rotation)).toBeNull();
  });

  it('that stands still does not turn', () => {
    expect(
      rotationOf(
        record(3, () => 1),
        config.rotation,
      ),
    ).toBeNull();
  });
});

it('a turn of which less than a fifth is missing is one', () => {
  const times = Array.from({ length: 21 }, (_, at) => at / 10);
  const turned = (turns: number) => ({
    times,
    angles: Float32Array.from(times, (seconds) => (round * turns * seconds) / 2),
  });
  expect(fullTurns(turned(1.85), config.rotation)).toHaveLength(2);
  expect(fullTurns(turned(1.7), config.rotation)).toHaveLength(1);
  expect(fullTurns(turned(2.1), config.rotation)).toHaveLength(2);
});
