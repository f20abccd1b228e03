// Runs the tfjs original on a fixed input and keeps a sample of what it says.
//   node models/tools/objects/golden.mjs DIR/nanodet.json NODE_MODULES
// NODE_MODULES holds @tensorflow/tfjs-core, -converter and -backend-cpu 4.22; they are no dependency.
import fs from 'node:fs';
import { loadOriginal } from '../tfjs-original.mjs';

const SIDE = 416;
const EVERY = 199;
const OUTPUTS = { scores: [0, 1, 2], boxes: [3, 4, 5] };

/** Smooth waves of several lengths, about as large as a normalised picture. See test_convert.py. */
export function fixedInput() {
  const data = new Float32Array(3 * SIDE * SIDE);
  let index = 0;
  for (let channel = 0; channel < 3; channel++)
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++)
        data[index++] =
          Math.sin(x * 0.031 + channel) + Math.cos(y * 0.047 - channel) * Math.sin((x + y) * 0.19);
  return data;
}

const { tf, model } = await loadOriginal(...process.argv.slice(2));
const input = tf.tensor(fixedInput(), [1, 3, SIDE, SIDE]);
const golden = { every: EVERY };
for (const [name, heads] of Object.entries(OUTPUTS)) {
  const names = heads.map((head) => (head === 0 ? 'Identity' : `Identity_${head}`));
  const parts = model.execute({ input_1: input }, names).map((part) => part.dataSync());
  const all = parts.flatMap((part) => [...part]);
  golden[name] = all
    .filter((_, index) => index % EVERY === 0)
    .map((value) => +value.toPrecision(7));
}
fs.writeFileSync(new URL('golden.json', import.meta.url), JSON.stringify(golden) + '\n');
