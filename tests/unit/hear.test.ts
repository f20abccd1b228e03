import { existsSync, readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hear } from '../../src/families/nano/hear';
import type { SoundConfig } from '../../src/families/nano/sound-config';
import type { Samples } from '../../src/media/media';
import type { Graph, Tensor } from '../../src/tokens/tensor';

const graphFile = new URL('../../models/served/nano/sound.onnx', import.meta.url);
const config = JSON.parse(
  readFileSync(new URL('../../models/tools/sound/config.json', import.meta.url), 'utf8'),
) as SoundConfig;

async function openGraph(): Promise<Graph> {
  const session = await ort.InferenceSession.create(readFileSync(graphFile), {
    intraOpNumThreads: 1,
  });
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds) {
      const { data, dims } = feeds['mel']!;
      const output = await session.run({
        mel: new ort.Tensor('float32', data as Float32Array, dims),
      });
      return output as unknown as Record<string, Tensor>;
    },
    dispose: () => session.release(),
  };
}

/** Taps: decaying 900 Hz bursts over a faint hiss made from a formula. */
function taps(seconds: number, onsets: readonly number[]): Samples {
  const data = Float32Array.from(
    { length: seconds * 16000 },
    (_, n) => 0.002 * (((n * 7919) % 1013) / 506.5 - 1),
  );
  for (const onset of onsets)
    for (let i = 0; i < 1600; i++)
      data[Math.round(onset * 16000) + i]! +=
        0.7 * Math.sin((2 * Math.PI * 900 * i) / 16000) * Math.exp(-i / 250);
  return { sampleRate: 16000, startSeconds: 0, data };
}

const never = new AbortController().signal;

describe.skipIf(!existsSync(graphFile))('hear', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph();
  });
  afterAll(() => graph.dispose());

  const listen = (samples: Samples, windowSeconds = config.windowSeconds) =>
    hear(samples, graph, { ...config, windowSeconds }, () => {}, never);

  it('finds every tap, within 30 ms', async () => {
    const onsets = [0.8, 1.3, 1.8, 2.9, 3.3, 4.1];
    const found = (await listen(taps(5, onsets))).filter(
      ({ classScores }) => Math.max(...classScores.subarray(0, -1)) > 0.4,
    );
    expect(found.length).toBe(onsets.length);
    onsets.forEach((onset, i) => {
      expect(Math.abs(found[i]!.startSeconds - onset)).toBeLessThan(0.03);
      expect(found[i]!.classScores.length).toBe(config.labels.length);
      expect(found[i]!.classScores.at(-1)).toBeGreaterThan(0.3);
    });
  });

  it('hears the same in short windows as in one', async () => {
    const samples = taps(11.3, [0.5, 1.98, 2.02 + 2, 6.1, 7.99, 10]);
    const whole = await listen(samples, 60);
    const pieces = await listen(samples, 2);
    expect(whole.length).toBeGreaterThan(4);
    expect(pieces.length).toBe(whole.length);
    pieces.forEach((piece, i) => {
      expect(piece.startSeconds).toBeCloseTo(whole[i]!.startSeconds, 3);
      expect(piece.endSeconds).toBeCloseTo(whole[i]!.endSeconds, 3);
      expect(piece.confidence).toBeCloseTo(whole[i]!.confidence, 3);
    });
  });

  it('hears nothing in silence, in one sample and in none', async () => {
    for (const length of [0, 1, 100, 16000, 50000]) {
      const data = new Float32Array(length);
      expect(await listen({ sampleRate: 16000, startSeconds: 0, data })).toEqual([]);
    }
  });

  it('reports progress up to the whole length and stops when aborted', async () => {
    const samples = taps(5, [1]);
    const seen: number[] = [];
    const small = { ...config, windowSeconds: 1 };
    await hear(samples, graph, small, (done, total) => seen.push(done / total), never);
    expect(seen.length).toBe(5);
    expect(seen.at(-1)).toBe(1);
    const stop = new AbortController();
    const run = hear(samples, graph, small, () => stop.abort(), stop.signal);
    await expect(run).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
  });
});
