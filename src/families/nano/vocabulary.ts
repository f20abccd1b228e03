import type { DecoderConfig } from './decoder-config';
import { partOfSpeech, type Words } from './words';

/** Names of the towers' labels, in the order of their scores. */
export interface Labels {
  sounds: readonly string[];
  objects: readonly string[];
  cycles: readonly string[];
  colours: readonly string[];
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

/** Endings of inflected forms that the word list may lack, and what they stand for. */
const endings: readonly [RegExp, string][] = [
  [/s$/, ''],
  [/es$/, ''],
  [/ies$/, 'y'],
  [/(?:ed|ing)$/, ''],
  [/(?:ed|ing)$/, 'e'],
  [/(?<=(.))\1(?:ed|ing)$/, ''],
];

const articles = new Set(['the', 'a', 'an', 'his', 'her', 'its', 'their', 'my', 'our', 'your']);

/** What the words of a question can mean: lexicon, word list and labels together. */
export class Vocabulary {
  readonly neutral: ReadonlySet<string>;
  private readonly marking: ReadonlySet<string>;
  private readonly worn: ReadonlySet<string>;
  private readonly knownForms = new Map<string, string[]>();
  private readonly knownSounds = new Map<string, readonly string[]>();
  private readonly sets = new WeakMap<readonly string[], ReadonlySet<string>>();

  constructor(
    readonly config: DecoderConfig,
    readonly words: Words,
    readonly labels: Labels,
  ) {
    const { lexicon } = config;
    this.neutral = new Set(lexicon.neutral);
    this.marking = new Set([
      ...Object.values(lexicon.colours).flat(),
      ...lexicon.otherColours,
      ...lexicon.conditions,
      ...lexicon.kinds,
      ...lexicon.spatial,
      ...lexicon.negations,
      ...lexicon.reading,
      ...lexicon.talk,
    ]);
    this.worn = new Set(lexicon.worn);
  }

  /** The word and its base forms. */
  forms(word: string): string[] {
    let forms = this.knownForms.get(word);
    if (!forms) this.knownForms.set(word, (forms = this.findForms(word)));
    return forms;
  }

  private findForms(word: string): string[] {
    const bases = this.words.basesOf(word);
    const isWord = bases.some((base) => base !== word || this.words.partsOf(base) > 0);
    if (isWord) return [word, ...bases];
    const stems = endings.map(([ending, by]) => word.replace(ending, by));
    return [word, ...stems.filter((stem) => stem !== word && stem.length > 2)];
  }

  isIn(word: string, list: readonly string[]): boolean {
    let set = this.sets.get(list);
    if (!set) this.sets.set(list, (set = new Set(list)));
    return this.forms(word).some((form) => set.has(form));
  }

  isNeutral(word: string): boolean {
    return this.neutral.has(word);
  }

  isPlural(word: string): boolean {
    if (this.words.singularOf(word) !== null || pluralOnly.has(word)) return true;
    return !this.words.has(word) && /[^s]s$/.test(word);
  }

  /** Whether it is a person, whoever that is. */
  isPerson(word: string): boolean {
    return this.isIn(word, this.config.lexicon.agents) || this.kindsOf(word).includes('person');
  }

  /**
   * A noun that narrows nothing down where something happens: what is hit, and with what. After an
   * article it may be one that the word list lacks.
   * @param at its index among the words
   * @param isObject it stands after the verb, where clothes are things like others
   */
  isThing(words: readonly string[], at: number, isObject: boolean): boolean {
    const word = words[at]!;
    const forms = this.forms(word);
    if (forms.some((form) => this.marking.has(form) || (!isObject && this.worn.has(form))))
      return false;
    if (this.words.basesOf(word).length === 0)
      return /[a-z]{3}/.test(word) && articles.has(words[at - 1] ?? '');
    return forms.some((form) => (this.words.partsOf(form) & partOfSpeech.noun) !== 0);
  }

  isVerb(word: string): boolean {
    return this.forms(word).some((form) => (this.words.partsOf(form) & partOfSpeech.verb) !== 0);
  }

  /** The object class that the word is a kind of (“poodle” → dog, “woman” → person). */
  kindsOf(word: string): string[] {
    const { objectNames } = this.config;
    return this.forms(word).flatMap((form) => objectNames[this.words.kindOf(form)] ?? []);
  }

  /** The sound labels that a word is an act of: by the lexicon, else by WordNet. */
  soundsOf(word: string): readonly string[] {
    let known = this.knownSounds.get(word);
    if (!known) this.knownSounds.set(word, (known = this.findSounds(word)));
    return known;
  }

  /** Whether WordNet, not the lexicon, says that the word is a sound. */
  isSoundByKind(word: string): boolean {
    const { sounds } = this.config.lexicon;
    return !Object.values(sounds).some(({ acts }) => this.isIn(word, acts));
  }

  private findSounds(word: string): string[] {
    const { lexicon } = this.config;
    const listed = Object.entries(lexicon.sounds).filter(([, { acts }]) => this.isIn(word, acts));
    if (listed.length > 0) return listed.map(([id]) => id);
    if (this.isNeutral(word) || this.isIn(word, lexicon.generic) || this.isKnown(word)) return [];
    return this.forms(word).flatMap((form) => this.words.soundOf(form) ?? []);
  }

  /** Whether the word stands for something else: an object, or what makes a sound. */
  private isKnown(word: string): boolean {
    const { sounds } = this.config.lexicon;
    const named = this.labels.objects.map((name) => name.split(' ').at(-1)!);
    return (
      this.isIn(word, named) || Object.values(sounds).some((each) => this.isIn(word, each.subjects))
    );
  }

  /** The weights of one tower's labels, from their names. */
  weigh(names: readonly string[], weights: Readonly<Record<string, number>>): Float64Array {
    return Float64Array.from(names, (name) => weights[name] ?? 0);
  }
}
