import type { Annotation } from '../../benchmark/annotations';
import type { AnswerToWrite } from '../../benchmark/reply-text';
import type { Located } from '../../benchmark/settings';
import { AppError } from '../../errors';
import type { AnalyzeEvent, Analysis, AnalyzeRequest, Emit } from '../../protocol/api';
import type { CurrentItem } from './benchmark-state';
import type { VideoShelf } from './benchmark-videos';

export interface ItemAsker {
  ask: (
    request: AnalyzeRequest,
    emit: Emit<AnalyzeEvent>,
    signal: AbortSignal,
  ) => Promise<Analysis>;
  videos: VideoShelf;
  onProgress: (current: CurrentItem) => void;
}

/** Asks one item. @throws AppError; an abort rejects with `AbortError` */
export async function askItem(
  annotation: Annotation,
  { file: name, ...options }: Located,
  { ask, videos, onProgress }: ItemAsker,
  signal: AbortSignal,
): Promise<AnswerToWrite & { seconds: number; reason?: string }> {
  const start = performance.now();
  const file = await videos.get(name, signal);
  if (!file) throw new AppError('file-unreadable', `${name} is not there.`);
  const request = { ...options, file, question: annotation.question };
  const follow = (event: AnalyzeEvent): void => {
    if (event.kind !== 'progress' || signal.aborted) return;
    const { stage, done, total } = event;
    onProgress({ annotation, progress: { stage, done, total } });
  };
  const { count, covered, clues, replyText, answerText, media } = await ask(
    request,
    follow,
    signal,
  );
  const { width, height } = media;
  return {
    ...{ count, covered, clues, seconds: (performance.now() - start) / 1000 },
    size: width === null || height === null ? null : { width, height },
    ...(replyText !== undefined && { replyText }),
    ...(!covered && { reason: answerText }),
  };
}
