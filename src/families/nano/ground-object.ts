import { takeColour } from './ground-colour';
import { withoutPlaces } from './ground-place';
import type { TargetPhrase } from './question-text';
import type { Mention } from './target';
import type { Vocabulary } from './vocabulary';

/** Ways of moving that narrow things down unless they lead through the picture: “walk past”. */
const gaits = ['walk', 'run', 'ride', 'fly', 'sail', 'move', 'step', 'roll'];
const ways = 'by past through in into across along over out up down to on'.split(' ');
const inPlace = [
  'around',
  'from',
  'of',
  'in',
  'on',
  'at',
  'upon',
  'inside',
  'into',
  'onto',
  'to',
  'through',
  'across',
  'along',
  'down',
  'up',
];
const determiners = ['the', 'a', 'an', 'this', 'that', 'his', 'her', 'their', 'my', 'our', 'same'];

/** The object classes with their colour, or the words that stand in the way. */
export function groundObject(phrase: TargetPhrase, vocabulary: Vocabulary): Mention | string[] {
  const content = phrase.all.filter((word) => !vocabulary.isNeutral(word));
  const cut = phrase.times ? cutEntrance(phrase, vocabulary) : cutVerb(phrase, vocabulary);
  const { noun } = cut;
  const named = namedObjects(noun, vocabulary);
  if (named.found.length === 0) return content;
  if (phrase.strict && !phrase.times && !vocabulary.isPlural(cut.head)) return [cut.head];
  const before = phrase.all.slice(0, phrase.all.length - noun.length - cut.after.length);
  const isObject = (word: string): boolean => namedObjects([word], vocabulary).found.length > 0;
  const isName = (word: string): boolean => isPlaceName(word, vocabulary);
  const after = withoutPlaces(cut.after, isName, isObject, vocabulary);
  const alive = named.found.some((name) => isAlive(name, vocabulary));
  const open = after.filter((_, at) => !isHarmless(after, at, alive, vocabulary));
  const { usual } = vocabulary.config.lexicon;
  const which = named.rest.filter((word) => !vocabulary.isIn(word, usual));
  const { colour, rest } = takeColour([...before, ...which, ...open], vocabulary);
  const unknown = rest.filter((word) => !vocabulary.isNeutral(word));
  if (unknown.length > 0) return unknown;
  if (colour !== null && named.found.includes('person')) return ['people', 'of', 'a', 'colour'];
  return mentionOf(named.found, colour, vocabulary);
}

export function mentionOf(
  names: readonly string[],
  colour: number | null,
  { labels }: Vocabulary,
): Mention {
  const weights = Float64Array.from(labels.objects, (name) => Number(names.includes(name)));
  return { kind: 'object', weights, colour };
}

/** “(How many times) does a car pass”: the noun before a verb of coming into view. */
function cutEntrance(phrase: TargetPhrase, vocabulary: Vocabulary): TargetPhrase {
  const { enter } = vocabulary.config.lexicon;
  const { after } = phrase;
  const verb = after.findIndex(
    (word, at) =>
      (vocabulary.isIn(word, enter) &&
        (!vocabulary.isIn(word, gaits) || ways.includes(after[at + 1] ?? ''))) ||
      ['visible', 'seen', 'view'].includes(word),
  );
  if (verb < 0) return phrase;
  const isNoun = (word: string): boolean => !vocabulary.isNeutral(word);
  const first = after.slice(0, verb).findIndex(isNoun);
  if (first < 0) return phrase;
  const last = verb - [...after.slice(0, verb)].reverse().findIndex(isNoun);
  return { ...phrase, noun: after.slice(first, last), after: after.slice(last) };
}

/** “Birds land on the feeder”: a verb that went with the noun. */
function cutVerb(phrase: TargetPhrase, vocabulary: Vocabulary): TargetPhrase {
  const { noun } = phrase;
  const at = noun.findIndex(
    (word, i) =>
      vocabulary.isPlural(word) &&
      i + 1 < noun.length &&
      vocabulary.isVerb(noun[i + 1]!) &&
      !vocabulary.isPlural(noun[i + 1]!),
  );
  if (at < 0 || namedObjects(noun.slice(0, at + 1), vocabulary).found.length === 0) return phrase;
  const after = [...noun.slice(at + 1), ...phrase.after];
  return { ...phrase, noun: noun.slice(0, at + 1), head: noun[at]!, after };
}

