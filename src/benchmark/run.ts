import { isAbort } from '../errors';
import type { Annotation } from './annotations';
import { toReleaseItem, type PredictionLine, type RunIdentity } from './predictions';
import { replyOf, type AnswerToWrite } from './reply-text';
import { locate, type Located } from './settings';

/** Where a run's lines go as they come; an item that is there is not asked again. */
export interface RunStore {
  has(index: string): boolean | Promise<boolean>;
  put(line: PredictionLine): Promise<void>;
}

/** Gives an item back to others. */
export type Release = () => void;

export interface RunOptions {
  identity: RunIdentity;
  /** Whether the folder of videos holds this file. */
  has: (file: string) => boolean;
  ask: (
    annotation: Annotation,
    located: Located,
    signal: AbortSignal,
  ) => Promise<AnswerToWrite & { seconds: number; reason?: string }>;
  store: RunStore;
  /**
   * Takes an item for this run alone, where several share the work; null where another has it.
   * With `waits`, until that one lets go of it.
   */
  claim?: (index: string, waits: boolean, signal: AbortSignal) => Promise<Release | null>;
}

/** What becomes of an item. Only an answer is kept: what is missing or failed may be there the next time. */
export type RunEvent =
  | { kind: 'start'; annotation: Annotation }
  | { kind: 'kept'; annotation: Annotation }
  | { kind: 'answer'; annotation: Annotation; line: PredictionLine }
  | { kind: 'missing'; annotation: Annotation }
  /** Another run is at it; it comes again at the end. */
  | { kind: 'elsewhere'; annotation: Annotation }
  | { kind: 'failed'; annotation: Annotation; error: unknown };

/**
 * Asks every item of a benchmark that the store does not have yet, one after the other. Holds on to
 * nothing of an item once it is done.
 * @throws what the store throws; an abort rejects with `AbortError`
 */
export async function* runBenchmark(
  annotations: readonly Annotation[],
  options: RunOptions,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void> {
  const claim = options.claim ?? (() => Promise.resolve(() => undefined));
  const elsewhere: Annotation[] = [];
  const pass = async function* (items: readonly Annotation[], waits: boolean) {
    for (const annotation of items) {
      signal.throwIfAborted();
      const release = await claim(annotation.id, waits, signal);
      if (!release) {
        elsewhere.push(annotation);
        yield { kind: 'elsewhere', annotation } as const;
        continue;
      }
      try {
        yield* askItem(annotation, options, signal);
      } finally {
        release();
      }
    }
  };
  yield* pass(annotations, false);
  yield* pass(elsewhere, true);
}

async function* askItem(
  annotation: Annotation,
  { identity, has, ask, store }: RunOptions,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void> {
  const { setting, thinks } = identity;
  const { id } = annotation;
  if (await store.has(id)) {
    yield { kind: 'kept', annotation };
    return;
  }
  const located = locate(annotation, setting, thinks, has);
  if (!located) {
    yield { kind: 'missing', annotation };
    return;
  }
  yield { kind: 'start', annotation };
  let answer;
  try {
    answer = await ask(annotation, located, signal);
  } catch (error) {
    if (isAbort(error)) throw error;
    yield { kind: 'failed', annotation, error };
    return;
  }
  const { covered, seconds, reason } = answer;
  const line: PredictionLine = {
    index: id,
    pred: replyOf(answer, annotation, setting),
    gt: annotation.answer,
    input: toReleaseItem(annotation),
    run: identity,
    covered,
    ...(reason !== undefined && { reason }),
    seconds: Number(seconds.toFixed(2)),
  };
  await store.put(line);
  yield { kind: 'answer', annotation, line };
}

/** Every `parts`-th item, from the `part`-th on (1…`parts`): the share of one machine of many. */
export function shareOf<T>(items: readonly T[], part: number, parts: number): T[] {
  return items.filter((_, at) => at % parts === part - 1);
}
