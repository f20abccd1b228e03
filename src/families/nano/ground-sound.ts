import type { SoundWords } from './decoder-config';
import type { TargetPhrase } from './question-text';
import type { Vocabulary } from './vocabulary';
import { partOfSpeech } from './words';

/** Weights of the sound labels; null where the question names no sound, or says more than that. */
export function groundSound(phrase: TargetPhrase, vocabulary: Vocabulary): Float64Array | null {
  // “How many dogs bark?” asks for dogs: the plural there is what is counted, not the bark.
  const [first] = phrase.noun;
  const twoNouns = first !== undefined && first !== phrase.head;
  if (twoNouns && vocabulary.isPlural(first) && !vocabulary.isPlural(phrase.head)) return null;

  const { sounds } = vocabulary.labels;
  const scores = sounds.map((id) => {
    const entry = vocabulary.config.lexicon.sounds[id];
    return entry ? judge(phrase, entry, vocabulary) : 0;
  });
  const top = Math.max(0, ...scores);
  const chosen = top > 0 ? sounds.filter((_, i) => scores[i] === top) : named(phrase, vocabulary);
  return chosen.length > 0 ? weigh(chosen, vocabulary) : null;
}

/** How many words of the question speak of this sound; 0 where one does not, or too little is said. */
function judge(phrase: TargetPhrase, entry: SoundWords, vocabulary: Vocabulary): number {
  const { lexicon } = vocabulary.config;
  const isAct = (word: string): boolean => vocabulary.isIn(word, entry.acts);
  const isSubject = (word: string): boolean =>
    vocabulary.isIn(word, entry.subjects) ||
    vocabulary.kindsOf(word).some((kind) => entry.subjects.includes(kind));
  const isGeneric = (word: string): boolean => vocabulary.isIn(word, lexicon.generic);
  const isAgent = (word: string): boolean =>
    vocabulary.isIn(word, lexicon.agents) || vocabulary.kindsOf(word).includes('person');

  const times = phrase.times || isGeneric(phrase.head);
  const heard = phrase.all.some(
    (word) => isGeneric(word) || vocabulary.isIn(word, ['hear', 'audible', 'ring']),
  );
  const content = phrase.all.filter((word) => !isGeneric(word));
  const acted = content.some(isAct);
  const isFirm = (word: string): boolean =>
    isAct(word) && !vocabulary.isIn(word, entry.needs ?? []);
  const firm = content.some(isFirm);
  let score = 0;
  for (const word of content) {
    if (isAct(word) || isSubject(word)) score++;
    else if (vocabulary.isNeutral(word)) continue;
    // Who does it does not matter; a sound that names its maker fits better, though.
    else if (entry.human && isAgent(word)) score -= 0.01;
    else if (!(entry.free && acted && isThing(word, vocabulary))) return 0;
  }
  const subjects = content.filter(isSubject).length;
  if (acted && !firm && subjects === 0) return 0;
  if (acted) return times || isAct(phrase.head) ? score : 0;
  return subjects > 0 && times && heard ? score - 0.5 : 0;
}

/** A noun that narrows nothing down: what is hit, and with what. */
function isThing(word: string, vocabulary: Vocabulary): boolean {
  const { colours, conditions, kinds, spatial } = vocabulary.config.lexicon;
  const [base] = vocabulary.words.basesOf(word);
  const isNoun = !base || (vocabulary.words.partsOf(base) & partOfSpeech.noun) !== 0;
  return isNoun && !vocabulary.isIn(word, [...colours, ...conditions, ...kinds, ...spatial]);
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
