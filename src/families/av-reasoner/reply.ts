import { parseCount, type Answer } from '../../clues/answer-parser';
import type { Box, Category, Clue } from '../../clues/clue';
import { readReplyJson, type Corners } from '../../clues/clue-reply';
import { readOfficialCount } from '../../clues/number-words';
import type { ReplyReader } from '../family';
import { ReplyScanner, type Listed } from './reply-scanner';

/** What a reply's numbers refer to. */
export interface ReplyFrame {
  category: Category;
  /** Media time of the model's second 0. */
  startSeconds: number;
  durationSeconds: number;
  /** Real times of the frames that the model saw, on the media's clock. */
  frameSeconds: readonly number[];
  /** Size in pixels that the prompt named for a frame; null without a picture. */
  stated: { width: number; height: number } | null;
  /** Size that the page shows. */
  displayed: { width: number; height: number } | null;
}

/**
 * Reads the model's reply as it streams in: thoughts, then clues as JSON in answer tags. Clues come
 * out as soon as they are whole, in seconds of the media and pixels of the displayed frame. The count
 * is what the reply lists, or the number that it gives instead.
 */
export class AvReply implements ReplyReader {
  /** What the model said when it was asked for the number alone; undefined where it was not. */
  bareCount: number | null | undefined;
  #text = '';
  #scanned = 0;
  readonly #scanner = new ReplyScanner();
  readonly #listed: Listed[] = [];
  readonly #clues: Clue[] = [];

  constructor(private readonly frame: ReplyFrame) {}

  push(piece: string): Clue[] {
    this.#text += piece;
    const start = answerStart(this.#text);
    return start === null ? [] : this.#scan(start);
  }

  finish(): Answer {
    const { thinkText, answerText, from } = divide(this.#text);
    // A reply without tags is known to be an answer only now.
    if (this.#scanned === 0) this.#scan(from);
    const listed = this.#listed.length > 0 ? countOf(this.#listed, this.frame.category) : null;
    const count = listed ?? (isEmptyList(answerText) ? 0 : readCount(answerText));
    return {
      thinkText,
      answerText,
      replyText: this.#text,
      count: count ?? this.bareCount ?? null,
      clues: [...this.#clues],
      ...(this.bareCount !== undefined && { bareCount: this.bareCount }),
    };
  }

  #scan(start: number): Clue[] {
    const from = Math.max(start, this.#scanned);
    this.#scanned = this.#text.length;
    const listed = this.#scanner.push(this.#text.slice(from));
    this.#listed.push(...listed);
    const clues = listed.flatMap((item) => clueOf(item, this.frame) ?? []);
    this.#clues.push(...clues);
    return clues;
  }
}

/**
 * The number of a reply: digits, else English number words; of the answer tags where there are any,
 * else of what follows the thoughts. Null where there is none.
 */
export function readCount(reply: string): number | null {
  const { answerText } = divide(reply);
  // Digits in a list that was cut off are no count.
  if (/^(```\w*)?\s*[[{]/.test(answerText)) return null;
  const digits = parseCount(answerText);
  if (digits !== null) return digits;
  const words = answerText.replace(/[^A-Za-z\s-]/g, ' ');
  const spelled = readOfficialCount(words);
  return spelled > 0 || /\b(zero|none|no)\b/i.test(words) ? spelled : null;
}

const opened = '<answer>';

/** Where clues may begin; null while thoughts may still follow. */
function answerStart(text: string): number | null {
  const tag = text.indexOf(opened);
  return tag < 0 ? null : tag + opened.length;
}

function divide(text: string): { thinkText: string; answerText: string; from: number } {
  const thoughtsEnd = text.indexOf('</think>');
  const thinks = text.indexOf('<think>');
  const tag = answerStart(text);
  const thinkFrom = thinks < 0 ? 0 : thinks + '<think>'.length;
  const thinkTo = thoughtsEnd >= 0 ? thoughtsEnd : thinks < 0 ? 0 : text.length;
  const from =
    tag ?? (thoughtsEnd >= 0 ? thoughtsEnd + '</think>'.length : thinks < 0 ? 0 : text.length);
  const answer = text.slice(from);
  return {
    thinkText: text.slice(thinkFrom, Math.max(thinkFrom, thinkTo)).trim(),
    answerText: answer.split('</answer>', 1)[0]!.trim(),
    from,
  };
}

function isEmptyList(answerText: string): boolean {
  const json = readReplyJson(answerText);
  if (typeof json !== 'object' || json === null) return false;
  return Object.values(json).every((value) => Array.isArray(value) && value.length === 0);
}

/** Events or boxes; the groups of labelled boxes where groups are counted. */
function countOf(listed: readonly Listed[], category: Category): number {
  const events = listed.filter(({ kind }) => kind === 'event').length;
  if (events > 0) return events;
  if (category !== 'attribute') return listed.length;
  const labels = listed.map((item, at) => (item.kind === 'box' ? (item.label ?? at) : at));
  return new Set(labels).size;
}

/** Null for what cannot be shown: a time outside the clip, a frame that was not given, an empty box. */
function clueOf(item: Listed, frame: ReplyFrame): Clue | null {
  if (item.kind === 'event') {
    const clamp = (seconds: number) => Math.min(frame.durationSeconds, Math.max(0, seconds));
    const [start, end] = item.interval;
    if (end < start || start > frame.durationSeconds || end < 0) return null;
    return {
      kind: 'event',
      label: item.label ?? 'event',
      startSeconds: frame.startSeconds + clamp(start),
      endSeconds: frame.startSeconds + clamp(end),
    };
  }
  const timestampSeconds = frame.frameSeconds[item.frame];
  const box = displayedBox(item.corners, frame);
  if (timestampSeconds === undefined || !box) return null;
  return { kind: 'object', label: item.label ?? 'object', timestampSeconds, box };
}

function displayedBox([x1, y1, x2, y2]: Corners, { stated, displayed }: ReplyFrame): Box | null {
  if (!stated || !displayed) return null;
  const scale = (value: number, from: number, to: number) =>
    Math.min(to, Math.max(0, (value * to) / from));
  const [left, right] = [x1, x2]
    .map((x) => scale(x, stated.width, displayed.width))
    .sort((a, b) => a - b) as [number, number];
  const [top, bottom] = [y1, y2]
    .map((y) => scale(y, stated.height, displayed.height))
    .sort((a, b) => a - b) as [number, number];
  return right > left && bottom > top ? [left, top, right, bottom] : null;
}
