import { countRanges, tabulate } from './score-table';
import type { ScoredItem } from './score-replies';

/** One bar of a chart: `value` is null where no item is behind it. */
export interface Bar {
  label: string;
  value: number | null;
  /** How many items are behind it. */
  n: number;
}

/** Per cent of exact counts, by the true count. */
export function accuracyByCount(items: readonly ScoredItem[]): Bar[] {
  const { byCount } = tabulate(items);
  return countRanges.map(({ name }) => ({
    label: name,
    value: byCount[name]?.acc ?? null,
    n: byCount[name]?.n ?? 0,
  }));
}

const farthest = 5;

/** How many counts are off by how much, from five or more too few to five or more too many. */
export function errorHistogram(items: readonly ScoredItem[]): Bar[] {
  const errors = items.map(({ truth, predicted }) =>
    Math.max(-farthest, Math.min(farthest, predicted - truth)),
  );
  return Array.from({ length: 2 * farthest + 1 }, (_, at) => at - farthest).map((error) => {
    const n = errors.filter((one) => one === error).length;
    const sign = error > 0 ? '+' : error < 0 ? '−' : '';
    const beyond = error === farthest ? '≥ ' : error === -farthest ? '≤ ' : '';
    return { label: `${beyond}${sign}${Math.abs(error)}`, value: n, n };
  });
}

/** How many items have which clue score, in ten steps of ten; empty where none has one. */
export function clueScoreHistogram(items: readonly ScoredItem[]): Bar[] {
  const scores = items.flatMap(({ clueScore }) => clueScore ?? []);
  if (scores.length === 0) return [];
  return Array.from({ length: 10 }, (_, at) => {
    const n = scores.filter((score) => Math.min(9, Math.floor(score * 10 + 1e-9)) === at).length;
    return { label: `${at * 10}–${at * 10 + 10}`, value: n, n };
  });
}
