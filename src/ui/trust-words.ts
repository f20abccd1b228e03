import { msg, str } from '@lit/localize';
import type { Analysis, ModelInfo } from '../protocol/api';
import { labelWords } from './label-words';

/** Fewer answers than this make no share worth showing. */
const fewestAnswers = 20;

/**
 * How often such answers were right in the model's own evaluation: those of the same kind that it
 * was about as sure of, else all of the kind. Null where none was measured.
 */
export function trustWords(model: ModelInfo, analysis: Analysis): string | null {
  const { category, answerConfidence } = analysis;
  const figure = model.figures.find(({ category: of }) => of === category);
  if (!figure) return null;
  const alike = figure.calibration.findLast(
    ({ from, n }) => from <= (answerConfidence ?? -1) && n >= fewestAnswers,
  );
  if (alike) {
    const { exact, withinOne, n } = alike;
    return msg(
      str`Answers like this one were exactly right in ${Math.round(exact)} %, within one in ${Math.round(withinOne)} % of ${n} tests.`,
    );
  }
  const { label, exact, withinOne, n } = figure;
  if (n < fewestAnswers) {
    return msg(
      str`It was tested on only ${n} questions of this kind (${kindWords(label)}). Check the moments.`,
    );
  }
  return msg(
    str`In its own test (${kindWords(label)}; ${n} answers) it was exactly right in ${Math.round(exact)} %, within one in ${Math.round(withinOne)} %.`,
  );
}

/** The kind inside a sentence. */
function kindWords(label: string): string {
  return labelWords(label).toLowerCase();
}
