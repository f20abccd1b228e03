import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clue } from '../src/clues/clue';
import type { Analysis } from '../src/protocol/api';
import type { Failure } from './app-page.ts';
import { root } from './site.ts';

/** What an evaluation keeps of an answer. */
export interface Answer {
  count: number | null;
  covered: boolean;
  confidence: number | null;
  clues: readonly Clue[];
  /** Of the displayed frame. */
  size: { width: number; height: number } | null;
  seconds: number;
  /** Without opening the file and, where the stages tell it apart, without decoding. */
  secondsAfterDecoding: number;
  reason?: string;
}

export function toAnswer(result: Analysis | Failure, wallSeconds: number): Answer {
  if ('error' in result) {
    const { code, message } = result.error;
    return {
      ...{ count: null, covered: false, confidence: null, clues: [], size: null },
      ...{ seconds: wallSeconds, secondsAfterDecoding: wallSeconds },
      reason: `${code}: ${message}`,
    };
  }
  const { count, covered, clues, media, answerConfidence, answerText } = result;
  const timings: Partial<Record<string, number>> = result.timings;
  const spent = Object.values(timings).reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  const decoding = (timings['probe'] ?? 0) + (timings['decode'] ?? 0);
  const { width, height } = media;
  return {
    count,
    covered,
    confidence: answerConfidence ?? null,
    clues,
    size: width === null || height === null ? null : { width, height },
    seconds: spent / 1000,
    secondsAfterDecoding: (spent - decoding) / 1000,
    ...(!covered && { reason: answerText }),
  };
}

/**
 * Answers on disk, one JSON line each, so that an evaluation goes on where it stopped. The file's
 * name says which code and which model gave them.
 */
export class AnswerCache {
  private readonly answers = new Map<string, Answer>();

  constructor(private readonly path: string) {
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) return;
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      try {
        const { key, answer } = JSON.parse(line) as { key: string; answer: Answer };
        this.answers.set(key, answer);
      } catch {
        // The last line of a run that was stopped may be half a line.
      }
    }
  }

  get(file: string, question: string): Answer | undefined {
    return this.answers.get(keyOf(file, question));
  }

  put(file: string, question: string, answer: Answer): void {
    const key = keyOf(file, question);
    this.answers.set(key, answer);
    appendFileSync(this.path, `${JSON.stringify({ key, answer }, shorten)}\n`);
  }
}

const shorten = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(4)) : value;

/** A clip that was made anew under its old name is another clip. */
function keyOf(file: string, question: string): string {
  const { size, mtimeMs } = existsSync(file) ? statSync(file) : { size: 0, mtimeMs: 0 };
  return `${file}|${size}|${Math.round(mtimeMs)}|${question}`;
}

const code = ['media', 'tensors', 'tokens', 'families', 'clues', 'reasoner.ts'];

/**
 * sha256 over the product code that decides on an answer, and over a bundle, its figures apart.
 * @param more further files of `src` that decide on what is kept
 */
export function evaluationKey(bundle: string, more: readonly string[] = []): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    if (!statSync(path).isDirectory()) {
      hash.update(path.slice(root.length)).update(readFileSync(path));
      return;
    }
    for (const name of readdirSync(path).sort()) visit(join(path, name));
  };
  for (const name of [...code, ...more]) visit(join(root, 'src', name));
  const text = readFileSync(join(bundle, 'manifest.json'), 'utf8');
  const manifest = { ...(JSON.parse(text) as Record<string, unknown>), figures: null };
  return hash.update(JSON.stringify(manifest)).digest('hex').slice(0, 16);
}
