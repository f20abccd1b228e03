import { afterEach, describe, expect, it } from 'vitest';
import piece0Url from '../fixtures/graphs/decoder-0.onnx?url';
import piece1Url from '../fixtures/graphs/decoder-1.onnx?url';
import golden from '../fixtures/graphs/decoder.json';
import type { Decoder, Sequence } from '../../src/tokens/decoder';
import type { OrtBuild } from '../../src/tokens/ort';
import { createRuntime, type Runtime } from '../../src/tokens/runtime';
import type { Backend } from '../../src/tokens/tensor';

const shape = {
  layersOfPiece: [1, 1],
  hidden: golden.hidden,
  kvHeads: 2,
  headDim: 16,
  cacheDtype: 'f32',
} as const;

/** Rows of the sequence that make_decoder.py feeds. */
function rows(from: number, count: number): Float32Array {
  const { hidden } = golden;
  return Float32Array.from({ length: count * hidden }, (_, k) =>
    Math.sin((from * hidden + k) * 0.7 + 1.3),
  );
}

function error(logits: Float32Array, expected: readonly number[]): number {
  expect(logits.length).toBe(expected.length);
  return expected.reduce((worst, x, k) => Math.max(worst, Math.abs(x - logits[k]!)), 0);
}

/** Feeds the prompt in chunks, and gives the error of its logits. */
async function prefill(sequence: Sequence, chunk: number): Promise<number> {
  let logits = new Float32Array();
  while (sequence.length < golden.prefill) {
    const from = sequence.length;
    logits = new Float32Array(
      await sequence.feed(rows(from, Math.min(chunk, golden.prefill - from))),
    );
  }
  return error(logits, golden.logits[0]!);
}

async function steps(sequence: Sequence): Promise<number> {
  let worst = 0;
  for (const expected of golden.logits.slice(1))
    worst = Math.max(worst, error(await sequence.feed(rows(sequence.length, 1)), expected));
  return worst;
}

let runtime: Runtime | null = null;
let decoder: Decoder | null = null;
afterEach(async () => {
  await decoder?.dispose();
  runtime?.dispose();
  decoder = runtime = null;
});

async function load(backend: Backend, build: OrtBuild): Promise<Decoder> {
  const bytes = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
  runtime = await createRuntime(backend, build);
  const pieces = [{ model: await bytes(piece0Url) }, { model: await bytes(piece1Url) }];
  return (decoder = await runtime.loadDecoder(pieces, shape));
}

const lanes = [
  ['wasm', 'jspi'],
  ['wasm', 'asyncify'],
  ['webgpu', 'jspi'],
  ['webgpu', 'asyncify'],
] as const satisfies readonly (readonly [Backend, OrtBuild])[];

describe.each(lanes)('the decoder on %s, %s', (backend, build) => {
  it('gives the logits of the reference however the prompt is cut', async () => {
    const decoder = await load(backend, build);
    // 70 rows at once are more than the 64 from which WebGPU went wrong with subgroups.
    for (const chunk of [golden.prefill, 32, 7]) {
      const sequence = await decoder.start(128);
      const worst = Math.max(await prefill(sequence, chunk), await steps(sequence));
      console.info(`${backend} ${build} chunks of ${chunk}: error ${worst.toExponential(1)}`);
      expect(worst).toBeLessThan(1e-4);
      sequence.close();
    }
  });

  it('goes back to a position and on from there', async () => {
    const decoder = await load(backend, build);
    const sequence = await decoder.start(golden.prefill + golden.logits.length + 3);
    await prefill(sequence, 40);
    await sequence.feed(rows(300, 9).slice());
    sequence.rewind(40);
    expect(await prefill(sequence, 70)).toBeLessThan(1e-4);
    expect(await steps(sequence)).toBeLessThan(1e-4);
    expect(() => sequence.rewind(200)).toThrow('no position');
    await expect(sequence.feed(rows(0, 9))).rejects.toMatchObject({ code: 'bug' });
    sequence.close();
  });
});
