import type { ScoreTable } from '../../src/benchmark/score-table';
import type { BenchmarkScore } from '../../src/benchmark/score-replies';
import type { Setting } from '../../src/benchmark/settings';
import { align, orDash } from '../format-scores.ts';

const titles: Readonly<Record<Setting, string>> = {
  long: 'long: the whole video, asked for a number',
  ref: 'ref: the reference part alone, asked for a number',
  clue: 'clue: asked for the evidence',
};

const shares = ['Acc', 'OBOA', 'MAE', 'RMSE'];

function cells(s: BenchmarkScore, setting: Setting): string[] {
  const counts = [s.acc.toFixed(2), s.oboa.toFixed(2), s.mae.toFixed(2), s.rmse.toFixed(2)];
  return setting === 'clue'
    ? [String(s.n), orDash(s.wcs, 2), orDash(s.ifa, 2), ...counts]
    : [String(s.n), ...counts, s.accStrict.toFixed(2), s.oboaStrict.toFixed(2)];
}

/**
 * The scores of a run for a terminal: in total, by what is counted, by sense and by the true count.
 * The clue setting has no strict reading of a count: its counts are the numbers of clues.
 */
export function formatBenchmark(table: ScoreTable, setting: Setting): string {
  const head =
    setting === 'clue'
      ? ['n', 'WCS', 'IFA', ...shares]
      : ['n', ...shares, 'Acc strict', 'OBOA strict'];
  const parts: readonly Readonly<Record<string, BenchmarkScore>>[] = [
    table.byCategory,
    table.byModality,
    table.byCount,
  ];
  const names = ['', '', 'count '];
  const lines = parts.flatMap((part, at) =>
    Object.entries(part).map(([name, score]) => [`${names[at]!}${name}`, ...cells(score, setting)]),
  );
  const body = align([['', ...head], ['total', ...cells(table.overall, setting)], ...lines], 1);
  return `${titles[setting]}\n${body}`;
}
