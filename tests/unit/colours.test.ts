import { describe, expect, it } from 'vitest';
import type { Box } from '../../src/clues/clue';
import { COLOUR_NAMES, coloursOf, lightOf, type Light } from '../../src/families/nano/colours';
import type { Frame } from '../../src/media/media';
import config from '../../models/tools/objects/config.json';

type Colour = readonly [number, number, number];
const [WIDTH, HEIGHT] = [120, 90];
const BOX: Box = [40, 25, 80, 65];
/** What is around in most pictures: something bright, something dark, something of every hue. */
const SURROUNDINGS: Colour[] = [
  [225, 225, 222],
  [120, 120, 118],
  [60, 62, 60],
  [150, 140, 120],
  [110, 130, 150],
];

/** A thing of one colour on a patchwork, in a light: factors on linear RGB. */
function picture(colour: Colour, light: Light = [1, 1, 1], windows = 0): Frame {
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  let state = 5;
  const noise = () => ((state = (state * 48271) % 2147483647) / 2147483647 - 0.5) * 14;
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const isThing = x >= BOX[0] + 3 && x < BOX[2] - 3 && y >= BOX[1] + 3 && y < BOX[3] - 3;
      const isWindow = isThing && y < BOX[1] + 3 + 34 * windows;
      const patch = SURROUNDINGS[(Math.floor(x / 24) + 2 * Math.floor(y / 18)) % 5] as Colour;
      const shown = isWindow ? ([28, 30, 34] as const) : isThing ? colour : patch;
      const lit = shown.map(
        (value, channel) => 255 * ((value / 255) ** 2.2 * (light[channel] ?? 1)) ** (1 / 2.2),
      );
      data.set([...lit.map((value) => value + noise()), 255], (y * WIDTH + x) * 4);
    }
  return { timestampSeconds: 0, width: WIDTH, height: HEIGHT, data };
}

function nameOf(frame: Frame): string {
  const shares = coloursOf(frame, BOX, lightOf(frame));
  return COLOUR_NAMES[shares.indexOf(Math.max(...shares))] ?? '';
}

const THINGS: [string, Colour][] = [
  ['black', [22, 22, 24]],
  ['white', [240, 240, 238]],
  ['grey', [128, 130, 128]],
  ['red', [200, 25, 30]],
  ['orange', [245, 135, 20]],
  ['yellow', [250, 225, 30]],
  ['green', [30, 140, 50]],
  ['blue', [30, 60, 190]],
  ['purple', [120, 40, 160]],
  ['pink', [250, 160, 190]],
  ['brown', [110, 65, 30]],
];

describe('coloursOf', () => {
  it('knows the colours that the tower names, in their order', () => {
    expect([...COLOUR_NAMES]).toEqual(config.colours);
  });

  it.each(THINGS)('calls a %s thing so', (name, colour) => {
    const frame = picture(colour);
    expect(nameOf(frame)).toBe(name);
    const shares = coloursOf(frame, BOX, lightOf(frame));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
  });

  const LIGHTS: [string, Light][] = [
    ['warm', [1.15, 1, 0.75]],
    ['cool', [0.8, 1, 1.2]],
    ['greenish', [0.85, 1.1, 0.9]],
    ['dim', [0.55, 0.55, 0.55]],
  ];
  it.each(LIGHTS)('keeps the names in %s light', (_, light) => {
    for (const [name, colour] of THINGS) expect(nameOf(picture(colour, light)), name).toBe(name);
  });

  it('takes the paint of a car for its colour, not the glass', () => {
    for (const [name, colour] of THINGS.filter(([name]) => name !== 'black'))
      expect(nameOf(picture(colour, [1, 1, 1], 0.4)), name).toBe(name);
  });

  it('says nothing of the background that the box takes in', () => {
    const frame = picture([200, 25, 30]);
    const shares = coloursOf(frame, [30, 20, 90, 70], lightOf(frame));
    expect(shares[COLOUR_NAMES.indexOf('red')]).toBeGreaterThan(0.6);
  });
});

describe('lightOf', () => {
  it('does not take a lawn for green light', () => {
    const frame = picture([240, 240, 238]);
    for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
      const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
      if (x < 38 || x > 82 || y < 20 || y > 70) frame.data.set([70, 130, 50], pixel * 4);
    }
    expect(nameOf(frame)).toBe('white');
  });
});
