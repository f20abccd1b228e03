import { AppError } from '../errors';
import { bundleBytes } from './load-bundle';
import { smallBytes } from './load-shard';
import type { Manifest } from './manifest';
import { formatBytes } from '../format-bytes';

/** What a bundle asks of the device, known before a byte of it is fetched. */
export interface ModelNeeds {
  /** True where WebAssembly would be hopeless. */
  webgpu: boolean;
  /** True where the weights are half-precision numbers that the shaders compute with. */
  shaderF16: boolean;
  /** Largest single weight: it must fit into one buffer, and one binding. */
  largestTensorBytes: number;
  /** All files. */
  bytes: number;
}

/** What the device and the browser offer. */
export interface DeviceOffer {
  /** Why WebGPU will not be used, in a sentence; null where it will. */
  webgpuMissing: string | null;
  /** True where the visitor asked for WebAssembly. */
  onProcessor?: boolean;
  shaderF16: boolean;
  /** Null where there is no adapter. */
  limits: { maxBufferSize: number; maxStorageBufferBindingSize: number } | null;
  /** What the browser would still keep for this page; null where it does not say. */
  freeBytes: number | null;
}

/** Above this, weights are beyond WebAssembly: its memory ends at 4 GB, its patience before. */
const wasmBytes = 512 * 1_000_000;

export function needsOf(manifest: Manifest): ModelNeeds {
  const bytes = bundleBytes(manifest);
  if (manifest.family === 'nano') {
    return { webgpu: false, shaderF16: false, largestTensorBytes: 0, bytes };
  }
  const { shaderF16, largestTensorBytes, decoderBytes } = manifest.avReasoner.needs;
  const webgpu = !manifest.testWeights || decoderBytes > wasmBytes;
  return { webgpu, shaderF16, largestTensorBytes, bytes };
}

/**
 * Why this bundle would not run here: sentences for the visitor, the decisive one first. An empty
 * list is no promise (nobody says how much memory a graphics processor has left).
 * @param missingBytes what would have to be kept on this device yet; 0 for a folder
 */
export function preflight(needs: ModelNeeds, offer: DeviceOffer, missingBytes: number): AppError[] {
  const { limits } = offer;
  const problems: AppError[] = [];
  const onGpu = !offer.onProcessor && offer.webgpuMissing === null && limits !== null;
  if (needs.webgpu && !onGpu && !offer.onProcessor) {
    const why = offer.webgpuMissing ?? 'WebGPU found no graphics adapter.';
    problems.push(new AppError('webgpu-missing', why));
  }
  const wouldBeOnGpu = onGpu || (needs.webgpu && !offer.onProcessor && limits !== null);
  if (needs.shaderF16 && wouldBeOnGpu && !offer.shaderF16) {
    const sentence =
      'This bundle needs half-precision shaders, which this graphics processor lacks; use the q4f32 bundle.';
    problems.push(new AppError('webgpu-limits', sentence));
  }
  if (onGpu) {
    const most = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
    if (needs.largestTensorBytes > most) {
      const sentence = `The model's largest weight has ${formatBytes(needs.largestTensorBytes)}; this graphics processor takes ${formatBytes(most)} at once.`;
      problems.push(new AppError('webgpu-limits', sentence));
    }
  }
  const { freeBytes } = offer;
  if (needs.bytes >= smallBytes && freeBytes !== null && missingBytes > freeBytes) {
    const sentence = `The model needs ${formatBytes(missingBytes)} of space; this browser has ${formatBytes(freeBytes)} left for this page.`;
    problems.push(new AppError('storage-full', sentence));
  }
  return problems;
}
