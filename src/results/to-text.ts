import { msg, str } from '@lit/localize';
import { clueSpan, isSeen } from '../clues/clue-time';
import type { ReviewedClue } from '../clues/review';
import type { CountResult } from './result-schema';

/** A message is read, not scrolled: longer lists are in the files. */
const mostClues = 40;

/** The result in plain words, in the language of the page: for a message or a notebook. */
export function toText(result: CountResult): string {
  const { question, video, model, review } = result;
  const shown = review.clues.slice(0, mostClues);
  const more = review.clues.length - shown.length;
  const evidence = [
    ...shown.map((entry, index) => clueLine(entry, index + 1)),
    ...(more > 0 ? [msg(str`and ${more} more`)] : []),
  ];
  const day = result.createdAt.slice(0, 10);
  return [
    question,
    countLine(result),
    ...(evidence.length > 0 ? ['', msg('Evidence'), ...evidence] : []),
    '',
    msg(str`Video: ${video.title} (${clock(video.durationSeconds)})`),
    msg(str`Counted by: ${model.title} ${model.version}, on ${day}, with AV-Reasoner Web`),
    '',
  ].join('\n');
}

function countLine({ answer, review }: CountResult): string {
  if (!answer.covered) return msg('This model cannot count that.');
  if (review.count === null) return msg('The model gave no number.');
  return answer.count === review.count || answer.count === null
    ? msg(str`Count: ${review.count}`)
    : msg(str`Count: ${review.count}, checked by hand. The model said ${answer.count}.`);
}

function clueLine({ clue, verdict, origin }: ReviewedClue, number: number): string {
  const [from, to] = clueSpan(clue);
  const when = to - from >= 0.05 ? `${clock(from)}–${clock(to)}` : clock(from);
  const notes = [isSeen(clue) ? msg('seen') : msg('heard')];
  if (origin === 'visitor') notes.push(msg('added by hand'));
  if (verdict === 'accepted') notes.push(msg('confirmed'));
  if (verdict === 'rejected') notes.push(msg('rejected, not counted'));
  return `${number}. ${when}  ${clue.label.replace(/\s+/g, ' ')} (${notes.join(', ')})`;
}

/** `72.34` → `1:12.3`, `3723` → `1:02:03.0` */
function clock(seconds: number): string {
  const tenths = Math.max(0, Math.round(seconds * 10));
  const minutes = Math.floor(tenths / 600);
  const rest = `${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`;
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}
