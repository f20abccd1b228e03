import { parseArgs } from 'node:util';
import { tabulate } from '../../src/benchmark/score-table';
import { settings, type Setting } from '../../src/benchmark/settings';
import { formatBenchmark } from './format-benchmark.ts';
import { listPredictionFiles } from './prediction-files.ts';
import { readAnnotationFile, readBoxUnit } from './read-annotations.ts';
import { MixedRuns, scoreRun } from './score-run.ts';

/* `npm run score`: predictions of any program, scored as CG-AV-Counting scores them. */

const usage = `usage: npm run --silent score -- --annotations FILE --predictions PATH [--predictions PATH …]
                                --setting long|ref|clue [--box-unit pixels|percent] [--json]

PATH is a folder with a file <index>.txt for each item, as the benchmark's scripts write them, a folder
of .jsonl files, as npm run evaluate writes them, or one such file: lines {"index": …, "pred": …}.

Acc, OBOA, WCS and IFA are per cent. Acc and OBOA read a count with goodwill (“about 5 people” is 5);
accStrict and oboaStrict read bare digits and number words alone, as the benchmark's scripts do.

Exit code: 0 scored; 1 nothing could be scored; 2 the predictions are of different runs.`;

const log = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      annotations: { type: 'string' },
      predictions: { type: 'string', multiple: true, default: [] },
      setting: { type: 'string' },
      'box-unit': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { annotations: path, predictions, json } = values;
  const setting = settings.find((name): name is Setting => name === values.setting);
  if (path === undefined || predictions.length === 0 || !setting) throw new Error(usage);
  const unit = readBoxUnit(values['box-unit']);
  const { annotations } = readAnnotationFile(path, unit, log);
  const files = predictions.flatMap((one) => listPredictionFiles(one, setting));
  const items = await scoreRun(annotations, files, setting, log);
  if (items.length === 0) {
    log(`None of ${annotations.length} items has a prediction in ${predictions.join(', ')}.`);
    return 1;
  }
  const table = tabulate(items);
  const { overall, ...parts } = table;
  console.log(
    json
      ? JSON.stringify({ setting, ...overall, ...parts, items })
      : formatBenchmark(table, setting),
  );
  return 0;
}

main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    log(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof MixedRuns ? 2 : 1;
  },
);
