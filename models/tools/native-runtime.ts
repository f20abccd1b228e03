import * as ort from 'onnxruntime-node';
import { decoderOf, resident } from '../../src/tokens/decoder';
import { graphOf, inTurn } from '../../src/tokens/graph';
import type { Runtime } from '../../src/tokens/runtime';
import type { ExternalData, GraphFile } from '../../src/tokens/tensor';

const take = inTurn();
const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));

async function create({ model, external = [] }: GraphFile): Promise<ort.InferenceSession> {
  const read = async ({ path, data }: ExternalData) => ({ path, data: await data.bytes() });
  return ort.InferenceSession.create(model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    externalData: await Promise.all(external.map(read)),
  });
}

/** ONNX Runtime of this machine, one thread, so that several runs can share it. */
export const nativeRuntime: Runtime = {
  backend: 'wasm',
  lost: new Promise(() => undefined),
  dispose: () => undefined,
  load: async (model, external = []) =>
    graphOf(ort, await create({ model, external }), take, asError),
  async loadDecoder(pieces, shape) {
    const sessions = await Promise.all(pieces.map(create));
    return decoderOf(ort, sessions.map(resident), shape, null, take, asError);
  },
};
