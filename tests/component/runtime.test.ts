import { describe, expect, it } from 'vitest';
import gqaUrl from '../fixtures/graphs/gqa-prefill.onnx?url';
import { AppError } from '../../src/errors';
import { createRuntime } from '../../src/tokens/runtime';
import type { Backend, Tensor } from '../../src/tokens/tensor';

async function bytesOf(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

/** Numbers that look like nothing in particular, the same at every run. */
function pattern(dims: readonly number[], seed: number): Tensor {
  const size = dims.reduce((product, dim) => product * dim, 1);
  const data = Float32Array.from({ length: size }, (_, k) => Math.sin(k * 0.7 + seed * 1.3));
  return { dims, data };
}

async function runOn(
  backend: Backend,
  bytes: Uint8Array,
  feeds: Record<string, Tensor>,
): Promise<Record<string, Tensor>> {
  const runtime = await createRuntime(backend);
  const graph = await runtime.load(bytes);
  try {
    return await graph.run(feeds);
  } finally {
    await graph.dispose();
    runtime.dispose();
  }
}

function largestDifference(a: Tensor, b: Tensor): number {
  expect(a.dims).toEqual(b.dims);
  const [left, right] = [a.data as Float32Array, b.data as Float32Array];
  return left.reduce((max, x, k) => Math.max(max, Math.abs(x - right[k]!)), 0);
}

describe('the runtime', () => {
  it('computes a GroupQueryAttention prefill of 80 rows alike on WebGPU and wasm', async () => {
    const bytes = await bytesOf(gqaUrl);
    const feeds = {
      query: pattern([1, 80, 64], 1),
      key: pattern([1, 80, 32], 2),
      value: pattern([1, 80, 32], 3),
    };
    const onWasm = await runOn('wasm', bytes, feeds);
    const onGpu = await runOn('webgpu', bytes, feeds);
    expect(largestDifference(onGpu['output']!, onWasm['output']!)).toBeLessThan(1e-4);
  });

  it('refuses bytes that are no graph, and loads the next one', async () => {
    const runtime = await createRuntime('wasm');
    const error: unknown = await runtime.load(new Uint8Array([1, 2, 3])).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'model-corrupt' });
    const graph = await runtime.load(await bytesOf(gqaUrl));
    expect(graph.outputNames).toEqual(['output']);
    await graph.dispose();
  });
});
