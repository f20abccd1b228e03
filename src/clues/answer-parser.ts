import type { Box, Clue } from './clue';

/** A model's whole reply, read. */
export interface Answer {
  thinkText: string;
  answerText: string;
  /** Null where the reply holds no number. */
  count: number | null;
  clues: Clue[];
  /** What the model said when asked for the number alone; absent where it was not asked. */
  bareCount?: number | null;
  /** The reply as it was written; absent for a model that is not asked in words. */
  replyText?: string;
}

const number = String.raw`(-?\d+(?:\.\d+)?)`;
const index = String.raw`(?:\d+[.)]\s*)?`;
const eventLine = new RegExp(`^${index}(.+?)\\s+${number}\\s+${number}$`, 's');
const objectLine = new RegExp(
  `^${index}(.+?)\\s+${number}\\s*\\[\\s*${Array<string>(4).fill(number).join('\\s*,\\s*')}\\s*\\]$`,
  's',
);

/**
 * Reads a reply as it streams in: `<think>` holds one clue per `;`-ended line, `label start end` for
 * an event and `label time [x1,y1,x2,y2]` for an object (seconds; pixels of the displayed frame),
 * and `<answer>` holds the count or the paper's event list `[["start","end"], …]`. The result does
 * not depend on how the text was cut into pieces; a line that is neither form is left as thinking.
 */
export class AnswerParser {
  #text = '';
  /** Everything before this offset has been looked at for clues. */
  #read = 0;
  #clues: Clue[] = [];

  /** Takes the next piece; returns the clues that it completed. */
  push(piece: string): Clue[] {
    this.#text += piece;
    const found: Clue[] = [];
    const start = this.#text.indexOf('<think>');
    if (start < 0) return found;
    this.#read = Math.max(this.#read, start + '<think>'.length);
    const close = this.#text.indexOf('</think>', this.#read);
    const limit = close < 0 ? this.#text.length : close;
    for (;;) {
      const end = this.#text.indexOf(';', this.#read);
      if (end < 0 || end >= limit) break;
      const clue = parseLine(this.#text.slice(this.#read, end).trim());
      this.#read = end + 1;
      if (clue) found.push(clue);
    }
    this.#clues.push(...found);
    return found;
  }

  /** The whole reply. A reply that was cut off gives what it holds so far. */
  finish(): Answer {
    const thinkText = between(this.#text, '<think>', '</think>');
    const answerText = between(this.#text, '<answer>', '</answer>') || afterThink(this.#text);
    const events = parseEventList(answerText);
    if (events && this.#clues.length === 0) {
      return { thinkText, answerText, count: events.length, clues: events };
    }
    return { thinkText, answerText, count: parseCount(answerText), clues: this.#clues };
  }
}

function between(text: string, open: string, close: string): string {
  const start = text.indexOf(open);
  if (start < 0) return '';
  const from = start + open.length;
  const end = text.indexOf(close, from);
  return text.slice(from, end < 0 ? undefined : end).trim();
}

/** Models that forget the answer tags: what follows the thinking, or everything. */
function afterThink(text: string): string {
  if (text.includes('<answer>')) return '';
  const end = text.indexOf('</think>');
  if (end >= 0) return text.slice(end + '</think>'.length).trim();
  return text.includes('<think>') ? '' : text.trim();
}

function parseLine(line: string): Clue | null {
  const object = objectLine.exec(line);
  if (object) {
    const [x1, y1, x2, y2] = object.slice(3, 7).map(Number) as unknown as Box;
    const box: Box = [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
    return { kind: 'object', label: object[1]!, timestampSeconds: Number(object[2]), box };
  }
  const event = eventLine.exec(line);
  if (!event) return null;
  const [startSeconds, endSeconds] = [Number(event[2]), Number(event[3])];
  if (endSeconds < startSeconds) return null;
  return { kind: 'event', label: event[1]!, startSeconds, endSeconds };
}

function parseEventList(text: string): Clue[] | null {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(list)) return null;
  const clues: Clue[] = [];
  for (const item of list as unknown[]) {
    if (!Array.isArray(item) || item.length !== 2) return null;
    const [startSeconds, endSeconds] = item.map(Number) as [number, number];
    if (!Number.isFinite(startSeconds) || !Number.isFinite(endSeconds)) return null;
    if (endSeconds >= startSeconds) {
      clues.push({ kind: 'event', label: 'event', startSeconds, endSeconds });
    }
  }
  return clues;
}

/** The count in an answer: a bare number, else the first whole number in it that is not part of a word. */
export function parseCount(answerText: string): number | null {
  const match = /(?<![\w.-])\d{1,7}(?![\w]|\.\d)/.exec(answerText);
  return match ? Number(match[0]) : null;
}
