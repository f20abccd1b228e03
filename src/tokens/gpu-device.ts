/** Why WebGPU is or is not used, decided before any graph is loaded. */
export interface GpuProbe {
  adapter: GPUAdapter | null;
  /** A sentence for the visitor; null where the adapter is sound. */
  missing: string | null;
  /** True where the adapter exists and may be forced, even if `missing` speaks against it. */
  usable: boolean;
  shaderF16: boolean;
  /** The adapter's own limits in bytes; null without an adapter. */
  limits: { maxBufferSize: number; maxStorageBufferBindingSize: number } | null;
}

/** Asks for an adapter. A software adapter (SwiftShader) is usable but slower than wasm. */
export async function probeGpu(): Promise<GpuProbe> {
  const none = (missing: string): GpuProbe => ({
    adapter: null,
    missing,
    usable: false,
    shaderF16: false,
    limits: null,
  });
  if (!navigator.gpu) return none('This browser has no WebGPU.');
  const adapter = await navigator.gpu
    .requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
  if (!adapter) return none('WebGPU found no graphics adapter.');
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  return {
    adapter,
    limits: { maxBufferSize, maxStorageBufferBindingSize },
    missing: adapter.info.isFallbackAdapter
      ? 'WebGPU runs on a software adapter here, which is slower than WebAssembly.'
      : null,
    usable: true,
    shaderF16: adapter.features.has('shader-f16'),
  };
}

/**
 * The one place where a WebGPU device is made. ONNX Runtime 1.30 computes GroupQueryAttention
 * prefill wrongly from about 64 rows where it may use subgroups, so `subgroups` is left out of the
 * required features; the limits are the adapter's own, since the defaults (128 MiB bindings) are too
 * small for real weights.
 */
export async function createDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const wanted: GPUFeatureName[] = ['shader-f16', 'timestamp-query'];
  const requiredLimits: Record<string, number> = {};
  for (const name of [
    'maxBufferSize',
    'maxStorageBufferBindingSize',
    'maxComputeWorkgroupStorageSize',
    'maxComputeInvocationsPerWorkgroup',
    'maxComputeWorkgroupSizeX',
    'maxComputeWorkgroupSizeY',
    'maxComputeWorkgroupSizeZ',
    'maxComputeWorkgroupsPerDimension',
    'maxStorageBuffersPerShaderStage',
  ] as const) {
    requiredLimits[name] = adapter.limits[name];
  }
  return adapter.requestDevice({
    requiredFeatures: wanted.filter((feature) => adapter.features.has(feature)),
    requiredLimits,
  });
}
