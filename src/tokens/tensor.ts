/** Where graphs run. */
export type Backend = 'webgpu' | 'wasm';

/** A dense tensor on the CPU, row-major. Every graph of the project speaks these two types. */
export interface Tensor {
  dims: readonly number[];
  data: Float32Array | BigInt64Array;
}

/** A loaded ONNX graph. */
export interface Graph {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
  dispose(): Promise<void>;
}
