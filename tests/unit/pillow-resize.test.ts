import { describe, expect, it } from 'vitest';
import { resizeBicubic } from '../../src/tensors/pillow-resize';
import { byteValues, golden, picture, sha256, worst } from './preprocess-golden';

describe('pillow-resize', () => {
  it.each(golden.resized.map((one) => [one.source.join('x'), one.target.join('x'), one] as const))(
    'takes %s to %s as Pillow does, byte for byte',
    (_, __, { source, target, sha256: expected, pixels }) => {
      for (const channels of [3, 4] as const) {
        const ours = resizeBicubic(picture(...source, 1, channels), ...target);
        expect(ours.length).toBe(target[0] * target[1] * 3);
        if (pixels) expect(worst(ours, byteValues(pixels))).toBe(0);
        expect(sha256(ours)).toBe(expected);
      }
    },
  );

  it('stores some results whole and some as checksums', () => {
    expect(golden.resized.filter((one) => one.pixels).length).toBeGreaterThan(4);
    expect(golden.resized.filter((one) => !one.pixels).length).toBe(2);
  });

  it('leaves a picture of the right size as it is, without its alpha', () => {
    const source = picture(31, 17, 3);
    expect(resizeBicubic(source, 31, 17)).toEqual(Uint8Array.from(picture(31, 17, 3, 3).data));
  });
});
