import Papa from 'papaparse';
import { clueSpan } from '../clues/clue-time';
import type { CountResult } from './result-schema';

/** A spreadsheet would run these as formulas, also in their wide forms. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

export const csvColumns = [
  ...['number', 'kind', 'label', 'start_seconds', 'end_seconds', 'verdict', 'origin', 'moved'],
  ...['confidence', 'x1', 'y1', 'x2', 'y2'],
] as const;

/**
 * The evidence as a table (RFC 4180, UTF-8): a row per clue in the order of the page, rejected ones
 * included. The box is where it is seen first; empty cells for what is only heard.
 */
export function toCsv({ review }: CountResult): string {
  const rows = review.clues.map(({ clue, verdict, origin, moved }, index) => {
    const [from, to] = clueSpan(clue);
    const box = clue.kind === 'object' ? clue.box : clue.path?.[0]?.box;
    return [
      ...[index + 1, clue.kind, clue.label, rounded(from), rounded(to), verdict, origin, moved],
      ...[clue.confidence === undefined ? '' : rounded(clue.confidence)],
      ...(box?.map(rounded) ?? ['', '', '', '']),
    ];
  });
  const table = [[...csvColumns], ...rows];
  return `${Papa.unparse(table, { newline: '\r\n', escapeFormulae: formula })}\r\n`;
}

/** A thousandth is finer than any clue. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
