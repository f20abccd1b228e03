import {
  readAnnotationText,
  type Annotation,
  type ReadAnnotations,
} from '../../benchmark/annotations';
import { isSameRun, type Prediction, type RunIdentity } from '../../benchmark/predictions';
import { scoreReply, type ScoredItem } from '../../benchmark/score-replies';
import type { BoxUnitChoice } from './benchmark-folder';

export function readText(text: string, boxUnit: BoxUnitChoice): ReadAnnotations {
  return readAnnotationText(text, boxUnit === 'detected' ? {} : { boxUnit });
}

/** Scores the lines of a run as they are read; those of another run are passed over. */
export async function scoreLines(
  lines: AsyncIterable<Prediction>,
  annotations: readonly Annotation[],
  identity: RunIdentity,
): Promise<Map<string, ScoredItem>> {
  const byId = new Map(annotations.map((annotation) => [annotation.id, annotation]));
  const scores = new Map<string, ScoredItem>();
  for await (const { index, pred, run } of lines) {
    const annotation = byId.get(index);
    if (annotation && (!run || isSameRun(run, identity))) {
      scores.set(index, scoreReply(annotation, pred, identity.setting));
    }
  }
  return scores;
}
