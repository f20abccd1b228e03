// Runs the tfjs original on a fixed picture and keeps a sample of what it says, and its joints.
//   npx tsx models/tools/motion/golden.mjs DIR/movenet-lightning.json NODE_MODULES
// NODE_MODULES holds @tensorflow/tfjs-core, -converter and -backend-cpu 4.22; they are no dependency.
import fs from 'node:fs';
import { loadOriginal } from '../tfjs-original.mjs';
import { fixedPicture, SIDE } from './fixed-picture.ts';

const EVERY = 199;
const ROOT = 'StatefulPartitionedCall/';
const OUTPUTS = {
  centre: `${ROOT}Sigmoid_1`,
  heat: `${ROOT}Sigmoid`,
  regress: `${ROOT}kpt_regress_0/conv2d_6/BiasAdd`,
  offset: `${ROOT}kpt_offset_0/conv2d_7/BiasAdd`,
};

const { tf, model } = await loadOriginal(...process.argv.slice(2));
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
