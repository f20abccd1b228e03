import { countOf, isChanged, type ReviewedClue } from '../clues/review';
import { clueSpan } from '../clues/clue-time';
import { AppError } from '../errors';
import type { Analysis, ModelInfo } from '../protocol/api';
import type { RestoredResult } from '../state/session';
import type { AbsentVideo, DoneRun, OpenVideo } from '../state/state';
import { resultSchema, resultSchemaId, resultVersion, type CountResult } from './result-schema';

export type { CountResult } from './result-schema';

/** A file of ten thousand clues with their paths is smaller. */
export const mostResultBytes = 64e6;

/** More problems than these tell a reader nothing new. */
const mostProblems = 5;

/** The answer as a document. `model` gives the title of the model, where it is the one that answered. */
export function toResult(
  video: OpenVideo | AbsentVideo,
  run: DoneRun,
  model: ModelInfo | null,
  now: Date,
): CountResult {
  const { analysis } = run;
  const { media, answerConfidence, bareCount, used } = analysis;
  const isSameModel = model?.sha256 === analysis.model.sha256;
  return {
    schema: resultSchemaId,
    version: resultVersion,
    createdAt: now.toISOString(),
    question: run.question,
    video: {
      title: video.title,
      ...(video.kind === 'open' && { bytes: video.file.size }),
      ...media,
    },
    model: { ...analysis.model, title: isSameModel ? model.title : analysis.model.id },
    backend: analysis.backend,
    answer: {
      count: analysis.count,
      category: analysis.category,
      covered: analysis.covered,
      unparsed: analysis.unparsed,
      ...(answerConfidence !== undefined && { answerConfidence }),
      ...(bareCount !== undefined && { bareCount }),
      ...(used && { used }),
      answerText: analysis.answerText,
      thinkText: analysis.thinkText,
      text: run.text,
      timings: analysis.timings,
      clues: analysis.clues as CountResult['answer']['clues'],
    },
    review: {
      count: shownCount(run),
      clues: run.review.clues as CountResult['review']['clues'],
    },
  };
}

/** The count on the page: of the model, or of the clues once a visitor changed them. */
export function shownCount({ analysis, review }: DoneRun): number | null {
  if (!analysis.covered) return null;
  return isChanged(review) ? countOf(review, analysis.category) : analysis.count;
}

export function fromResult(result: CountResult): RestoredResult {
  const { question, video, answer, review, backend } = result;
  const { title, durationSeconds, fps, width, height, hasAudio } = video;
  const { id, version, sha256 } = result.model;
  const { text, ...said } = answer;
  const analysis: Analysis = {
    ...said,
    model: { id, version, sha256 },
    backend,
    media: { durationSeconds, fps, width, height, hasAudio },
  };
  const clues = review.clues.toSorted((a, b) => startOf(a) - startOf(b));
  return {
    title,
    run: {
      question,
      clues: analysis.clues,
      review: { clues, past: [], future: [] },
      text,
      analysis,
    },
  };
}

/** The document as a file's text. */
export function writeResult(result: CountResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}

/**
 * Reads a result file's text.
 * @throws AppError `result-unreadable`, which says what is wrong and where
 */
export function readResult(text: string): CountResult {
  return checkResult(parseJson(text));
}

/** @throws AppError `result-unreadable` */
export function checkResult(json: unknown): CountResult {
  const { schema, version } = Object(json) as Partial<Record<string, unknown>>;
  if (schema !== resultSchemaId) {
    throw unreadable('It is no result of this page: its “schema” says something else.');
  }
  if (typeof version === 'number' && version > resultVersion) {
    throw unreadable(
      `It has version ${version}, of a newer page; this one reads up to version ${resultVersion}.`,
    );
  }
  const { data, error } = resultSchema.safeParse(json);
  if (data) return data;
  const problems = error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'the file'}: ${message}`,
  );
  const more = problems.length - mostProblems;
  throw unreadable(
    problems.slice(0, mostProblems).join('; ') + (more > 0 ? `; and ${more} more` : ''),
  );
}

/** @throws AppError `result-unreadable` */
export async function readResultFile(file: Blob): Promise<CountResult> {
  if (file.size > mostResultBytes) throw unreadable('It is far too large for a result.');
  let text;
  try {
    text = await file.text();
  } catch (cause) {
    throw unreadable('The file cannot be read any more.', cause);
  }
  return readResult(text);
}

/** The error of everything that cannot be read as a result. */
export function unreadable(message: string, cause?: unknown): AppError {
  return new AppError('result-unreadable', message, { cause });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(`It is no JSON, or only a part of it: ${(cause as Error).message}`, cause);
  }
}

function startOf({ clue }: ReviewedClue): number {
  return clueSpan(clue)[0];
}
