import { describe, expect, it } from 'vitest';
import { fitFrame, patchGrid, tokensPerFrame } from '../../src/tensors/ola-frame';
import { golden, sizing } from './preprocess-golden';

describe('ola-frame', () => {
  // Source, input, patches (rows × columns), positions per frame; then the trainer's where it differs.
  it.each([
    ['1920x1080', '640x320', '20x40', 211],
    ['1280x720', '640x320', '20x40', 211],
    ['854x480', '640x320', '20x40', 211],
    ['720x1280', '320x640', '40x20', 221],
    ['1080x1920', '320x640', '40x20', 221],
    ['640x360', '640x384', '24x40', 253, '640x320', '20x40', 211],
    ['640x480', '512x384', '24x32', 205],
    ['480x360', '512x384', '24x32', 205, '448x320', '20x28', 151],
    ['480x480', '512x512', '32x32', 273, '448x448', '28x28', 211],
    ['426x240', '448x256', '16x28', 121, '384x192', '12x24', 79],
    ['320x240', '320x192', '12x20', 67],
    ['160x120', '320x192', '12x20', 67],
    ['1280x544', '704x256', '16x44', 185],
  ] as const)('%s becomes %s', (source, size, patches, tokens, ...trainer) => {
    const [width, height] = source.split('x').map(Number) as [number, number];
    const infer: readonly (string | number)[] = [size, patches, tokens];
    const expected = { infer, trainer: trainer.length > 0 ? trainer : infer };
    for (const variant of ['infer', 'trainer'] as const) {
      const fitted = fitFrame(width, height, sizing, variant);
      const grid = patchGrid(fitted, sizing.patch);
      expect([
        `${fitted.width}x${fitted.height}`,
        `${grid.rows}x${grid.columns}`,
        tokensPerFrame(grid),
      ]).toEqual(expected[variant]);
    }
  });

  it('agrees with the reference on many sizes', () => {
    expect(golden.fits.length).toBe(200);
    const seen = new Set<boolean>();
    for (const [width, height, infer, trainer] of golden.fits) {
      const ours = (['infer', 'trainer'] as const).map((variant) => {
        const fitted = fitFrame(width, height, sizing, variant);
        return [fitted.width, fitted.height, fitted.padded];
      });
      expect([width, height, ...ours]).toEqual([width, height, infer, trainer]);
      seen.add(infer[2]);
    }
    expect(seen.size).toBe(2);
  });

  it('leaves no picture without rows or columns', () => {
    expect(fitFrame(9000, 30, sizing, 'infer')).toEqual({
      width: 8256,
      height: 64,
      padded: false,
    });
    expect(fitFrame(40, 3000, sizing, 'trainer').width).toBe(64);
    expect(fitFrame(40, 3000, sizing, 'infer')).toEqual({ width: 64, height: 3008, padded: true });
    expect(fitFrame(1, 1, sizing, 'infer')).toEqual({ width: 256, height: 256, padded: false });
  });
});
