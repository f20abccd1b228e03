import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/media/media';
import { letterbox, toDisplayed } from '../../src/tensors/letterbox';

const RAW = { channels: [0, 1, 2], mean: [0, 0, 0], std: [1, 1, 1] } as const;

function picture(width: number, height: number, paint: (x: number, y: number) => number[]): Frame {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set([...paint(x, y), 255], (y * width + x) * 4);
  return { timestampSeconds: 0, width, height, data };
}

describe('letterbox', () => {
  it('centres a wide picture and leaves black bars', () => {
    const frame = picture(8, 4, () => [10, 20, 30]);
    const { tensor, ...place } = letterbox(frame, { ...RAW, side: 8 });
    expect(tensor.dims).toEqual([1, 3, 8, 8]);
    expect(place).toEqual({ left: 0, top: 2, width: 8, height: 4 });
    const green = [...(tensor.data as Float32Array)].slice(64, 128);
    expect(green.slice(0, 16)).toEqual(new Array(16).fill(0));
    expect(green.slice(16, 48)).toEqual(new Array(32).fill(20));
    expect(green.slice(48)).toEqual(new Array(16).fill(0));
  });

  it('orders the planes as told and normalises each, bars included', () => {
    const frame = picture(2, 1, () => [10, 20, 30]);
    const { tensor } = letterbox(frame, {
      side: 2,
      channels: [2, 1, 0],
      mean: [1, 2, 3],
      std: [2, 4, 8],
    });
    const values = [...(tensor.data as Float32Array)];
    expect(values).toEqual([
      ...[29 / 2, 29 / 2, -1 / 2, -1 / 2],
      ...[18 / 4, 18 / 4, -2 / 4, -2 / 4],
      ...[7 / 8, 7 / 8, -3 / 8, -3 / 8],
    ]);
  });

  it('averages when shrinking, keeping the mean of a checkerboard', () => {
    const frame = picture(64, 64, (x, y) => ((x + y) % 2 ? [200, 0, 0] : [0, 0, 0]));
    const { tensor } = letterbox(frame, { ...RAW, side: 8 });
    for (const value of (tensor.data as Float32Array).subarray(0, 64)) {
      expect(value).toBeCloseTo(100, 0);
    }
  });

  it('enlarges a ramp without shifting it', () => {
    const frame = picture(4, 4, (x) => [x * 40, 0, 0]);
    const { tensor } = letterbox(frame, { ...RAW, side: 8 });
    const row = [...(tensor.data as Float32Array).subarray(0, 8)];
    // Half-pixel centres: target x reads source (x + 0.5) / 2 − 0.5, held at the ends.
    expect(row.map(Math.round)).toEqual([0, 10, 30, 50, 70, 90, 110, 120]);
  });

  it.each([
    [720, 1280, 234, 416],
    [1280, 720, 416, 234],
    [300, 100, 300, 100],
    [33, 900, 15, 416],
  ])('maps boxes of a %d×%d picture back, delivered as %d×%d', (fullWidth, fullHeight, w, h) => {
    const displayed = { width: fullWidth, height: fullHeight };
    const { tensor, ...place } = letterbox(
      picture(w, h, () => [0, 0, 0]),
      { ...RAW, side: 416 },
    );
    expect(tensor.data.length).toBe(3 * 416 * 416);
    const { left, top, width, height } = place;
    const whole = toDisplayed([left, top, left + width, top + height], place, displayed);
    expect(whole).toEqual([0, 0, fullWidth, fullHeight]);
    const quarter = toDisplayed([left, top, left + width / 2, top + height / 4], place, displayed);
    expect(quarter[2]).toBeCloseTo(fullWidth / 2, 6);
    expect(quarter[3]).toBeCloseTo(fullHeight / 4, 6);
    // Boxes that reach into the bars end at the picture's edge.
    expect(toDisplayed([-9, -9, 999, 999], place, displayed)).toEqual([
      0,
      0,
      fullWidth,
      fullHeight,
    ]);
  });
});
