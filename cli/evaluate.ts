import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppPage } from './app-page.ts';
import { root } from './site.ts';
import { score, type Item, type Row } from './score.ts';

/*
 * `npm run evaluate`: asks the built app about clips with known counts, writes
 * models/evaluation.json (every answer), models/tools/figures.json (what the page shows) and the
 * table of the model card.
 */

interface ClipQuestion {
  question: string;
  answer: number;
  category: string;
}

interface Clip extends ClipQuestion {
  file: string;
  other_questions?: ClipQuestion[];
}

interface EscClip {
  fold: number;
  file: string;
  class: string;
  count: number;
  certainty: string;
}

const escQuestions: Record<string, string> = {
  dog: 'How many times does the dog bark?',
  rooster: 'How many times does the rooster crow?',
  sneezing: 'How many sneezes are there?',
  clock_tick: 'How many times does the clock tick?',
};

/** The lines of the page's table: how often an answer that nano gave was right. */
const answered = [
  {
    category: 'event',
    label: 'Sounds, on recordings it was not trained on',
    isIn: (row: Row) => row.suite === 'ESC-10' || row.group === 'event',
  },
  {
    category: 'object',
    label: 'Objects, on clips that its tracker was adjusted with',
    isIn: (row: Row) => row.suite === 'clips' && row.group === 'object',
  },
];

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

function clipItems(annotations: string, media: string, suite: string): Item[] {
  return readJson<Clip[]>(annotations).flatMap(({ file, other_questions = [], ...first }) =>
    [first, ...other_questions].map(({ question, answer, category }) => ({
      suite,
      group: category,
      file: join(media, file),
      question,
      truth: answer,
    })),
  );
}

function escItems(media: string, folds: readonly number[]): Item[] {
  return readJson<EscClip[]>(join(media, 'esc10', 'COUNTS.json'))
    .filter((clip) => clip.certainty === 'high' && folds.includes(clip.fold))
    .map((clip) => ({
      suite: 'ESC-10',
      group: clip.class,
      file: join(media, 'esc10', clip.file),
      question: escQuestions[clip.class] ?? `How many ${clip.class} sounds are there?`,
      truth: clip.count,
    }));
}

async function ask(items: readonly Item[], model: string, note: string): Promise<Row[]> {
  const page = new AppPage({ model, onProgress: (line) => process.stderr.write(`${line}\n`) });
  const rows: Row[] = [];
  try {
    for (const item of items) {
      const result = await page.ask(item.file, item.question);
      const row: Row =
        'error' in result
          ? { ...item, note, count: null, covered: false, error: result.error.code }
          : { ...item, note, count: result.count, covered: result.covered };
      rows.push(row);
      process.stderr.write(
        `${rows.length}/${items.length} ${item.file.split('/').at(-1)} ${item.question} ` +
          `truth ${item.truth}, nano ${row.count ?? row.error ?? 'not covered'}\n`,
      );
    }
    return rows;
  } finally {
    await page.close();
  }
}

function table(rows: readonly Row[]): string {
  const lines = [
    '| suite | group | n | covered % | exact % | within one % | MAE |',
    '|---|---|---|---|---|---|---|',
  ];
  const keys = [...new Set(rows.map((row) => `${row.suite}\n${row.group}`))];
  for (const key of keys) {
    const [suite, group] = key.split('\n');
    const s = score(rows.filter((row) => row.suite === suite && row.group === group));
    lines.push(
      `| ${suite} | ${group} | ${s.n} | ${s.covered.toFixed(0)} | ${s.acc.toFixed(1)} ` +
        `| ${s.oboa.toFixed(1)} | ${s.mae.toFixed(2)} |`,
    );
  }
  return lines.join('\n');
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

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      media: { type: 'string', default: join(root, '..', 'shared', 'media') },
      annotations: { type: 'string' },
      model: { type: 'string', default: 'nano' },
      // Bundles whose sound tower has not heard these folds of ESC-10.
      'bundle-for-12': { type: 'string' },
      'bundle-for-34': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { media, annotations, model, json } = values;
  const rows: Row[] = [];
  if (annotations !== undefined) {
    rows.push(...(await ask(clipItems(annotations, media, 'clips'), model, 'as shipped')));
  } else {
    const clips = join(media, 'clips');
    rows.push(
      ...(await ask(clipItems(join(clips, 'CLIPS.json'), clips, 'clips'), model, 'as shipped')),
    );
    for (const [folds, bundle] of [
      [[1, 2], values['bundle-for-12']],
      [[3, 4], values['bundle-for-34']],
    ] as const) {
      const note = bundle ? 'folds not trained on' : 'shipped model, which was trained on them';
      rows.push(...(await ask(escItems(media, folds), bundle ? resolve(bundle) : model, note)));
    }
    const named = rows.map((row) => ({ ...row, file: relative(media, row.file) }));
    const path = join(root, 'models', 'evaluation.json');
    writeFileSync(path, `${JSON.stringify(named, null, 1)}\n`);
    const figures = answered.map(({ category, label, isIn }) => {
      const s = score(rows.filter((row) => row.covered && isIn(row)));
      const round = (value: number) => Math.round(value * 10) / 10;
      return { category, label, exact: round(s.acc), withinOne: round(s.oboa), n: s.n };
    });
    writeFileSync(
      join(root, 'models', 'tools', 'figures.json'),
      `${JSON.stringify(figures, null, 1)}\n`,
    );
    writeCard(table(rows));
  }
  console.log(json ? JSON.stringify({ total: score(rows), rows }) : table(rows));
}

await main();
