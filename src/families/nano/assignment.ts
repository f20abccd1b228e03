/**
 * The cheapest one-to-one assignment of rows to columns in which a row may also stay alone for
 * `alone`. Shortest augmenting paths with potentials (the Hungarian method), O(rows² · columns).
 * @param cost `cost[row][column]`; Infinity forbids a pair.
 * @returns the column of every row, or −1.
 */
export function assign(cost: readonly (readonly number[])[], alone: number): number[] {
  const rows = cost.length;
  const realColumns = cost[0]?.length ?? 0;
  // One private extra column per row stands for "alone", so a full assignment always exists.
  const columns = realColumns + rows;
  const forbidden = 1e9;
  const price = (row: number, column: number): number => {
    if (column >= realColumns) return column - realColumns === row ? alone : forbidden;
    return Math.min(forbidden, cost[row]?.[column] ?? forbidden);
  };
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  // Column 0 and row 0 are sentinels: `rowOf[column]` is 0 where the column is free.
  const rowOf = new Int32Array(columns + 1);
  const previous = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    let column = 0;
    const shortest = new Float64Array(columns + 1).fill(Infinity);
    const visited = new Uint8Array(columns + 1);
    do {
      visited[column] = 1;
      const from = rowOf[column] ?? 0;
      let step = Infinity;
      let next = 0;
      for (let to = 1; to <= columns; to++) {
        if (visited[to]) continue;
        const reduced =
          price(from - 1, to - 1) - (rowPotential[from] ?? 0) - (columnPotential[to] ?? 0);
        if (reduced < (shortest[to] ?? Infinity)) {
          shortest[to] = reduced;
          previous[to] = column;
        }
        if ((shortest[to] ?? Infinity) < step) {
          step = shortest[to] ?? Infinity;
          next = to;
        }
      }
      for (let to = 0; to <= columns; to++) {
        if (visited[to]) {
          const owner = rowOf[to] ?? 0;
          rowPotential[owner] = (rowPotential[owner] ?? 0) + step;
          columnPotential[to] = (columnPotential[to] ?? 0) - step;
        } else {
          shortest[to] = (shortest[to] ?? 0) - step;
        }
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const before = previous[column] ?? 0;
      rowOf[column] = rowOf[before] ?? 0;
      column = before;
    }
  }
  const result = new Array<number>(rows).fill(-1);
  for (let column = 1; column <= realColumns; column++) {
    const row = (rowOf[column] ?? 0) - 1;
    if (row >= 0 && (cost[row]?.[column - 1] ?? Infinity) < alone) result[row] = column - 1;
  }
  return result;
}
