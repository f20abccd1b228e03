import { describe, expect, it } from 'vitest';
import { framePatches } from '../../src/tensors/patches';
import { floats, golden, picture, sha256, sizing, worst } from './preprocess-golden';

describe('patches', () => {
  it.each(golden.patches.map((one) => [`${one.width}x${one.height}`, one.variant, one] as const))(
    'of %s for %s are those of the reference',
    (_, __, one) => {
      const ours = framePatches(picture(one.width, one.height, 2), sizing, one.variant);
      expect([ours.rows, ours.columns]).toEqual([one.h, one.w]);
      const theirs = floats(one.values);
      one.rows.forEach((row, i) => {
        const patch = ours.values.subarray(row * 768, (row + 1) * 768);
        expect(worst(patch, theirs.subarray(i * 768, (i + 1) * 768))).toBe(0);
      });
      expect(sha256(ours.values)).toBe(one.sha256);
    },
  );

  it('centres a padded picture on grey, the odd pixel to the right and below', () => {
    const white = new Uint8ClampedArray(427 * 241 * 4).fill(255);
    const { values, columns } = framePatches({ width: 427, height: 241, data: white }, sizing);
    const at = (x: number, y: number): number =>
      values[
        ((y >> 4) * columns + (x >> 4)) * 768 + 256 + (y & 15) * 16 + (x & 15) // green
      ]!;
    const grey = Math.fround(Math.fround(127 / 255) - 0.5) / 0.5;
    expect(columns).toBe(28);
    expect([at(9, 7), at(10, 6), at(10, 7)]).toEqual([grey, grey, 1]);
    expect([at(436, 247), at(437, 247), at(436, 248)]).toEqual([1, grey, grey]);
  });
});
