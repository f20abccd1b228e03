import type { MediaInfo } from '../../media/media';
import type { DecoderConfig, SoundWords } from './decoder-config';
import { explain } from './decline';
import { takeAtOnce, takeTarget } from './question-text';
import { resolveWindow, takeWindow } from './time-window';
import { partOfSpeech, type Words } from './words';

/** What a question asks for, in the terms of the towers. */
export interface Target {
  kind: 'sound' | 'object';
  /** The most that are in view at one moment, not all that appear. */
  atOnce: boolean;
  /** Seconds on the media's clock. */
  window: readonly [number, number] | null;
  /** Weight 0…1 per label of the tower. */
  weights: Float64Array;
  /** The question's content words, in order. */
  words: readonly string[];
}

export type Grounding =
  | { covered: true; target: Target }
  /** `reason` is a plain sentence: what it cannot count, and what it could. */
  | { covered: false; reason: string };

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

/** Nearer than this, a word that the lexicon lacks means the same sound. */
const sameMeaning = 0.72;

/**
 * Question → target. A question is covered only where every word of it is understood: as the
 * target, as a time window, as “at once”, or as a word that narrows nothing down. What is left over
 * would be a condition that nobody checks, so the question is declined.
 */
export function ground(
  question: string,
  info: MediaInfo,
  labels: Labels,
  config: DecoderConfig,
  words: Words,
): Grounding {
  const lexicon = config.lexicon;
  const { window, rest } = takeWindow(normalise(question, lexicon.compounds));
  const { atOnce, rest: open } = takeAtOnce(rest);
  const phrase = takeTarget(open, new Set(lexicon.neutral));
  if (!phrase) return { covered: false, reason: explain([], 'no-count', config, words) };

  const neutral = new Set(lexicon.neutral);
  const resolved = window && resolveWindow(window, info);
  const finish = (kind: Target['kind'], weights: Float64Array): Grounding => ({
    covered: true,
    target: {
      kind,
      atOnce,
      window: resolved,
      weights,
      words: phrase.all.filter((word) => !neutral.has(word)),
    },
  });

  const sound = groundSound(phrase, labels, config, words, neutral);
  if (sound && !atOnce) return finish('sound', sound);
  const object = sound ? null : groundObject(phrase, labels, config, words, neutral);
  if (object instanceof Float64Array) return finish('object', object);
  const unknown = object ?? phrase.all.filter((word) => !neutral.has(word));
  return {
    covered: false,
    reason: explain(unknown, atOnce && sound ? 'sound-at-once' : 'words', config, words),
  };
}

