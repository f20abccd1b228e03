/**
 * Pairs rows with columns, each at most once, so that the sum of their scores is largest
 * (Hungarian method with potentials, O(n³)).
 * @param scores non-negative, a list of rows of equal length
 * @returns `[row, column]`, in the order of the rows
 */
export function bestAssignment(scores: readonly (readonly number[])[]): [number, number][] {
  const size = Math.max(scores.length, ...scores.map((row) => row.length));
  const cost = (row: number, column: number) => -(scores[row - 1]?.[column - 1] ?? 0);
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  // Column → its row; column 0 holds the row that looks for a place.
  const rowOf = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    rowOf[0] = row;
    let column = 0;
    const least = new Float64Array(size + 1).fill(Infinity);
    const from = new Int32Array(size + 1);
    const seen = new Uint8Array(size + 1);
    do {
      seen[column] = 1;
      const here = rowOf[column]!;
      let delta = Infinity;
      let next = 0;
      for (let j = 1; j <= size; j++) {
        if (seen[j]) continue;
        const slack = cost(here, j) - rowPotential[here]! - columnPotential[j]!;
        if (slack < least[j]!) {
          least[j] = slack;
          from[j] = column;
        }
        if (least[j]! < delta) {
          delta = least[j]!;
          next = j;
        }
      }
      for (let j = 0; j <= size; j++) {
        if (seen[j]) {
          rowPotential[rowOf[j]!]! += delta;
          columnPotential[j]! -= delta;
        } else least[j]! -= delta;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const before = from[column]!;
      rowOf[column] = rowOf[before]!;
      column = before;
    }
  }
  const pairs: [number, number][] = [];
  for (let j = 1; j <= size; j++) {
    const row = rowOf[j]! - 1;
    if (row < scores.length && j <= (scores[row]?.length ?? 0)) pairs.push([row, j - 1]);
  }
  return pairs.sort((a, b) => a[0] - b[0]);
}
