import type { Box } from '../../clues/clue';
import type { Frame } from '../../media/media';

/** The basic colour terms of English (Berlin and Kay), in the order of every colour score. */
export const COLOUR_NAMES = [
  ...['black', 'white', 'grey', 'red', 'orange', 'yellow'],
  ...['green', 'blue', 'purple', 'pink', 'brown'],
] as const;
const [BLACK, WHITE, GREY, RED, ORANGE, YELLOW, GREEN, BLUE, PURPLE, PINK, BROWN] = [
  ...COLOUR_NAMES.keys(),
] as [number, number, number, number, number, number, number, number, number, number, number];

const GRID = 32;
/** Width of the ring around the box that tells what the background is, in grid cells. */
const RING = 5;
/** Colours are compared with the background's in this many steps a channel. */
const STEPS = 8;
/** A colour that the background shares keeps at least this weight. */
const FLOOR = 0.15;
/** Below this chroma (CIELAB) a pixel is certainly without hue, above the other certainly with. */
const HUELESS = 11;
const HUED = 19;
/** Glass, tyres and shadows are on everything: what is dark says less, what has a hue says more. */
const DARK_WEIGHT = 0.5;
const HUED_WEIGHT = 1.6;

/** What the light does to the colours of a frame: factors that take it out again, linear RGB. */
export type Light = readonly [number, number, number];

/**
 * Estimates the light: its tint by shades of grey (Minkowski norm, Finlayson and Trezzi 2004), its
 * strength by the bright end of the luma. Both are held within limits, because a lawn is green and
 * a night is dark.
 */
