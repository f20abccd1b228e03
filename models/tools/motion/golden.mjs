// Runs the tfjs original on a fixed picture and keeps a sample of what it says, and its joints.
//   node models/tools/motion/golden.mjs DIR/movenet-lightning.json NODE_MODULES
// NODE_MODULES holds @tensorflow/tfjs-core, -converter and -backend-cpu 4.22; they are no dependency.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [modelJson, modules] = process.argv.slice(2);
const require = createRequire(path.resolve(modules, 'x.js'));
const tf = require('@tensorflow/tfjs-core');
const { loadGraphModel } = require('@tensorflow/tfjs-converter');
require('@tensorflow/tfjs-backend-cpu');

const SIDE = 192;
const EVERY = 199;
const ROOT = 'StatefulPartitionedCall/';
const OUTPUTS = {
  centre: `${ROOT}Sigmoid_1`,
  heat: `${ROOT}Sigmoid`,
  regress: `${ROOT}kpt_regress_0/conv2d_6/BiasAdd`,
  offset: `${ROOT}kpt_offset_0/conv2d_7/BiasAdd`,
};

/** A figure of a head, a trunk and limbs before waves, as bytes. See test_convert.py. */
export function fixedPicture() {
  const data = new Int32Array(SIDE * SIDE * 3);
  const parts = [
    [96, 38, 12, 14],
    [96, 85, 18, 30],
    [70, 80, 6, 28],
    [122, 80, 6, 28],
    [88, 140, 7, 30],
    [104, 140, 7, 30],
  ];
  let index = 0;
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++)
      for (let channel = 0; channel < 3; channel++) {
        const inside = parts.some(
          ([cx, cy, rx, ry]) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1,
        );
        const wave = 128 + 60 * Math.sin(x * 0.031 + channel) + 40 * Math.cos(y * 0.047 - channel);
        data[index++] = Math.round(inside ? 40 + 50 * channel : wave);
      }
  return data;
}

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
const input = tf.tensor(fixedPicture(), [1, SIDE, SIDE, 3], 'int32');
const golden = { every: EVERY };
const results = model.execute({ input }, [...Object.values(OUTPUTS), 'Identity']);
Object.keys(OUTPUTS).forEach((name, index) => {
  const planes = tf.transpose(tf.reshape(results[index], [1, 48, 48, -1]), [0, 3, 1, 2]).dataSync();
  golden[name] = [...planes]
    .filter((_, at) => at % EVERY === 0)
    .map((value) => +value.toPrecision(7));
});
// Per joint: y, x, score; shares of the square.
golden.joints = [...results.at(-1).dataSync()].map((value) => +value.toPrecision(7));
fs.writeFileSync(new URL('golden.json', import.meta.url), JSON.stringify(golden) + '\n');
