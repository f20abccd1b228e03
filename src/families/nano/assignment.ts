import { munkres } from 'munkres';

/** Dearer than any pair, and still a number that potentials can be added to. */
const forbidden = 1e9;

/**
 * The cheapest one-to-one assignment of rows to columns in which a row may also stay alone for
 * `alone`.
 * @param cost `cost[row][column]`; Infinity forbids a pair.
 * @returns the column of every row, or −1.
 */
export function assign(cost: readonly (readonly number[])[], alone: number): number[] {
  const result = new Array<number>(cost.length).fill(-1);
  // One private extra column per row stands for "alone", so a full assignment always exists.
  const matrix = cost.map((row, at) => [
    ...row.map((price) => Math.min(forbidden, price)),
    ...cost.map((_, other) => (other === at ? alone : forbidden)),
  ]);
  for (const [row, column] of matrix.length > 0 ? munkres(matrix) : [])
    if ((cost[row]?.[column] ?? Infinity) < alone) result[row] = column;
  return result;
}
