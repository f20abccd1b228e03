import { toPlainDigits } from './python-text';

/*
 * How the released scripts of CG-AV-Counting read a count: the Python package word2number.
 * Anything that it cannot read counts as 0.
 */

const units = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  ...['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen'],
  ...['eighteen', 'nineteen'],
];
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const scales = { thousand: 1e3, million: 1e6, billion: 1e9 } as const;

const values = new Map<string, number>([
  ...units.map((word, value) => [word, value] as const),
  ...tens.map((word, index) => [word, (index + 2) * 10] as const),
  ['hundred', 100],
  ...Object.entries(scales),
]);

/**
 * The strict count of the official scripts: bare digits, or English number words and nothing glued
 * to them. `"5."`, `"5 people"` and `"**5**"` are all 0.
 */
export function readOfficialCount(text: unknown): number {
  if (typeof text !== 'string') return 0;
  const plain = text.replaceAll('-', ' ').toLowerCase();
  if (/^\p{Nd}+$/u.test(plain)) return Number(toPlainDigits(plain));
  const words = plain.split(/\s+/).filter((word) => word === 'point' || values.has(word));
  const point = words.indexOf('point');
  const whole = point < 0 ? words : words.slice(0, point);
  const decimals = point < 0 ? [] : words.slice(point + 1);
  const repeated = ['point', ...Object.keys(scales)].some(
    (word) => words.indexOf(word) !== words.lastIndexOf(word),
  );
  if (words.length === 0 || repeated) return 0;
  const sum = wholePart(whole);
  return sum === null ? 0 : sum + decimalPart(decimals);
}

/** Null where the scales come in the wrong order, or one with nothing before it: the package refuses both. */
function wholePart(words: readonly string[]): number | null {
  if (words.length === 0) return 0;
  if (words.length === 1) return values.get(words[0]!)!;
  const at = (scale: keyof typeof scales) => words.indexOf(scale);
  const [billion, million, thousand] = [at('billion'), at('million'), at('thousand')];
  const ordered =
    (thousand < 0 || (thousand > million && thousand > billion)) &&
    (million < 0 || million > billion);
  if (!ordered) return null;
  let sum = 0;
  let from = 0;
  for (const [index, scale] of [
    [billion, scales.billion],
    [million, scales.million],
    [thousand, scales.thousand],
  ] as const) {
    if (index < 0) continue;
    if (index === from) return null;
    sum += smallNumber(words.slice(from, index)) * scale;
    from = index + 1;
  }
  if (from < words.length) return sum + smallNumber(words.slice(from));
  // Where nothing follows the last scale, the package adds all that stands behind a billion once more.
  const again = billion < 0 ? [] : words.slice(billion + 1);
  return sum + smallNumber(again);
}

/** Up to four words below a thousand; of more, the package takes the first alone. */
function smallNumber(words: readonly string[]): number {
  const [a = 0, b = 0, c = 0, d = 0] = words.map((word) => values.get(word)!);
  if (words.length === 4) return a * b + c + d;
  if (words.length === 3) return a * b + c;
  if (words.length === 2) return a === 100 || b === 100 ? a * b : a + b;
  return a;
}

function decimalPart(words: readonly string[]): number {
  const digits = words.map((word) => units.slice(0, 10).indexOf(word));
  return digits.length === 0 || digits.includes(-1) ? 0 : Number(`0.${digits.join('')}`);
}
