import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AnswerCache, evaluationKey, toAnswer, type Asker } from './answer-cache.ts';
import { AppPage } from './app-page.ts';
import { judge, type Item, type Row } from './score.ts';
import { root } from './site.ts';

export interface AskOptions {
  /** `nano`, or a folder with a bundle: answers the items that name no bundle of their own. */
  model: string;
  /** Product code on native ONNX Runtime and ffmpeg instead of the built app in a browser. */
  native: boolean;
  log: (line: string) => void;
}

const bundleFolder = (model: string): string =>
  model === 'nano' ? join(root, 'models', 'served', 'nano') : resolve(model);

async function openAsker(model: string, { native, log }: AskOptions): Promise<Asker> {
  if (!native) return new AppPage({ model, onProgress: log });
  const { NativeModel } = await import('../models/tools/suite/native-model.ts');
  const asker = await NativeModel.open(bundleFolder(model));
  return {
    ask: (file, question) =>
      asker.ask(file, question).catch((error: { code?: string; message?: string }) => ({
        error: { code: error.code ?? 'bug', message: error.message ?? 'Unknown error.' },
      })),
    close: () => asker.close(),
  };
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
