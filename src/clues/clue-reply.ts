/*
 * Reads a model's clue reply as the released scripts do: JSON in `<answer>`, or the first list or
 * object in the text that parses. Null stands for a reply without any, a format error.
 */

/** `[start, end]`, seconds. */
export type Interval = readonly [number, number];

/** `[x1, y1, x2, y2]`; the corners may be swapped. */
export type Corners = readonly [number, number, number, number];

/** Frame number → the boxes that appear there for the first time. */
export type BoxesByFrame = ReadonlyMap<number, readonly Corners[]>;

/** The JSON value of a reply; undefined where there is none. */
export function readReplyJson(reply: string): unknown {
  const tagged = /<answer>([\s\S]*?)<\/answer>/.exec(reply);
  const text = tagged ? tagged[1]! : reply;
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

/** The first outermost `{…}` or `[…]` that is JSON. */
function firstBalanced(text: string): unknown {
  for (let start = 0; start < text.length; start++) {
    const open = text[start]!;
    if (open !== '{' && open !== '[') continue;
    const close = open === '{' ? '}' : ']';
    let depth = 0;
    for (let end = start; end < text.length; end++) {
      if (text[end] === open) depth++;
      else if (text[end] === close) depth--;
      if (depth > 0) continue;
      const value = tryParse(text.slice(start, end + 1));
      if (value !== undefined) return value;
      start = end;
      break;
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

/** `[["start", "end"], …]` */
export function readEventReply(reply: string): Interval[] | null {
  const json = readReplyJson(reply);
  if (!Array.isArray(json)) return null;
  const intervals: Interval[] = [];
  for (const item of json as unknown[]) {
    if (!Array.isArray(item) || item.length < 2) return null;
    const [start, end] = [readSeconds(item[0]), readSeconds(item[1])];
    if (Number.isNaN(start) || Number.isNaN(end)) return null;
    intervals.push([start, end]);
  }
  return intervals;
}

/** `{"Frame1": [[x1, y1, x2, y2], …]}`, or two-number corners in pairs. Frames count from 0 here. */
export function readObjectReply(reply: string): BoxesByFrame | null {
  const frames = readFrames(reply);
  if (!frames) return null;
  const found = new Map<number, Corners[]>();
  for (const [frame, value] of frames) {
    const boxes = readBoxes(value);
    if (!boxes) return null;
    found.set(frame, boxes);
  }
  return found;
}

/** `{"Frame 1": [{"bbox": […], "label": "…"}]}` → one entry per label, in order of appearance. */
export function readAttributeReply(reply: string): BoxesByFrame[] | null {
  const frames = readFrames(reply);
  if (!frames) return null;
  const groups = new Map<unknown, Map<number, Corners[]>>();
  for (const [frame, value] of frames) {
    if (!Array.isArray(value)) return null;
    for (const entry of value as unknown[]) {
      if (typeof entry !== 'object' || entry === null) return null;
      const { bbox, bbox_2d, label } = entry as Record<string, unknown>;
      const box = asCorners(bbox ?? bbox_2d);
      if (!box || label === undefined) return null;
      const group = groups.get(label) ?? new Map<number, Corners[]>();
      group.set(frame, [...(group.get(frame) ?? []), box]);
      groups.set(label, group);
    }
  }
  return [...groups.values()];
}

function readFrames(reply: string): [number, unknown][] | null {
  const json = readReplyJson(reply);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
  const frames = Object.entries(json)
    .filter(([key]) => key.includes('Frame'))
    .map(([key, value]): [number, unknown] => [Number(key.replaceAll('Frame', '')) - 1, value]);
  return frames.every(([frame]) => Number.isInteger(frame)) ? frames : null;
}

function readBoxes(value: unknown): Corners[] | null {
  if (!Array.isArray(value)) return null;
  const items = value as unknown[];
  const corners = items.map(asCorners);
  if (corners.every((box) => box !== null)) return corners;
  const points = items.filter((item) => numbers(item)?.length === 2) as [number, number][];
  if (points.length !== items.length || points.length % 2 !== 0) return null;
  return Array.from({ length: points.length / 2 }, (_, i): Corners => {
    const [a, b] = [points[2 * i]!, points[2 * i + 1]!];
    return [a[0], a[1], b[0], b[1]];
  });
}

function asCorners(value: unknown): Corners | null {
  const list = numbers(value);
  return list?.length === 4 ? (list as unknown as Corners) : null;
}

function numbers(value: unknown): number[] | null {
  if (!Array.isArray(value)) return null;
  return value.every((item) => typeof item === 'number') ? value : null;
}