function normalise(question: string, compounds: Readonly<Record<string, string>>): string {
  let text = question
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[’']s\b/g, ' ')
    .replace(/[’']/g, '')
    .replace(/(?<=[a-z])-(?=[a-z])/g, ' ');
  for (const [apart, joined] of Object.entries(compounds))
    text = text.replace(new RegExp(`\\b${apart}(?=s?\\b)`, 'g'), joined);
  return text;
}

type Phrase = NonNullable<ReturnType<typeof takeTarget>>;

/** Weights of the sound labels; null where the question names no sound, or says more than that. */
function groundSound(
  phrase: Phrase,
  labels: Labels,
  config: DecoderConfig,
  words: Words,
  neutral: ReadonlySet<string>,
): Float64Array | null {
  const { lexicon } = config;
  const forms = (word: string): string[] => [word, ...words.basesOf(word)];
  const within = (word: string, list: readonly string[]): boolean =>
    forms(word).some((form) => list.includes(form));
  const generic = within(phrase.head, lexicon.generic);
  const times = phrase.times || generic;
  const content = phrase.all.filter((word) => !within(word, lexicon.generic));
  const hears = phrase.all.some((word) =>
    within(word, [...lexicon.generic, 'hear', 'audible', 'ring', 'go']),
  );
  const isPerson = (word: string): boolean =>
    within(word, lexicon.agents) ||
    forms(word).some((form) => config.objectNames[words.kindOf(form)] === 'person');

  const narrowing = [...lexicon.colours, ...lexicon.conditions, ...lexicon.kinds];
  const isThing = (word: string): boolean => {
    const [base] = words.basesOf(word);
    return !within(word, narrowing) && (!base || (words.partsOf(base) & partOfSpeech.noun) !== 0);
  };

  const judge = (entry: SoundWords, acts: readonly string[]): number => {
    let score = 0;
    const acted = content.some((word) => within(word, acts));
    let needy = false;
    let subjects = 0;
    for (const word of content) {
      const isSubject =
        within(word, entry.subjects) ||
        forms(word).some((form) =>
          entry.subjects.includes(config.objectNames[words.kindOf(form)] ?? ''),
        );
      if (within(word, acts)) {
        needy ||= within(word, entry.needs ?? []);
        if (isSubject) subjects++;
      } else if (isSubject) subjects++;
      else if (neutral.has(word)) continue;
      else if (entry.human && isPerson(word)) score -= 0.01;
      else if (entry.free && acted && isThing(word)) continue;
      else return 0;
      score++;
    }
    if (needy && subjects === 0) return 0;
    if (acted) return times || within(phrase.head, acts) ? score : 0;
    return subjects > 0 && times && (hears || generic) ? score - 0.5 : 0;
  };

  // “How many dogs bark?” asks for dogs: the plural there is what is counted, not the bark.
  const [first] = phrase.noun;
  if (
    !times &&
    first !== phrase.head &&
    first &&
    isPlural(first, words) &&
    !isPlural(phrase.head, words)
  )
    return null;

  const best = (grade: (entry: SoundWords) => number): Float64Array | null => {
    const scores = labels.sounds.map((id) => {
      const entry = lexicon.sounds[id];
      return entry ? grade(entry) : 0;
    });
    const top = Math.max(...scores);
    if (top <= 0) return null;
    return weigh(
      labels.sounds.filter((_, i) => scores[i] === top),
      labels.sounds,
      config,
    );
  };
  return (
    best((entry) => judge(entry, entry.acts)) ??
    byName(phrase, labels, config, words) ??
    best((entry) => {
      // A word that no entry has: the acts that mean nearly the same, by word vector.
      const strange = content.filter(
        (word) => !neutral.has(word) && !within(word, entry.subjects) && !isPerson(word),
      );
      const vector =
        strange.length === 1
          ? words.vector(words.basesOf(strange[0]!).at(-1) ?? strange[0]!)
          : null;
      if (!vector || (entry.needs ?? []).length === entry.acts.length) return 0;
      const nearest = Math.max(
        ...entry.acts
          .filter((act) => !entry.needs?.includes(act))
          .map((act) => dot(vector, words.vector(act))),
      );
      return nearest >= sameMeaning ? judge(entry, strange.flatMap(forms)) * nearest : 0;
    })
  );
}

/** “How many hammer blows are there?”: the name of a label itself, as the page suggests it. */
function byName(
  phrase: Phrase,
  labels: Labels,
  config: DecoderConfig,
  words: Words,
): Float64Array | null {
  const asked = phrase.noun.flatMap((word) => words.basesOf(word)[0] ?? word);
  const neutral = new Set(config.lexicon.neutral);
  if (phrase.all.some((word) => !phrase.noun.includes(word) && !neutral.has(word))) return null;
  const found = labels.sounds.filter((id) => {
    if (!config.lexicon.sounds[id]) return false;
    const name = (config.soundNames[id] ?? id).toLowerCase().match(/[a-z]+/g) ?? [];
    return (
      name.length === asked.length &&
      name.every((word, i) =>
        [word, ...words.basesOf(word)].some((form) => form === asked[i] || form === phrase.noun[i]),
      )
    );
  });
  return found.length > 0 ? weigh(found, labels.sounds, config) : null;
}

function weigh(
  chosen: readonly string[],
  sounds: readonly string[],
  config: DecoderConfig,
): Float64Array {
  const weights = new Float64Array(sounds.length);
  for (const id of chosen)
    for (const [other, weight] of Object.entries(config.lexicon.sounds[id]?.also ?? {})) {
      const index = sounds.indexOf(other);
      if (index >= 0) weights[index] = Math.max(weights[index]!, weight);
    }
  for (const id of chosen) weights[sounds.indexOf(id)] = 1;
  return weights;
}

/** Weights of the object classes, or the words that stand in the way. */
function groundObject(
  phrase: Phrase,
  labels: Labels,
  config: DecoderConfig,
  words: Words,
  neutral: ReadonlySet<string>,
): Float64Array | string[] {
  const { lexicon } = config;
  const names = namedObjects(phrase.noun.join(' '), labels.objects, config, words);
  const unknown = names.rest.filter((word) => !neutral.has(word));
  if (phrase.times || names.found.length === 0)
    return phrase.all.filter((word) => !neutral.has(word));
  if (phrase.strict && !isPlural(phrase.head, words)) return [phrase.head];
  phrase.after.forEach((word, at) => {
    const base = words.basesOf(word);
    const before = phrase.after[at - 1] ?? '';
    const placed =
      lexicon.places.includes(word) || base.some((form) => lexicon.places.includes(form));
    if (neutral.has(word) || base.some((form) => neutral.has(form))) return;
    if (base.some((form) => lexicon.motion.includes(form))) {
      const needsWay = base.some((form) =>
        ['walk', 'run', 'ride', 'fly', 'sail', 'move'].includes(form),
      );
      const way = [
        'by',
        'past',
        'through',
        'in',
        'into',
        'across',
        'along',
        'over',
        'out',
        'up',
        'down',
        'to',
        'on',
      ];
      if (!needsWay || way.includes(phrase.after[at + 1] ?? '')) return;
    }
    if (placed && ['the', 'a', 'this', 'on', 'in', 'to', 'at', 'parking'].includes(before)) return;
    unknown.push(word);
  });
  if (unknown.length > 0) return unknown;
  const weights = new Float64Array(labels.objects.length);
  for (const name of names.found) {
    const index = labels.objects.indexOf(name);
    if (index >= 0) weights[index] = 1;
  }
  return weights;
}

/** The object classes that a noun phrase names (“cars and trucks”), and its other words. */
function namedObjects(
  text: string,
  objects: readonly string[],
  config: DecoderConfig,
  words: Words,
): { found: string[]; rest: string[] } {
  const tokens = text.split(' ');
  const rest: string[] = [];
  const found: string[] = [];
  const { lexicon } = config;
  const lookUp = (forms: readonly string[]): string[] => {
    for (const form of forms) {
      if (lexicon.groups[form]) return [...lexicon.groups[form]];
      const name = objects.find(
        (object) => object === form || lexicon.objects[object]?.includes(form),
      );
      if (name) return [name];
    }
    return [];
  };
  for (let i = 0; i < tokens.length; i++) {
    const word = tokens[i]!;
    const next = tokens[i + 1];
    const pair = next
      ? lookUp([`${word} ${next}`, ...words.basesOf(next).map((base) => `${word} ${base}`)])
      : [];
    const one = pair.length > 0 ? pair : lookUp([word, ...words.basesOf(word)]);
    if (pair.length > 0) i++;
    // “dog bowls”: the last noun is the thing, an earlier one tells which.
    if (one.length > 0 && (i === tokens.length - 1 || ['and', 'or'].includes(tokens[i + 1]!)))
      found.push(...one);
    else rest.push(word);
  }
  return { found, rest };
}

function isPlural(word: string, words: Words): boolean {
  return words.singularOf(word) !== null || pluralOnly.has(word);
}

function dot(a: Float64Array, b: Float64Array | null): number {
  return b ? a.reduce((sum, value, i) => sum + value * b[i]!, 0) : 0;
}
