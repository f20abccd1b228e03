import type { Annotation } from '../../benchmark/annotations';
import type { ScoredItem } from '../../benchmark/score-replies';

/** An item and what its reply is worth. */
export interface ItemRow {
  readonly annotation: Annotation;
  readonly score: ScoredItem;
}

export const rowOrders = ['file', 'error', 'truth', 'clues'] as const;
export type RowOrder = (typeof rowOrders)[number];

export const isWrong = ({ score }: ItemRow): boolean => score.predicted !== score.truth;

/** The rows in an order: the file's own, the farthest off first, the largest count or the worst clues first. */
export function orderRows(rows: readonly ItemRow[], order: RowOrder): readonly ItemRow[] {
  const key: Record<RowOrder, (row: ItemRow) => number> = {
    file: () => 0,
    error: ({ score }) => -Math.abs(score.predicted - score.truth),
    truth: ({ score }) => -score.truth,
    clues: ({ score }) => score.clueScore ?? Infinity,
  };
  const by = key[order];
  return order === 'file'
    ? rows
    : rows.toSorted((a, b) => {
        const [left, right] = [by(a), by(b)];
        return left === right ? 0 : left < right ? -1 : 1;
      });
}
