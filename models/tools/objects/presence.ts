// Asks nano of photographs what is there, and what is not but looks like it.
//   npx tsx models/tools/objects/presence.ts [--media DIR] [--bundle DIR] [--empty DIR] [--light 0.45] [--every N]
// There: the classes of COCO128 with one to eight instances. Not there: of the other classes, those that the
// detector takes something for; and people. --empty: a folder of pictures in which there is nothing of COCO's
// classes, wallpapers say. --light darkens every picture first, as a dim room would. Prints a table, and
// writes it into results.json, under `presence`, where nothing but --media and --empty is given.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { photographItems, plurals, readJson } from '../../../cli/evaluation-items';
import { NativeModel } from '../suite/native-model';
import { config } from './runner';

const { values: options } = parseArgs({
  options: {
    media: { type: 'string', default: '../shared/media' },
    bundle: { type: 'string', default: 'models/served/nano' },
    empty: { type: 'string' },
    light: { type: 'string', default: '1' },
    every: { type: 'string', default: '1' },
  },
});
const light = Number(options.light);
const every = Number(options.every);

interface Row {
  asked: number;
  exact: number;
  withinOne: number;
}
const rows: Record<string, Row> = {};
function note(kind: string, count: number, truth: number): void {
  const row = (rows[kind] ??= { asked: 0, exact: 0, withinOne: 0 });
  row.asked++;
  if (count === truth) row.exact++;
  if (Math.abs(count - truth) <= 1) row.withinOne++;
}

const model = await NativeModel.open(options.bundle);
const dim = mkdtempSync(path.join(tmpdir(), 'presence-'));

/** The picture with less light: less contrast in the shadows, and nothing as bright as before. */
function dimmed(file: string): string {
  if (light === 1) return file;
  const out = path.join(dim, `${path.basename(file)}.png`);
  const curve = `255*${light}*pow(val/255\\,${1 / (0.5 + 0.5 * light)})`;
  const filter = `lutrgb=r=${curve}:g=${curve}:b=${curve}`;
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-i',
    file,
    '-vf',
    filter,
    '-pix_fmt',
    'rgb24',
    out,
  ]);
  return out;
}

async function countOf(file: string, label: string): Promise<number> {
  const { count } = await model.ask(file, `How many ${plurals[label] ?? `${label}s`} are there?`);
  return count ?? NaN;
}

/** Every class that is the best one of something the detector saw at the last question. */
function named(): Set<string> {
  const seen = model.scene?.proposals ?? [];
  return new Set(seen.map(({ classScores }) => config.labels[indexOfLargest(classScores)]!));
}

function indexOfLargest(scores: ArrayLike<number>): number {
  const all = Array.from(scores);
  return all.indexOf(Math.max(...all));
}

/** Asks of what is not there. @param there the classes that are */
async function askAbsent(set: string, file: string, there: readonly string[]): Promise<void> {
  if (!there.includes('person'))
    note(`${set}, people where there are none`, await countOf(file, 'person'), 0);
  else await countOf(file, 'person');
  for (const label of named()) {
    if (label === 'person' || there.includes(label)) continue;
    note(`${set}, look-alikes`, await countOf(file, label), 0);
  }
}

const photographs = readJson<{ file: string; counts: Record<string, number> }[]>(
  path.join(options.media, 'coco128', 'COUNTS.json'),
);
const items = photographItems(options.media);
for (const [at, { file, counts }] of photographs.entries()) {
  if (at % every > 0) continue;
  const whole = path.join(options.media, 'coco128', file);
  const shown = dimmed(whole);
  for (const item of items) {
    if (item.file !== whole) continue;
    const { count } = await model.ask(shown, item.question);
    note('COCO128, there', count ?? NaN, item.answer);
  }
  await askAbsent('COCO128', shown, Object.keys(counts));
}
if (options.empty)
  for (const file of readdirSync(options.empty).sort())
    await askAbsent('empty pictures', dimmed(path.join(options.empty, file)), []);
await model.close();
rmSync(dim, { recursive: true });

const percent = (part: number, all: number) => Number(((100 * part) / all).toFixed(1));
const table = Object.fromEntries(
  Object.entries(rows).map(([kind, { asked, exact, withinOne }]) => [
    kind,
    { asked, exact: percent(exact, asked), withinOne: percent(withinOne, asked) },
  ]),
);
console.table(table);
if (light === 1 && every === 1 && options.bundle === 'models/served/nano') {
  const results = `${import.meta.dirname}/results.json`;
  const all = JSON.parse(readFileSync(results, 'utf8')) as Record<string, unknown>;
  writeFileSync(results, `${JSON.stringify({ ...all, presence: table }, null, 2)}\n`);
}
