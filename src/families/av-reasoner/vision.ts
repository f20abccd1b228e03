import type { Frame } from '../../media/media';
import { framePatches } from '../../tensors/patches';
import { interpolatePositions, type PositionTable } from '../../tensors/position-table';
import type { Runtime } from '../../tokens/runtime';
import { loadEncoders, partOf, type AvBundle } from './graphs';

/** The picture encoder, while it is loaded. */
export interface Vision {
  /** @returns `[tokens, hidden]`, newlines and separator inside */
  look(frame: Frame): Promise<Float32Array>;
  release(): Promise<void>;
}

/** @throws AppError `model-corrupt`, `out-of-memory`, `gpu-lost` */
export async function loadVision(bundle: AvBundle, runtime: Runtime): Promise<Vision> {
  const { vision, tables } = bundle.manifest.avReasoner;
  const bytes = await partOf(bundle, tables.positions.part).arrayBuffer();
  const values =
    tables.positions.dtype === 'f16' ? new Uint16Array(bytes) : new Float32Array(bytes);
  const table: PositionTable = { grid: vision.grid, width: vision.width, values };
  const encoders = await loadEncoders(bundle, runtime, ['vision_encoder', 'vision_projector']);
  const positions = new Map<string, Float32Array>();
  return {
    async look(frame) {
      const patches = framePatches(frame, vision, 'infer');
      const { rows, columns } = patches;
      const key = `${rows}x${columns}`;
      const known = positions.get(key) ?? interpolatePositions(table, rows, columns);
      positions.set(key, known);
      const count = rows * columns;
      const { vit_features: features } = await encoders.vision_encoder.run({
        patches: { dims: [1, count, patches.values.length / count], data: patches.values },
        pos_embed: { dims: [1, count, vision.width], data: known },
      });
      const { frame_tokens: tokens } = await encoders.vision_projector.run({
        vit_features: { dims: [1, rows, columns, vision.width], data: features!.data },
      });
      return tokens!.data as Float32Array;
    },
    release: () => encoders.release(),
  };
}
