// Asks nano the questions of an annotation file with native ONNX Runtime and ffmpeg: the product's
// code and the product's answers, several times as fast as in a browser.
//   npx tsx models/tools/suite/native.ts --annotations FILE --media DIR [--bundle DIR] [--dump FILE.jsonl]
// Prints the table of `npm run evaluate -- --annotations`. --dump writes, for each question, its
// target and everything that the towers proposed, so that other counters can be tried on the same.
import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { toAnswer } from '../../../cli/answer-cache';
import { annotatedItems } from '../../../cli/evaluation-items';
import { formatScores } from '../../../cli/format-scores';
import { judge, report, score, type Item, type Row } from '../../../cli/score';
import { NativeModel, type DumpedScene } from './native-model';

const { values } = parseArgs({
  options: {
    annotations: { type: 'string' },
    media: { type: 'string' },
    bundle: { type: 'string', default: 'models/served/nano' },
    dump: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const { annotations, media, bundle, dump, json } = values;
if (!annotations || !media) throw new Error('Give --annotations FILE and --media DIR.');

const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** Numbers to four places; arrays of numbers as plain lists. */
function plain(_: string, value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toFixed(4));
  return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
}

function dumpLine(item: Item, row: Row, scene: DumpedScene | null, clip: object): string {
  const { file, question, answer, category, modality, clues } = item;
  const truth = { answer, category, modality, clues };
  return JSON.stringify({ file, question, truth, count: row.count, clip, ...scene }, plain);
}

const model = await NativeModel.open(bundle);
const out = dump === undefined ? null : openSync(dump, 'w');
const rows: Row[] = [];
const items = annotatedItems(annotations, media, 'clips', log);
for (const item of items) {
  const start = performance.now();
  const result = await model
    .ask(item.file, item.question)
    .catch((error: { code?: string; message?: string }) => ({
      error: { code: error.code ?? 'bug', message: error.message ?? 'Unknown error.' },
    }));
  const row = judge(item, toAnswer(result, (performance.now() - start) / 1000));
  rows.push(row);
  if (out !== null) {
    const clip = 'error' in result ? {} : result.media;
    writeSync(out, `${dumpLine(item, row, model.scene, clip)}\n`);
  }
  log(`${rows.length}/${items.length} ${item.question} truth ${row.truth}, nano ${row.count}`);
}
if (out !== null) closeSync(out);
await model.close();
console.log(json ? JSON.stringify(report(rows)) : formatScores(rows, score(rows)));
