import { msg, str } from '@lit/localize';
import type { Modality } from '../../benchmark/annotations';
import type { BenchmarkScore } from '../../benchmark/score-replies';
import type { Setting } from '../../benchmark/settings';
import type { Category } from '../../clues/clue';

/* The words of the benchmark's page. The names of its measures are those of the field. */

export function settingName(setting: Setting): string {
  switch (setting) {
    case 'long':
      return msg('Whole video (Long)');
    case 'ref':
      return msg('Reference stretch (Ref)');
    case 'clue':
      return msg('Clues (white box)');
  }
}

export function settingNote(setting: Setting): string {
  switch (setting) {
    case 'long':
      return msg('The model gets all of each video and is asked for a number.');
    case 'ref':
      return msg('It gets only the stretch that holds the answer, and is asked for a number.');
    case 'clue':
      return msg(
        'It is asked for the evidence: when each event happens, in all of the video; or a box for each object, in the pictures that hold a true one.',
      );
  }
}

export function categoryName(category: Category): string {
  switch (category) {
    case 'object':
      return msg('Objects');
    case 'event':
      return msg('Events');
    case 'attribute':
      return msg('Attributes');
  }
}

export function modalityName(modality: Modality): string {
  switch (modality) {
    case 'V':
      return msg('Found and counted by sight');
    case 'A':
      return msg('Found and counted by sound');
    case 'AV':
      return msg('Both senses at once');
    case 'A2V':
      return msg('Found by sound, counted by sight');
    case 'V2A':
      return msg('Found by sight, counted by sound');
  }
}

type Measure = Exclude<keyof BenchmarkScore, 'n'>;

/** What a setting is measured by, the decisive one first: lists of clues hold no count in words. */
export const measuresOf: Readonly<Record<Setting, readonly Measure[]>> = {
  long: ['acc', 'oboa', 'mae', 'rmse', 'accStrict', 'oboaStrict'],
  ref: ['acc', 'oboa', 'mae', 'rmse', 'accStrict', 'oboaStrict'],
  clue: ['wcs', 'ifa', 'acc', 'oboa', 'mae', 'rmse'],
};

export function measureName(measure: Measure): string {
  switch (measure) {
    case 'acc':
      return 'Acc';
    case 'oboa':
      return 'OBOA';
    case 'mae':
      return 'MAE';
    case 'rmse':
      return 'RMSE';
    case 'accStrict':
      return msg('Acc, strict');
    case 'oboaStrict':
      return msg('OBOA, strict');
    case 'wcs':
      return 'WCS';
    case 'ifa':
      return 'IFA';
  }
}

export function measureNote(measure: Measure): string {
  switch (measure) {
    case 'acc':
      return msg('Accuracy: the share of questions with exactly the right count, in per cent.');
    case 'oboa':
      return msg('Off-by-one accuracy: the share of counts at most one away, in per cent.');
    case 'mae':
      return msg('Mean absolute error: how far the counts are off on average. Lower is better.');
    case 'rmse':
      return msg('Root mean square error: like MAE, but large misses weigh more. Lower is better.');
    case 'accStrict':
      return msg('The same, with the count read from the reply as the released scripts read it.');
    case 'oboaStrict':
      return msg('The same, with the count read from the reply as the released scripts read it.');
    case 'wcs':
      return msg(
        'White-box counting score: do the clues lie where they should, and are there as many? 0 to 100.',
      );
    case 'ifa':
      return msg(
        'Instruction-following accuracy: the share of clue answers in the form that was asked for, in per cent.',
      );
  }
}

/** Two digits, as the paper prints them. */
export function formatScore(value: number | null): string {
  return value === null ? '—' : value.toFixed(2);
}

/** `+2`, `−1`, `0`. */
export function formatError(error: number): string {
  return error > 0 ? `+${error}` : error < 0 ? `−${-error}` : '0';
}

/** `1 question`, `12 questions`. */
export function questionsOf(count: number): string {
  return count === 1 ? msg('1 question') : msg(str`${count} questions`);
}
