import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AnswerCache, evaluationKey, toAnswer } from './answer-cache.ts';
import { bundleFolder, openAsker, type Asker } from './asker.ts';
import { judge, type Item, type Row } from './score.ts';
import { root } from './site.ts';

export interface AskOptions {
  /** `nano`, or a folder with a bundle: answers the items that name no bundle of their own. */
  model: string;
  /** Product code on native ONNX Runtime and ffmpeg instead of the built app in a browser. */
  native: boolean;
  log: (line: string) => void;
}

/**
 * Asks every item, bundle by bundle and file by file; answers that are on disk already are taken
 * from there.
 * @returns a row for each item, in the order of the items
 */
export async function askItems(items: readonly Item[], options: AskOptions): Promise<Row[]> {
  const rows = new Map<Item, Row>();
  const bundles = [...new Set(items.map(({ bundle }) => bundle ?? options.model))];
  let done = 0;
  for (const bundle of bundles) {
    const name = `${evaluationKey(bundleFolder(bundle))}${options.native ? '-native' : ''}.jsonl`;
    const cache = new AnswerCache(join(root, '.cache', 'evaluation', name));
    let asker: Asker | null = null;
    try {
      for (const item of items.filter((one) => (one.bundle ?? options.model) === bundle)) {
        const { file, question } = item;
        let answer = cache.get(file, question);
        if (!answer) {
          asker ??= await openAsker(bundle, options);
          const start = performance.now();
          const result = existsSync(file)
            ? await asker.ask(file, question)
            : { error: { code: 'file-unreadable', message: `There is no file ${file}.` } };
          answer = toAnswer(result, (performance.now() - start) / 1000);
          // What failed may succeed the next time, so it is not kept.
          if (!('error' in result)) cache.put(file, question, answer);
        }
        const row = judge(item, answer);
        rows.set(item, row);
        done += 1;
        options.log(
          `${done}/${items.length} ${file.split('/').at(-1)} ${question} ` +
            `truth ${row.truth}, nano ${row.count ?? row.reason ?? 'no count'}`,
        );
      }
    } finally {
      await asker?.close();
    }
  }
  return items.flatMap((item) => rows.get(item) ?? []);
}
