import { readReplyJson, type BoxesByFrame, type Corners, type Interval } from '../clues/clue-reply';
import { stripText, toPlainDigits } from '../clues/python-text';

/*
 * Reads a reply of the clue setting exactly as the released scripts do (reference A.6), because WCS
 * and IFA are only comparable with them. Null stands for a format error: what raises in Python.
 *
 * A coordinate or time that is no number raises there only when it is compared with a true one, so
 * it is NaN here, and a score of NaN is a format error too. One thing differs: the literals NaN and
 * Infinity, which Python reads, are no JSON here.
 */

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As Python's `int()` of a text. */
function readInt(text: string): number | null {
  const plain = toPlainDigits(stripText(text));
  return /^[+-]?\d+(_\d+)*$/.test(plain) ? Number(plain.replaceAll('_', '')) : null;
}

/** As Python's `float()` of a text. */
function readFloat(text: string): number | null {
  const plain = toPlainDigits(stripText(text));
  const digits = String.raw`\d+(?:_\d+)*`;
  const form = new RegExp(
    `^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:[eE][+-]?${digits})?$`,
  );
  if (/^[+-]?inf(inity)?$/i.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity;
  return form.test(plain) ? Number(plain.replaceAll('_', '')) : null;
}

/** `mm:ss`, `hh:mm:ss`, with decimals behind one point. */
function readClock(text: string): number | null {
  const [main = '', decimals, ...more] = stripText(text).split('.');
  const fraction = decimals === undefined ? 0 : readFloat(`0.${decimals}`);
  const parts = main.split(':').map(readInt);
  const isWhole = parts.every((part) => part !== null);
  if (more.length > 0 || fraction === null || !isWhole || parts.length < 2 || parts.length > 3) {
    return null;
  }
  return parts.reduce((sum, part) => sum * 60 + part, 0) + fraction;
}

/** What Python compares as a number; true and false are 1 and 0 there. */
function asNumber(value: unknown): number {
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : NaN;
}

/** `[["start", "end"], …]` */
export function readEvents(reply: string): Interval[] | null {
  const json = readReplyJson(reply);
  const items = walk(json);
  if (!items) return null;
  const intervals: Interval[] = [];
  for (const item of items) {
    // A text is taken letter by letter, as the scripts do.
    const pair: readonly unknown[] | null =
      typeof item === 'string' ? [...item] : Array.isArray(item) ? item : null;
    if (!pair || pair.length < 2) return null;
    const [first, second] = pair;
    const isClock = [first, second].every((time) => typeof time === 'string' && time.includes(':'));
    const [start, end] = [first, second].map((time) => {
      if (typeof time !== 'string') return asNumber(time);
      return isClock ? readClock(time) : readFloat(time.split(' ', 1)[0]!);
    });
    if (start == null || end == null) return null;
    intervals.push([start, end]);
  }
  return intervals;
}

/** What a Python loop goes over: a list's items, a text's letters, an object's keys. */
function walk(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value === 'string') return [...value];
  return isFields(value) ? Object.keys(value) : null;
}

/** `{"Frame1": [[x1, y1, x2, y2], …]}`, or two-number corners in pairs. Frames count from 0 here. */
export function readObjects(reply: string): BoxesByFrame | null {
  const frames = readFrames(reply);
  if (!frames) return null;
  const found = new Map<number, Corners[]>();
  for (const [frame, value] of frames) {
    const items = walk(value);
    if (!items) return null;
    if (items.length === 0) continue;
    // An object has no first item.
    if (isFields(value)) return null;
    const length = Array.isArray(items[0]) ? items[0].length : 0;
    const boxes = length === 4 ? items.flatMap(boxOf) : length === 2 ? boxesOfCorners(items) : [];
    if (boxes.length > 0) found.set(frame, [...(found.get(frame) ?? []), ...boxes]);
  }
  return found;
}

/** Four of true and false are no box there, though one or two beside numbers are. */
function boxOf(value: unknown): Corners[] {
  if (!Array.isArray(value) || value.length !== 4) return [];
  const isFlags = value.every((side) => typeof side === 'boolean');
  return [value.map(isFlags ? () => NaN : asNumber) as unknown as Corners];
}

function boxesOfCorners(items: readonly unknown[]): Corners[] {
  const isPoint = (value: unknown): value is unknown[] =>
    Array.isArray(value) && value.length === 2;
  return Array.from({ length: Math.floor(items.length / 2) }, (_, i) => i * 2).flatMap((at) => {
    const [a, b] = [items[at], items[at + 1]];
    return isPoint(a) && isPoint(b) ? boxOf([...a, ...b]) : [];
  });
}

/** `{"Frame 1": [{"bbox": […], "label": "…"}]}` → one entry per label, in order of appearance. */
export function readGroups(reply: string): BoxesByFrame[] | null {
  const frames = readFrames(reply);
  if (!frames) return null;
  const groups = new Map<string, Map<number, Corners[]>>();
  for (const [frame, value] of frames) {
    const items = walk(value);
    if (!items) return null;
    for (const item of items) {
      if (!isFields(item) || !('label' in item)) return null;
      const { label } = item;
      if (typeof label === 'object' && label !== null) return null;
      // True is the same label as 1 there.
      const key = JSON.stringify(typeof label === 'boolean' ? Number(label) : label);
      const group = groups.get(key) ?? new Map<number, Corners[]>();
      groups.set(key, group);
      for (const field of ['bbox', 'bbox_2d']) {
        if (!(field in item)) continue;
        if (!walk(item[field])) return null;
        const boxes = boxOf(item[field]);
        if (boxes.length > 0) group.set(frame, [...(group.get(frame) ?? []), ...boxes]);
      }
    }
  }
  return [...groups.values()];
}

function readFrames(reply: string): [number, unknown][] | null {
  const json = readReplyJson(reply);
  if (!isFields(json)) return null;
  const frames: [number, unknown][] = [];
  for (const [key, value] of Object.entries(json)) {
    if (!key.includes('Frame')) continue;
    const number = readInt(key.replaceAll('Frame', ''));
    if (number === null) return null;
    frames.push([number - 1, value]);
  }
  return frames;
}
