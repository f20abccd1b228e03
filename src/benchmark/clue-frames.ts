import type { Box, ObjectClue } from '../clues/clue';
import type { BoxesByFrame, Corners } from '../clues/clue-reply';
import type { TrueBox, TrueClues } from './annotations';

/** What is seen up to this long after a true clue may have been there at the time of it, seconds. */
const toleranceSeconds = 0.75;

/** The times of the frames that hold a true box, in order of first occurrence: Frame1, Frame2 … */
export function clueTimes(truth: TrueClues): number[] {
  if (truth.kind === 'event') return [];
  const boxes = truth.kind === 'object' ? truth.boxes : truth.clusters.flat();
  return [...new Set(boxes.map(({ timestampSeconds }) => timestampSeconds))];
}

/** The true boxes by the frame that they belong to. */
export function trueFrames(
  boxes: readonly TrueBox[],
  times: readonly number[],
  [sx, sy]: readonly [number, number] = [1, 1],
): BoxesByFrame {
  const frames = new Map<number, Corners[]>();
  for (const { timestampSeconds, box } of boxes) {
    const [x1, y1, x2, y2] = box;
    add(frames, times.indexOf(timestampSeconds), [x1 * sx, y1 * sy, x2 * sx, y2 * sy]);
  }
  return frames;
}

/**
 * The benchmark shows a model only the frames that hold a true clue, and asks for every box in the
 * first of them in which the object appears. A model that has watched the whole clip gives tracks
 * instead; a track is entered in the first of these frames that it covers, with the box that it has
 * there. A track may begin a little late, because a clip is looked at now and then only: a frame
 * shortly before its beginning counts as covered. One that covers none goes to the nearest.
 * @param times of the frames, seconds; any order
 */
export function placeInFrames(
  objects: readonly ObjectClue[],
  times: readonly number[],
): BoxesByFrame {
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