function isAlive(name: string, { config }: Vocabulary): boolean {
  return name === 'person' || (config.lexicon.groups['animal'] ?? []).includes(name);
}

/** True where the word after the noun narrows nothing down: it comes into view, or says where. */
function isHarmless(
  after: readonly string[],
  at: number,
  alive: boolean,
  vocabulary: Vocabulary,
): boolean {
  const { motion, posture, spatial } = vocabulary.config.lexicon;
  const word = after[at]!;
  if (spatial.includes(word)) return false;
  if (vocabulary.forms(word).some((form) => vocabulary.isNeutral(form))) return true;
  if (vocabulary.isIn(word, motion) && !vocabulary.isIn(word, gaits)) return true;
  if (vocabulary.isIn(word, gaits) && ways.includes(after[at + 1] ?? '')) return true;
  if (isPlace(after, at, vocabulary)) return true;
  return (
    vocabulary.isIn(word, posture) &&
    ((!alive && !gaits.includes(word)) || inPlace.includes(after[at + 1] ?? ''))
  );
}

/** “on the (wooden) shelf”, “enter the room”, “does the room have”: where things are. */
function isPlace(after: readonly string[], at: number, vocabulary: Vocabulary): boolean {
  const { motion } = vocabulary.config.lexicon;
  const word = after[at]!;
  if (/^(?:ha[sv]|contain|hold)/.test(after[at + 1] ?? '') && isPlaceName(word, vocabulary))
    return true;
  let back = at - 1;
  const isPart = (each: string): boolean =>
    determiners.includes(each) || (isPlaceName(each, vocabulary) && !vocabulary.isIn(each, motion));
  while (isPart(after[back] ?? '')) back--;
  const before = after[back] ?? '';
  if (!isPlaceName(word, vocabulary)) {
    // “On the wire”: the thing is where they are; “on a leash” would tell which.
    const isThere = after[at - 1] === 'the' && ['in', 'on', 'at'].includes(before);
    const isThing = vocabulary.isThing(after, at, false) && vocabulary.kindsOf(word).length === 0;
    return isThere && isThing && namedObjects([word], vocabulary).found.length === 0;
  }
  return inPlace.includes(before) || vocabulary.isIn(before, motion);
}

function isPlaceName(word: string, vocabulary: Vocabulary): boolean {
  if (vocabulary.isIn(word, vocabulary.config.lexicon.places)) return true;
  if (vocabulary.isNeutral(word) || vocabulary.isIn(word, vocabulary.config.lexicon.worn))
    return false;
  return vocabulary.forms(word).some((form) => vocabulary.words.isPlace(form));
}

/** The object classes that a noun phrase names (“cars and trucks”), and its other words. */
export function namedObjects(
  noun: readonly string[],
  vocabulary: Vocabulary,
): { found: string[]; rest: string[] } {
  const found: string[] = [];
  const rest: string[] = [];
  for (let i = 0; i < noun.length; i++) {
    const word = noun[i]!;
    const next = noun[i + 1];
    const pair = next
      ? classesOf(
          vocabulary.forms(next).map((form) => `${word} ${form}`),
          vocabulary,
        )
      : [];
    if (pair.length > 0) i++;
    const names = pair.length > 0 ? pair : classesOf(vocabulary.forms(word), vocabulary);
    // “dog bowls”: the last noun is the thing, an earlier one tells which.
    const isLast = i === noun.length - 1 || ['and', 'or', 'of'].includes(noun[i + 1]!);
    if (names.length > 0 && isLast) found.push(...names);
    else rest.push(word);
  }
  return { found, rest };
}

function classesOf(forms: readonly string[], vocabulary: Vocabulary): readonly string[] {
  const { lexicon, objectNames } = vocabulary.config;
  for (const form of forms) {
    if (lexicon.groups[form]) return lexicon.groups[form];
    const name = vocabulary.labels.objects.find(
      (object) => object === form || lexicon.objects[object]?.includes(form),
    );
    if (name) return [name];
    const kind = objectNames[vocabulary.words.kindOf(form)];
    if (kind && vocabulary.words.isClassName(form)) return [kind];
  }
  return [];
}
