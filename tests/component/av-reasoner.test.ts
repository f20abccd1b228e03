import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import goldenBytesUrl from '../fixtures/golden/av-reasoner/model/model.bin?url';
import q4DataUrl from '../fixtures/golden/av-reasoner/model/decoder_0.data?url';
import q4ModelUrl from '../fixtures/golden/av-reasoner/model/decoder_0.onnx?url';
import golden from '../fixtures/golden/av-reasoner/model/model.json';
import { CHUNK, noiseRows, picture, sounds, worst } from '../fixtures/golden-media';
import { Prompt, readBoundaries } from '../../src/families/av-reasoner/assemble';
import { converse } from '../../src/families/av-reasoner/conversation';
import { Embeddings } from '../../src/families/av-reasoner/embeddings';
import { generate } from '../../src/families/av-reasoner/generate';
import { graphFile, partOf, type AvBundle } from '../../src/families/av-reasoner/graphs';
import { loadHearing } from '../../src/families/av-reasoner/hearing';
import { createSampler } from '../../src/families/av-reasoner/sampler';
import { createTokenizer } from '../../src/families/av-reasoner/tokenizer';
import { loadVision } from '../../src/families/av-reasoner/vision';
import type { OrtBuild } from '../../src/tokens/ort';
import { createRuntime, type Runtime } from '../../src/tokens/runtime';
import type { Backend } from '../../src/tokens/tensor';
import { parseManifest, type AvReasonerManifest } from '../../src/weights/manifest';

/*
 * The tiny model against its reference in PyTorch, on every build and backend: weights as Blobs,
 * encoders, chunked prefill with a shared cache, and the tokens that come out.
 */

interface Stored {
  at: number;
  length: number;
}

let bundle: AvBundle;
let goldenBytes: ArrayBuffer;
beforeAll(async () => {
  goldenBytes = await (await fetch(goldenBytesUrl)).arrayBuffer();
  const manifest = parseManifest(
    await (await fetch('/tiny/manifest.json')).text(),
  ) as AvReasonerManifest;
  const fetched = Object.entries(manifest.parts).map(
    async ([role, { file }]) => [role, await (await fetch(`/tiny/${file}`)).blob()] as const,
  );
  bundle = { manifest, parts: Object.fromEntries(await Promise.all(fetched)) };
});

let runtime: Runtime | null = null;
afterEach(() => runtime?.dispose());

const floats = ({ at, length }: Stored) => new Float32Array(goldenBytes, at, length);

function rowError(ours: Float32Array, wanted: Stored & { rows: number[] }): number {
  const width = wanted.length / wanted.rows.length;
  const rows = wanted.rows.map((row) => ours.subarray(row * width, (row + 1) * width));
  return worst(
    rows.flatMap((row) => [...row]),
    floats(wanted),
  );
}

async function encode(runtime: Runtime) {
  const [width, height] = golden.frame.size as [number, number];
  const vision = await loadVision(bundle, runtime);
  const frames: Float32Array[] = [];
  for (const seed of golden.frame.seeds) {
    const data = picture(width, height, seed).data as Uint8ClampedArray;
    frames.push(await vision.look({ timestampSeconds: 0, width, height, data }));
  }
  await vision.release();
  const pulse = sounds.find(([name]) => name === 'pulse')![1];
  const hearing = await loadHearing(bundle, runtime);
  const chunks = [await hearing.hear(pulse.subarray(0, CHUNK))];
  await hearing.release();
  return { frames, chunks };
}

/** The last number: bytes of a language model that stays loaded on wasm. */
const lanes = [
  ['wasm', 'jspi', 1e9],
  ['wasm', 'jspi', 0],
  ['wasm', 'asyncify', 1e9],
  ['webgpu', 'jspi', 1e9],
] as const satisfies readonly (readonly [Backend, OrtBuild, number])[];

