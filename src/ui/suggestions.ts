import type { MediaInfo } from '../media/media';
import type { Glimpse, ModelInfo } from '../protocol/api';
import type { Sample } from '../state/samples';
import { plural } from './format';

export interface SuggestionContext {
  sample: Sample | null;
  reach: ModelInfo['reach'] | null;
  /** Null until the file has been decoded once. */
  info: MediaInfo | null;
  /** What the model noticed at a first look. */
  glimpse: Glimpse | null;
  mime: string;
}

/**
 * Questions worth asking: the sample's own first, then those about what the model noticed in the clip,
 * then some within its reach, things, sounds and movements in turn. A file without sound gets no sounds, one without a picture no things.
 */
export function suggestQuestions(context: SuggestionContext, most = 4): string[] {
  const { sample, reach, info, glimpse, mime } = context;
  const hears = info ? info.audio !== null : !mime.startsWith('image/');
  const sees = info ? info.video !== null : !mime.startsWith('audio/');
  const questions = sample ? [sample.question] : [];
  const noticed = { things: glimpse?.objects ?? [], sounds: glimpse?.sounds ?? [] };
  const things = sees ? (reach?.object ?? []) : [];
  const sounds = hears ? (reach?.sound ?? []) : [];
  const movements = sees && !mime.startsWith('image/') ? (reach?.movement ?? []) : [];
  // What was noticed comes before every mere possibility.
  for (let i = 0; i < Math.max(noticed.things.length, noticed.sounds.length); i += 1) {
    for (const label of [noticed.sounds[i], noticed.things[i]])
      if (label) questions.push(`How many ${plural(label)} are there?`);
  }
  for (let i = 0; i < Math.max(things.length, sounds.length, movements.length); i += 1) {
    for (const label of [things[i], sounds[i], movements[i]])
      if (label) questions.push(`How many ${plural(label)} are there?`);
  }
  return [...new Set(questions)].slice(0, most);
}
