import type { Clue, ObjectClue } from '../clues/clue';
import type { Interval } from '../clues/clue-reply';
import { countOf, type Annotation } from './annotations';
import { clueTimes, placeInFrames, trueFrames } from './clue-frames';
import { attributeScore, eventOverlap, eventScore, objectScore } from './clue-score';

/** The evidence of an answer against the true clues, 0…1. */
export interface ClueJudgement {
  /** The clue score of this item; 100 × the mean over the items is WCS. */
  score: number;
  /** Mean overlap in time with the true events; null for boxes. */
  temporalIou: number | null;
}

/**
 * Judges the clues of an answer. Null where the item cannot be judged: it has no clues, or not one
 * for each unit of its answer (“the most at once” is a moment, not a list).
 *
 * The benchmark shows a model only the frames that hold a true clue, and asks for every box in the
 * first of them in which the object appears. A model that has watched the whole clip gives tracks
 * instead; a track is entered in the first of these frames that it covers, with the box that it has
 * there. A track may begin a little late, because a clip is looked at now and then only: a frame
 * shortly before its beginning counts as covered. One that covers none goes to the nearest.
 * @param size of the displayed frame, for boxes in per cent
 */
export function judgeClues(
  { clues: truth, answer, boxUnit }: Pick<Annotation, 'clues' | 'answer' | 'boxUnit'>,
  given: readonly Clue[],
  size: { width: number; height: number } | null,
): ClueJudgement | null {
  if (!truth || countOf(truth) !== answer || answer === 0) return null;
  if (truth.kind === 'event') {
    const intervals = given.map(intervalOf);
    return {
      score: eventScore(truth.intervals, intervals),
      temporalIou: eventOverlap(truth.intervals, intervals),
    };
  }
  const scale: readonly [number, number] =
    boxUnit === 'percent' && size ? [size.width / 100, size.height / 100] : [1, 1];
  const times = clueTimes(truth);
  const clusters = truth.kind === 'attribute' ? truth.clusters : [truth.boxes];
  const real = clusters.map((boxes) => trueFrames(boxes, times, scale));
  const objects = given.filter((clue): clue is ObjectClue => clue.kind === 'object');
  if (truth.kind === 'object') {
    return { score: objectScore(real[0]!, placeInFrames(objects, times)), temporalIou: null };
  }
  const labels = [...new Set(objects.map(({ label }) => label))];
  const groups = labels.map((label) =>
    placeInFrames(
      objects.filter((o) => o.label === label),
      times,
    ),
  );
  return { score: attributeScore(real, groups), temporalIou: null };
}

/** A track stands for the time in which it is seen. */
export function intervalOf(clue: Clue): Interval {
  if (clue.kind === 'event') return [clue.startSeconds, clue.endSeconds];
  return [clue.timestampSeconds, clue.path?.at(-1)?.timestampSeconds ?? clue.timestampSeconds];
}
