import { msg, str } from '@lit/localize';
import type { MediaUse } from '../media/media';
import type { Analysis } from '../protocol/api';

/** How much of the clip went into an answer, for a model that cannot take all of it. */
export function usedWords({ frames, heardSeconds, soundSeconds, note }: MediaUse): string {
  const parts: string[] = [];
  if (frames > 0) parts.push(frames === 1 ? msg('one frame') : msg(str`${frames} frames`));
  if (soundSeconds > 0)
    parts.push(msg(str`${Math.round(heardSeconds)} of ${Math.round(soundSeconds)} s of sound`));
  const what = parts.join(msg(' and ')) || msg('Nothing of the clip');
  const sentence = msg(str`${what[0]!.toUpperCase()}${what.slice(1)} went into this answer.`);
  return note === null ? sentence : `${sentence} ${note}`;
}

/** Whether the count of the clues is also what the model says when it is asked for the number alone. */
export function agreementWords({ count, bareCount }: Analysis): string | null {
  if (bareCount === undefined || count === null) return null;
  if (bareCount === null) return msg('Asked for the number alone, it gave none.');
  return bareCount === count
    ? msg('Asked for the number alone, it says the same.')
    : msg(str`Asked for the number alone, it says ${bareCount}: take both with care.`);
}
