import { relative, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isAbort } from '../src/errors';
import { shareOf } from '../src/benchmark/run';
import { settings, type Setting } from '../src/benchmark/settings';
import { askItems } from './ask-items.ts';
import { crossValidationBundles } from './cross-validation.ts';
import { defaultOut, runSettings } from './benchmark/benchmark-run.ts';
import { annotatedItems } from './evaluation-items.ts';
import { exportRun } from './benchmark/export-run.ts';
import { cardTable, formatScores } from './format-scores.ts';
import { evaluateGenerated } from './benchmark/generated-run.ts';
import { MediaFolders } from './benchmark/media-folders.ts';
import { allItems, writeResults } from './model-card.ts';
import type { Shard } from './benchmark/prediction-files.ts';
import { readAnnotationFile, readBoxUnit } from './benchmark/read-annotations.ts';
import { formatTables, tabulateRun } from './benchmark/run-tables.ts';
import { report, score, type Row } from './score.ts';
import { root } from './site.ts';

const usage = `usage: npm run evaluate
         nano on a small benchmark that is made of the clips with known counts, in every setting;
         writes models/served/nano/benchmark.json.
       npm run evaluate -- --annotations FILE --media DIR [--media DIR …]
                           --setting long|ref|clue|all [--thinking] [--model FOLDER] [--out FOLDER]
                           [--shard 3/16] [--native] [--box-unit pixels|percent] [--export FOLDER] [--json]
         a benchmark in the form of CG-AV-Counting. Goes on where it stopped; see docs/benchmark.md.
         Exit code: 0 some answered, 3 none, 130 stopped, 1 anything else.
       npm run evaluate -- --annotations FILE --media DIR [--model FOLDER] [--json]
         one question per item and file, judged by its count and its clues.
       npm run evaluate -- --card [--suite FOLDER]
         everything with known counts; writes the files of the model card.

       --native answers with native ONNX Runtime and ffmpeg instead of a browser.
       --shard 2/3 answers that part only and keeps the answers: run the parts side by side, then
       once without --shard.`;

const log = (line: string): void => void process.stderr.write(`${line}\n`);

const readOptions = () =>
  parseArgs({
    options: {
      media: { type: 'string', multiple: true, default: [join(root, '..', 'shared', 'media')] },
      annotations: { type: 'string' },
      setting: { type: 'string' },
      thinking: { type: 'boolean', default: false },
      model: { type: 'string', default: 'nano' },
      out: { type: 'string' },
      export: { type: 'string' },
      'box-unit': { type: 'string' },
      card: { type: 'boolean', default: false },
      suite: { type: 'string' },
      native: { type: 'boolean', default: false },
      shard: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values;

type Options = ReturnType<typeof readOptions>;

function readShard(text: string | undefined): Shard | null {
  if (text === undefined) return null;
  const [, part = 0, parts = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (part < 1 || part > parts) throw new Error('--shard is like 3/16: the third part of sixteen.');
  return { part, parts };
}

function readSettings(text: string): readonly Setting[] {
  const chosen = settings.filter((setting) => text === 'all' || text === setting);
  if (chosen.length === 0) throw new Error('--setting is long, ref, clue or all.');
  return chosen;
}

/** Ends with the first Ctrl+C; a second one stops the program on the spot. */
function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      log('Stopping…');
      controller.abort();
    });
  return controller.signal;
}

/** A file in the form of the benchmark, in its own settings. */
async function evaluateBenchmark(path: string, options: Options): Promise<number> {
  const { model, native, thinking: thinks, json } = options;
  const file = readAnnotationFile(path, readBoxUnit(options['box-unit']), log);
  const chosen = readSettings(options.setting!);
  const shard = readShard(options.shard);
  const media = new MediaFolders(options.media);
  const out = resolve(options.out ?? defaultOut(path, { model, native, thinks }));
  log(`Answers are kept in ${out}`);
  const run = { file, media, settings: chosen, thinks, model, native, shard, out, log };
  const { answered, wanted } = await runSettings(run, untilInterrupted());
  log(`${answered} of ${wanted} questions are answered.`);
  if (options.export !== undefined) await exportRun(out, chosen, resolve(options.export), log);
  if (shard) {
    log('When every part is done, print the table of a setting with');
    for (const setting of chosen) {
      log(
        `  npm run --silent score -- --annotations ${path} --setting ${setting} --predictions ${out}`,
      );
    }
  } else if (answered > 0) {
    const tables = await tabulateRun(file.annotations, out, chosen, log);
    console.log(json ? JSON.stringify(tables) : formatTables(tables));
  }
  return answered > 0 ? 0 : 3;
}

/** Each question about the whole file, judged by its count and by its clues. */
async function evaluateItems(options: Options): Promise<number> {
  const { annotations, model, native, json } = options;
  const media = resolve(options.media.at(-1)!);
  const suite = resolve(options.suite ?? join(root, '.cache', 'suite'));
  const items = annotations
    ? annotatedItems(annotations, media, 'clips', log)
    : allItems(media, suite, crossValidationBundles(), log);
  const shard = readShard(options.shard);
  const own = shard ? shareOf(items, shard.part, shard.parts) : items;
  const rows = await askItems(own, { model, native, log });
  if (shard && shard.parts > 1) return 0;
  if (!annotations) writeResults(rows, media, suite);
  // Files by their place under the folder of media.
  const named: Row[] = rows.map((row) => ({ ...row, file: relative(media, row.file) }));
  if (json) console.log(JSON.stringify(report(named)));
  else console.log(annotations ? formatScores(rows, score(rows)) : cardTable(rows));
  return 0;
}

async function main(): Promise<number> {
  const options = readOptions();
  const { annotations, setting, card, model, native, json } = options;
  const isGiven = (...names: (keyof Options)[]) =>
    names.find((name) => options[name] !== undefined && options[name] !== false);
  if (options.help) {
    console.log(usage);
    return 0;
  }
  if (setting !== undefined) {
    if (annotations === undefined) throw new Error('--setting needs --annotations and --media.');
    return evaluateBenchmark(annotations, options);
  }
  const lost = isGiven('thinking', 'out', 'export', 'box-unit');
  if (lost) throw new Error(`--${lost} is for a run with --setting.`);
  if (annotations !== undefined || card) return evaluateItems(options);
  const forCard = isGiven('suite', 'shard');
  if (forCard) throw new Error(`--${forCard} is for a run with --card.`);
  return evaluateGenerated({ model, native, json, log }, untilInterrupted());
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    if (isAbort(error)) log('Stopped. The same command goes on from here.');
    else log(error instanceof Error ? error.message : String(error));
    process.exit(isAbort(error) ? 130 : 1);
  },
);
