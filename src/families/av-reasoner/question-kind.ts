import type { Category } from '../../clues/clue';
import type { MediaInfo } from '../../media/media';

const events =
  /\b(times?|often|sounds?|noises?|hear|heard|beats?|shots?|barks?|claps?|jumps?|steps?|rounds?|repetitions?|reps|occurrences?)\b/i;
const attributes =
  /\b(different|distinct|unique|kinds?|types?|sorts?|colou?rs|species|brands?|varieties|categories|styles|shapes|sizes)\b/i;

/**
 * What a question counts, by its words: the reply's form depends on it. Without a picture only
 * events can be marked, in a still picture only things.
 */
export function questionKind(question: string, info: MediaInfo): Category {
  if (!info.video) return 'event';
  const attribute = attributes.test(question);
  if (info.durationSeconds > 0 && events.test(question) && !/\bsame time\b/i.test(question))
    return 'event';
  return attribute ? 'attribute' : 'object';
}
