import { mentionOf, namedObjects } from './ground-object';
import { tokens } from './question-text';
import type { Mention } from './target';
import type { Vocabulary } from './vocabulary';

export interface Attribute {
  mode: 'colours' | 'kinds';
  /** The objects that are told apart, or the words that stand in the way. */
  counted: Mention | string[];
}

const sorts = /\b(?:kinds?|types?|sorts?|species|varieties|categories|classes)\b(?: of)?/g;
const hues = /\bcolou?rs?\b/;
const fillers =
  /\b(?:different|differently|distinct|various|unique|separate|individual|how|many|of|among|amongst|for|total)\b/g;

/** “How many different car colours …”, “how many kinds of animals …”; null where neither is asked. */
export function groundAttribute(text: string, vocabulary: Vocabulary): Attribute | null {
  const isColours = /\bcolou?rs\b|\bcolou?r of\b/.test(text) || /differen\w+ colou?r/.test(text);
  if (isColours)
    return { mode: 'colours', counted: objectsIn(text.replace(hues, ' '), vocabulary) };
  const plain = text.replace(sorts, ' ');
  const isDifferent = /\bhow many (?:different|distinct|unique)\b/.test(text);
  if (plain === text && !isDifferent) return null;
  const counted = objectsIn(plain, vocabulary);
  // “How many different cars”: not kinds, but cars.
  const isGroup = !Array.isArray(counted) && counted.weights.filter((w) => w > 0).length > 1;
  if (plain === text && !isGroup) return null;
  if (!Array.isArray(counted) && !isGroup) return { mode: 'kinds', counted: ['kind'] };
  return { mode: 'kinds', counted };
}

/** The one object or group that a text speaks of; else the words that are not understood. */
function objectsIn(text: string, vocabulary: Vocabulary): Mention | string[] {
  const { motion, places, posture } = vocabulary.config.lexicon;
  const words = tokens(text.replace(fillers, ' '));
  const content = words.filter((word) => !vocabulary.isNeutral(word));
  const found: string[][] = [];
  const rest: string[] = [];
  for (let i = 0; i < content.length; i++) {
    const pair = namedObjects(content.slice(i, i + 2), vocabulary);
    const one = namedObjects(content.slice(i, i + 1), vocabulary);
    // The first thing is counted; a later one says where.
    if (found.length > 0 && vocabulary.isIn(content[i]!, places)) continue;
    if (i + 1 < content.length && pair.found.length > 0 && pair.rest.length === 0) {
      found.push(pair.found);
      i++;
    } else if (one.found.length > 0) found.push(one.found);
    else if (!vocabulary.isIn(content[i]!, [...motion, ...places, ...posture]))
      rest.push(content[i]!);
  }
  if (rest.length > 0 || found.length !== 1) return rest.length > 0 ? rest : ['colour'];
  return mentionOf(found[0]!, null, vocabulary);
}
