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

const amount = String.raw`(\d+(?::\d{2}){1,2}(?:\.\d+)?|\d+(?:\.\d+)?)`;
const unit = String.raw`(?:\s*-?\s*(seconds?|secs?|s|minutes?|mins?|m)\b)`;
const mark = String.raw`(?:the\s+)?(?:(?:seconds?|minutes?|time|mark)\s+)?`;
const medium = String.raw`(?:clip|video|recording|film|audio|sound|footage|movie|scene|file)`;
const tail = String.raw`(?:\s*marks?)?(?:\s*of\s+(?:the|this)\s+${medium})?`;
const joint = String.raw`\s*(?:and|to|until|till|through|up\s+to|-|–)\s*`;
const within = String.raw`(?:(?:in|within|during|over|for|of|throughout)\s+)?(?:the\s+|its\s+)?(?:very\s+)?`;
const beginning = String.raw`(?:the\s+)?(?:very\s+)?(?:start|beginning)(?:\s+of\s+(?:the|this)\s+${medium})?`;
const onwards = String.raw`(?:\s+(?:on(?:wards?)?|(?:until|till|to)\s+the\s+(?:very\s+)?end))?`;

const fromTo = (a: number, b: number): AskedWindow => ({
  from: 'start',
  low: Math.min(a, b),
  high: Math.max(a, b),
});
const upTo = (a: number): AskedWindow => ({ from: 'start', low: 0, high: a });
const since = (a: number): AskedWindow => ({ from: 'start', low: a, high: Infinity });
const last = (a: number): AskedWindow => ({ from: 'end', low: a, high: 0 });

/** Each pattern takes numbers as amount and unit; `read` makes the window of them. */
const patterns: readonly [RegExp, (a: number, b: number) => AskedWindow][] = [
  [new RegExp(`(?:from\\s+)?${beginning}${joint}${mark}${amount}${unit}?${tail}`), upTo],
  [
    new RegExp(
      `(?:(?:in|at|within|during)\\s+)?(?:between|from)\\s+${mark}${amount}${unit}?${joint}${mark}${amount}${unit}?${tail}`,
    ),
    fromTo,
  ],
  [
    new RegExp(
      `(?:(?:in|at|within|during)\\s+)?(?:the\\s+)?(?:seconds?|minutes?)\\s+${amount}()${joint}(?:seconds?\\s+)?${amount}${unit}?${tail}`,
    ),
    fromTo,
  ],
  [
    new RegExp(
      `(?:(?:in|at|within|during)\\s+)?${amount}${unit}?\\s*(?:to|until|-|–)\\s*${amount}${unit}${tail}`,
    ),
    fromTo,
  ],
  [
    new RegExp(
      `(?:after|since|from|past|beyond|starting\\s+(?:at|from|with))\\s+(?:the\\s+first\\s+)?${mark}${amount}${unit}?${tail}${onwards}`,
    ),
    since,
  ],
  [new RegExp(`${within}(?:first|opening|initial)\\s+${amount}?${unit}${tail}`), upTo],
  [new RegExp(`${within}(?:last|final|closing)\\s+${amount}?${unit}${tail}`), last],
  [
    new RegExp(
      `(?:before|until|till|up\\s+(?:to|until|till)|by)\\s+${mark}${amount}${unit}?${tail}`,
    ),
    upTo,
  ],
  [new RegExp(`(?:within|inside)\\s+${amount}${unit}${tail}`), upTo],
];

const shares: Readonly<Record<string, readonly [number, number]>> = {
  'first half': [0, 0.5],
  'second half': [0.5, 1],
  'last half': [0.5, 1],
  'first third': [0, 1 / 3],
  'second third': [1 / 3, 2 / 3],
  'middle third': [1 / 3, 2 / 3],
  'last third': [2 / 3, 1],
  'final third': [2 / 3, 1],
  'first quarter': [0, 0.25],
  'last quarter': [0.75, 1],
  'final quarter': [0.75, 1],
};
const part = new RegExp(
  `(?:in|during|within|over|throughout)\\s+the\\s+(${Object.keys(shares).join('|')})(?!\\s+(?:a\\s+)?minute)(?:\\s+of\\s+(?:the|this)\\s+\\w+)?`,
);

/** Takes the time window out of a lower-case question. At most one; null where there is none. */
export function takeWindow(text: string): { window: AskedWindow | null; rest: string } {
  const share = part.exec(text);
  if (share) {
    const [low, high] = shares[share[1]!]!;
    return { window: { from: 'share', low, high }, rest: text.replace(share[0], ' ') };
  }
  const digits = inDigits(text);
  for (const [pattern, read] of patterns) {
    const found = pattern.exec(digits);
    if (!found) continue;
    const [, a, unitA, b, unitB] = found;
    // A bare number is a time only where a unit, a clock form or a range says so.
    if (!unitA && !unitB && !b && !a?.includes(':') && !/second|minute|mark|time/.test(found[0]))
      continue;
    const window = read(seconds(a, unitA || unitB), seconds(b, unitB || unitA));
    return { window, rest: digits.replace(found[0], ' ') };
  }
  return { window: null, rest: text };
}

/** Amounts of time in digits: “half a minute”, “one minute and 20 seconds”, “twenty-five seconds”. */
function inDigits(text: string): string {
  return text
    .replace(
      /\b(twenty|thirty|forty|fifty)[ -](one|two|three|four|five|six|seven|eight|nine)\b/g,
      (_, tens: string, ones: string) => String(valueOf.get(tens)! + valueOf.get(ones)!),
    )
    .replace(
      /\b(?:(?:a|one) )?minute and (?:a|one) half\b|\bone and a half minutes\b/g,
      '90 seconds',
    )
    .replace(/\bhalf (?:a )?minute\b/g, '30 seconds')
    .replace(/\b(?:a|one) minute\b/g, '1 minute')
    .replace(/[a-z]+/g, (word, at: number, whole: string) => {
      // “one after another”, “at one time”: these are no amounts.
      const value = valueOf.get(word);
      const isTime =
        /^\s*(?:-|–|s\b|sec|min|and\b|to\b|until)/.test(whole.slice(at + word.length)) ||
        /\b(?:seconds?|minutes?)\s+$/.test(whole.slice(0, at));
      return value !== undefined && isTime ? String(value) : word;
    })
    .replace(
      /\b(\d+) ?min(?:ute)?s?(?:,| and)? (\d+)(?: ?s(?:ec(?:ond)?s?)?\b)/g,
      (_, minutes: string, rest: string) => `${Number(minutes) * 60 + Number(rest)} seconds`,
    );
}

function seconds(text: string | undefined, unitText: string | undefined): number {
  const scale = unitText?.startsWith('m') ? 60 : 1;
  if (text === undefined) return scale;
  if (!text.includes(':')) return Number(text) * scale;
  return text.split(':').reduce((sum, digits) => sum * 60 + Number(digits), 0);
}

/** The window on the media's clock. */
export function resolveWindow(window: AskedWindow, info: MediaInfo): [number, number] {
  const { startSeconds: start, durationSeconds: length } = info;
  if (window.from === 'share') return [start + window.low * length, start + window.high * length];
  if (window.from === 'end') return [start + Math.max(0, length - window.low), start + length];
  return [start + Math.min(window.low, length), start + Math.min(window.high, length)];
}
