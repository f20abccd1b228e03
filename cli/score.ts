import type { Annotation } from '../src/benchmark/annotations';
import { judgeClues } from '../src/benchmark/judge';
import { scoreCounts } from '../src/benchmark/metrics';
import type { Answer } from './answer-cache.ts';

/** A question about a clip whose true count is known. */
export interface Item extends Pick<
  Annotation,
  'question' | 'category' | 'modality' | 'answer' | 'clues' | 'boxUnit'
> {
  suite: string;
  /** A line of the suite's table. */
  group: string;
  /** Path of the clip. */
  file: string;
  /** How the model that answers relates to this item. */
  note: string;
  /** Which bundle answers; absent: the shipped model. */
  bundle?: string;
}

/** An item with the model's answer, judged. */
export interface Row {
  suite: string;
  group: string;
  file: string;
  question: string;
  category: Item['category'];
  modality: Item['modality'];
  note: string;
  truth: number;
  /** Null where the model gives no count. */
  count: number | null;
  covered: boolean;
  /** How sure the model says it is, 0…1. */
  confidence: number | null;
  /** Clue score 0…1, and mean overlap in time; null where the item's clues cannot be judged. */
  clueScore: number | null;
  temporalIou: number | null;
  seconds: number;
  secondsAfterDecoding: number;
  /** Why there is no count: an error's code, or the sentence with which the model declines. */
  reason?: string;
}

export interface Score {
  n: number;
  /** All shares are per cent. An item that is not covered counts as wrong. */
  covered: number;
  acc: number;
  oboa: number;
  /** Clipped as the benchmark clips them; an item without a count stands as 0. */
  mae: number;
  rmse: number;
  /** Over the items whose clues can be judged; null where there are none. */
  wcs: number | null;
  wcsItems: number;
  /** Share of answers in the asked form, so that they could be read. */
  ifa: number;
  /** 0…1, mean over the items with true intervals. */
  temporalIou: number | null;
  temporalItems: number;
  seconds: number;
  secondsAfterDecoding: number;
  /** The same shares among the answers that the model gave. */
  answered: { n: number; acc: number; oboa: number };
}

/** Puts an answer beside the truth. */
export function judge(item: Item, answer: Answer): Row {
  const { suite, group, file, question, category, modality, note } = item;
  const given = answer.count === null ? [] : answer.clues;
  const judged = judgeClues(item, given, answer.size);
  return {
    ...{ suite, group, file, question, category, modality, note },
    truth: item.answer,
    count: answer.count,
    covered: answer.covered,
    confidence: answer.confidence,
    clueScore: judged?.score ?? null,
    temporalIou: judged?.temporalIou ?? null,
    seconds: answer.seconds,
    secondsAfterDecoding: answer.secondsAfterDecoding,
    ...(answer.reason !== undefined && { reason: answer.reason }),
  };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const present = (values: readonly (number | null)[]): number[] =>
  values.filter((value) => value !== null);

export function score(rows: readonly Row[]): Score {
  const shares = (of: readonly Row[]) => {
    const pairs = of.map(({ truth, count }) => ({ truth, predicted: count ?? Infinity }));
    const { acc, oboa } = scoreCounts(pairs);
    return { n: of.length, acc: 100 * acc, oboa: 100 * oboa };
  };
  const errors = scoreCounts(rows.map(({ truth, count }) => ({ truth, predicted: count ?? 0 })));
  const clueScores = present(rows.map((row) => row.clueScore));
  const overlaps = present(rows.map((row) => row.temporalIou));
  const share = (test: (row: Row) => boolean) => 100 * mean(rows.map((row) => Number(test(row))));
  return {
    ...shares(rows),
    covered: share((row) => row.covered),
    mae: errors.mae,
    rmse: errors.rmse,
    wcs: clueScores.length > 0 ? 100 * mean(clueScores) : null,
    wcsItems: clueScores.length,
    ifa: share((row) => row.count !== null),
    temporalIou: overlaps.length > 0 ? mean(overlaps) : null,
    temporalItems: overlaps.length,
    seconds: mean(rows.map((row) => row.seconds)),
    secondsAfterDecoding: mean(rows.map((row) => row.secondsAfterDecoding)),
    answered: shares(rows.filter((row) => row.count !== null)),
  };
}

/** One score for each value of a field, in the order in which the values come. */
export function scoreBy<K extends 'suite' | 'group' | 'category' | 'modality'>(
  rows: readonly Row[],
  key: K,
): Record<string, Score> {
  const values = [...new Set(rows.map((row) => row[key]))];
  return Object.fromEntries(
    values.map((value) => [value, score(rows.filter((row) => row[key] === value))]),
  );
}

/** Everything that `--json` prints. */
export function report(rows: readonly Row[]) {
  return {
    total: score(rows),
    category: scoreBy(rows, 'category'),
    modality: scoreBy(rows, 'modality'),
    rows,
  };
}
