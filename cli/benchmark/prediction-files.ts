import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readPrediction, type Prediction } from '../../src/benchmark/predictions';
import type { Setting } from '../../src/benchmark/settings';

/* Files of predictions, read a line at a time: a run may be larger than the memory. */

/** A line of a file of predictions. */
export interface FoundLine {
  /** `file:line`, for messages. */
  place: string;
  /** Null where it cannot be read. */
  prediction: Prediction | null;
}

/** The file into which one setting of a run, or one part of it, is written. */
export function runFileName(setting: Setting, shard: Shard | null = null): string {
  return shard ? `${setting}.${shard.part}-of-${shard.parts}.jsonl` : `${setting}.jsonl`;
}

/** One part of a run that several machines share; `part` is 1…`parts`. */
export interface Shard {
  part: number;
  parts: number;
}

const ofSomeRun = /^(long|ref|clue)(\.\d+-of-\d+)?\.jsonl$/;

/**
 * The files with predictions at a path: the file itself; of a folder its `<index>.txt` and its
 * `.jsonl`, without those that a run in another setting wrote there.
 * @throws Error with a sentence where there is nothing
 */
export function listPredictionFiles(path: string, setting: Setting): string[] {
  if (!existsSync(path)) throw new Error(`There is no file or folder ${path}.`);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => {
      const run = ofSomeRun.exec(name);
      return run ? run[1] === setting : /\.(txt|jsonl)$/.test(name);
    })
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile());
}

/** Every line that is not blank. */
export async function* readPredictionFiles(files: readonly string[]): AsyncGenerator<FoundLine> {
  for (const file of files) {
    // Only the released layout names the item in the file's name.
    const name = file.endsWith('.txt') ? basename(file) : '';
    let number = 0;
    for await (const line of readLines(file)) {
      number += 1;
      if (line.trim() === '') continue;
      yield { place: `${file}:${number}`, prediction: readPrediction(line, name) };
    }
  }
}

/**
 * The lines of a text file. `node:readline` also ends a line at U+2028, which JSON may hold as it is.
 */
export async function* readLines(file: string): AsyncGenerator<string> {
  let parts: string[] = [];
  let isFirst = true;
  const joined = (last: string): string => {
    const line = parts.concat(last).join('').replace(/\r$/, '');
    parts = [];
    const text = isFirst ? line.replace(/^\uFEFF/, '') : line;
    isFirst = false;
    return text;
  };
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const pieces = chunk.split('\n');
    const rest = pieces.pop()!;
    for (const piece of pieces) yield joined(piece);
    parts.push(rest);
  }
  const last = joined('');
  if (last !== '') yield last;
}
