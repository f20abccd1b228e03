import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFolder } from './asker.ts';
import { root } from './site.ts';

/** Two folds of ESC-10 each. */
export type FoldPair = '12' | '34';

/** Pair → the tower that was trained on the other pair, and on four fifths of the other packages. */
const towers: Record<FoldPair, string> = { '12': 'fold34.onnx', '34': 'fold12.onnx' };

interface Manifest {
  parts: { sound: { file: string; bytes: number; sha256: string } };
}

/**
 * nano as it is served, but for a sound tower that has not heard a pair of folds: two bundles, made anew
 * at every call.
 * @param from the folder of the towers
 * @param to where the bundles go
 * @returns pair → the folder of the bundle that answers about its recordings
 * @throws Error with a sentence where a tower is missing
 */
export function crossValidationBundles(
  from = join(root, 'models', 'tools', 'sound', 'cross-validation'),
  to = join(root, '.cache', 'cross-validation'),
): Record<FoldPair, string> {
  return { '12': bundleFor('12', from, to), '34': bundleFor('34', from, to) };
}

function bundleFor(pair: FoldPair, from: string, to: string): string {
  const tower = join(from, towers[pair]);
  if (!existsSync(tower))
    throw new Error(`${tower} is missing; models/tools/sound/rebuild.sh makes it.`);
  const served = bundleFolder('nano');
  const folder = join(to, `for-${pair}`);
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(served, 'manifest.json'), 'utf8')) as Manifest;
  for (const { file } of Object.values(manifest.parts))
    copyFileSync(join(served, file), join(folder, file));
  const { sound } = manifest.parts;
  const graph = readFileSync(tower);
  writeFileSync(join(folder, sound.file), graph);
  sound.bytes = graph.length;
  sound.sha256 = createHash('sha256').update(graph).digest('hex');
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  return folder;
}
