import { expect, it } from 'vitest';
import { exposureGain } from '../../src/families/nano/exposure';
import type { Frame } from '../../src/media/media';

const config = { brightShare: 0.02, bright: 235, mostGain: 2.2 };

/** Grey from `darkest` to `brightest`, evenly. */
function ramp(darkest: number, brightest: number, lamps = 0): Frame {
  const [width, height] = [100, 50];
  const data = new Uint8ClampedArray(4 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const grey = darkest + ((brightest - darkest) * pixel) / (width * height - 1);
    data.fill(pixel < lamps ? 255 : grey, 4 * pixel, 4 * pixel + 3);
  }
  return { timestampSeconds: 0, width, height, data };
}

it.each([
  ['a well-lit picture stays as it is', ramp(0, 255), 1],
  ['an over-exposed one, too', ramp(200, 255), 1],
  ['a dim one is raised to the same brightness', ramp(0, 150), 235 / 147],
  ['a few lamps in the dark change nothing', ramp(0, 150, 50), 235 / 148.5],
  ['at night it is still night', ramp(0, 30), 2.2],
  ['black is black', ramp(0, 0), 2.2],
])('%s', (_, frame, expected) => {
  expect(exposureGain(frame, config)).toBeCloseTo(expected, 1);
});
