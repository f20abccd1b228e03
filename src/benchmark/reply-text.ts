import type { Clue, ObjectClue } from '../clues/clue';
import type { BoxesByFrame, Corners } from '../clues/clue-reply';
import type { Annotation } from './annotations';
import { clueTimes, placeInFrames } from './clue-frames';
import { intervalOf } from './judge';
import type { Setting } from './settings';

/** What of an answer goes into a reply. */
export interface AnswerToWrite {
  count: number | null;
  covered: boolean;
  clues: readonly Clue[];
  /** What a model that is asked in words wrote. */
  replyText?: string;
  /** Of the displayed frame. */
  size: { width: number; height: number } | null;
}

/**
 * An answer as the text that the benchmark asks for, so that its scripts can score it: the model's
 * own words where it was asked in words, else its count or its clues in the form that a setting asks
 * for. Empty where it does not cover the question. Boxes are in the unit of the annotation.
 */
export function replyOf(answer: AnswerToWrite, annotation: Annotation, setting: Setting): string {
  const { count, covered, clues, replyText, size } = answer;
  if (replyText !== undefined) return replyText;
  if (!covered || count === null) return '';
  if (setting !== 'clue') return String(count);
  const { category, boxUnit, clues: truth } = annotation;
  if (category === 'event') {
    const pairs = clues.map((clue) => intervalOf(clue).map((time) => time.toFixed(2)));
    return `<answer>${JSON.stringify(pairs)}</answer>`;
  }
  const objects = clues.filter((clue): clue is ObjectClue => clue.kind === 'object');
  // Without true frames the model was shown the whole video: it names the frames itself.
  const shown = truth ? clueTimes(truth) : [];
  const times = shown.length > 0 ? shown : ownTimes(objects);
  const scale = boxUnit === 'percent' && size ? [100 / size.width, 100 / size.height] : [1, 1];
  const write = (box: Corners) => box.map((side, i) => Number((side * scale[i % 2]!).toFixed(2)));
  const frames = times.map((_, frame): [string, unknown[]] => [`Frame${frame + 1}`, []]);
  const enter = (boxes: BoxesByFrame, toEntry: (box: number[]) => unknown) => {
    for (const [frame, list] of boxes) {
      frames[frame]?.[1].push(...list.map((box) => toEntry(write(box))));
    }
  };
  if (category === 'object') enter(placeInFrames(objects, times), (box) => box);
  else {
    for (const label of new Set(objects.map((one) => one.label))) {
      const group = objects.filter((one) => one.label === label);
      enter(placeInFrames(group, times), (bbox) => ({ bbox, label }));
    }
  }
  return `<answer>${JSON.stringify(Object.fromEntries(frames))}</answer>`;
}

/** The moments at which something is first seen, in order of time. */
function ownTimes(objects: readonly ObjectClue[]): number[] {
  const times = new Set(objects.map(({ timestampSeconds }) => timestampSeconds));
  return [...times].sort((a, b) => a - b);
}
