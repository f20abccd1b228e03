import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FrameSizing, SizingVariant } from '../../src/tensors/ola-frame';
import type { Pixels } from '../../src/tensors/pillow-resize';

/*
 * What the reference says (`python -m models.tools.av_reasoner.golden_preprocess`), and the pictures
 * and sounds that it says it of, by the same formulas as there.
 */

/** Place of an array in the binary file: bytes from its start, and elements. */
interface Stored {
  at: number;
  length: number;
}

type Fitted = [width: number, height: number, padded: boolean];

interface SoundGolden {
  mean: number;
  meanSquare: number;
  /** `[frames, 128]` */
  values: Stored;
}

interface Golden {
  fits: [width: number, height: number, infer: Fitted, trainer: Fitted][];
  resized: {
    source: [number, number];
    target: [number, number];
    sha256: string;
    pixels?: Stored;
  }[];
  patches: {
    width: number;
    height: number;
    variant: SizingVariant;
    h: number;
    w: number;
    sha256: string;
    rows: number[];
    values: Stored;
  }[];
  positions: { grid: number; width: number; h: number; w: number; values: Stored }[];
  halves: { sha256: string };
  frames: { mel: number[]; fbank: number[] };
  sounds: Record<string, { mel: SoundGolden; fbank: SoundGolden }>;
  linspace: Record<string, number[]>;
}

const folder = new URL('../fixtures/golden/av-reasoner/preprocess/', import.meta.url);
const bytes = new Uint8Array(readFileSync(new URL('preprocess.bin', folder))).buffer;

export const golden = JSON.parse(
  readFileSync(new URL('preprocess.json', folder), 'utf8'),
) as Golden;

export const floats = ({ at, length }: Stored): Float32Array => new Float32Array(bytes, at, length);
export const byteValues = ({ at, length }: Stored): Uint8Array => new Uint8Array(bytes, at, length);

export const sha256 = (array: ArrayBufferView): string =>
  createHash('sha256')
    .update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    .digest('hex');

/** The numbers of Ola-7B. */
export const sizing: FrameSizing = {
  patch: 16,
  minArea: 288 * 288,
  maxArea: 480 * 480,
  multiple: 64,
};
export const CHUNK = 480_000;

/** x ← 1664525 · x + 1013904223 mod 2³², from `seed`. */
export function randomWords(seed: number): () => number {
  let word = seed >>> 0;
  return () => (word = (Math.imul(word, 1664525) + 1013904223) >>> 0);
}

/** Noise, a ramp, and black and white blocks, as `channels` bytes a pixel (alpha 255). */
export function picture(width: number, height: number, seed: number, channels: 3 | 4 = 4): Pixels {
  const next = randomWords(seed);
  const data = new Uint8ClampedArray(width * height * channels).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++) {
        const noisy = next() >>> 24;
        const ramp = (x * 3 + y * 5 + channel * 60) % 256;
        const block = ((Math.floor(x / 7) + Math.floor(y / 5)) % 2) * 255;
        data[(y * width + x) * channels + channel] =
          y * 3 < height ? noisy : y * 3 < height * 2 ? ramp : block;
      }
  return { width, height, data };
}

export function positionTable(grid: number, width: number): Float32Array {
  const next = randomWords(5);
  return Float32Array.from(
    { length: grid * grid * width },
    () => ((next() >>> 16) - 32768) / 32768,
  );
}

function noise(samples: number): Float32Array {
  const next = randomWords(7);
  return Float32Array.from({ length: samples }, () => (next() >>> 16) / 131072 - 0.25);
}

function sine(samples: number): Float32Array {
  const wave = new Float32Array(samples);
  for (let n = 0; n < CHUNK / 2; n++)
    wave[n] = Math.floor(0.5 * 32767 * Math.sin((2 * Math.PI * 440 * n) / 16000) + 0.5) / 32768;
  return wave;
}

function pulse(samples: number): Float32Array {
  return noise(samples).map((faint, n) =>
    Math.floor(n / 4000) % 3 === 0 ? ((n * 37) % 1000) / 1000 - 0.5 : faint / 256,
  );
}

/** Each recording, and which of its chunks the reference describes. */
export const sounds: [name: string, recording: Float32Array, chunk: number][] = [
  ['sine', sine(CHUNK), 0],
  ['noise', noise(CHUNK), 0],
  ['pulse', pulse(CHUNK), 0],
  ['one short', noise(CHUNK - 1), 0],
  ['one long', noise(CHUNK + 1), 1],
  ['silence', new Float32Array(CHUNK), 0],
];

/** The largest difference of two lists of the same length. */
export function worst(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) throw new Error(`${ours.length} for ${theirs.length} numbers`);
  let most = 0;
  for (let i = 0; i < ours.length; i++) {
    const difference = Math.abs(ours[i]! - theirs[i]!);
    if (!(difference <= most)) most = difference;
  }
  return most;
}

export function mean(values: Float32Array, power = 1): number {
  let sum = 0;
  for (const value of values) sum += value ** power;
  return sum / values.length;
}
