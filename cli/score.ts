/** A question about a clip whose true count is known. */
export interface Item {
  suite: string;
  group: string;
  file: string;
  question: string;
  truth: number;
}

/** An item with the model's answer. */
export interface Row extends Item {
  /** How the model that answered relates to this item. */
  note: string;
  count: number | null;
  covered: boolean;
  error?: string;
}

export interface Score {
  n: number;
  /** Per cent of the items that the model says it can count. */
  covered: number;
  /** Per cent exactly right, and within one; an item that is not covered counts as wrong. */
  acc: number;
  oboa: number;
  /** Mean absolute error of the answered items. */
  mae: number;
}

/** Counts as the benchmark counts: |truth − count| is 0, or at most 1. */
export function score(rows: readonly Pick<Row, 'truth' | 'count' | 'covered'>[]): Score {
  const share = (test: (row: (typeof rows)[number]) => boolean) =>
    rows.length === 0 ? 0 : (100 * rows.filter(test).length) / rows.length;
  const off = (row: (typeof rows)[number]) =>
    row.count === null ? Infinity : Math.abs(row.truth - row.count);
  const answered = rows.map(off).filter(Number.isFinite);
  return {
    n: rows.length,
    covered: share((row) => row.covered),
    acc: share((row) => off(row) === 0),
    oboa: share((row) => off(row) <= 1),
    mae: answered.length === 0 ? 0 : answered.reduce((sum, e) => sum + e, 0) / answered.length,
  };
}
