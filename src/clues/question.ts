import { AppError } from '../errors';

/** Longer questions are refused: a model reads a sentence, not a page. */
export const maxQuestionLength = 1000;

/**
 * The question without blanks around it.
 * @throws AppError `question-empty` or `question-too-long`
 */
export function checkQuestion(question: string): string {
  const trimmed = question.trim();
  if (!trimmed) throw new AppError('question-empty', 'The question is empty.');
  if (trimmed.length > maxQuestionLength) {
    throw new AppError(
      'question-too-long',
      `The question has ${trimmed.length} characters; ${maxQuestionLength} is the limit.`,
    );
  }
  return trimmed;
}
