import type { Annotation } from '../../src/benchmark/annotations';
import { tabulate, type ScoreTable } from '../../src/benchmark/score-table';
import type { Setting } from '../../src/benchmark/settings';
import { formatBenchmark } from './format-benchmark.ts';
import { listPredictionFiles } from './prediction-files.ts';
import { scoreRun } from './score-run.ts';

export type RunTables = Partial<Record<Setting, ScoreTable>>;

/** Scores what lies in a run's folder; a setting without an answer is left out. */
export async function tabulateRun(
  annotations: readonly Annotation[],
  folder: string,
  settings: readonly Setting[],
  warn: (line: string) => void,
): Promise<RunTables> {
  const tables: RunTables = {};
  for (const setting of settings) {
    const files = listPredictionFiles(folder, setting);
    const items = await scoreRun(annotations, files, setting, warn);
    if (items.length > 0) tables[setting] = tabulate(items);
  }
  return tables;
}

export function formatTables(tables: RunTables): string {
  return (Object.entries(tables) as [Setting, ScoreTable][])
    .map(([setting, table]) => formatBenchmark(table, setting))
    .join('\n\n');
}
