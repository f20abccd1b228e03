import { describe, expect, it } from 'vitest';
import { cutCycles } from '../../src/families/nano/motion/segments';
import { clockOf, fillGaps, principal, resample } from '../../src/families/nano/motion/series';
import { findTurns, steady } from '../../src/families/nano/motion/turns';

const wave = (steps: number, period: number): Float32Array =>
  Float32Array.from(
    { length: steps },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / period),
  );

describe('turning points', () => {
  it('are found once each, the ends open', () => {
    const turns = findTurns(wave(101, 20), 0.4);
    expect(turns.filter(({ sign }) => sign === 1).map(({ step }) => step)).toEqual([
      10, 30, 50, 70, 90,
    ]);
    expect(turns.filter(({ open }) => open).map(({ step }) => step)).toEqual([0, 100]);
  });

  it('skip what is smaller than asked', () => {
    const values = wave(101, 20).map((value, at) => value + 0.1 * Math.sin(at * 2));
    expect(findTurns(values, 0.4).filter(({ sign }) => sign === 1)).toHaveLength(5);
    expect(findTurns(values, 0.05).filter(({ sign }) => sign === 1).length).toBeGreaterThan(5);
  });

  it('are none on a level line', () => {
    expect(findTurns(new Float32Array(40), 0.1)).toEqual([]);
  });

  it('survive a slope when what is slow is taken off', () => {
    const sloping = wave(161, 20).map((value, at) => value + 0.05 * at);
    const clock = { startSeconds: 0, stepSeconds: 0.1, steps: 161 };
    const level = steady(sloping, clock, 4);
    expect(findTurns(level, 0.4).filter(({ sign, open }) => sign === 1 && !open)).toHaveLength(8);
  });
});

describe('cycles', () => {
  it('begin where the signal leaves its rest and end where it is back', () => {
    const values = new Float32Array(100);
    for (const middle of [20, 60])
      for (let at = -10; at <= 10; at++)
        values[middle + at] = 0.5 + 0.5 * Math.cos((Math.PI * at) / 10);
    const clock = { startSeconds: 1, stepSeconds: 0.1, steps: 100 };
    const marks = [20, 60].map((step) => ({ seconds: 1 + 0.1 * step, height: 1 }));
    const [first, second] = cutCycles({ values, clock, marks, sign: 1 }, 0.15);
    expect(first!.startSeconds).toBeCloseTo(2.2, 1);
    expect(first!.endSeconds).toBeCloseTo(3.8, 1);
    expect(second!.startSeconds).toBeCloseTo(6.2, 1);
    expect(second!.excursion).toBeCloseTo(1, 5);
  });

  it('are cut off by the end of the clip', () => {
    const values = wave(56, 20);
    const clock = { startSeconds: 0, stepSeconds: 0.1, steps: 56 };
    const marks = [10, 30, 50].map((step) => ({ seconds: 0.1 * step, height: 1 }));
    expect(cutCycles({ values, clock, marks, sign: 1 }, 0.15).at(-1)!.endSeconds).toBeCloseTo(
      5.5,
      5,
    );
  });
});

describe('series', () => {
  it('puts uneven moments on an even clock', () => {
    const times = [0, 0.1, 0.2, 0.31, 0.4];
    const clock = clockOf(times);
    expect(clock.steps).toBe(5);
    expect(resample(times, [0, 1, 2, 3.1, 4], clock)[3]).toBeCloseTo(3, 5);
  });

  it('fills gaps in straight lines and holds the ends', () => {
    expect([...fillGaps(Float32Array.of(NaN, 1, NaN, NaN, 4, NaN))]).toEqual([1, 1, 2, 3, 4, 4]);
    expect([...fillGaps(Float32Array.of(NaN, NaN))]).toEqual([0, 0]);
  });

  it('finds the direction of the repeated movement beneath a larger drift', () => {
    const rows = Array.from({ length: 120 }, (_, at) =>
      Float32Array.of(Math.sin(at / 2), 0.05 * at, 0.2 * Math.sin(at / 2)),
    );
    const [first] = principal(rows, 1, 2);
    expect(Math.abs(first!.loading[0]!)).toBeGreaterThan(0.95);
    expect(Math.abs(first!.loading[1]!)).toBeLessThan(0.2);
  });
});
