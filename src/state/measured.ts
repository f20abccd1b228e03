/** How often answers of one kind were right. Shares are per cent. */
export interface MeasuredLine {
  readonly name: string;
  readonly n: number;
  readonly exact: number;
  readonly withinOne: number;
  /** Mean distance from the true count. */
  readonly mae: number | null;
  /** Clue score 0…100; null where the clues could not be judged. */
  readonly wcs: number | null;
}

export interface MeasuredSuite extends MeasuredLine {
  readonly groups: readonly MeasuredLine[];
}

/** What `npm run evaluate -- --card` found out about a model. */
export interface Measured {
  /** By the kind of question: `event`, `object`, `attribute`. */
  readonly lines: readonly MeasuredLine[];
  readonly suites: readonly MeasuredSuite[];
}

/** The measurements at `url` (`measured.json`), or null where there are none that can be read. */
export async function fetchMeasured(url: string): Promise<Measured | null> {
  try {
    const response = await fetch(url);
    return response.ok ? readMeasured(await response.json()) : null;
  } catch {
    return null;
  }
}

/** Lines that are not well formed are left out. */
export function readMeasured(value: unknown): Measured | null {
  const { lines, suites } = fieldsOf(value);
  if (!Array.isArray(lines) || !Array.isArray(suites)) return null;
  return {
    lines: lines.flatMap((entry) => readLine(entry, 'category')),
    suites: suites.flatMap((entry: unknown) => {
      const { groups } = fieldsOf(entry);
      const inner = Array.isArray(groups) ? groups : [];
      return readLine(entry, 'name').map((line) => ({
        ...line,
        groups: inner.flatMap((group) => readLine(group, 'name')),
      }));
    }),
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function readLine(value: unknown, nameKey: string): MeasuredLine[] {
  const fields = fieldsOf(value);
  const { [nameKey]: name, n, exact, withinOne, mae, wcs } = fields;
  if (typeof name !== 'string' || typeof n !== 'number') return [];
  if (typeof exact !== 'number' || typeof withinOne !== 'number') return [];
  const orNull = (number: unknown): number | null => (typeof number === 'number' ? number : null);
  return [{ name, n, exact, withinOne, mae: orNull(mae), wcs: orNull(wcs) }];
}
