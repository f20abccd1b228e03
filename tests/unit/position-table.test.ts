import { describe, expect, it } from 'vitest';
import { interpolatePositions } from '../../src/tensors/position-table';
import { floats, golden, positionTable, worst } from './preprocess-golden';

describe('position-table', () => {
  it.each(golden.positions.map((one) => [one.grid, one.h, one.w, one] as const))(
    'of side %d read at %d × %d is what torch interpolates',
    (grid, rows, columns, { width, values }) => {
      const table = { grid, width, values: positionTable(grid, width) };
      const ours = interpolatePositions(table, rows, columns);
      expect(worst(ours, floats(values))).toBeLessThan(5e-5);
    },
  );

  it('is itself on its own grid', () => {
    const values = positionTable(16, 4);
    expect(interpolatePositions({ grid: 16, width: 4, values }, 16, 16)).toEqual(values);
  });

  it('reads halves', () => {
    // 1.0 and 2.0 beside each other, twice.
    const values = Uint16Array.of(0x3c00, 0x4000, 0x3c00, 0x4000);
    expect([...interpolatePositions({ grid: 2, width: 1, values }, 1, 4)]).toEqual([
      1, 1.25, 1.75, 2,
    ]);
  });
});
