import { Inflate, deflateSync, strFromU8, strToU8 } from 'fflate';
import type { BoxAtTime } from '../clues/clue';
import { AppError } from '../errors';
import { packResult, unpackResult } from './pack';
import { checkResult, unreadable } from './result';
import type { CountResult } from './result-schema';

/** Some messengers and mail programs cut what is longer. */
export const shortLink = 2000;

const prefix = '#r=';

/** A link is text that somebody typed or made up: what it may unfold to is bounded. */
const mostInflatedBytes = 4e6;
const mostCharacters = 1e6;

/** Deflate unfolds at most about 1,032-fold, so a piece this long gives at most a quarter megabyte. */
const pieceBytes = 256;

/** What a link left behind so that it is short. The clues themselves are always all there. */
export type LeftOut = 'thinking' | 'some-positions' | 'positions' | 'beliefs';

export interface ShareLink {
  url: string;
  leftOut: readonly LeftOut[];
}

/** From everything to the bare evidence: the count follows the clues, so none of them is dropped. */
const levels: readonly { leftOut: readonly LeftOut[]; sightings: number }[] = [
  { leftOut: [], sightings: Infinity },
  { leftOut: ['thinking'], sightings: Infinity },
  { leftOut: ['thinking', 'some-positions'], sightings: 12 },
  { leftOut: ['thinking', 'some-positions'], sightings: 6 },
  { leftOut: ['thinking', 'some-positions'], sightings: 3 },
  { leftOut: ['thinking', 'positions'], sightings: 0 },
  { leftOut: ['thinking', 'positions', 'beliefs'], sightings: 0 },
];

/**
 * The result as an address of this page, without its video. Everything is in the part behind `#`,
 * which no browser sends to a server. Detail is left out until it has at most `limit` characters;
 * with very many clues the shortest link may still be longer.
 *
 * @param base address of the page, without a hash
 */
export function toShareLink(result: CountResult, base: string, limit = shortLink): ShareLink {
  let url = '';
  let leftOut: readonly LeftOut[] = [];
  for (const level of levels) {
    const reduced = reduce(result, level.leftOut, level.sightings);
    const bytes = deflateSync(strToU8(JSON.stringify(packResult(reduced))), { level: 9 });
    url = base + prefix + toBase64Url(bytes);
    // Only what was there can be missed.
    leftOut = level.leftOut.filter((what) => has(result, what));
    if (url.length <= limit) break;
  }
  return { url, leftOut };
}

export function isShareHash(hash: string): boolean {
  return hash.startsWith(prefix);
}

/**
 * The result in an address's hash.
 * @throws AppError `result-unreadable`
 */
export function fromShareHash(hash: string): CountResult {
  try {
    if (!isShareHash(hash) || hash.length > mostCharacters) {
      throw unreadable('The address holds no result, or far more than one.');
    }
    const json: unknown = JSON.parse(inflate(fromBase64Url(hash.slice(prefix.length))));
    return checkResult(unpackResult(json));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreadable('The link is damaged or cut off. Copy the whole of it.', error);
  }
}

function has({ answer, review }: CountResult, what: LeftOut): boolean {
  if (what === 'thinking') return answer.thinkText !== '' || answer.text !== '';
  return review.clues.some(({ clue }) =>
    what === 'beliefs' ? clue.confidence !== undefined : (clue.path?.length ?? 0) > 0,
  );
}

function reduce(result: CountResult, leftOut: readonly LeftOut[], sightings: number): CountResult {
  const { answer, review } = result;
  const clues = review.clues.map((entry) => {
    const { path, confidence, ...clue } = entry.clue;
    // An event without any sighting would pass for one that was only heard.
    const least = clue.kind === 'event' ? 1 : 0;
    const thinned = thin(path ?? [], Math.max(least, sightings));
    return {
      ...entry,
      clue: {
        ...clue,
        ...(confidence !== undefined && !leftOut.includes('beliefs') && { confidence }),
        ...(thinned.length > 0 && { path: thinned }),
      },
    };
  });
  return {
    ...result,
    answer: leftOut.includes('thinking') ? { ...answer, thinkText: '', text: '' } : answer,
    review: { ...review, clues },
  };
}

/** At most so many sightings, evenly chosen; the first and the last stay. */
function thin<T extends BoxAtTime>(path: readonly T[], most: number): T[] {
  if (path.length <= most) return [...path];
  return Array.from(
    { length: most },
    (_, i) => path[Math.round((i * (path.length - 1)) / Math.max(1, most - 1))]!,
  );
}

function inflate(bytes: Uint8Array): string {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const inflater = new Inflate((piece) => {
    pieces.push(piece);
    size += piece.length;
    if (size > mostInflatedBytes) throw unreadable('The link unfolds to far more than a result.');
  });
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    inflater.push(bytes.subarray(at, at + pieceBytes), at + pieceBytes >= bytes.length);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return strFromU8(all);
}

function toBase64Url(bytes: Uint8Array): string {
  const binary = strFromU8(bytes, true);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array {
  return strToU8(atob(text.replaceAll('-', '+').replaceAll('_', '/')), true);
}
