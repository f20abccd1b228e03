import { readFileSync } from 'node:fs';
import { parseManifest, type AvReasonerManifest } from '../../src/weights/manifest';
import type { GraphFile } from '../../src/tokens/tensor';
import type { AvBundle } from '../../src/families/av-reasoner/graphs';

/*
 * What the reference in PyTorch computes with the tiny model of models/served/tiny
 * (`python -m models.tools.av_reasoner.golden_model`), and that model.
 */

/** Place of an array in the binary file: bytes from its start, and elements. */
interface Stored {
  at: number;
  length: number;
}

/** Some rows of an array. */
type Rows = Stored & { rows: number[] };

interface Language {
  positions: number;
  prefill: Stored;
  steps: { id: number; logits: Stored }[];
}

export interface ModelGolden {
  question: string;
  frame: { size: [number, number]; seeds: number[] };
  prefix: number[];
  suffix: number[];
  encoders: Record<
    | 'vitFeatures'
    | 'frameTokens'
    | 'whisperStates'
    | 'beatsStates'
    | 'audioTokens'
    | 'noAudioTokens',
    Rows
  >;
  sequence: Rows & { positions: number };
  decoder: Language;
  /** The language model in 4 bits, over `rows` rows of noise, with the weights that it rounds to. */
  q4: Language & { rows: number; seed: number };
  greedy: number[];
  greedyStrongPenalty: number[];
  sampling: (Record<'repetitionPenalty' | 'temperature' | 'topK' | 'topP', number> & {
    written: number[];
    logits: Stored;
    penalised: Stored;
    probabilities: Stored;
  })[];
}

const folder = new URL('../fixtures/golden/av-reasoner/model/', import.meta.url);
const bytes = new Uint8Array(readFileSync(new URL('model.bin', folder))).buffer;

export const golden = JSON.parse(
  readFileSync(new URL('model.json', folder), 'utf8'),
) as ModelGolden;

export const floats = ({ at, length }: Stored): Float32Array => new Float32Array(bytes, at, length);

/** The language model in 4 bits, which only the tests have. */
export function q4Decoder(): GraphFile {
  const path = 'decoder_0.data';
  const data = new Blob([readFileSync(new URL(path, folder))]);
  const model = new Uint8Array(readFileSync(new URL('decoder_0.onnx', folder)));
  return { model, external: [{ path, data }] };
}

const tiny = new URL('../../models/served/tiny/', import.meta.url);

export function tinyBundle(): AvBundle {
  const manifest = parseManifest(
    readFileSync(new URL('manifest.json', tiny), 'utf8'),
  ) as AvReasonerManifest;
  const parts = Object.fromEntries(
    Object.entries(manifest.parts).map(([role, { file }]) => [
      role,
      new Blob([readFileSync(new URL(file, tiny))]),
    ]),
  );
  return { manifest, parts };
}

export const tinyText = (file: string): string => readFileSync(new URL(file, tiny), 'utf8');
