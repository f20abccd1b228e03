import type { Figure } from '../src/protocol/api';
import { scoreBy, type Row, type Score } from './score.ts';

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function line(name: string, s: Score) {
  return {
    name,
    n: s.n,
    exact: round(s.acc, 1),
    withinOne: round(s.oboa, 1),
    mae: round(s.mae, 2),
    wcs: s.wcs === null ? null : round(s.wcs, 0),
  };
}

/**
 * The evaluation as the site serves it (`models/served/nano/measured.json`): the page's lines, and
 * every suite with its groups. Shares are per cent; a declined question counts as wrong.
 */
export function measuredTable(rows: readonly Row[], figures: readonly Figure[]) {
  return {
    lines: figures.map(({ category, exact, withinOne, n }) => ({ category, exact, withinOne, n })),
    suites: Object.entries(scoreBy(rows, 'suite')).map(([suite, total]) => ({
      ...line(suite, total),
      groups: Object.entries(
        scoreBy(
          rows.filter((row) => row.suite === suite),
          'group',
        ),
      ).map(([group, s]) => line(group, s)),
    })),
  };
}
