import type { Box, Clue, ObjectClue } from '../clues/clue';
import type { BoxesByFrame, Corners, Interval } from '../clues/clue-reply';
import type { Annotation, TrueBox, TrueClues } from './annotations';
import { attributeScore, eventOverlap, eventScore, objectScore } from './clue-score';

/** The evidence of an answer against the true clues, 0…1. */
export interface ClueJudgement {
  /** The clue score of this item; 100 × the mean over the items is WCS. */
  score: number;
  /** Mean overlap in time with the true events; null for boxes. */
  temporalIou: number | null;
}

/** What is seen up to this long after a true clue may have been there at the time of it, seconds. */
const toleranceSeconds = 0.75;

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
  if (!truth || lengthOf(truth) !== answer) return null;
  if (truth.kind === 'event') {
    const intervals = given.map(intervalOf);
    return {
      score: eventScore(truth.intervals, intervals),
      temporalIou: eventOverlap(truth.intervals, intervals),
    };
  }
  const scale: readonly [number, number] =
    boxUnit === 'percent' && size ? [size.width / 100, size.height / 100] : [1, 1];
  const clusters = truth.kind === 'attribute' ? truth.clusters : [truth.boxes];
  const times = [...new Set(clusters.flat().map(({ timestampSeconds }) => timestampSeconds))];
  const real = clusters.map((boxes) => framesOf(boxes, times, scale));
  const objects = given.filter((clue): clue is ObjectClue => clue.kind === 'object');
  if (truth.kind === 'object') {
    return { score: objectScore(real[0]!, placed(objects, times)), temporalIou: null };
  }
  const labels = [...new Set(objects.map(({ label }) => label))];
  const groups = labels.map((label) =>
    placed(
      objects.filter((o) => o.label === label),
      times,
    ),
  );
  return { score: attributeScore(real, groups), temporalIou: null };
}

function lengthOf(truth: TrueClues): number {
  if (truth.kind === 'event') return truth.intervals.length;
  return truth.kind === 'object' ? truth.boxes.length : truth.clusters.length;
}

function intervalOf(clue: Clue): Interval {
  if (clue.kind === 'event') return [clue.startSeconds, clue.endSeconds];
  return [clue.timestampSeconds, clue.path?.at(-1)?.timestampSeconds ?? clue.timestampSeconds];
}

function framesOf(
  boxes: readonly TrueBox[],
  times: readonly number[],
  [sx, sy]: readonly [number, number],
): BoxesByFrame {
  const frames = new Map<number, Corners[]>();
  for (const { timestampSeconds, box } of boxes) {
    const [x1, y1, x2, y2] = box;
    add(frames, times.indexOf(timestampSeconds), [x1 * sx, y1 * sy, x2 * sx, y2 * sy]);
  }
  return frames;
}

function placed(objects: readonly ObjectClue[], times: readonly number[]): BoxesByFrame {
  const frames = new Map<number, Corners[]>();
  const inOrder = times.map((time, frame) => ({ time, frame })).sort((a, b) => a.time - b.time);
  for (const object of objects) {
    const path = object.path?.length ? object.path : [object];
    const [from, to] = [path[0]!.timestampSeconds, path.at(-1)!.timestampSeconds];
    const distance = (time: number) => Math.max(0, from - time, time - to);
    const before = inOrder.findLast(({ time }) => time <= from && from - time <= toleranceSeconds);
    const covered = inOrder.find(({ time }) => time >= from && time <= to);
    const nearest = [...inOrder].sort((a, b) => distance(a.time) - distance(b.time))[0];
    const place = before ?? covered ?? nearest;
    if (place) add(frames, place.frame, boxAt(path, place.time));
  }
  return frames;
}

/** The box at a moment, between the two sightings around it. */
function boxAt(path: readonly { timestampSeconds: number; box: Box }[], time: number): Corners {
  const next = path.findIndex(({ timestampSeconds }) => timestampSeconds >= time);
  if (next <= 0) return (next === 0 ? path[0]! : path.at(-1)!).box;
  const [a, b] = [path[next - 1]!, path[next]!];
  const share = (time - a.timestampSeconds) / (b.timestampSeconds - a.timestampSeconds);
  const [x1, y1, x2, y2] = a.box.map((side, i) => side + (b.box[i]! - side) * share);
  return [x1!, y1!, x2!, y2!];
}

function add(frames: Map<number, Corners[]>, frame: number, box: Corners): void {
  frames.set(frame, [...(frames.get(frame) ?? []), box]);
}
