import { groundCycle } from './ground-cycle';
import { groundSound } from './ground-sound';
import type { TargetPhrase } from './question-text';
import type { Mention } from './target';
import type { Vocabulary } from './vocabulary';

export interface Senses {
  /** The question speaks of seeing it. */
  seen: boolean;
  hasSound: boolean;
  hasPicture: boolean;
}

/**
 * What happens, as a sound or a movement; null where the question names neither. What can be both
 * seen and heard is heard, where there is sound and the question does not speak of seeing it.
 */
export function groundEvent(
  phrase: TargetPhrase,
  { seen, hasSound, hasPicture }: Senses,
  vocabulary: Vocabulary,
): Mention | null {
  const [first] = phrase.noun;
  const { head, after } = phrase;
  // “How many people clap?” asks for people; “how many steps does the recipe have”, for none of these.
  const hasVerb =
    !vocabulary.isPlural(head) || /^(?:its|his|her|their)$/.test(phrase.noun[2] ?? '');
  const isWho = first !== undefined && first !== head && hasVerb && vocabulary.isPlural(first);
  if (isWho && isSeen(first, vocabulary)) return null;
  if (!phrase.times && /^(?:ha[sv]|contain)/.test(after.at(-1) ?? '')) return null;
  const heard = groundSound(phrase, vocabulary);
  const moves = groundCycle(phrase, vocabulary);
  const sound = heard && ({ kind: 'sound', weights: heard, colour: null } as const);
  const cycle = moves && ({ kind: 'cycle', weights: moves, colour: null } as const);
  if (!sound || !cycle) return sound ?? cycle;
  if (hasPicture && (seen || !hasSound)) return cycle;
  return sound;
}

/** Whether the word names something that is counted by sight; what people strike or break is heard. */
function isSeen(word: string, vocabulary: Vocabulary): boolean {
  const { labels, config } = vocabulary;
  const struck = Object.values(config.lexicon.sounds).filter(({ human }) => human);
  const isObject = vocabulary.isPerson(word) || vocabulary.isIn(word, labels.objects);
  if (!isObject && struck.some(({ subjects }) => vocabulary.isIn(word, subjects))) return false;
  const isGroup = vocabulary.forms(word).some((form) => config.lexicon.groups[form] !== undefined);
  return isObject || isGroup || vocabulary.kindsOf(word).length > 0;
}
