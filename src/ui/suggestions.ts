import type { MediaInfo } from '../media/media';
import type { ModelInfo } from '../protocol/api';
import type { Sample } from '../state/samples';
import { plural } from './format';

export interface SuggestionContext {
  sample: Sample | null;
  reach: ModelInfo['reach'] | null;
  /** Null until the file has been decoded once. */
  info: MediaInfo | null;
  mime: string;
}

/**
 * Questions worth asking: the sample's own first, then some within the model's reach, things, sounds
 * and movements in turn. A file without sound gets no sounds, one without a picture no things.
 */
export function suggestQuestions(context: SuggestionContext, most = 4): string[] {
  const { sample, reach, info, mime } = context;
  const hears = info ? info.audio !== null : !mime.startsWith('image/');
  const sees = info ? info.video !== null : !mime.startsWith('audio/');
  const questions = sample ? [sample.question] : [];
  const things = sees ? (reach?.object ?? []) : [];
  const sounds = hears ? (reach?.sound ?? []) : [];
  const movements = sees && !mime.startsWith('image/') ? (reach?.movement ?? []) : [];
  for (let i = 0; i < Math.max(things.length, sounds.length, movements.length); i += 1) {
    for (const label of [things[i], sounds[i], movements[i]])
      if (label) questions.push(`How many ${plural(label)} are there?`);
  }
  return [...new Set(questions)].slice(0, most);
}
