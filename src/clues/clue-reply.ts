import { stripText } from './python-text';

/* What models write and annotators note down: times, boxes, and the JSON in a reply. */

/** `[start, end]`, seconds. */
export type Interval = readonly [number, number];

/** `[x1, y1, x2, y2]`; the corners may be swapped. */
export type Corners = readonly [number, number, number, number];

/** Frame number → the boxes that appear there for the first time. */
export type BoxesByFrame = ReadonlyMap<number, readonly Corners[]>;

/**
 * The JSON value of a reply, found as the released scripts of CG-AV-Counting find it: in the first
 * `<answer>`, or else the first outermost list or object in the text that parses. Undefined where
 * there is none.
 */
export function readReplyJson(reply: string): unknown {
  const tagged = /<answer>([\s\S]*?)<\/answer>/.exec(reply);
  const text = stripText(tagged ? tagged[1]! : reply);
  const whole = tryParse(text);
  return whole === undefined ? firstBalanced(text) : whole;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Brackets are counted wherever they stand, in strings too; a closing one without its like is skipped. */
function firstBalanced(text: string): unknown {
  const open: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '{' || char === '[') {
      if (open.length === 0) start = at;
      open.push(char);
    } else if ((char === '}' && open.at(-1) === '{') || (char === ']' && open.at(-1) === '[')) {
      open.pop();
      const value = open.length === 0 ? tryParse(text.slice(start, at + 1)) : undefined;
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** `12`, `"12.5 s"` (what follows a blank is left out), `"01:02.5"`, `"1:00:03.25"` → seconds; NaN else. */
export function readSeconds(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return NaN;
  const text = value.trim().split(/\s/, 1)[0]!;
  if (!text.includes(':')) return text === '' ? NaN : parseFloat(text);
  const parts = text.split(':').map((part) => (part === '' ? NaN : Number(part)));
  return parts.length > 3 ? NaN : parts.reduce((sum, part) => sum * 60 + part, 0);
}
