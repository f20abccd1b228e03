import { invertMatrix, munkres } from 'munkres';

/**
 * Pairs rows with columns, each at most once, so that the sum of their scores is largest.
 * @param scores non-negative, a list of rows of equal length
 * @returns `[row, column]`, in the order of the rows
 */
export function bestAssignment(scores: readonly (readonly number[])[]): [number, number][] {
  const matrix = scores.map((row) => [...row]);
  if (!matrix[0]?.length) return [];
  invertMatrix(matrix);
  return munkres(matrix).sort(([a], [b]) => a - b);
}
