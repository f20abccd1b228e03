import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Runtime } from '../../src/tokens/runtime';
import type { Tensor } from '../../src/tokens/tensor';

/** ONNX Runtime of this machine, one thread, so that several runs can share it. */
export const nativeRuntime: Runtime = {
  backend: 'wasm',
  lost: new Promise(() => undefined),
  dispose: () => undefined,
  async load(bytes) {
    const session = await InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
    });
    return {
      inputNames: session.inputNames,
      outputNames: session.outputNames,
      async run(feeds) {
        const inputs: Record<string, OrtTensor> = {};
        for (const [name, { data, dims }] of Object.entries(feeds))
          inputs[name] =
            data instanceof Float32Array
              ? new OrtTensor('float32', data, dims)
              : new OrtTensor('int64', data, dims);
        const outputs: Record<string, Tensor> = {};
        for (const [name, { dims, data }] of Object.entries(await session.run(inputs)))
          outputs[name] = { dims, data: data as Float32Array };
        return outputs;
      },
      dispose: () => session.release(),
    };
  },
};
