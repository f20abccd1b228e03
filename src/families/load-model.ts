import type { Bundle } from '../weights/load-bundle';
import type { Runtime } from '../tokens/runtime';
import type { Graph } from '../tokens/tensor';
import { AppError } from '../errors';
import { createAvReasoner } from './av-reasoner/av-reasoner';
import { readSettings } from './av-reasoner/settings';
import type { Model } from './family';
import { createNano } from './nano/nano';
import type { NanoConfig } from './nano/nano-config';

/**
 * Compiles a bundle's graphs into a model of its family; a model that is too large for all of them at
 * once compiles them while it runs. A failure releases what was compiled.
 * @param onGraph how many graphs are ready
 * @param settings how the model is asked, by name, as in the page's address
 * @throws AppError `model-corrupt`, `out-of-memory`, `gpu-lost`
 */
export async function loadModel(
  { manifest, parts }: Bundle,
  runtime: Runtime,
  onGraph: (done: number, total: number) => void,
  signal: AbortSignal,
  settings: Readonly<Record<string, string>> = {},
): Promise<Model> {
  if (manifest.family === 'av-reasoner') {
    signal.throwIfAborted();
    const model = await createAvReasoner({ manifest, parts }, runtime, readSettings(settings));
    onGraph(1, 1);
    return model;
  }
  const part = async (role: string): Promise<Uint8Array> => {
    const blob = parts[role];
    if (blob) return new Uint8Array(await blob.arrayBuffer());
    throw new AppError('model-corrupt', `The model manifest names no part “${role}”.`);
  };
  const graphs: Graph[] = [];
  const compile = async (role: string): Promise<Graph> => {
    signal.throwIfAborted();
    const graph = await runtime.load(await part(role));
    graphs.push(graph);
    onGraph(graphs.length, 4);
    return graph;
  };
  try {
    return createNano({
      sound: await compile('sound'),
      objects: await compile('objects'),
      pose: await compile('pose'),
      decoder: await compile('decoder'),
      words: await part('words'),
      config: manifest.nano as unknown as NanoConfig,
    });
  } catch (error) {
    await Promise.allSettled(graphs.map((graph) => graph.dispose()));
    throw error;
  }
}
