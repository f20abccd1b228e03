import type { MediaInfo } from '../../media/media';

/** A part of the clip as a question names it. */
export interface AskedWindow {
  /** `end`: counted back from the end of the clip. `share`: 0…1 of its length. */
  from: 'start' | 'end' | 'share';
  low: number;
  high: number;
}

const numberWords = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
  'sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty'
).split(' ');
const valueOf = new Map(
  numberWords.map((word, index) => [word, index <= 20 ? index : (index - 18) * 10] as const),
);

const amount = String.raw`(\d+:\d{2}|\d+(?:\.\d+)?)`;
const unit = String.raw`(?:\s*-?\s*(seconds?|secs?|s|minutes?|mins?|m)\b)`;
const mark = String.raw`(?:the\s+)?(?:(?:seconds?|minutes?|time|mark)\s+)?`;
const tail = String.raw`(?:\s*mark)?(?:\s*of\s+the\s+(?:clip|video|recording|film|audio))?`;
const joint = String.raw`\s*(?:and|to|until|till|-|–)\s*`;

/** Each pattern takes numbers as amount and unit; `read` makes the window of them. */
const patterns: readonly [RegExp, (a: number, b: number) => AskedWindow][] = [
  [
    new RegExp(
      `(?:between|from)\\s+${mark}${amount}${unit}?${joint}${mark}${amount}${unit}?${tail}`,
    ),
    (a, b) => ({ from: 'start', low: Math.min(a, b), high: Math.max(a, b) }),
  ],
  [
    new RegExp(
      `(?:after|since|from)\\s+(?:the\\s+first\\s+)?${mark}${amount}${unit}?(?:\\s+on(?:wards?)?)?${tail}`,
    ),
    (a) => ({ from: 'start', low: a, high: Infinity }),
  ],
  [
    new RegExp(`(?:(?:in|within|during|over|for)\\s+)?the\\s+first\\s+${amount}?${unit}${tail}`),
    (a) => ({ from: 'start', low: 0, high: a }),
  ],
  [
    new RegExp(
      `(?:(?:in|within|during|over|for)\\s+)?the\\s+(?:last|final)\\s+${amount}?${unit}${tail}`,
    ),
    (a) => ({ from: 'end', low: a, high: 0 }),
  ],
  [
    new RegExp(`(?:before|until|till|up\\s+to)\\s+${mark}${amount}${unit}?${tail}`),
    (a) => ({ from: 'start', low: 0, high: a }),
  ],
];

/** Takes the time window out of a lower-case question. At most one; null where there is none. */
export function takeWindow(text: string): { window: AskedWindow | null; rest: string } {
  const half =
    /(?:in|during|within|over)\s+the\s+(first|second|last)\s+half(?!\s+(?:a\s+)?minute)(?:\s+of\s+the\s+\w+)?/.exec(
      text,
    );
  if (half) {
    const [low, high] = half[1] === 'first' ? [0, 0.5] : [0.5, 1];
    return { window: { from: 'share', low, high }, rest: text.replace(half[0], ' ') };
  }
  const digits = text
    .replace(
      /\b(twenty|thirty|forty|fifty)[ -](one|two|three|four|five|six|seven|eight|nine)\b/g,
      (_, tens: string, ones: string) => String(valueOf.get(tens)! + valueOf.get(ones)!),
    )
    .replace(/\bhalf (?:a )?minute\b/g, '30 seconds')
    .replace(/[a-z]+/g, (word, at: number, whole: string) => {
      // “one after another”, “at one time”: these are no amounts.
      const value = valueOf.get(word);
      return value !== undefined &&
        /^\s*(?:-|–|s\b|sec|min|and\b|to\b|until)/.test(whole.slice(at + word.length))
        ? String(value)
        : word;
    });
  for (const [pattern, read] of patterns) {
    const found = pattern.exec(digits);
    if (!found) continue;
    const [, a, unitA, b, unitB] = found;
    // A bare number is a time only where a unit, a clock form or a range says so.
    if (!unitA && !unitB && !b && !a?.includes(':') && !/second|minute|mark|time/.test(found[0]))
      continue;
    const window = read(seconds(a, unitA ?? unitB), seconds(b, unitB ?? unitA));
    return { window, rest: digits.replace(found[0], ' ') };
  }
  return { window: null, rest: text };
}

function seconds(text: string | undefined, unitText: string | undefined): number {
  const scale = unitText?.startsWith('m') ? 60 : 1;
  if (text === undefined) return scale;
  const [major, minor] = text.split(':');
  return minor === undefined ? Number(major) * scale : Number(major) * 60 + Number(minor);
}

/** The window on the media's clock. */
export function resolveWindow(window: AskedWindow, info: MediaInfo): [number, number] {
  const { startSeconds: start, durationSeconds: length } = info;
  if (window.from === 'share') return [start + window.low * length, start + window.high * length];
  if (window.from === 'end') return [start + Math.max(0, length - window.low), start + length];
  return [start + Math.min(window.low, length), start + Math.min(window.high, length)];
}
