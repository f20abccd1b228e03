import { msg, str } from '@lit/localize';
import { clueSpan } from '../clues/clue-time';
import { countOf, type Review, type ReviewedClue } from '../clues/review';
import type { Category, Clue } from '../clues/clue';
import { formatExact } from './format';
import { labelWords } from './label-words';
import { markKind } from './timeline-marks';

/** How the model knows of a clue. */
export function senseWords(clue: Clue): string {
  switch (markKind(clue)) {
    case 'heard':
      return msg('heard');
    case 'movement':
      return msg('seen to move');
    case 'object':
      return msg('seen');
  }
}

/** A rounded “100 %” would promise what no model can. */
export function beliefWords(belief: number): string {
  const percent = Math.round(belief * 100);
  return belief >= 0.995 ? msg('over 99 % sure') : msg(str`${percent} % sure`);
}

/** What the visitor made of a clue, the most important first. */
export function stateWords({ origin, verdict, moved }: ReviewedClue): string[] {
  const words: string[] = [];
  if (verdict === 'accepted') words.push(msg('accepted'));
  if (verdict === 'rejected') words.push(msg('rejected'));
  if (origin === 'visitor') words.push(msg('added by you'));
  else if (moved) words.push(msg('changed by you'));
  return words;
}

/**
 * What changed from one state of a review to the next, in a sentence, with the count that follows.
 * Empty where nothing did.
 */
export function editWords(before: Review, after: Review, category: Category | null): string {
  if (before.clues === after.clues) return '';
  const count = countOf(after, category);
  const counted = msg(str`The count is now ${count}.`);
  return `${changeWords(before, after)} ${counted}`;
}

function changeWords(before: Review, after: Review): string {
  if (after.future.length > before.future.length) return msg('Undone.');
  if (before.future.length > after.future.length && before.future[0] === after.clues) {
    return msg('Done again.');
  }
  const old = new Map(before.clues.map((reviewed, index) => [reviewed.id, { reviewed, index }]));
  const differing = after.clues.filter((reviewed) => old.get(reviewed.id)?.reviewed !== reviewed);
  const gone = old.size + differing.filter(({ id }) => !old.has(id)).length - after.clues.length;
  const [changed] = differing;
  if (differing.length + gone !== 1) return msg('Back to what the model said.');
  if (!changed) return msg('Your clue is removed.');
  const number = after.clues.indexOf(changed) + 1;
  const was = old.get(changed.id)?.reviewed;
  if (!was) {
    const at = formatExact(clueSpan(changed.clue)[0]);
    return msg(str`${labelWords(changed.clue.label)} added at ${at}, as clue ${number}.`);
  }
  if (was.verdict !== changed.verdict) {
    if (changed.verdict === 'accepted') return msg(str`Clue ${number} accepted.`);
    if (changed.verdict === 'rejected') return msg(str`Clue ${number} rejected.`);
    return was.verdict === 'rejected'
      ? msg(str`Clue ${number} restored.`)
      : msg(str`Clue ${number} is open again.`);
  }
  const [from, to] = clueSpan(changed.clue).map(formatExact);
  return msg(str`Clue ${number} is now ${labelWords(changed.clue.label)}, ${from} to ${to}.`);
}
