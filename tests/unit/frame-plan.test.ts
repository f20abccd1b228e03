import { describe, expect, test } from 'vitest';
import {
  frameSize,
  leastSnapSpacing,
  pictureFor,
  planChunk,
  planSteps,
  type Snap,
} from '../../src/media/frame-plan';
import { keyframeSpacing, lastEnd, parsePackets, type Packet } from '../../src/media/packets';

function evenly(count: number, step: number, start = 0): number[] {
  return Array.from({ length: count }, (_, i) => start + i * step);
}

/** Pictures `step` apart, a keyframe every `every` pictures. */
function packets(count: number, step: number, every: number, start = 0): Packet[] {
  return evenly(count, step, start).map((ptsSeconds, i) => ({
    stream: 0,
    ptsSeconds,
    durationSeconds: step,
    key: i % every === 0,
  }));
}

describe('planSteps', () => {
  test('decodes close times as one stretch', () => {
    expect(planSteps([0, 0.5, 1, 1.5], 10, 1)).toEqual([
      { kind: 'exact', timesSeconds: [0, 0.5, 1, 1.5] },
    ]);
  });

  test('decodes a single time exactly', () => {
    expect(planSteps([7], 2, 1)).toEqual([{ kind: 'exact', timesSeconds: [7] }]);
    expect(planSteps([], 2, 1)).toEqual([]);
  });

  test('snaps far times to the keyframe nearest to each', () => {
    expect(planSteps([10, 30, 50], 4, 1)[1]).toEqual({
      kind: 'snap',
      timeSeconds: 30,
      fromSeconds: 28,
      upToSeconds: 32,
      windowSeconds: [20, 40],
    });
  });

  test('snap windows never overlap, so no picture can serve two times', () => {
    const snaps = planSteps([0, 3, 10, 12, 40], 3, 1) as Snap[];
    expect(snaps.every((step) => step.kind === 'snap')).toBe(true);
    snaps.slice(1).forEach((snap, i) => {
      expect(snap.windowSeconds[0]).toBeGreaterThanOrEqual(snaps[i]?.windowSeconds[1] ?? 0);
    });
  });

  test('divides clusters that lie far apart', () => {
    expect(planSteps([1, 1.2, 60, 90, 90.2, 90.4], 4, 1).map((step) => step.kind)).toEqual([
      'exact',
      'snap',
      'exact',
    ]);
    expect(planSteps([1, 1.2, 90, 90.2], 4, 1)).toEqual([
      { kind: 'exact', timesSeconds: [1, 1.2] },
      { kind: 'exact', timesSeconds: [90, 90.2] },
    ]);
  });

  test('does not snap where keyframes are rare', () => {
    expect(planSteps(evenly(5, 4), 60, 1)).toHaveLength(1);
    expect(planSteps(evenly(5, 4), Infinity, 1)).toHaveLength(1);
    expect(planSteps(evenly(5, 4), 8, 1)).toHaveLength(5);
  });

  test('never snaps where the pictures shown are asked for, and divides them all the same', () => {
    expect(planSteps([10, 30, 30.2, 50], 4, 1, { pick: 'shown' })).toEqual([
      { kind: 'exact', timesSeconds: [10] },
      { kind: 'exact', timesSeconds: [30, 30.2] },
      { kind: 'exact', timesSeconds: [50] },
    ]);
  });

  test('keeps the windows of snaps inside a range', () => {
    const snaps = planSteps([10, 30, 50], 4, 1, { withinSeconds: [9, 51] }) as Snap[];
    expect(snaps.map((step) => step.kind)).toEqual(['snap', 'snap', 'snap']);
    expect([snaps[0]?.fromSeconds, snaps[2]?.upToSeconds]).toEqual([9, 51]);
    expect(snaps[0]?.windowSeconds[0]).toBeCloseTo(9, 5);
    expect(snaps[2]?.windowSeconds[1]).toBeLessThan(51);
  });
});

describe('pictureFor', () => {
  const pts = [1.5, 1.54, 1.58, 2.5, 2.54];

  test('shown: the one that has begun, whatever the neighbour is', () => {
    const at = (time: number): number => pictureFor(pts, time, { pick: 'shown' });
    expect([1.5, 1.539, 1.54, 1.579, 2.49, 2.5, 9].map(at)).toEqual([0, 0, 1, 1, 2, 3, 4]);
    expect(at(0)).toBe(0);
    // A time that was rounded as ffprobe rounds.
    expect(pictureFor([0, 0.033367, 0.066733], 1 / 29.97, { pick: 'shown' })).toBe(1);
  });

  test('nearest inside a range', () => {
    const at = (time: number, from: number, to: number): number =>
      pictureFor(pts, time, { withinSeconds: [from, to] });
    expect(at(1.52, 1.53, 9)).toBe(1);
    expect(at(2.5, 1.5, 2.5)).toBe(2);
    expect(at(1.6, 1.5, 2.5)).toBe(2);
    expect(at(2.4, 1.5, 9)).toBe(3);
    // Nothing begins inside: what is shown there.
    expect(at(2, 1.8, 2.2)).toBe(2);
  });
});

