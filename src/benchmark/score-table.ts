import type { Category } from '../clues/clue';
import type { Modality } from './annotations';
import { modalities } from './annotation-schema';
import { summarize, type BenchmarkScore, type ScoredItem } from './score-replies';

/** A score for all items, and for each part of them that holds any. */
export interface ScoreTable {
  overall: BenchmarkScore;
  byCategory: Partial<Record<Category, BenchmarkScore>>;
  byModality: Partial<Record<Modality, BenchmarkScore>>;
  /** By the true count: `0`, `1–5`, … `over 20`. */
  byCount: Readonly<Record<string, BenchmarkScore>>;
}

const categories: readonly Category[] = ['event', 'object', 'attribute'];

/** The largest true count of each part. */
const counts = [
  ['0', 0],
  ['1–5', 5],
  ['6–10', 10],
  ['11–20', 20],
  ['over 20', Infinity],
] as const;

const rangeOf = (truth: number): string => counts.find(([, most]) => truth <= most)![0];

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
      counts.map(([name]) => name),
      ({ truth }) => rangeOf(truth),
    ),
  };
}
