import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FrameSizing, SizingVariant } from '../../src/tensors/ola-frame';

export {
  CHUNK,
  mean,
  picture,
  positionTable,
  randomWords,
  sounds,
  worst,
} from '../fixtures/golden-media';

/* What the reference says (`python -m models.tools.av_reasoner.golden_preprocess`). */

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
