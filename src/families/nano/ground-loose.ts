import { labelOf } from './ground-cycle';
import { groundEvent, type Senses } from './ground-event';
import type { TargetPhrase } from './question-text';
import type { Mention } from './target';
import type { Vocabulary } from './vocabulary';

/** Tells one maker or one loudness from another: who does it would matter. */
const contrasts = new Set(
  'than more less fewer other others another both either respectively second third between most least versus'.split(
    ' ',
  ),
);
const articles = new Set('the a an his her its their my our your'.split(' '));
/** “The bell sounds”: the maker stands for its sound. */
const sounding = new Set(['sound', 'sounds', 'sounded', 'heard', 'audible']);
const generic = 'repetition';

/**
 * A second reading of an event, once nothing fits every word. What is counted is an act, so who does
 * it, looking like what, where, why and with what changes nothing: these words are left out, as long
 * as none of them contrasts makers, negates, or speaks of words and letters.
 */
export function groundLoosely(
  phrase: TargetPhrase,
  senses: Senses,
  vocabulary: Vocabulary,
): Mention | null {
  const { lexicon } = vocabulary.config;
  const blocks = [lexicon.conditions, lexicon.negations, lexicon.kinds, lexicon.reading];
  const isBlocking = (word: string): boolean =>
    contrasts.has(word) ||
    [...blocks, lexicon.talk].some((list) => list.includes(word) || vocabulary.isIn(word, list));
  if (phrase.all.some((word) => isBlocking(word) && !vocabulary.isNeutral(word))) return null;
  const isAct = (word: string): boolean => isNamedAct(word, phrase.times, vocabulary);
  const core = phrase.times ? phrase : cutAfterAct(phrase, isAct, vocabulary);
  if (!core) return null;
  // Of “pistol shots ring out”, the shots are counted; of “does the dog bark”, there is no noun.
  const acts = (phrase.times ? core.after : [core.head]).filter(isAct);
  const sounds = common(acts.map((word) => vocabulary.soundsOf(word)));
  const moves = common(acts.map((word) => [labelOf(word, phrase.times, vocabulary) ?? '']));
  const isHeard =
    acts.length === 0 && phrase.times && core.after.some((word) => sounding.has(word));
  if (isHeard) sounds.push(...Object.keys(lexicon.sounds));
  if (sounds.length === 0 && !moves.some((label) => label !== '')) return null;
  // “Hit the red drum”: the colour of what is struck may tell it from another.
  const act = phrase.times ? core.after.findIndex(isAct) : core.after.length;
  const hues = [...Object.values(lexicon.colours).flat(), ...lexicon.otherColours];
  if (act >= 0 && core.after.slice(act + 1).some((word) => hues.includes(word))) return null;
  const isOwn = (word: string): boolean =>
    sounds.some((id) => {
      const subjects = lexicon.sounds[id]?.subjects ?? [];
      return (
        vocabulary.isIn(word, subjects) ||
        vocabulary.kindsOf(word).some((kind) => subjects.includes(kind))
      );
    });
  const isKept = (word: string): boolean =>
    acts.includes(word) ||
    isOwn(word) ||
    vocabulary.isNeutral(word) ||
    vocabulary.isIn(word, lexicon.generic);
  // An article goes with its word.
  const keep = (words: readonly string[]): string[] =>
    words.filter(
      (word, at) => isKept(word) && (!articles.has(word) || isKept(words[at + 1] ?? '')),
    );
  const noun = core.noun.filter(isKept);
  const after = keep(core.after);
  // “The fits that the man has”: having is doing, where somebody does; a recipe has other steps.
  if (/^(?:ha[sv]|contain)/.test(core.after.at(-1) ?? '')) {
    // “Have” itself is a noun, of people.
    if (!core.after.slice(0, -1).some((word) => vocabulary.isPerson(word))) return null;
    while (/^ha[sv]/.test(after.at(-1) ?? '')) after.pop();
  }
  const found = groundEvent({ ...core, noun, after, all: [...noun, ...after] }, senses, vocabulary);
  if (found?.kind !== 'sound' || !phrase.times) return found;
  const id = vocabulary.labels.sounds[found.weights.indexOf(1)] ?? '';
  if (lexicon.sounds[id]?.human || after.some(isOwn)) return found;
  // A bee that buzzes is no buzzer, and a cat does not bark.
  const callers = Object.values(lexicon.sounds).filter(({ human }) => !human);
  const isOther = (word: string): boolean =>
    !acts.includes(word) && callers.some(({ subjects }) => vocabulary.isIn(word, subjects));
  return sounds.length === 1 && !core.after.some(isOther) ? found : null;
}

/** The noun up to the act that is counted; null where none is, or a side of the body is told apart. */
function cutAfterAct(
  phrase: TargetPhrase,
  isAct: (word: string) => boolean,
  vocabulary: Vocabulary,
): TargetPhrase | null {
  const { noun } = phrase;
  const { generic: sounds, measures, spatial } = vocabulary.config.lexicon;
  const isCounted = (word: string, at: number): boolean =>
    vocabulary.isPlural(word) &&
    (isAct(word) || (vocabulary.isIn(word, [...sounds, ...measures]) && isAct(noun[at - 1] ?? '')));
  const at = noun.findIndex(isCounted);
  if (at < 0 || noun.slice(0, at).some((word) => spatial.includes(word))) return null;
  const head = isAct(noun[at]!) ? noun[at]! : noun[at - 1]!;
  const after = [...noun.slice(at + 1), ...phrase.after];
  return { ...phrase, noun: noun.slice(0, at + 1), head, after };
}

/** A sound by its name, or a movement that has one; “repetition” only where the lexicon is sure. */
function isNamedAct(word: string, times: boolean, vocabulary: Vocabulary): boolean {
  if (vocabulary.isNeutral(word)) return false;
  if (vocabulary.soundsOf(word).length > 0) return true;
  const label = labelOf(word, times, vocabulary);
  const { needs = [] } = vocabulary.config.lexicon.cycles[generic] ?? {};
  return label !== null && (label !== generic || !vocabulary.isIn(word, needs));
}

function common(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists;
  return first.filter((each) => others.every((list) => list.includes(each)));
}
