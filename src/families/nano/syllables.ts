import type { SoundConfig } from './sound-config';
import type { Mention } from './target';

/* Sounds that cannot begin again so soon. Source: `models/tools/sound/events.py`. */

/**
 * Lowers, in place, the scores of all but one of the onsets inside a gap: of those that follow a first
 * one, or of the first where it is weak: an intake of breath before the sneeze.
 * @param starts ascending, in the unit of `gap`
 * @param share what the others' scores are multiplied by
 */
export function dampSyllables(
  starts: readonly number[],
  scores: number[],
  gap: number,
  share: number,
): void {
  starts.forEach((start, k) => {
    for (let j = k - 1; j >= 0 && start - starts[j]! < gap; j--) {
      if (scores[j]! >= 0.5 * scores[k]!) {
        scores[k]! *= share;
        break;
      }
      scores[j]! *= share;
    }
  });
}

/** Seconds within which nothing that is asked for can begin again; 0 where some of it can. */
export function gapOf(
  { weights }: Pick<Mention, 'weights'>,
  { labels, events }: Pick<SoundConfig, 'labels' | 'events'>,
): number {
  const asked = labels.filter((_, at) => weights[at]! > 0);
  if (asked.length === 0) return 0;
  return Math.min(...asked.map((label) => events.classGapSeconds[label] ?? 0));
}
