import { msg } from '@lit/localize';

/*
 * The paper's Table 2 (arXiv 2506.05328, version 2 of 22 July 2025), figure by figure. Accuracies and
 * scores are per cent. Version 1 had faulty clue times, so its Ref and WCS columns differ.
 */

/** What a model is given: pictures, or pictures and sound. Null: neither, or the paper does not say. */
export type Modality = 'V' | 'A+V' | null;

const countMetrics = ['acc', 'oboa', 'mae', 'rmse'] as const;
const clueMetrics = ['wcs', 'ifa'] as const;
export type CountMetric = (typeof countMetrics)[number];
export type ClueMetric = (typeof clueMetrics)[number];
export type Metric = CountMetric | ClueMetric;
export const metrics: readonly Metric[] = [...countMetrics, ...clueMetrics];

/** The names of the field, the same in every language. */
export const shortNames: Readonly<Record<Metric, string>> = {
  ...{ acc: 'Acc', oboa: 'OBOA', mae: 'MAE', rmse: 'RMSE', wcs: 'WCS', ifa: 'IFA' },
};

/** The count from the whole video (`long`), or from the stretch that the question is about (`ref`). */
export type Setting = 'long' | 'ref';
export type Column = `${Setting}.${CountMetric}` | ClueMetric;

export interface LeaderboardRow {
  readonly model: string;
  readonly modality: Modality;
  /** Null where the table has no number. */
  readonly values: Readonly<Record<Column, number | null>>;
  /** `paper`: AV-Reasoner. `bound`: people and chance, between which the models stand. */
  readonly role: 'model' | 'paper' | 'bound';
  /** True for the row that only the CVPR 2026 version has. */
  readonly isLater: boolean;
}

export const columns: readonly Column[] = [
  ...countMetrics.map((metric) => `long.${metric}` as const),
  ...countMetrics.map((metric) => `ref.${metric}` as const),
  ...clueMetrics,
];

type Four = readonly (number | null)[];
const none: Four = [null, null, null, null];

function row(
  model: string,
  modality: Modality,
  long: Four,
  ref: Four,
  clue: Four,
  more: Partial<LeaderboardRow> = {},
): LeaderboardRow {
  const numbers = [...long, ...ref, ...clue];
  const values = Object.fromEntries(columns.map((column, at) => [column, numbers[at] ?? null]));
  return {
    ...{ model, modality, values: values as LeaderboardRow['values'] },
    ...{ role: 'model', isLater: false, ...more },
  };
}

/** What stands for a row: models keep their own names. */
export function rowName(model: string): string {
  switch (model) {
    case 'Random':
      return msg('Random');
    case 'Human':
      return msg('Human');
    case 'GPT-4.1, text only':
      return msg('GPT-4.1, text only');
    default:
      return model;
  }
}

const bound = { role: 'bound' } as const;
const paper = { role: 'paper' } as const;