describe.each(lanes)('the tiny model on %s, %s, %f', (backend, build, residentBytes) => {
  it('sees, hears and writes what the reference does', { timeout: 240_000 }, async () => {
    runtime = await createRuntime(backend, build, residentBytes);
    const { frames, chunks } = await encode(runtime);
    const seen = rowError(frames[1]!, golden.encoders.frameTokens);
    const heard = rowError(chunks[0]!, golden.encoders.audioTokens);
    expect(seen).toBeLessThan(1e-3);
    expect(heard).toBeLessThan(1e-3);

    const { decoder: shape, graphs, tables, generation } = bundle.manifest.avReasoner;
    const [model, config] = await Promise.all(
      [tables.tokenizer, tables.tokenizerConfig].map((role) => partOf(bundle, role).text()),
    );
    const { prefix, suffix } = converse(golden.question, createTokenizer(model!, config!));
    const table = partOf(bundle, tables.embeddings.part);
    const embeddings = new Embeddings(table, shape.hidden, tables.embeddings.dtype);
    const boundaries = readBoundaries(
      await partOf(bundle, tables.boundaries).arrayBuffer(),
      shape.hidden,
    );
    const [before, after] = [await embeddings.read(prefix), await embeddings.read(suffix)];
    const parts = { prefix: before, frames, chunks, suffix: after };
    const prompt = new Prompt(parts, boundaries, shape.hidden);
    expect(prompt.length).toBe(golden.sequence.positions);
    expect(rowError(prompt.read(0, prompt.length), golden.sequence)).toBeLessThan(1e-3);

    const pieces = await Promise.all(graphs.decoder.map((roles) => graphFile(bundle, roles)));
    const decoder = await runtime.loadDecoder(pieces, shape);
    const sequence = await decoder.start(prompt.length + golden.greedy.length);
    for (let at = 0; at < prompt.length - 100; at += 100)
      await sequence.feed(prompt.read(at, at + 100));
    const logits = await sequence.feed(prompt.read(sequence.length, prompt.length));
    const prefill = worst(logits, floats(golden.decoder.prefill));
    console.info(
      `${backend} ${build}: frames ${seen.toExponential(1)}, sound ${heard.toExponential(1)}, prefill ${prefill.toExponential(1)}`,
    );
    expect(prefill).toBeLessThan(1e-3);

    for (const [penalty, wanted] of [
      [generation.repetitionPenalty, golden.greedy],
      [2, golden.greedyStrongPenalty],
    ] as const) {
      sequence.rewind(prompt.mediaEnd);
      const sampling = { ...generation, repetitionPenalty: penalty, temperature: 0 };
      const written: number[] = [];
      const options = {
        sampler: createSampler(sampling, 1),
        stopIds: generation.stopIds,
        maxNewTokens: wanted.length,
        prefillRows: 64,
      };
      const { signal } = new AbortController();
      for await (const step of generate(sequence, prompt, embeddings, options, signal))
        if ('id' in step) written.push(step.id);
      expect(written).toEqual(wanted);
    }
    sequence.close();
    await decoder.dispose();
  });
});

describe.each(['wasm', 'webgpu'] as const)('the tiny language model in 4 bits on %s', (backend) => {
  it('is its de-quantised reference', { timeout: 240_000 }, async () => {
    runtime = await createRuntime(backend);
    const { decoder: shape, tables } = bundle.manifest.avReasoner;
    const model = new Uint8Array(await (await fetch(q4ModelUrl)).arrayBuffer());
    const data = await (await fetch(q4DataUrl)).blob();
    const external = [{ path: 'decoder_0.data', data }];
    const decoder = await runtime.loadDecoder([{ model, external }], shape);
    const { rows, seed, prefill, steps } = golden.q4;
    const sequence = await decoder.start(rows + steps.length);
    const logits = await sequence.feed(noiseRows(rows, shape.hidden, seed));
    const errors = [worst(logits, floats(prefill))];
    const table = partOf(bundle, tables.embeddings.part);
    const embeddings = new Embeddings(table, shape.hidden, tables.embeddings.dtype);
    for (const { id, logits: wanted } of steps)
      errors.push(worst(await sequence.feed(await embeddings.read([id])), floats(wanted)));
    console.info(`${backend} 4 bits: error ${Math.max(...errors).toExponential(1)}`);
    expect(Math.max(...errors)).toBeLessThan(1e-3);
    sequence.close();
    await decoder.dispose();
  });
});
