/** Where graphs run. */
export type Backend = 'webgpu' | 'wasm';

/** A dense tensor on the CPU, row-major. Graphs take these three types and give f32. */
export interface Tensor {
  dims: readonly number[];
  data: Float32Array | BigInt64Array | Int32Array;
}

/** A loaded ONNX graph. */
export interface Graph {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>;
  dispose(): Promise<void>;
}

/** An ONNX file, and the files that hold its weights where they lie apart. */
export interface GraphFile {
  model: Uint8Array;
  external?: readonly ExternalData[];
}

export interface ExternalData {
  /** The `location` that the ONNX file names. */
  path: string;
  data: Blob;
}
