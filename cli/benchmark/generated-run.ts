import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Annotation } from '../../src/benchmark/annotations';
import { settings } from '../../src/benchmark/settings';
import { evaluationKey } from '../answer-cache.ts';
import { bundleFolder, readModelIdentity } from '../asker.ts';
import { runSettings } from './benchmark-run.ts';
import { makeBenchmark } from './generated-benchmark.ts';
import { MediaFolders } from './media-folders.ts';
import { readAnnotationFile } from './read-annotations.ts';
import { formatTables, tabulateRun, type RunTables } from './run-tables.ts';
import { root } from '../site.ts';

export interface GeneratedRunOptions {
  model: string;
  native: boolean;
  json: boolean;
  log: (line: string) => void;
}

/** What decides on how an item is asked and an answer is written. */
const writing = ['settings.ts', 'reply-text.ts', 'clue-frames.ts'].map((name) =>
  join('benchmark', name),
);

/** Of the whole generated benchmark. */
const wholeLength = 40;

/**
 * Makes the generated benchmark, asks a model all of it in each setting, prints the tables, and, where
 * it is nano in the browser and nothing is missing, writes what the page shows of it.
 * @returns the exit code
 */
export async function evaluateGenerated(
  { model, native, json, log }: GeneratedRunOptions,
  signal: AbortSignal,
): Promise<number> {
  const folder = join(root, '.cache', 'benchmark', 'generated');
  const path = await makeBenchmark(folder, join(root, '..', 'shared', 'media', 'clips'), log);
  const file = readAnnotationFile(path, { boxUnit: 'pixels' }, log);
  const media = new MediaFolders([folder]);
  // New code and new questions may be answered otherwise, so nothing goes on with the lines of old ones.
  const key = `${evaluationKey(bundleFolder(model), writing)}-${file.sha256.slice(0, 8)}`;
  const out = join(folder, `${key}${native ? '-native' : ''}`);
  const run = { file, media, settings, thinks: false, model, native, shard: null, out, log };
  const { answered, wanted } = await runSettings(run, signal);
  if (answered === 0) return 3;
  const tables = await tabulateRun(file.annotations, out, settings, log);
  console.log(json ? JSON.stringify(tables) : formatTables(tables));
  const isWhole = answered === wanted && file.annotations.length === wholeLength;
  if (model === 'nano' && !native && isWhole) {
    const served = join(root, 'models', 'served', 'nano', 'benchmark.json');
    const card = benchmarkCard(file.annotations, readModelIdentity(model), tables);
    writeFileSync(served, `${JSON.stringify(card, round, 1)}\n`);
    log(`Written: ${served}`);
  } else log('models/served/nano/benchmark.json stays as it is: this run is not all of nano’s.');
  return 0;
}

/** What the site serves of it; shares are per cent. */
export function benchmarkCard(
  annotations: readonly Annotation[],
  model: { id: string; version: string; sha256: string },
  tables: RunTables,
) {
  return {
    model,
    clips: new Set(annotations.map(({ file }) => file)).size,
    questions: annotations.length,
    settings: tables,
  };
}

const round = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(2)) : value;
