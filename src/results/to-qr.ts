import { create } from 'qrcode';

/** What a code says so that it can be scanned off a screen across a room: at most 81 squares a side. */
export const fewQrCharacters = 580;

/** More characters make squares that are too small from nearby, too. */
export const mostQrCharacters = 1000;

/** The blank frame that readers need around a code, in squares. */
const quietSquares = 4;

export interface QrCode {
  /** Squares on a side, with the blank frame. */
  size: number;
  /** The dark squares as the path of an SVG with a view box of `0 0 size size`. */
  path: string;
}

/** Null where the text is too long for a code that a phone reads well. */
export function toQr(text: string): QrCode | null {
  if (text.length > mostQrCharacters) return null;
  const { modules } = create(text, { errorCorrectionLevel: 'L' });
  const rows: string[] = [];
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (!modules.get(y, x)) continue;
      const from = x;
      while (x + 1 < modules.size && modules.get(y, x + 1)) x += 1;
      const length = x + 1 - from;
      rows.push(`M${from + quietSquares} ${y + quietSquares}h${length}v1h-${length}z`);
    }
  }
  return { size: modules.size + 2 * quietSquares, path: rows.join('') };
}
