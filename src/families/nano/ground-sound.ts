import type { SoundWords } from './decoder-config';
import type { TargetPhrase } from './question-text';
import type { Vocabulary } from './vocabulary';

/** Before a place or a part that narrows nothing down: “barks at the postman”. */
const prepositions = new Set(
  'in on at from by of with to into onto through against over off up down for about around across'.split(
    ' ',
  ),
);

const articles = new Set(['the', 'a', 'an', 'his', 'her', 'its', 'their', 'my']);
const hearing = ['hear', 'audible', 'ring'];

/** Weights of the sound labels; null where the question names no sound, or says more than that. */
export function groundSound(phrase: TargetPhrase, vocabulary: Vocabulary): Float64Array | null {
  const { sounds } = vocabulary.labels;
  const best = (strict: boolean): string[] => {
    const scores = sounds.map((id) => {
      const entry = vocabulary.config.lexicon.sounds[id];
      return entry ? judge(phrase, id, entry, strict, vocabulary) : 0;
    });
    const top = Math.max(0, ...scores);
    return top > 0 ? sounds.filter((_, i) => scores[i] === top) : [];
  };
  let chosen = best(true);
  if (chosen.length === 0) chosen = named(phrase, vocabulary);
  if (chosen.length === 0) chosen = best(false);
  if (chosen.length > 0) return weigh(chosen, vocabulary);
  return isAnySound(phrase, vocabulary) ? weigh(['repeated'], vocabulary) : null;
}

/**
 * How many words of the question speak of this sound; 0 where one does not, or too little is said.
 * @param strict an act that needs a subject must have one
 */
function judge(
  phrase: TargetPhrase,
  id: string,
  entry: SoundWords,
  strict: boolean,
  vocabulary: Vocabulary,
): number {
  const { lexicon } = vocabulary.config;
  // “Leap over the box”: what stands after an article is a thing, unless the lexicon has it as a sound.
  const isAct = (word: string): boolean =>
    vocabulary.soundsOf(word).includes(id) &&
    !(
      phrase.times &&
      articles.has(phrase.all[phrase.all.indexOf(word) - 1] ?? '') &&
      vocabulary.isSoundByKind(word)
    );
  const isSubject = (word: string): boolean =>
    vocabulary.isIn(word, entry.subjects) ||
    vocabulary.kindsOf(word).some((kind) => entry.subjects.includes(kind));
  const isGeneric = (word: string): boolean => vocabulary.isIn(word, lexicon.generic);

  const times = phrase.times || isGeneric(phrase.head);
  const heard = phrase.all.some((word) => isGeneric(word) || vocabulary.isIn(word, hearing));
  const content = phrase.all.filter((word) => !isGeneric(word));
  const acts = content.filter(isAct);
  const subjects = content.filter((word) => isSubject(word) && !isAct(word)).length;
  const own = content.filter(isSubject).length;
  const isFirm = (word: string): boolean => {
    if (vocabulary.isIn(word, entry.needs ?? [])) return own > 0 || (!strict && isPlain(word));
    return !vocabulary.isIn(word, entry.needsTwo ?? []) || subjects > 1;
  };
  // A word that is a sound and little else (“toot”) needs no subject where nothing else fits.
  const isPlain = (word: string): boolean =>
    vocabulary.forms(word).some((form) => vocabulary.words.soundOf(form) !== null);
  const firm = content.findIndex((word) => isAct(word) && isFirm(word));
  if (acts.length > 0 && firm < 0) return 0;
  // “Sirens and dogs” are two counts.
  const sides = phrase.noun.filter((_, i) => ['and', 'or'].includes(phrase.noun[i + 1] ?? ''));
  if (!sides.every(isAct)) return 0;
  let score = 0;
  for (const [at, word] of content.entries()) {
    if (isAct(word) || isSubject(word)) score++;
    else if (vocabulary.isNeutral(word) || vocabulary.isIn(word, lexicon.mild)) continue;
    // Who does it does not matter; a sound that names its maker fits better, though.
    else if (entry.human && vocabulary.isPerson(word)) score -= 0.01;
    // Nor does where, nor to what: the words after the act, or after a preposition.
    else if (firm < 0 || !vocabulary.isThing(content, at, at > firm)) return 0;
    else if (!entry.free && at < firm && !isAdjunct(content, at)) return 0;
    else score -= 0.001;
  }
  if (acts.length > 0) {
    const isMade = isSubject(phrase.head) && phrase.noun.some(isAct);
    return times || isAct(phrase.head) || isMade ? score : 0;
  }
  return own > 0 && times && heard ? score - 0.5 : 0;
}

/** Whether the word stands after a preposition: “… of the dog in the garden”. */
function isAdjunct(words: readonly string[], at: number): boolean {
  let back = at - 1;
  while (back >= 0 && articles.has(words[back]!)) back--;
  return prepositions.has(words[back] ?? '');
}

/** “How many hammer blows are there?”: the name of a label itself, as the page suggests it. */
function named(phrase: TargetPhrase, vocabulary: Vocabulary): string[] {
  const { soundNames, lexicon } = vocabulary.config;
  const others = phrase.all.filter((word) => !phrase.noun.includes(word));
  if (phrase.noun.length === 0 || !others.every((word) => vocabulary.isNeutral(word))) return [];
  return vocabulary.labels.sounds.filter((id) => {
    const name = (soundNames[id] ?? id).toLowerCase().match(/[a-z]+/g) ?? [];
    return (
      lexicon.sounds[id] !== undefined &&
      name.length === phrase.noun.length &&
      phrase.noun.every((word, i) =>
        vocabulary.forms(word).some((form) => vocabulary.forms(name[i]!).includes(form)),
      )
    );
  });
}

/** “How many times does it make that sound?”: whatever sound repeats. */
function isAnySound(phrase: TargetPhrase, vocabulary: Vocabulary): boolean {
  const { generic } = vocabulary.config.lexicon;
  const isSound = (word: string): boolean => vocabulary.isIn(word, ['sound', 'noise']);
  const isRest = (word: string): boolean =>
    vocabulary.isNeutral(word) ||
    vocabulary.isIn(word, [...generic, 'repeat', 'play', 'come', 'recur', 'emit', 'same']);
  return (
    vocabulary.labels.sounds.includes('repeated') &&
    phrase.all.some(isSound) &&
    phrase.all.every(isRest)
  );
}

/** Full weight for the chosen labels, less for those that the tower may give the same sound. */
function weigh(chosen: readonly string[], { config, labels }: Vocabulary): Float64Array {
  const weights = new Float64Array(labels.sounds.length);
  for (const id of chosen)
    for (const [other, weight] of Object.entries(config.lexicon.sounds[id]?.also ?? {})) {
      const index = labels.sounds.indexOf(other);
      if (index >= 0) weights[index] = Math.max(weights[index]!, weight);
    }
  for (const id of chosen) weights[labels.sounds.indexOf(id)] = 1;
  return weights;
}
