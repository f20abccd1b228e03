import type { Category } from '../clues/clue';
import type { Modality } from './annotations';
import { modalities } from './annotation-schema';
import { summarize, type BenchmarkScore, type ScoredItem } from './score-replies';

/** A score for all items, and for each part of them that holds any. */
export interface ScoreTable {
  overall: BenchmarkScore;
  byCategory: Partial<Record<Category, BenchmarkScore>>;
  byModality: Partial<Record<Modality, BenchmarkScore>>;
  /** By the true count. */
  byCount: Readonly<Record<string, BenchmarkScore>>;
}

const categories: readonly Category[] = ['object', 'event', 'attribute'];

/** Ranges of true counts, and the largest of each. */
export const countRanges = [
  { name: '0', most: 0 },
  { name: '1', most: 1 },
  { name: '2', most: 2 },
  { name: '3–5', most: 5 },
  { name: '6–10', most: 10 },
  { name: '11+', most: Infinity },
] as const;

const rangeOf = (truth: number): string => countRanges.find(({ most }) => truth <= most)!.name;

export function tabulate(items: readonly ScoredItem[]): ScoreTable {
  const by = <K extends string>(names: readonly K[], nameOf: (item: ScoredItem) => string) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const part = items.filter((item) => nameOf(item) === name);
        return part.length > 0 ? [[name, summarize(part)]] : [];
      }),
    ) as Partial<Record<K, BenchmarkScore>>;
  return {
    overall: summarize(items),
    byCategory: by(categories, ({ category }) => category),
    byModality: by(modalities, ({ modality }) => modality),
    byCount: by(
      countRanges.map(({ name }) => name),
      ({ truth }) => rangeOf(truth),
    ),
  };
}
