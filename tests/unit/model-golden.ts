import { readFileSync } from 'node:fs';
import { parseManifest, type AvReasonerManifest } from '../../src/weights/manifest';
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
  encoders: Record<'frameTokens' | 'audioTokens' | 'noAudioTokens', Stored & { rows: number[] }>;
  sequence: Stored & { rows: number[]; positions: number };
  decoder: Language;
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
