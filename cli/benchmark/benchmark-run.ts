import { basename, extname, join, resolve } from 'node:path';
import { isAbort } from '../../src/errors';
import type { Annotation } from '../../src/benchmark/annotations';
import type { RunIdentity } from '../../src/benchmark/predictions';
import type { AnswerToWrite } from '../../src/benchmark/reply-text';
import { runBenchmark, shareOf, type RunOptions } from '../../src/benchmark/run';
import type { Located, Setting } from '../../src/benchmark/settings';
import { toAnswer } from '../answer-cache.ts';
import { openAsker, readModelIdentity, type Asker } from '../asker.ts';
import { ensureChromium } from '../chromium.ts';
import type { MediaFolders } from './media-folders.ts';
import type { Shard } from './prediction-files.ts';
import { PredictionStore } from './prediction-store.ts';
import type { AnnotationFile } from './read-annotations.ts';
import { buildIfStale, root } from '../site.ts';

export interface BenchmarkRunOptions {
  file: AnnotationFile;
  media: MediaFolders;
  settings: readonly Setting[];
  thinks: boolean;
  /** `nano`, or a folder with a bundle. */
  model: string;
  native: boolean;
  shard: Shard | null;
  /** Folder for the lines. */
  out: string;
  log: (line: string) => void;
}

/** What came of a run. */
export interface RunOutcome {
  /** Items with an answer, those of earlier runs included. */
  answered: number;
  /** Asked for, over all settings. */
  wanted: number;
}

/** Of what is missing or has failed, so many are named again at the end. */
const mostNamed = 20;

/** Native runtimes may round otherwise than a browser, so their answers are another run's. */
export function identityOf(
  { model, native, thinks }: Pick<BenchmarkRunOptions, 'model' | 'native' | 'thinks'>,
  setting: Setting,
  annotations: string,
): RunIdentity {
  const { id, sha256 } = readModelIdentity(model);
  return { setting, thinks, model: `${id}@${sha256}${native ? '+native' : ''}`, annotations };
}

/** Where a run's lines go unless one says so. */
export function defaultOut(
  annotations: string,
  { model, native, thinks }: Pick<BenchmarkRunOptions, 'model' | 'native' | 'thinks'>,
): string {
  const name = basename(annotations, extname(annotations));
  const { sha256 } = readModelIdentity(model);
  const kind = `${thinks ? '-thinking' : ''}${native ? '-native' : ''}`;
  return join(root, '.cache', 'benchmark', `${name}-${sha256.slice(0, 8)}${kind}`);
}

/**
 * Asks the items in each setting and writes a line for each answer as it comes.
 * @throws Error with a sentence where the folder holds another run; an abort rejects with `AbortError`
 */
export async function runSettings(
  options: BenchmarkRunOptions,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { file, media, shard, log } = options;
  if (!options.native) {
    // What no question could be answered without is no failure of each of them.
    ensureChromium();
    buildIfStale();
  }
  const items = shard ? shareOf(file.annotations, shard.part, shard.parts) : file.annotations;
  const asker = new LateAsker(options);
  const missing = new Names();
  const failed = new Names();
  const outcome: RunOutcome = { answered: 0, wanted: items.length * options.settings.length };
  try {
    for (const setting of options.settings) {
      const identity = identityOf(options, setting, file.sha256);
      const store = await PredictionStore.open(resolve(options.out), identity, shard, log);
      const has = (name: string) => media.find(name) !== null;
      const ask: RunOptions['ask'] = (annotation, located, stop) =>
        asker.ask(media.find(located.file)!, annotation, located, stop);
      let at = 0;
      for await (const event of runBenchmark(items, { identity, has, ask, store }, signal)) {
        if (event.kind === 'start') continue;
        at += 1;
        const { id, file: video, question, answer } = event.annotation;
        const name = `${setting} ${at}/${items.length} ${id} ${video} ${question}`;
        if (event.kind === 'missing') missing.add(video);
        else if (event.kind === 'failed') {
          const { error } = event;
          const why = error instanceof Error ? error.message : String(error);
          failed.add(`${setting} ${id} ${video}: ${why}`);
          log(`${name}: ${why}`);
        } else if (event.kind === 'answer' || event.kind === 'kept') {
          outcome.answered += 1;
          if (event.kind === 'kept') continue;
          const { pred, seconds, reason } = event.line;
          const reply = pred.length > 80 ? `${pred.slice(0, 79)}…` : pred;
          log(
            `${name}: truth ${answer}, reply ${reply || `none (${reason ?? '?'})`}, ${seconds} s`,
          );
        }
      }
    }
  } finally {
    await asker.close();
    missing.tell('Missing videos', log);
    failed.tell('Failed, and asked again the next time', log);
  }
  return outcome;
}

/** Distinct names, the first few kept and all counted. */
class Names {
  private readonly first = new Set<string>();
  private hasMore = false;

  add(name: string): void {
    if (this.first.has(name)) return;
    if (this.first.size < mostNamed) this.first.add(name);
    else this.hasMore = true;
  }

  tell(what: string, log: (line: string) => void): void {
    if (this.first.size === 0) return;
    log(`${what} (${this.first.size}${this.hasMore ? ' of more' : ''}):`);
    for (const name of this.first) log(`  ${name}`);
  }
}

/** Opens the model when the first question needs it, and leaves a question at once on an abort. */
class LateAsker {
  private asker: Promise<Asker> | null = null;

  constructor(private readonly options: BenchmarkRunOptions) {}

  async ask(
    path: string,
    { question }: Annotation,
    { category, ask, rangeSeconds, frameSeconds }: Located,
    signal: AbortSignal,
  ): Promise<AnswerToWrite & { seconds: number; reason?: string }> {
    const { model, native, log } = this.options;
    this.asker ??= openAsker(model, { native, log, keepsOnSignal: true });
    const start = performance.now();
    const asked = this.asker.then((asker) =>
      asker.ask(path, question, {
        ...{ category, ask },
        ...(rangeSeconds && { rangeSeconds }),
        ...(frameSeconds && { frameSeconds }),
      }),
    );
    const result = await orAbort(asked, signal);
    if ('error' in result) throw new Error(`${result.error.code}: ${result.error.message}`);
    const { count, covered, clues, size, seconds, reason } = toAnswer(
      result,
      (performance.now() - start) / 1000,
    );
    return {
      ...{ count, covered, clues, size, seconds },
      ...(reason !== undefined && { reason }),
      ...(result.replyText !== undefined && { replyText: result.replyText }),
    };
  }

  async close(): Promise<void> {
    const asker = await this.asker?.catch(() => null);
    await asker?.close();
  }
}

async function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } catch (error) {
    // Whatever a page says that is closed under a question.
    if (signal.aborted && !isAbort(error)) throw signal.reason;
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