test('snapping pays off earlier for large pictures and high rates', () => {
  expect(leastSnapSpacing(30, 1920 * 1080)).toBeLessThan(0.6);
  expect(leastSnapSpacing(25, 640 * 360)).toBeGreaterThan(1);
  expect(leastSnapSpacing(0, 640 * 360)).toBe(1);
});

describe('planChunk', () => {
  test('chooses the nearest pictures, each once', () => {
    const chunk = planChunk([0.04, 0.06, 0.12, 9], packets(10, 0.1, 5), 32, 10);
    expect(chunk.count).toBe(4);
    expect(chunk.fromSeconds).toBe(0);
    // The thresholds lie between the chosen picture and the one before it.
    const chosen = [0, 0.1, 0.9];
    expect(chunk.thresholdsSeconds).toHaveLength(3);
    chunk.thresholdsSeconds.forEach((threshold, i) => {
      expect(threshold).toBeLessThan(chosen[i] ?? 0);
      expect(threshold).toBeGreaterThan((chosen[i] ?? 0) - 0.1);
    });
  });

  test('chooses the nearest in a hole of a variable rate', () => {
    const list = [0, 0.1, 1.1].map((ptsSeconds) => ({
      stream: 0,
      ptsSeconds,
      durationSeconds: 0,
      key: ptsSeconds === 0,
    }));
    expect(planChunk([0.5], list, 8, 10).fromSeconds).toBe(0.1);
    expect(planChunk([0.7], list, 8, 10).fromSeconds).toBe(1.1);
  });

  test('names the keyframe that the first picture needs', () => {
    expect(planChunk([1.3], packets(30, 0.1, 10), 8, 10).keySeconds).toBeCloseTo(1);
  });

  test('ends a run where the next one starts at a keyframe', () => {
    // Keyframes at 0, 1, 2 …; at most 8 times of 0.2 s: after 5 the next is at 1.0.
    expect(planChunk(evenly(20, 0.2), packets(60, 0.1, 10), 8, 10).count).toBe(5);
    expect(planChunk(evenly(6, 0.2), packets(60, 0.1, 10), 8, 10).count).toBe(6);
    expect(planChunk(evenly(20, 0.2), [], 8, 10).count).toBe(8);
  });

  test('without packets goes by the frame rate', () => {
    expect(planChunk([1, 2], [], 8, 10).thresholdsSeconds).toEqual([0.95, 1.95]);
    const shown = planChunk([1.05], [], 8, 10, { pick: 'shown' }).thresholdsSeconds;
    // From there on, pictures begin at 1.0, 1.1 …
    expect(shown[0]).toBeGreaterThan(0.95);
    expect(shown[0]).toBeLessThanOrEqual(1);
    const cut = planChunk([1], [], 8, 10, { withinSeconds: [0.98, 5] }).thresholdsSeconds;
    expect(cut[0]).toBeCloseTo(0.98, 5);
  });
});

describe('packets', () => {
  test('are read with their times, decoding time standing in', () => {
    const list = [
      { stream_index: 1, pts_time: '0.040000', duration_time: '0.040000', flags: 'K_' },
      { stream_index: 1, dts_time: '0.080000', flags: '__' },
      { stream_index: 1, flags: 'K_' },
      { stream_index: 1, pts_time: '-0.040000', flags: 'KD' },
    ];
    expect(parsePackets(list)).toEqual([
      { stream: 1, ptsSeconds: 0.04, durationSeconds: 0.04, key: true },
      { stream: 1, ptsSeconds: 0.08, durationSeconds: 0, key: false },
    ]);
    expect(lastEnd(parsePackets(list))).toBeCloseTo(0.08);
  });

  test('tell the keyframe spacing', () => {
    expect(keyframeSpacing(packets(50, 0.1, 10), false)).toBeCloseTo(1);
    expect(keyframeSpacing(packets(50, 0.1, 100), false)).toBeCloseTo(4.9);
    expect(keyframeSpacing(packets(50, 0.1, 100), true)).toBe(Infinity);
  });
});

test('frameSize keeps the ratio and never scales up', () => {
  expect(frameSize({ width: 1920, height: 1080 }, 640)).toEqual({ width: 640, height: 360 });
  expect(frameSize({ width: 1080, height: 1920 }, 640)).toEqual({ width: 360, height: 640 });
  expect(frameSize({ width: 101, height: 77 }, 640)).toEqual({ width: 101, height: 77 });
  expect(frameSize({ width: 4000, height: 2 }, 100)).toEqual({ width: 100, height: 1 });
});
