import type { DecoderConfig } from './decoder-config';
import type { Words } from './words';

/** Names of the towers' labels, in the order of their scores. */
export interface Labels {
  sounds: readonly string[];
  objects: readonly string[];
}

/** Plurals that are base forms too. */
const pluralOnly = new Set([
  'people',
  'sheep',
  'cattle',
  'skis',
  'scissors',
  'glasses',
  'aircraft',
]);

/** What the words of a question can mean: lexicon, word list and labels together. */
export class Vocabulary {
  readonly neutral: ReadonlySet<string>;

  constructor(
    readonly config: DecoderConfig,
    readonly words: Words,
    readonly labels: Labels,
  ) {
    this.neutral = new Set(config.lexicon.neutral);
  }

  /** The word and its base forms. */
  forms(word: string): string[] {
    return [word, ...this.words.basesOf(word)];
  }

  isIn(word: string, list: readonly string[]): boolean {
    return this.forms(word).some((form) => list.includes(form));
  }

  isNeutral(word: string): boolean {
    return this.neutral.has(word);
  }

  isPlural(word: string): boolean {
    return this.words.singularOf(word) !== null || pluralOnly.has(word);
  }

  /** The object class that the word is a kind of (“poodle” → dog, “woman” → person). */
  kindsOf(word: string): string[] {
    const { objectNames } = this.config;
    return this.forms(word).flatMap((form) => objectNames[this.words.kindOf(form)] ?? []);
  }
}
