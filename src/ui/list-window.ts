/** A long list of which only the part in sight is rendered. Lengths in CSS pixels. */
export interface ListWindow {
  readonly count: number;
  readonly rowHeight: number;
  /** The one row that is higher, or −1, and by how much. */
  readonly open: number;
  readonly extra: number;
}

/** Rows rendered beyond each edge, so that a quick scroll does not show gaps. */
const spare = 6;

export function topOf({ rowHeight, open, extra }: ListWindow, index: number): number {
  return index * rowHeight + (open >= 0 && index > open ? extra : 0);
}

export function listHeight(list: ListWindow): number {
  return topOf(list, list.count);
}

/** Indices of the rows to render: those in sight, some beside them, and those in `also`. */
export function rowsInSight(
  list: ListWindow,
  scrollTop: number,
  height: number,
  also: readonly number[],
): number[] {
  const { count, rowHeight, extra } = list;
  const first = Math.max(0, Math.floor((scrollTop - extra) / rowHeight) - spare);
  const last = Math.min(count - 1, Math.ceil((scrollTop + height) / rowHeight) + spare);
  const rows = new Set<number>();
  for (let index = first; index <= last; index += 1) rows.add(index);
  for (const index of also) if (index >= 0 && index < count) rows.add(index);
  return [...rows].sort((a, b) => a - b);
}
