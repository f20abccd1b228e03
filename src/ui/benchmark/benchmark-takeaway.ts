import type { ScoreTable } from '../../benchmark/score-table';
import type { ScoredItem } from '../../benchmark/score-replies';
import type { Benchmark } from '../../state/benchmark/benchmark';
import { downloadFile } from '../download-file';

/** Puts a run or its scores into the visitor's downloads. */
export async function takeAwayScores(
  benchmark: Benchmark,
  table: ScoreTable,
  scores: readonly ScoredItem[],
  as: 'zip' | 'jsonl' | 'csv' | 'items' | 'json',
): Promise<void> {
  const { source, setting, origin } = benchmark.state;
  const stem = (source?.name ?? 'benchmark').replace(/\.json$/i, '').replace(/\s+/g, '-');
  const name = `${stem}-${setting}`;
  if (as === 'zip' || as === 'jsonl') {
    const lines = await benchmark.readLines();
    const { zipPredictions, jsonlPredictions } = await import('../../results/predictions-file');
    downloadFile((as === 'zip' ? zipPredictions : jsonlPredictions)(lines, name));
    return;
  }
  const { scoresToCsv, itemsToCsv, scoresToJson } = await import('../../results/scores-file');
  if (as === 'csv') save(scoresToCsv(table), `${name}-scores.csv`, 'text/csv');
  else if (as === 'items') {
    const questions = new Map(source?.annotations.map((one) => [one.id, one]));
    save(itemsToCsv(scores, questions), `${name}-questions.csv`, 'text/csv');
  } else {
    const model = origin?.kind === 'run' ? origin.title : (origin?.name ?? '');
    const facts = { annotations: source?.name ?? '', setting, model };
    save(scoresToJson(facts, table, scores), `${name}.json`, 'application/json');
  }
}

function save(text: string, name: string, type: string): void {
  downloadFile(new File([text], name, { type }));
}
