import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * A tfjs graph model on tfjs itself, to compare a conversion with.
 * @param modelJson its JSON file, with the weights beside it
 * @param modules a node_modules with @tensorflow/tfjs-core, -converter and -backend-cpu 4.22, which
 *   are no dependency of this project
 */
export async function loadOriginal(modelJson, modules) {
  const require = createRequire(path.resolve(modules, 'x.js'));
  const tf = require('@tensorflow/tfjs-core');
  const { loadGraphModel } = require('@tensorflow/tfjs-converter');
  require('@tensorflow/tfjs-backend-cpu');
  const json = JSON.parse(fs.readFileSync(modelJson, 'utf8'));
  const folder = path.dirname(modelJson);
  const weights = Buffer.concat(
    json.weightsManifest.flatMap((group) =>
      group.paths.map((file) => fs.readFileSync(path.join(folder, file))),
    ),
  );
  await tf.setBackend('cpu');
  const model = await loadGraphModel({
    load: async () => ({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
      weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length),
      signature: json.signature,
    }),
  });
  return { tf, model };
}
