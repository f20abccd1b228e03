import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { askItems } from './ask-items.ts';
import { calibrate, drawCalibration } from './calibration.ts';
import {
  annotatedItems,
  escAbsentItems,
  escItems,
  generatedItems,
  noteOf,
  photographItems,
} from './evaluation-items.ts';
import { cardTable, formatScores } from './format-scores.ts';
import { measuredTable } from './measured.ts';
import { report, score, type Item, type Row } from './score.ts';
import { root } from './site.ts';

/*
 * `npm run evaluate -- --annotations FILE --media DIR`: asks the built app every question of an
 * annotation file (in the form of CLIPS.json or of CG-AV-Counting) and prints the benchmark's
 * measures and a line per clip.
 *
 * `npm run evaluate`: asks it about everything with known counts, and writes models/evaluation.json
 * (every answer), models/tools/figures.json and models/served/nano/measured.json (what the page
 * shows), models/figures/calibration.svg and the table of the model card. Answers are kept in .cache/evaluation, so a second run goes on
 * where the first one stopped.
 */

const usage = `usage: npm run evaluate -- --annotations FILE --media DIR [--model FOLDER] [--json]
       npm run evaluate -- [--bundle-for-12 FOLDER --bundle-for-34 FOLDER] [--suite FOLDER]
       --native answers with native ONNX Runtime and ffmpeg instead of a browser.
       --shard 2/3 answers that part only and keeps the answers: run the parts side by side, then
       once without --shard.`;

const levels = ['low', 'middle', 'high'];
const absent = 'ESC-10, absent';

const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** The lines of the page's table: how often an answer that nano gave was right. */
const lines = [
  { category: 'event', label: 'Sounds and movements, in real and in generated clips' },
  { category: 'object', label: 'Objects, in clips, photographs and generated scenes' },
  { category: 'attribute', label: 'Colours and kinds, in clips and generated scenes' },
] as const;

function allItems(
  media: string,
  suite: string,
  bundles: Record<string, string | undefined>,
): Item[] {
  const clips = join(media, 'clips');
  const esc = (['12', '34'] as const).flatMap((pair): Item[] => {
    const folds = [...pair].map(Number);
    const bundle = bundles[pair];
    return [...escItems(media, folds), ...escAbsentItems(media, folds)].map((item) => ({
      ...item,
      note: noteOf(bundle),
      ...(bundle !== undefined && { bundle }),
    }));
  });
  const made = levels.filter((level) => existsSync(join(suite, `${level}.json`)));
  if (made.length === 0) log(`There is no generated suite in ${suite}; see models/tools/suite.`);
  return [
    ...annotatedItems(join(clips, 'CLIPS.json'), clips, 'clips', log),
    ...esc,
    ...photographItems(media),
    ...made.flatMap((level) => generatedItems(suite, level, bundles, log)),
  ];
}

/** Files by their place under the folder of media. */
const named = (rows: readonly Row[], folder: string): Row[] =>
  rows.map((row) => ({ ...row, file: relative(folder, row.file) }));

/** Replaces what stands between the marks of the model card. */
function writeCard(text: string): void {
  const path = join(root, 'models', 'README.md');
  const card = readFileSync(path, 'utf8');
  const [open, close] = ['<!-- evaluation -->', '<!-- /evaluation -->'];
  const [from, to] = [card.indexOf(open), card.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`models/README.md has no ${open} … ${close}.`);
  writeFileSync(path, `${card.slice(0, from + open.length)}\n\n${text}\n\n${card.slice(to)}`);
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Per question, the share of clips without the sound in which some of it was counted. */
function falseAlarms(rows: readonly Row[]): string {
  const groups = [...new Set(rows.map((row) => row.group))];
  const shares = groups.map((group) => {
    const of = rows.filter((row) => row.group === group);
    const share = (100 * of.filter((row) => (row.count ?? 0) > 0).length) / of.length;
    return `${group} ${share.toFixed(1)} % of ${of.length}`;
  });
  return `Counts above zero on clips of the other ESC-10 classes: ${shares.join(', ')}.`;
}

function writeResults(rows: readonly Row[], media: string, suite: string): void {
  const texts = rows.map((row) => {
    const inSuite = relative(suite, row.file);
    const file = inSuite.startsWith('..') ? relative(media, row.file) : inSuite;
    return JSON.stringify({ ...row, file });
  });
  writeFileSync(join(root, 'models', 'evaluation.json'), `[\n${texts.join(',\n')}\n]\n`);

  // Where nothing is to be heard, zero is easy; such clips are reported, but do not count here.
  const answered = rows.filter((row) => row.count !== null && row.suite !== absent);
  const figures = lines.flatMap(({ category, label }) => {
    const of = answered.filter((row) => row.category === category);
    if (of.length === 0) return [];
    const { acc, oboa, n } = score(of);
    const calibration = calibrate(of);
    return [{ category, label, exact: round(acc), withinOne: round(oboa), n, calibration }];
  });
  const path = join(root, 'models', 'tools', 'figures.json');
  writeFileSync(path, `${JSON.stringify(figures, null, 1)}\n`);

  const served = join(root, 'models', 'served', 'nano', 'measured.json');
  writeFileSync(served, `${JSON.stringify(measuredTable(rows, figures), null, 1)}\n`);

  const folder = join(root, 'models', 'figures');
  mkdirSync(folder, { recursive: true });
  const bins = Object.fromEntries(figures.map((line) => [line.category, line.calibration]));
  writeFileSync(join(folder, 'calibration.svg'), drawCalibration(bins));
  const alarms = rows.filter((row) => row.suite === absent);
  writeCard([cardTable(rows), ...(alarms.length > 0 ? [falseAlarms(alarms)] : [])].join('\n\n'));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      media: { type: 'string', default: join(root, '..', 'shared', 'media') },
      annotations: { type: 'string' },
      model: { type: 'string', default: 'nano' },
      suite: { type: 'string', default: join(root, '.cache', 'suite') },
      // Bundles whose sound tower has not heard these folds of ESC-10.
      'bundle-for-12': { type: 'string' },
      'bundle-for-34': { type: 'string' },
      native: { type: 'boolean', default: false },
      shard: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const { annotations, model, native, json } = values;
  const [media, suite] = [resolve(values.media), resolve(values.suite)];
  const bundles = { '12': values['bundle-for-12'], '34': values['bundle-for-34'] };
  const items = annotations
    ? annotatedItems(annotations, media, 'clips', log)
    : allItems(media, suite, bundles);
  const [part, parts] = (values.shard ?? '1/1').split('/').map(Number);
  if (!part || !parts || part > parts) throw new Error(usage);
  const own = items.filter((_, at) => at % parts === part - 1);
  const rows = await askItems(own, { model, native, log });
  if (parts > 1) return;
  if (!annotations) writeResults(rows, media, suite);
  if (json) console.log(JSON.stringify(report(named(rows, media))));
  else console.log(annotations ? formatScores(rows, score(rows)) : cardTable(rows));
}

await main();
