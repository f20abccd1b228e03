import { readSeconds, type Corners, type Interval } from '../../clues/clue-reply';

/** One entry of a clue reply. */
export type Listed =
  | { kind: 'event'; interval: Interval; label: string | null }
  /** `frame` counts from 0. */
  | { kind: 'box'; frame: number; corners: Corners; label: string | null };

/** The name of a frame; an object that holds a time or a box; a list without lists in it. */
const entry =
  /["'][^"']*?Frame\s*(\d+)["']\s*:|\{[^{}]*["'](?:start|bbox(?:_2d)?|coordinates)["'][^{}]*\}|\[[^[\]{}]*\]/gi;

/**
 * Finds the entries of a clue reply while it is written: lists of two are events, after the name of a
 * frame opposite corners; lists of four are boxes. Objects name what they hold, as in the benchmark's
 * form for groups and in the forms that the model was trained on (`start`, `end`, `event`, and
 * `coordinates`, `name`; reference B.3). More forgiving than JSON: single quotes and a reply
 * that was cut off are read as far as they go. The result does not depend on how the text was cut.
 */
export class ReplyScanner {
  #text = '';
  #read = 0;
  #frame: number | null = null;
  #corner: Interval | null = null;

  /** @returns the entries that this piece completed */
  push(piece: string): Listed[] {
    this.#text += piece;
    const found: Listed[] = [];
    for (;;) {
      entry.lastIndex = this.#read;
      const match = entry.exec(this.#text);
      if (!match || isOpen(this.#text.slice(this.#read, match.index))) return found;
      this.#read = match.index + match[0].length;
      if (match[1] !== undefined) {
        this.#frame = Number(match[1]) - 1;
        this.#corner = null;
      } else found.push(...this.#listed(parse(match[0])));
    }
  }

  #listed(value: unknown): Listed[] {
    if (Array.isArray(value)) return this.#list(value);
    if (typeof value !== 'object' || value === null) return [];
    const object = value as Record<string, unknown>;
    const label = nameOf(object['label'] ?? object['name'] ?? object['event']);
    const box = object['bbox'] ?? object['bbox_2d'] ?? object['coordinates'];
    const corners = asCorners(Array.isArray(box) ? box.flat() : box);
    if (corners && this.#frame !== null)
      return [{ kind: 'box', frame: this.#frame, corners, label }];
    const interval = asInterval([object['start'], object['end']]);
    return interval ? [{ kind: 'event', interval, label }] : [];
  }

  #list(items: readonly unknown[]): Listed[] {
    const frame = this.#frame;
    const corners = asCorners(items);
    if (corners && frame !== null) return [{ kind: 'box', frame, corners, label: null }];
    const pair = asInterval(items);
    if (!pair) return [];
    if (frame === null) return [{ kind: 'event', interval: pair, label: null }];
    const first = this.#corner;
    this.#corner = first ? null : pair;
    return first ? [{ kind: 'box', frame, corners: [...first, ...pair], label: null }] : [];
  }
}

/** True where an object has begun and is not whole yet: its inner list must wait for it. */
function isOpen(gap: string): boolean {
  return /\{[^{}]*["'](?:start|bbox|coordinates)[^{}]*$/.test(gap);
}

function parse(text: string): unknown {
  for (const candidate of [text, text.replaceAll("'", '"')]) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      continue;
    }
  }
  return null;
}

function nameOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function asInterval(items: readonly unknown[]): Interval | null {
  const [start, end] = [readSeconds(items[0]), readSeconds(items[1])];
  return items.length === 2 && Number.isFinite(start) && Number.isFinite(end) ? [start, end] : null;
}

function asCorners(value: unknown): Corners | null {
  if (!Array.isArray(value) || value.length !== 4) return null;
  const numbers = (value as unknown[]).map(Number);
  return numbers.every(Number.isFinite) ? (numbers as unknown as Corners) : null;
}
