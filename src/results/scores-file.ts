import Papa from 'papaparse';
import type { ScoreTable } from '../benchmark/score-table';
import type { BenchmarkScore, ScoredItem } from '../benchmark/score-replies';

const measures = [
  ...(['n', 'acc', 'oboa', 'mae', 'rmse', 'accStrict', 'oboaStrict', 'wcs', 'ifa'] as const),
];

/** What the scores belong to. */
export interface ScoreSource {
  annotations: string;
  setting: string;
  model: string;
}

/** A line for the whole and for each part. */
export function scoresToCsv({ overall, byCategory, byModality, byCount }: ScoreTable): string {
  const line = (part: string, group: string, score: BenchmarkScore) => ({
    ...{ part, group },
    ...Object.fromEntries(measures.map((measure) => [measure, score[measure] ?? ''])),
  });
  return Papa.unparse([
    line('total', '', overall),
    ...Object.entries(byCategory).map(([group, score]) => line('category', group, score)),
    ...Object.entries(byModality).map(([group, score]) => line('modality', group, score)),
    ...Object.entries(byCount).map(([group, score]) => line('count', group, score)),
  ]);
}

/** A line for each item. @param questions by index of the item */
export function itemsToCsv(
  items: readonly ScoredItem[],
  questions: ReadonlyMap<string, { file: string; question: string }>,
): string {
  return Papa.unparse(
    items.map((item) => ({
      ...{ index: item.index, video: questions.get(item.index)?.file ?? '' },
      ...{ question: questions.get(item.index)?.question ?? '', category: item.category },
      ...{ type: item.modality, truth: item.truth, predicted: item.predicted },
      predicted_strict: item.predictedStrict,
      error: item.predicted - item.truth,
      clue_score: item.clueScore ?? '',
      well_formed: item.wellFormed ?? '',
    })),
    { escapeFormulae: true },
  );
}

export function scoresToJson(
  source: ScoreSource,
  scores: ScoreTable,
  items: readonly ScoredItem[],
): string {
  return `${JSON.stringify({ ...source, scores, items }, null, 2)}\n`;
}
