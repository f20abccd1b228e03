import type { TargetPhrase } from './question-text';
import type { Vocabulary } from './vocabulary';

const determiners = new Set('the a an his her its their my your our this that of'.split(' '));
/** “Go” is a movement only where it comes back. */
const rounds = new Set(['toandfro', 'round', 'around']);
/** Movements without a name of their own. */
const generic = 'repetition';

/** Weights of the movement labels; null where the question names none, or says more than that. */
export function groundCycle(phrase: TargetPhrase, vocabulary: Vocabulary): Float64Array | null {
  const words = phrase.all;
  const { lexicon } = vocabulary.config;
  const isUnseen = (at: number): boolean =>
    vocabulary.isIn(words[at]!, lexicon.unseen) && isVerbAt(words, at, vocabulary);
  const labels = words.map((word, at) => {
    const label = labelOf(word, phrase.times, vocabulary);
    // “the golf swing”, “take a swing”: a noun is an act only where it is what is counted or done.
    return label && (phrase.times || phrase.noun.includes(word)) && !isUnseen(at) ? label : null;
  });
  if (!phrase.times && !labelOf(phrase.head, false, vocabulary)) return null;
  const isMover = (at: number): boolean =>
    phrase.times &&
    isVerbAt(words, at, vocabulary) &&
    !isUnseen(at) &&
    (!vocabulary.isIn(words[at]!, ['go']) || words.some((word) => rounds.has(word))) &&
    isPhysical(words[at]!, vocabulary);
  const found = labels.filter((label) => label !== null);
  if (found.length === 0 && !words.some((_, at) => isMover(at))) return null;
  const first = words.findIndex((_, at) => labels[at] !== null || isMover(at));
  for (const [at, word] of words.entries()) {
    if (labels[at] || isMover(at)) continue;
    if (isUnseen(at) || isCalled(word, vocabulary)) return null;
    // “Bicep curls”.
    if (word !== phrase.head && phrase.noun.includes(word) && !vocabulary.words.has(word)) continue;
    if (vocabulary.isNeutral(word) || vocabulary.isIn(word, lexicon.mild)) continue;
    if (!vocabulary.isPerson(word) && !vocabulary.isThing(words, at, at > first)) return null;
  }
  const name = found.find((label) => label !== generic) ?? generic;
  return vocabulary.weigh(vocabulary.labels.cycles, { ...lexicon.cycles[name]?.also, [name]: 1 });
}

/** The label that a word names: by the lexicon, else by WordNet. */
export function labelOf(word: string, times: boolean, vocabulary: Vocabulary): string | null {
  const { lexicon } = vocabulary.config;
  const entries = Object.entries(lexicon.cycles);
  const listed = entries.find(([, { acts }]) => vocabulary.isIn(word, acts));
  if (listed) {
    const [label, { needs }] = listed;
    return times || !vocabulary.isIn(word, needs ?? []) ? label : null;
  }
  if (vocabulary.isNeutral(word) || vocabulary.isIn(word, [...lexicon.mild, ...lexicon.unseen]))
    return null;
  const meant = vocabulary.forms(word).map((form) => vocabulary.words.cycleOf(form));
  return meant.find((label) => label !== null) ?? null;
}

function isPhysical(word: string, vocabulary: Vocabulary): boolean {
  if (isCalled(word, vocabulary)) return false;
  return vocabulary.forms(word).some((form) => vocabulary.words.isPhysical(form));
}

/** A dog that barks does not move by it; a stick that hits does. */
function isCalled(word: string, vocabulary: Vocabulary): boolean {
  const { sounds } = vocabulary.config.lexicon;
  const heard = vocabulary.soundsOf(word);
  return heard.length > 0 && heard.every((id) => !sounds[id]?.human);
}

/** Whether the word can be the verb there: not right after an article, and no person or object. */
function isVerbAt(words: readonly string[], at: number, vocabulary: Vocabulary): boolean {
  const word = words[at]!;
  if (!vocabulary.isVerb(word) || determiners.has(words[at - 1] ?? '')) return false;
  return !vocabulary.isPerson(word) && vocabulary.kindsOf(word).length === 0;
}