export function lightOf(frame: Frame): Light {
  const power = 5;
  const sums = [0, 0, 0];
  const lumas: number[] = [];
  const pixels = frame.width * frame.height;
  const step = Math.max(1, Math.floor(pixels / 6000));
  for (let pixel = 0; pixel < pixels; pixel += step) {
    const [red, green, blue] = linearAt(frame.data, pixel * 4);
    // What is clipped has lost its tint.
    if (Math.max(red, green, blue) < 0.96) {
      sums[0]! += red ** power;
      sums[1]! += green ** power;
      sums[2]! += blue ** power;
    }
    lumas.push(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  }
  const norms = sums.map((sum) => (sum + 1e-9) ** (1 / power));
  const middle = Math.cbrt(norms[0]! * norms[1]! * norms[2]!);
  lumas.sort((a, b) => a - b);
  const bright = lumas[Math.floor(0.97 * (lumas.length - 1))] ?? 1;
  const exposure = between(0.8, 0.75 / Math.max(bright, 1e-3), 2);
  const gain = (norm: number) => exposure * between(0.6, middle / norm, 1.7);
  return [gain(norms[0]!), gain(norms[1]!), gain(norms[2]!)];
}

/**
 * The basic colours of what a box shows: the share of its own pixels in each. The middle weighs
 * more than the rim, and colours that also surround the box weigh less (they are background).
 * @param box in pixels of `frame` itself.
 * @returns one share 0…1 per name in `COLOUR_NAMES`, together 1 (0 for an empty box).
 */
export function coloursOf(frame: Frame, box: Box, light: Light): Float32Array {
  const inside = new Float32Array(STEPS ** 3);
  const around = new Float32Array(STEPS ** 3);
  const seen: { bin: number; weight: number; pixel: number }[] = [];
  const [width, height] = [Math.max(1, box[2] - box[0]), Math.max(1, box[3] - box[1])];
  for (let row = -RING; row < GRID + RING; row++) {
    const v = (row + 0.5) / GRID;
    const y = Math.floor(box[1] + v * height);
    if (y < 0 || y >= frame.height) continue;
    for (let column = -RING; column < GRID + RING; column++) {
      const u = (column + 0.5) / GRID;
      const x = Math.floor(box[0] + u * width);
      if (x < 0 || x >= frame.width) continue;
      const pixel = (y * frame.width + x) * 4;
      const bin = binAt(frame.data, pixel);
      if (Math.abs(u - 0.5) < 0.5 && Math.abs(v - 0.5) < 0.5) {
        const weight = Math.exp(-(((u - 0.5) / 0.25) ** 2 + ((v - 0.5) / 0.3) ** 2) / 2);
        inside[bin]! += weight;
        seen.push({ bin, weight, pixel });
      } else {
        around[bin]! += 1;
      }
    }
  }
  const insideTotal = sumOf(inside) || 1;
  const aroundTotal = sumOf(around) || 1;
  const shares = new Float32Array(COLOUR_NAMES.length);
  for (const { bin, weight, pixel } of seen) {
    const share = inside[bin]! / insideTotal;
    const own = FLOOR + (1 - FLOOR) * (share / (share + around[bin]! / aroundTotal));
    const [red, green, blue] = linearAt(frame.data, pixel);
    addName(shares, [red * light[0], green * light[1], blue * light[2]], weight * own);
  }
  const total = sumOf(shares) || 1;
  return shares.map((share) => share / total);
}

/** Adds one pixel, linear RGB 0…1 (or beyond), to the colours that it may be called. */
function addName(
  shares: Float32Array,
  [red, green, blue]: readonly [number, number, number],
  weight: number,
): void {
  const { lightness, chroma } = lab(red, green, blue);
  const hued = between(0, (chroma - HUELESS) / (HUED - HUELESS), 1);
  const toWhite = between(0, (lightness - 66) / 12, 1);
  const toBlack = between(0, (34 - lightness) / 12, 1);
  const plain = weight * (1 - hued) * (toBlack > 0 ? DARK_WEIGHT : 1);
  shares[WHITE]! += plain * toWhite;
  shares[BLACK]! += plain * toBlack;
  shares[GREY]! += plain * (1 - toWhite - toBlack);
  if (hued === 0) return;
  // Nearly black stays black, whatever its hue.
  if (lightness < 14) shares[BLACK]! += weight * hued * DARK_WEIGHT;
  else shares[hueName(hueOf(red, green, blue), lightness, chroma)]! += weight * hued * HUED_WEIGHT;
}

/**
 * The name of a colour with a hue. Borders are of HSV hue, whose blue and purple lie apart (those
 * of CIELAB do not); lightness tells brown from orange and pink from red.
 * @param hue degrees, red 0, green 120, blue 240.
 */
function hueName(hue: number, lightness: number, chroma: number): number {
  if (hue >= 338 || hue < 14) {
    if (lightness > 70 && chroma < 62) return PINK;
    return hue < 14 && hue >= 6 && lightness < 32 && chroma < 40 ? BROWN : RED;
  }
  if (hue < 44) {
    if (lightness < 56 && (hue >= 20 || chroma < 60)) return BROWN;
    return chroma < 34 ? BROWN : ORANGE;
  }
  if (hue < 70) {
    if (lightness < 46) return hue < 52 ? BROWN : GREEN;
    return YELLOW;
  }
  if (hue < 172) return GREEN;
  if (hue < 256) return BLUE;
  if (hue < 306) return PURPLE;
  return lightness < 46 && hue < 330 ? PURPLE : PINK;
}

/** HSV hue of the displayed (gamma-coded) colour, degrees. */
function hueOf(...linear: readonly [number, number, number]): number {
  const [red, green, blue] = linear.map((value) => between(0, value, 1) ** (1 / 2.2)) as [
    number,
    number,
    number,
  ];
  const top = Math.max(red, green, blue);
  const spread = top - Math.min(red, green, blue) || 1e-6;
  if (top === red) return (60 * ((green - blue) / spread) + 360) % 360;
  if (top === green) return 60 * ((blue - red) / spread) + 120;
  return 60 * ((red - green) / spread) + 240;
}

/** CIELAB (D65) lightness 0…100 and chroma of linear RGB. */
function lab(...linear: readonly [number, number, number]): { lightness: number; chroma: number } {
  const [red, green, blue] = linear.map((value) => between(0, value, 1)) as [
    number,
    number,
    number,
  ];
  const x = compress((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
  const y = compress(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = compress((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
  return { lightness: 116 * y - 16, chroma: Math.hypot(500 * (x - y), 200 * (y - z)) };
}

function compress(value: number): number {
  return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116;
}

const LINEAR = Float32Array.from({ length: 256 }, (_, value) => (value / 255) ** 2.2);

function linearAt(data: Uint8ClampedArray, at: number): [number, number, number] {
  return [LINEAR[data[at] ?? 0]!, LINEAR[data[at + 1] ?? 0]!, LINEAR[data[at + 2] ?? 0]!];
}

function binAt(data: Uint8ClampedArray, at: number): number {
  const step = (channel: number) => Math.floor(((data[at + channel] ?? 0) * STEPS) / 256);
  return (step(0) * STEPS + step(1)) * STEPS + step(2);
}

function sumOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function between(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
