import { describe, expect, it } from 'vitest';
import { linspaceIndices, releasedIndices, segmentIndices } from '../../src/tensors/frame-indices';
import { golden } from './preprocess-golden';

describe('frame-indices', () => {
  it('samples 64 frames as numpy does', () => {
    expect(Object.keys(golden.linspace).length).toBe(10);
    for (const [total, indices] of Object.entries(golden.linspace))
      expect(linspaceIndices(Number(total), 64)).toEqual(indices);
    expect(linspaceIndices(300, 64).slice(0, 8)).toEqual([0, 4, 9, 14, 18, 23, 28, 33]);
    expect(linspaceIndices(300, 64).at(-1)).toBe(299);
    expect(linspaceIndices(300, 1)).toEqual([0]);
  });

  it.each([
    [64, 64],
    [100, 41],
    [128, 32],
    [150, 28],
    [240, 17],
    [250, 17],
    [300, 14],
    [600, 7],
    [900, 5],
    [1800, 3],
    [3600, 2],
    [4033, 1],
    [100_000, 1],
  ])('of %d frames keeps %d as released', (total, kept) => {
    const released = releasedIndices(total, 64);
    expect(released.length).toBe(kept);
    expect(released[0]).toBe(0);
  });

  it('keeps frames by their place in the list, as released', () => {
    // Of 0, 4, 9, 14, … the places 0, 4, 9, 14, … hold frames 0, 18, 42, 66, …
    expect(releasedIndices(300, 64).slice(0, 4)).toEqual([0, 18, 42, 66]);
  });

  it('samples the middles of stretches as the benchmark does', () => {
    expect(segmentIndices(1000, 8)).toEqual([62, 187, 312, 437, 562, 686, 811, 936]);
    const many = segmentIndices(18_000, 50);
    expect(many.length).toBe(50);
    expect(many.slice(0, 4)).toEqual([179, 539, 899, 1259]);
    expect(many.at(-1)).toBe(17_818);
    // 2.5 rounds to 2, 7.5 to 8: halves go to the even number.
    expect(segmentIndices(11, 4)).toEqual([1, 3, 6, 9]);
    // Fewer frames than stretches: 0.45 rounds down, 0.9 up.
    expect(segmentIndices(10, 20).slice(0, 4)).toEqual([0, 0, 1, 1]);
  });
});
