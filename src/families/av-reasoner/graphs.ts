import { AppError } from '../../errors';
import type { Graph, GraphFile } from '../../tokens/tensor';
import type { Runtime } from '../../tokens/runtime';
import type { AvReasonerManifest } from '../../weights/manifest';

/** A bundle of this family. */
export interface AvBundle {
  manifest: AvReasonerManifest;
  parts: Readonly<Record<string, Blob>>;
}

interface GraphRoles {
  model: string;
  data: readonly string[];
}

/** @throws AppError `model-corrupt` where the manifest names no such part */
export function partOf({ parts }: AvBundle, role: string): Blob {
  const part = parts[role];
  if (part) return part;
  throw new AppError('model-corrupt', `The model manifest names no part “${role}”.`);
}

/** A graph as it is handed to the runtime: itself in memory, its weights where they lie. */
export async function graphFile(bundle: AvBundle, roles: GraphRoles): Promise<GraphFile> {
  return {
    model: new Uint8Array(await partOf(bundle, roles.model).arrayBuffer()),
    external: roles.data.map((role) => ({
      path: bundle.manifest.parts[role]!.file,
      data: partOf(bundle, role),
    })),
  };
}

type Encoder = Exclude<keyof AvReasonerManifest['avReasoner']['graphs'], 'decoder'>;

/**
 * Loads encoders one after another.
 * @throws AppError as {@link Runtime.load}; what was loaded is released
 */
export async function loadEncoders<Name extends Encoder>(
  bundle: AvBundle,
  runtime: Runtime,
  names: readonly Name[],
): Promise<Record<Name, Graph> & { release(): Promise<void> }> {
  const graphs = new Map<Name, Graph>();
  const release = async () => {
    for (const graph of graphs.values()) await graph.dispose();
    graphs.clear();
  };
  try {
    for (const name of names) {
      const { model, external } = await graphFile(bundle, bundle.manifest.avReasoner.graphs[name]);
      graphs.set(name, await runtime.load(model, external));
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { ...(Object.fromEntries(graphs) as Record<Name, Graph>), release };
}