/* prettier-ignore */
export const leaderboard: readonly LeaderboardRow[] = [
  row('Random', null, [1.56, 4.97, 30.35, 36.66], none, [0.25, 100], bound),
  row('Human', 'A+V', [85, 96.49, 0.65, 0.95], [91.53, 98.05, 0.23, 0.45], [71.93, 100], bound),
  row('GPT-4.1, text only', null, [6.04, 13.15, 8.9, 17.6], none, [0, 76.24]),
  row('GPT-4.1', 'V', [27.17, 49.95, 2.68, 4.78], [37.39, 64.85, 1.77, 3.53], [2.78, 98.73]),
  row('GPT-4o', 'V', [22.3, 45.57, 3.25, 5.82], [32.91, 58.62, 2.06, 4.37], [2.59, 98.73]),
  row('SEED-1.5 VL', 'V', [27.85, 52.19, 2.93, 6.39], [36.12, 57.64, 2.35, 4.45], [2.46, 99.03]),
  row('Gemini 2.5 Flash', 'A+V', [36.9, 61.05, 2.71, 6.32], [41.48, 65.53, 1.86, 4.08], [4.2, 95.03]),
  row('Gemini 2.5 Pro', 'A+V', [40.8, 65.82, 2.33, 7.2], [47.42, 72.25, 1.47, 3.53], [6.71, 95.03]),
  row('VideoLLaMA3-7B', 'V', [12.46, 30.57, 4.52, 12.6], [18.5, 41.48, 3.23, 5.68], [1.03, 91.72]),
  row('Eagle2-9B', 'V', [12.46, 34.08, 3.84, 6.33], [21.91, 45.37, 3.24, 5.77], [0.57, 76.14]),
  row('Qwen2.5-VL-7B', 'V', [20.84, 48, 4.08, 7.91], [27.45, 52.68, 2.76, 6.17], [0.87, 85.78]),
  row('MiniCPM-V 2.6', 'V', [13.83, 33.2, 4.06, 6.58], [18.99, 39.44, 3.62, 6.74], [0.57, 67.67]),
  row('InternVL3-8B', 'V', [17.92, 43.43, 3.21, 5.55], [30.09, 56.67, 2.57, 5.76], [0.71, 97.57]),
  row('InternVideo2.5-8B', 'V', [22.2, 48.3, 3.17, 5.92], [28.33, 56.47, 2.75, 5.7], none),
  row('VideoChat-Flash-7B', 'V', [19.86, 43.91, 3.49, 6.17], [25.41, 46.54, 3.53, 6.48], none),
  row('Eagle2.5-8B', 'V', [28.04, 51.8, 2.76, 5.23], [34.47, 63.97, 2.07, 4.39], [2.59, 83.35]),
  row('UnifiedIO-2 XXL', 'A+V', [10.61, 30.48, 3.99, 6.3], [15.29, 37.49, 3.38, 5.79], [0, 2.24]),
  row('VideoLLaMA2.1-7B-AV', 'A+V', [5.06, 13.73, 5.11, 7.34], [8.57, 18.4, 4.93, 7.24], [0.11, 13.83]),
  row('Qwen2.5-Omni-7B', 'A+V', [22.3, 48.69, 3.92, 8.49], [33.05, 60.2, 3.05, 5.79], [1.17, 95.52]),
  row('Ola-7B (base)', 'A+V', [17.92, 38.85, 4.57, 10.52], [25.33, 46.53, 3.3, 5.98], [0.84, 75.66]),
  row('AV-Reasoner', 'A+V', [22.3, 48.3, 3.15, 5.89], [35.83, 61.44, 2.38, 4.44], [1.11, 80.82], paper),
  row('AV-Reasoner-Thinking', 'A+V', [21.03, 48.78, 3.26, 8.2], [34.08, 60.95, 2.4, 4.66], [1.68, 79.65], paper),
  row('Qwen3-Omni-30B', null, [30.77, null, null, null], [37.39, null, null, null], [1.32, null], { isLater: true }),
];

/** True where a smaller number is the better one. */
export function lowerIsBetter(column: Column | Metric): boolean {
  return /mae|rmse/.test(column);
}

/** The columns that a metric is drawn from: two settings for the counts, one column for the clues. */
export function columnsOf(metric: Metric): readonly Column[] {
  return metric === 'wcs' || metric === 'ifa' ? [metric] : [`long.${metric}`, `ref.${metric}`];
}

/** The value that a row is ranked by: of the reference stretch, or of the whole video where only that is. */
export function settledValue({ values }: LeaderboardRow, metric: Metric): number | null {
  return columnsOf(metric).reduce<number | null>((last, column) => values[column] ?? last, null);
}

/** Rows by what `key` says of them; rows without a number always come last. */
export function sortRows(
  rows: readonly LeaderboardRow[],
  key: (row: LeaderboardRow) => string | number | null,
  descending = false,
): LeaderboardRow[] {
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * String(left).localeCompare(String(right), 'en');
  });
}

/** As the paper prints it, `—` where it has none. */
export function formatValue(value: number | null): string {
  return value === null ? '—' : value.toFixed(2);
}
