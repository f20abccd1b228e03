import { AnswerParser } from './clues/answer-parser';
import { checkQuestion } from './clues/question';
import type { Look, Model, Plan, Run } from './families/family';
import type { Media, MediaInfo } from './media/media';
import { partOf } from './media/part-of';
import type { AnalyzeEvent, AnalyzeRequest, Analysis, Stage } from './protocol/api';

/** The stages of one run, passed in so that tests can put their own in their place. */
export interface Stages {
  openMedia(file: File, signal: AbortSignal): Promise<Media>;
  model: Model;
  /** Milliseconds, monotonic. */
  now(): number;
}

type Decoded = <T>(wait: () => Promise<T>) => Promise<T>;

/** What a run finds out; the caller adds which model on which backend it was. */
export type Outcome = Omit<Analysis, 'model' | 'backend'>;

/**
 * The whole flow: file → media → frames and sound → towers → streamed text → clues and count.
 * Checks the signal per frame, chunk and token.
 * @throws AppError; an abort rejects with `AbortError`
 */
export async function* reason(
  request: AnalyzeRequest,
  stages: Stages,
  signal: AbortSignal,
): AsyncGenerator<AnalyzeEvent, Outcome> {
  const question = checkQuestion(request.question);
  const timings: Outcome['timings'] = {};
  let lap = stages.now();
  let decoding = 0;
  const endStage = (stage: Stage) => {
    const now = stages.now();
    timings[stage] = Math.round(now - lap - decoding);
    if (decoding > 0) timings.decode = Math.round((timings.decode ?? 0) + decoding);
    decoding = 0;
    lap = now;
  };
  /** Waits for the decoder, and keeps its time apart from the towers'. */
  const decoded = async <T>(wait: () => Promise<T>): Promise<T> => {
    const from = stages.now();
    const value = await wait();
    decoding += stages.now() - from;
    return value;
  };

  yield { kind: 'progress', stage: 'probe', done: 0, total: 1 };
  const whole = await stages.openMedia(request.file, signal);
  try {
    yield { kind: 'media', info: whole.info };
    yield { kind: 'progress', stage: 'probe', done: 1, total: 1 };
    endStage('probe');

    const media = partOf(whole, request);
    const run = stages.model.begin(question, media.info, request);
    try {
      if (run.plan.covered && run.plan.sound) {
        yield* listen(media, run, decoded, signal);
        endStage('listen');
      }
      const { plan } = run;
      if (plan.covered && plan.looks.length > 0) {
        yield* look(media, run, plan.looks, decoded, signal);
        endStage('look');
      }
      const answer = yield* read(run, plan, signal);
      endStage('reason');
      const used = run.used?.();
      return { ...answer, timings, media: summary(whole.info), ...(used && { used }) };
    } finally {
      await run.close?.();
    }
  } finally {
    await whole.close();
  }
}

async function* listen(
  media: Media,
  run: Run,
  decoded: Decoded,
  signal: AbortSignal,
): AsyncGenerator<AnalyzeEvent, void> {
  yield { kind: 'progress', stage: 'listen', done: 0, total: 1 };
  const samples = await decoded(() => media.samples(signal));
  // The tower reports through a callback; a generator can only yield between two waits.
  let latest = { done: 0, total: 1 };
  let wake: () => void = () => undefined;
  let isDone = false;
  const heard = run
    .listen(
      samples,
      (done, total) => {
        latest = { done, total };
        wake();
      },
      signal,
    )
    .finally(() => (isDone = true));
  while (!isDone) {
    await Promise.race([heard, new Promise<void>((resolve) => (wake = resolve))]);
    yield { kind: 'progress', stage: 'listen', ...latest };
  }
  await heard;
  signal.throwIfAborted();
}

async function* look(
  media: Media,
  run: Run,
  looks: readonly Look[],
  decoded: Decoded,
  signal: AbortSignal,
): AsyncGenerator<AnalyzeEvent, void> {
  const total = looks.reduce((sum, { frames }) => sum + frames.timesSeconds.length, 0);
  yield { kind: 'progress', stage: 'look', done: 0, total };
  let planned = 0;
  for (const { purpose, frames } of looks) {
    let done = planned;
    const pictures = media.frames(frames, signal);
    try {
      for (;;) {
        const next = await decoded(() => pictures.next());
        if (next.done) break;
        await run.look(next.value, purpose);
        signal.throwIfAborted();
        yield { kind: 'progress', stage: 'look', done: ++done, total };
      }
    } finally {
      await pictures.return(undefined);
    }
    planned += frames.timesSeconds.length;
    // Fewer pictures than planned times: two times fell on one picture, or the file ended early.
    if (done < planned) yield { kind: 'progress', stage: 'look', done: planned, total };
  }
}

async function* read(
  run: Run,
  plan: Plan,
  signal: AbortSignal,
): AsyncGenerator<AnalyzeEvent, Omit<Outcome, 'timings' | 'media'>> {
  const parser = run.reader ?? new AnswerParser();
  const clues: Outcome['clues'] = [];
  yield { kind: 'progress', stage: 'reason', done: 0, total: 1 };
  let confidence: number | undefined;
  for await (const { text, evidence, progress, ...rest } of run.answer(signal)) {
    confidence = rest.confidence ?? confidence;
    if (progress) yield { kind: 'progress', stage: 'reason', ...progress };
    if (!text) continue;
    yield { kind: 'text', text };
    for (const parsed of parser.push(text)) {
      const clue = { ...parsed, ...evidence };
      clues.push(clue);
      yield { kind: 'clue', clue };
    }
  }
  const { thinkText, answerText, replyText, count, clues: parsed, bareCount } = parser.finish();
  yield { kind: 'progress', stage: 'reason', done: 1, total: 1 };
  return {
    count: plan.covered ? count : null,
    category: plan.covered ? plan.category : null,
    ...(confidence !== undefined && { answerConfidence: confidence }),
    ...(bareCount !== undefined && { bareCount }),
    clues: clues.length > 0 ? clues : parsed,
    covered: plan.covered,
    unparsed: plan.covered && count === null,
    thinkText,
    answerText,
    ...(replyText !== undefined && { replyText }),
  };
}

function summary({ durationSeconds, video, audio }: MediaInfo): Outcome['media'] {
  return {
    durationSeconds,
    fps: video?.fps ?? null,
    width: video?.width ?? null,
    height: video?.height ?? null,
    hasAudio: audio !== null,
  };
}
