import type { Category } from '../clues/clue';
import type { Interval } from '../clues/clue-reply';
import { referenceClipName, type Annotation } from './annotations';
import { clueTimes } from './clue-frames';

/**
 * What a model is shown and asked for (reference A.5).
 * - `long`: the whole video, for a number.
 * - `ref`: the reference part alone, for a number.
 * - `clue`: for the evidence: events in the whole video; objects and attributes in the frames that
 *   hold a true clue, and in no others.
 */
export type Setting = 'long' | 'ref' | 'clue';

export const settings: readonly Setting[] = ['long', 'ref', 'clue'];

/** What of a file is shown and how a model that is asked in words is asked. */
export interface SettingRequest {
  category: Category;
  ask: { reply: 'number' | 'clues'; thinks: boolean };
  rangeSeconds?: Interval;
  frameSeconds?: readonly number[];
}

/** Where an item's video is, and what of it is asked. */
export interface Located extends SettingRequest {
  /** Its name in the folder of videos. */
  file: string;
}

/**
 * @param thinks whether a model that can reason in words first does so
 * @param has whether the folder of videos holds this file
 * @returns null where it holds none that will do
 */
export function locate(
  annotation: Annotation,
  setting: Setting,
  thinks: boolean,
  has: (file: string) => boolean,
): Located | null {
  const { file, category, clues, referenceSeconds } = annotation;
  const reply = setting === 'clue' ? ('clues' as const) : ('number' as const);
  const request: SettingRequest = { category, ask: { reply, thinks } };
  if (setting === 'ref' && referenceSeconds) {
    // The dataset also ships these parts as files of their own.
    const cut = referenceClipName(annotation);
    if (!has(file) && cut !== null && has(cut)) return { ...request, file: cut };
    request.rangeSeconds = referenceSeconds;
  }
  const frameSeconds = setting === 'clue' && clues ? clueTimes(clues) : [];
  if (frameSeconds.length > 0) request.frameSeconds = frameSeconds;
  return has(file) ? { ...request, file } : null;
}
