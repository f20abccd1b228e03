import type { Category } from '../clues/clue';
import { modalities } from './annotation-schema';
import type { Modality } from './annotations';
import { summarize, type BenchmarkScore, type ScoredItem } from './score-replies';

/** The scores of a run, as a whole and in its parts; parts without an item are left out. */
export interface ScoreTable {
  total: BenchmarkScore;
  byCategory: Partial<Record<Category, BenchmarkScore>>;
  byModality: Partial<Record<Modality, BenchmarkScore>>;
}

const categories = ['object', 'event', 'attribute'] as const;

export function breakDown(items: readonly ScoredItem[]): ScoreTable {
  const parts = <Key extends string>(keys: readonly Key[], of: (item: ScoredItem) => Key) =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const own = items.filter((item) => of(item) === key);
        return own.length > 0 ? [[key, summarize(own)]] : [];
      }),
    ) as Partial<Record<Key, BenchmarkScore>>;
  return {
    total: summarize(items),
    byCategory: parts(categories, ({ category }) => category),
    byModality: parts(modalities, ({ modality }) => modality),
  };
}

/** One bar of a chart: `value` is null where no item is behind it. */
export interface Bar {
  label: string;
  value: number | null;
  /** How many items are behind it. */
  n: number;
}

const countBins: readonly (readonly [label: string, least: number, most: number])[] = [
  ...[0, 1, 2].map((count) => [String(count), count, count] as const),
  ['3–5', 3, 5],
  ['6–10', 6, 10],
  ['11+', 11, Infinity],
];

/** Per cent of exact counts, by the true count. */
export function accuracyByCount(items: readonly ScoredItem[]): Bar[] {
  return countBins.map(([label, least, most]) => {
    const own = items.filter(({ truth }) => truth >= least && truth <= most);
    return { label, value: own.length > 0 ? summarize(own).acc : null, n: own.length };
  });
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
