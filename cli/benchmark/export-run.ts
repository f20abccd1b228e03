import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { predictionFileName } from '../../src/benchmark/predictions';
import type { Setting } from '../../src/benchmark/settings';
import { listPredictionFiles, readLines } from './prediction-files.ts';

/**
 * Writes a run as the benchmark's scripts write and read it: `FOLDER/<setting>/<index>.txt`, a line
 * `{"pred", "gt", "input"}` in each.
 * @param folder holds the lines of the run
 */
export async function exportRun(
  folder: string,
  settings: readonly Setting[],
  to: string,
  log: (line: string) => void,
): Promise<void> {
  for (const setting of settings) {
    const target = join(to, setting);
    mkdirSync(target, { recursive: true });
    /** Name of a file → the item that it is of. */
    const written = new Map<string, string>();
    for (const file of listPredictionFiles(folder, setting)) {
      for await (const text of readLines(file)) {
        const line = parse(text);
        if (!line) continue;
        const { index, pred, gt, input } = line;
        const name = predictionFileName(index);
        const other = written.get(name);
        // Two numbers that differ only in characters that a file's name cannot have share a file.
        const flag = other === undefined || other === index ? 'w' : 'a';
        writeFileSync(join(target, name), `${JSON.stringify({ pred, gt, input })}\n`, { flag });
        written.set(name, index);
      }
    }
    const strange = readdirSync(target).filter(
      (name) => name.endsWith('.txt') && !written.has(name),
    );
    log(`${target}: ${written.size} files`);
    if (strange.length > 0) {
      log(`${target}: ${strange.length} more .txt files are not of this run (${strange[0]} …)`);
    }
  }
}

function parse(text: string): { index: string; pred: unknown; gt: unknown; input: unknown } | null {
  try {
    return JSON.parse(text) as { index: string; pred: unknown; gt: unknown; input: unknown };
  } catch {
    return null;
  }
}
