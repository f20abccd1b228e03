import type { TargetPhrase } from './question-text';
import type { Vocabulary } from './vocabulary';

/** Ways of moving that narrow things down unless they lead through the picture: “walk past”. */
const gaits = ['walk', 'run', 'ride', 'fly', 'sail', 'move'];
const ways = 'by past through in into across along over out up down to on'.split(' ');
const beforePlace = 'the a this on in to at parking'.split(' ');

/** Weights of the object classes, or the words that stand in the way. */
export function groundObject(
  phrase: TargetPhrase,
  vocabulary: Vocabulary,
): Float64Array | string[] {
  const { found, rest } = namedObjects(phrase.noun, vocabulary);
  const content = phrase.all.filter((word) => !vocabulary.isNeutral(word));
  if (phrase.times || found.length === 0) return content;
  if (phrase.strict && !vocabulary.isPlural(phrase.head)) return [phrase.head];
  const before = phrase.all.slice(0, phrase.all.length - phrase.noun.length - phrase.after.length);
  const after = phrase.after.filter((_, at) => !isHarmless(phrase.after, at, vocabulary));
  const unknown = [...before, ...rest, ...after].filter((word) => !vocabulary.isNeutral(word));
  if (unknown.length > 0) return unknown;
  return Float64Array.from(vocabulary.labels.objects, (name) => Number(found.includes(name)));
}

/** True where the word after the noun narrows nothing down: it comes into view, or says where. */
function isHarmless(after: readonly string[], at: number, vocabulary: Vocabulary): boolean {
  const { motion, places, spatial } = vocabulary.config.lexicon;
  const word = after[at]!;
  if (spatial.includes(word)) return false;
  if (vocabulary.forms(word).some((form) => vocabulary.isNeutral(form))) return true;
  if (vocabulary.isIn(word, motion))
    return !vocabulary.isIn(word, gaits) || ways.includes(after[at + 1] ?? '');
  return vocabulary.isIn(word, places) && beforePlace.includes(after[at - 1] ?? '');
}

/** The object classes that a noun phrase names (“cars and trucks”), and its other words. */
function namedObjects(
  noun: readonly string[],
  vocabulary: Vocabulary,
): { found: string[]; rest: string[] } {
  const { lexicon } = vocabulary.config;
  const { objects } = vocabulary.labels;
  const lookUp = (forms: readonly string[]): readonly string[] => {
    for (const form of forms) {
      if (lexicon.groups[form]) return lexicon.groups[form];
      const name = objects.find(
        (object) => object === form || lexicon.objects[object]?.includes(form),
      );
      if (name) return [name];
    }
    return [];
  };
  const found: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < noun.length; i++) {
    const word = noun[i]!;
    const next = noun[i + 1];
    const pair = next ? lookUp(vocabulary.forms(next).map((form) => `${word} ${form}`)) : [];
    if (pair.length > 0) i++;
    const names = pair.length > 0 ? pair : lookUp(vocabulary.forms(word));
    // “dog bowls”: the last noun is the thing, an earlier one tells which.
    const isLast = i === noun.length - 1 || ['and', 'or'].includes(noun[i + 1]!);
    if (names.length > 0 && isLast) found.push(...names);
    else rest.push(word);
  }
  return { found, rest };
}
