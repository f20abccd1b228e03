import type { InferenceSession, Ort, OrtTensor } from './ort';
import type { Graph, Tensor } from './tensor';

/** One call of ONNX Runtime after another: its WebAssembly waits for one at a time. */
export type InTurn = <T>(call: () => Promise<T>) => Promise<T>;

export function inTurn(): InTurn {
  let queue: Promise<unknown> = Promise.resolve();
  return (call) => {
    const turn = queue.then(call);
    queue = turn.catch(() => undefined);
    return turn;
  };
}

/** A session as a graph: CPU tensors in, f32 tensors out. */
export function graphOf(
  ort: Ort,
  session: InferenceSession,
  take: InTurn,
  asAppError: (error: unknown) => Error,
): Graph {
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: (feeds) =>
      take(async () => {
        const inputs: Record<string, OrtTensor> = {};
        for (const [name, tensor] of Object.entries(feeds)) inputs[name] = toOrt(ort, tensor);
        try {
          const outputs = await session.run(inputs);
          const results: Record<string, Tensor> = {};
          for (const [name, tensor] of Object.entries(outputs)) {
            results[name] = { dims: tensor.dims, data: (await tensor.getData()) as Float32Array };
            tensor.dispose();
          }
          return results;
        } catch (error) {
          throw asAppError(error);
        } finally {
          for (const tensor of Object.values(inputs)) tensor.dispose();
        }
      }),
    dispose: () => take(() => session.release()),
  };
}

export function toOrt(ort: Ort, { data, dims }: Tensor): OrtTensor {
  if (data instanceof Float32Array) return new ort.Tensor('float32', data, dims);
  if (data instanceof Int32Array) return new ort.Tensor('int32', data, dims);
  return new ort.Tensor('int64', data, dims);
}
