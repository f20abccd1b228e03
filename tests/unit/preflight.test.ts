import { describe, expect, it } from 'vitest';
import type { AvReasonerManifest } from '../../src/weights/manifest';
import { needsOf, preflight, type DeviceOffer, type ModelNeeds } from '../../src/weights/preflight';
import { manifestOf, noise, shardOf } from '../fixtures/shard-server';

const full: ModelNeeds = {
  webgpu: true,
  shaderF16: true,
  largestTensorBytes: 272_000_000,
  bytes: 5e9,
};
const q4f32: ModelNeeds = { ...full, shaderF16: false };
const tiny: ModelNeeds = { webgpu: false, shaderF16: true, largestTensorBytes: 1e6, bytes: 25e6 };
const nano: ModelNeeds = { webgpu: false, shaderF16: false, largestTensorBytes: 0, bytes: 19e6 };

const limits = (bytes: number) => ({ maxBufferSize: bytes, maxStorageBufferBindingSize: bytes });
const desktop: DeviceOffer = {
  webgpuMissing: null,
  shaderF16: true,
  limits: limits(2 ** 31),
  freeBytes: 100e9,
};
const noGpu: DeviceOffer = {
  webgpuMissing: 'This browser has no WebGPU.',
  shaderF16: false,
  limits: null,
  freeBytes: 100e9,
};
const software: DeviceOffer = {
  ...desktop,
  webgpuMissing: 'WebGPU runs on a software adapter here.',
  shaderF16: false,
};
const phone: DeviceOffer = { ...desktop, limits: limits(256 * 2 ** 20) };
const noF16: DeviceOffer = { ...desktop, shaderF16: false };
const fullDisk: DeviceOffer = { ...desktop, freeBytes: 1.2e9 };
const oneLimit: DeviceOffer = {
  ...desktop,
  limits: { maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 128 * 2 ** 20 },
};

describe('preflight', () => {
  it.each<[string, ModelNeeds, DeviceOffer, string[]]>([
    ['the full model on a desktop', full, desktop, []],
    ['the full model without WebGPU', full, noGpu, ['webgpu-missing']],
    ['the full model on a software adapter', full, software, ['webgpu-missing', 'webgpu-limits']],
    ['the full model without half precision', full, noF16, ['webgpu-limits']],
    ['the q4f32 model without half precision', q4f32, noF16, []],
    ['the full model with small buffers', full, phone, ['webgpu-limits']],
    ['the full model with small bindings', full, oneLimit, ['webgpu-limits']],
    ['the full model on a full disk', full, fullDisk, ['storage-full']],
    ['test weights without WebGPU', tiny, noGpu, []],
    ['half-precision test weights on a GPU without them', tiny, noF16, ['webgpu-limits']],
    ['nano anywhere', nano, { ...noGpu, freeBytes: 0 }, []],
  ])('%s', (_, needs, offer, codes) => {
    const problems = preflight(needs, offer, needs.bytes);
    expect(problems.map(({ code }) => code)).toEqual(codes);
    // Sentences for a visitor: whole ones, and no jargon that a code would be.
    for (const { message } of problems) expect(message).toMatch(/^[A-Z].*\.$/);
  });

  it('counts only what is missing yet', () => {
    expect(preflight(full, fullDisk, 1e9)).toEqual([]);
    expect(preflight(full, { ...fullDisk, freeBytes: null }, 5e9)).toEqual([]);
  });

  it('puts the numbers into the sentence', () => {
    expect(preflight(full, phone, 0)[0]?.message).toMatch(/272 MB.*268 MB/);
    expect(preflight(full, fullDisk, 5e9)[0]?.message).toMatch(/5\.0 GB.*1\.2 GB/);
    expect(preflight(full, noF16, 0)[0]?.message).toContain('q4f32');
  });
});

describe('needsOf', () => {
  const shard = shardOf('a.bin', noise(1000, 1));
  const reasoner = (testWeights: boolean, decoderBytes: number) =>
    ({
      ...manifestOf({ a: shard, b: shard }),
      family: 'av-reasoner',
      testWeights,
      avReasoner: {
        needs: { shaderF16: true, largestTensorBytes: 7, decoderBytes, encoderBytes: 9 },
      },
    }) as unknown as AvReasonerManifest;

  it('asks nothing for nano, and counts a file with two roles once', () => {
    expect(needsOf(manifestOf({ a: shard, b: shard }))).toEqual({ ...nano, bytes: 1000 });
  });

  it('lets only small test weights run without WebGPU', () => {
    expect(needsOf(reasoner(true, 20e6))).toMatchObject({ webgpu: false, shaderF16: true });
    expect(needsOf(reasoner(true, 4e9)).webgpu).toBe(true);
    expect(needsOf(reasoner(false, 20e6)).webgpu).toBe(true);
  });
});
