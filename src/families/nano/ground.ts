import type { MediaInfo } from '../../media/media';
import { explain } from './decline';
import { groundObject } from './ground-object';
import { groundSound } from './ground-sound';
import { takeAtOnce, takeTarget } from './question-text';
import { resolveWindow, takeWindow } from './time-window';
import type { Vocabulary } from './vocabulary';

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

/**
 * Question → target. A question is covered only where every word of it is understood: as the
 * target, as a time window, as “at once”, or as a word that narrows nothing down. What is left over
 * would be a condition that nobody checks, so the question is declined.
 */
export function ground(question: string, info: MediaInfo, vocabulary: Vocabulary): Grounding {
  const { window, rest } = takeWindow(normalise(question, vocabulary.config.lexicon.compounds));
  const { atOnce, rest: open } = takeAtOnce(rest);
  const phrase = takeTarget(open, vocabulary);
  const decline = (
    cause: Parameters<typeof explain>[1],
    unknown: readonly string[],
  ): Grounding => ({
    covered: false,
    reason: explain(unknown, cause, vocabulary),
  });
  if (!phrase) return decline('no-count', []);

  const content = phrase.all.filter((word) => !vocabulary.isNeutral(word));
  const sound = groundSound(phrase, vocabulary);
  if (sound && atOnce) return decline('sound-at-once', content);
  const weights = sound ?? groundObject(phrase, vocabulary);
  if (!(weights instanceof Float64Array)) return decline('words', weights);
  const kind = sound ? 'sound' : 'object';
  const resolved = window && resolveWindow(window, info);
  return { covered: true, target: { kind, atOnce, window: resolved, weights, words: content } };
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
