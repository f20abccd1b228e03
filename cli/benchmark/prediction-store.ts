import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  isSameRun,
  writePrediction,
  type PredictionLine,
  type RunIdentity,
} from '../../src/benchmark/predictions';
import type { RunStore } from '../../src/benchmark/run';
import {
  listPredictionFiles,
  readPredictionFiles,
  runFileName,
  type Shard,
} from './prediction-files.ts';
import { nameRun } from './score-run.ts';

/**
 * The lines of a run in a folder, one file for each setting and part. What any of them answers is not
 * asked again, so a run goes on where it stopped, and one without parts fills what the parts left.
 */
export class PredictionStore implements RunStore {
  private constructor(
    readonly path: string,
    /** Only the numbers of the items: the lines stay on the disk. */
    private readonly answered: Set<string>,
  ) {}

  /**
   * @param warn takes a line for each line that cannot be read
   * @throws Error with a sentence where the folder holds another run
   */
  static async open(
    folder: string,
    identity: RunIdentity,
    shard: Shard | null,
    warn: (line: string) => void,
  ): Promise<PredictionStore> {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, runFileName(identity.setting, shard));
    if (existsSync(path)) cutHalfLine(path);
    const answered = new Set<string>();
    for await (const { place, prediction } of readPredictionFiles(
      listPredictionFiles(folder, identity.setting),
    )) {
      // Another part's process may be writing this line just now.
      if (!prediction) {
        if (place.startsWith(`${path}:`)) warn(`${place}: this line cannot be read`);
        continue;
      }
      const { run, index } = prediction;
      if (!run || !isSameRun(run, identity)) {
        const whose = run ? `of ${nameRun(run)}` : 'of another program';
        throw new Error(
          `${place} is ${whose}, and this run is of ${nameRun(identity)}. Give it another --out.`,
        );
      }
      answered.add(index);
    }
    return new PredictionStore(path, answered);
  }

  has(index: string): boolean {
    return this.answered.has(index);
  }

  put(line: PredictionLine): Promise<void> {
    appendFileSync(this.path, writePrediction(line));
    this.answered.add(line.index);
    return Promise.resolve();
  }
}

/** A run that was killed may leave half a line at the end; the next one must not be glued to it. */
export function cutHalfLine(path: string): void {
  const file = openSync(path, 'r+');
  try {
    const piece = Buffer.alloc(1 << 16);
    const { size } = fstatSync(file);
    for (let end = size; end > 0;) {
      const start = Math.max(0, end - piece.length);
      const length = readSync(file, piece, 0, end - start, start);
      const at = piece.subarray(0, length).lastIndexOf(0x0a);
      if (at >= 0) {
        if (start + at + 1 < size) ftruncateSync(file, start + at + 1);
        return;
      }
      end = start;
    }
    ftruncateSync(file, 0);
  } finally {
    closeSync(file);
  }
}
