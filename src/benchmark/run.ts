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
}

/** What becomes of an item. Only an answer is kept: what is missing or failed may be there the next time. */
export type RunEvent =
  | { kind: 'start'; annotation: Annotation }
  | { kind: 'kept'; annotation: Annotation }
  | { kind: 'answer'; annotation: Annotation; line: PredictionLine }
  | { kind: 'missing'; annotation: Annotation }
  | { kind: 'failed'; annotation: Annotation; error: unknown };

/**
 * Asks every item of a benchmark that the store does not have yet, one after the other. Holds on to
 * nothing of an item once it is done.
 * @throws what the store throws; an abort rejects with `AbortError`
 */
export async function* runBenchmark(
  annotations: readonly Annotation[],
  { identity, has, ask, store }: RunOptions,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void> {
  const { setting, thinks } = identity;
  for (const annotation of annotations) {
    signal.throwIfAborted();
    const { id } = annotation;
    if (await store.has(id)) {
      yield { kind: 'kept', annotation };
      continue;
    }
    const located = locate(annotation, setting, thinks, has);
    if (!located) {
      yield { kind: 'missing', annotation };
      continue;
    }
    yield { kind: 'start', annotation };
    let answer;
    try {
      answer = await ask(annotation, located, signal);
    } catch (error) {
      if (isAbort(error)) throw error;
      yield { kind: 'failed', annotation, error };
      continue;
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
}

/** Every `parts`-th item, from the `part`-th on (1…`parts`): the share of one machine of many. */
export function shareOf<T>(items: readonly T[], part: number, parts: number): T[] {
  return items.filter((_, at) => at % parts === part - 1);
}
