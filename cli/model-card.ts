import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { calibrate, drawCalibration } from './calibration.ts';
import {
  annotatedItems,
  escAbsentItems,
  escItems,
  generatedItems,
  photographItems,
  unheard,
} from './evaluation-items.ts';
import type { FoldPair } from './cross-validation.ts';
import { cardTable } from './format-scores.ts';
import { measuredTable } from './measured.ts';
import { score, type Item, type Row } from './score.ts';
import { root } from './site.ts';

/*
 * What nano's model card says: models/evaluation.json (every answer), models/tools/figures.json and
 * models/served/nano/measured.json (what the page shows), models/figures/calibration.svg and the table
 * in models/README.md.
 */

const levels = ['low', 'middle', 'high'];
const absent = 'ESC-10, absent';

/** The lines of the page's table: how often an answer that nano gave was right. */
const lines = [
  { category: 'event', label: 'Sounds and movements, in real and in generated clips' },
  { category: 'object', label: 'Objects, in clips, photographs and generated scenes' },
  { category: 'attribute', label: 'Colours and kinds, in clips and generated scenes' },
] as const;

/**
 * Everything whose counts are known.
 * @param bundles fold pair (`12` or `34`) → the bundle that answers about its recordings
 */
export function allItems(
  media: string,
  suite: string,
  bundles: Readonly<Record<FoldPair, string>>,
  log: (line: string) => void,
): Item[] {
  const clips = join(media, 'clips');
  const esc = (['12', '34'] as const).flatMap((pair): Item[] => {
    const folds = [...pair].map(Number);
    const bundle = bundles[pair];
    return [...escItems(media, folds), ...escAbsentItems(media, folds)].map((item) => ({
      ...item,
      note: unheard,
      bundle,
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

/** Writes every file of the model card that an evaluation decides on. */
export function writeResults(rows: readonly Row[], media: string, suite: string): void {
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
