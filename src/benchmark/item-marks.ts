import type { Corners } from '../clues/clue-reply';
import type { Annotation, TrueBox } from './annotations';
import { clueTimes } from './clue-frames';
import { readEvents, readGroups, readObjects } from './read-reply';
import type { Setting } from './settings';

/** One clue, true or predicted, as it is shown beside the others of its item. */
export interface ItemMark {
  /** Seconds of the item's video; a box has a moment, an event a stretch. */
  startSeconds: number;
  endSeconds: number;
  /** `[left, top, right, bottom]` in the unit of the annotation; null for an event. */
  box: Corners | null;
  /** Its group, from 1 on; null where there are none. */
  group: number | null;
}

const moment = (time: number, box: Corners, group: number | null): ItemMark => ({
  ...{ startSeconds: time, endSeconds: time, group },
  box: sorted(box),
});

const sorted = ([x1, y1, x2, y2]: Corners): Corners => [
  ...([Math.min(x1, x2), Math.min(y1, y2)] as const),
  ...([Math.max(x1, x2), Math.max(y1, y2)] as const),
];

/** The clues of an annotation. */
export function trueMarks({ clues }: Pick<Annotation, 'clues'>): ItemMark[] {
  if (!clues) return [];
  if (clues.kind === 'event') {
    return clues.intervals.map(([startSeconds, endSeconds]) => ({
      ...{ startSeconds, endSeconds, box: null, group: null },
    }));
  }
  const place = ({ timestampSeconds, box }: TrueBox, group: number | null) =>
    moment(timestampSeconds, box, group);
  return clues.kind === 'object'
    ? clues.boxes.map((box) => place(box, null))
    : clues.clusters.flatMap((cluster, at) => cluster.map((box) => place(box, at + 1)));
}

/**
 * The clues of a reply, with boxes at the times of the frames that they were asked for. Empty where
 * the setting asks for none, or the reply cannot be read.
 */
export function replyMarks(
  { category, clues }: Pick<Annotation, 'category' | 'clues'>,
  pred: string,
  setting: Setting,
): ItemMark[] {
  if (setting !== 'clue') return [];
  if (category === 'event') {
    return (readEvents(pred) ?? [])
      .filter((interval) => interval.every(Number.isFinite))
      .map(([a, b]) => ({
        ...{ startSeconds: Math.min(a, b), endSeconds: Math.max(a, b), box: null, group: null },
      }));
  }
  const times = clues ? clueTimes(clues) : [];
  const groups =
    category === 'object' ? [readObjects(pred) ?? new Map<number, never>()] : readGroups(pred);
  return (groups ?? []).flatMap((boxes, at) =>
    [...boxes].flatMap(([frame, list]) => {
      const time = times[frame];
      const group = category === 'object' ? null : at + 1;
      return time === undefined
        ? []
        : list.filter((box) => box.every(Number.isFinite)).map((box) => moment(time, box, group));
    }),
  );
}
