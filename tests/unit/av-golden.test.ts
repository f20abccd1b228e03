import { describe, expect, it } from 'vitest';
import { nativeRuntime } from '../../models/tools/native-runtime';
import { Embeddings } from '../../src/families/av-reasoner/embeddings';
import { graphFile, loadEncoders, partOf } from '../../src/families/av-reasoner/graphs';
import { loadHearing } from '../../src/families/av-reasoner/hearing';
import { loadVision } from '../../src/families/av-reasoner/vision';
import { createKaldiFbank } from '../../src/tensors/kaldi-fbank';
import { createWhisperMel } from '../../src/tensors/whisper-mel';
import type { Sequence } from '../../src/tokens/decoder';
import { CHUNK, noiseRows, picture, sounds, worst } from '../fixtures/golden-media';
import { floats, golden, q4Decoder, tinyBundle, type ModelGolden } from './model-golden';

/*
 * The tiny model's parts on ONNX Runtime of this machine against the reference in PyTorch.
 */
const bundle = tinyBundle();
const pulse = sounds.find(([name]) => name === 'pulse')![1].subarray(0, CHUNK);
const { decoder: shape, tables, graphs } = bundle.manifest.avReasoner;

function rowError(
  ours: Float32Array,
  wanted: ModelGolden['sequence'] | ModelGolden['encoders']['vitFeatures'],
): number {
  const width = wanted.length / wanted.rows.length;
  const rows = wanted.rows.map((row) => [...ours.subarray(row * width, (row + 1) * width)]);
  return worst(rows.flat(), floats(wanted));
}

describe('the encoders', () => {
  it('see frames as the reference does', async () => {
    const vision = await loadVision(bundle, nativeRuntime);
    const [width, height] = golden.frame.size;
    const data = picture(width, height, golden.frame.seeds[1]!).data as Uint8ClampedArray;
    const tokens = await vision.look({ timestampSeconds: 0, width, height, data });
    await vision.release();
    expect(rowError(tokens, golden.encoders.frameTokens)).toBeLessThan(1e-4);
  });

  it('hear as the reference does, each tower alone and both together', async () => {
    const parts = await loadEncoders(bundle, nativeRuntime, ['whisper_encoder', 'beats_encoder']);
    const { whisper_states } = await parts.whisper_encoder.run({
      input_features: { dims: [1, 128, 3000], data: createWhisperMel()(pulse) },
    });
    const { beats_states } = await parts.beats_encoder.run({
      fbank: { dims: [1, 2998, 128], data: createKaldiFbank()(pulse) },
    });
    await parts.release();
    const states = (tensor?: { data: unknown }) => tensor!.data as Float32Array;
    expect(rowError(states(whisper_states), golden.encoders.whisperStates)).toBeLessThan(1e-4);
    expect(rowError(states(beats_states), golden.encoders.beatsStates)).toBeLessThan(1e-4);

    const hearing = await loadHearing(bundle, nativeRuntime);
    const [tokens, nothing] = [await hearing.hear(pulse), await hearing.hearNothing()];
    await hearing.release();
    expect(rowError(tokens, golden.encoders.audioTokens)).toBeLessThan(1e-4);
    expect(rowError(nothing, golden.encoders.noAudioTokens)).toBeLessThan(1e-4);
  });
});

/** Feeds `rows` in chunks; the logits behind the last. */
async function feed(sequence: Sequence, rows: Float32Array, chunk: number): Promise<Float32Array> {
  let logits = new Float32Array();
  const step = chunk * shape.hidden;
  for (let at = 0; at < rows.length; at += step)
    logits = new Float32Array(await sequence.feed(rows.slice(at, at + step)));
  return logits;
}

describe('the language model in 4 bits', () => {
  const { rows, seed, prefill, steps } = golden.q4;
  const embeddings = new Embeddings(
    partOf(bundle, tables.embeddings.part),
    shape.hidden,
    tables.embeddings.dtype,
  );

  it.each([rows, 64, 16, 1])(
    'is its de-quantised reference, fed %i rows at once',
    async (chunk) => {
      const decoder = await nativeRuntime.loadDecoder([q4Decoder()], shape);
      const sequence = await decoder.start(rows + steps.length);
      const logits = await feed(sequence, noiseRows(rows, shape.hidden, seed), chunk);
      expect(worst(logits, floats(prefill))).toBeLessThan(1e-3);
      for (const { id, logits: wanted } of steps)
        expect(
          worst(await sequence.feed(await embeddings.read([id])), floats(wanted)),
        ).toBeLessThan(1e-3);
      sequence.close();
      await decoder.dispose();
    },
  );

  it('differs from the model in f32, so that this test can fail', async () => {
    const pieces = await Promise.all(graphs.decoder.map((roles) => graphFile(bundle, roles)));
    const decoder = await nativeRuntime.loadDecoder(pieces, shape);
    const sequence = await decoder.start(rows);
    const logits = await feed(sequence, noiseRows(rows, shape.hidden, seed), rows);
    expect(worst(logits, floats(prefill))).toBeGreaterThan(0.05);
    sequence.close();
    await decoder.dispose();
  });
});
