import type { Vocabulary } from './vocabulary';

const prepositions = new Set(
  'in on at by inside into onto to through across along down up around over upon of outside near beside behind from'.split(
    ' ',
  ),
);
/** Beside a place these say where; beside an object they would tell which. */
const beside = new Set('outside near beside behind front'.split(' '));
const determiners = new Set('the a an this that his her their my our'.split(' '));
const remote = new Set(['background', 'distance', 'foreground']);
const hours = new Set('night day noon midnight dawn dusk daytime lunchtime'.split(' '));
const joints = new Set(['and', 'or', 'with', 'who', 'that', 'which', 'not', 'than', 'while']);

/**
 * The words after a counted noun without those that only say where: “waiting at the bus stop”, “in
 * front of the shop”, “in the background”, “at night”. Places by side (“on the left”) stay.
 * @param isPlaceName whether a noun is somewhere to be
 * @param isObject whether it names an object class
 */
export function withoutPlaces(
  after: readonly string[],
  isPlaceName: (word: string) => boolean,
  isObject: (word: string) => boolean,
  vocabulary: Vocabulary,
): string[] {
  const kept: string[] = [];
  for (let at = 0; at < after.length;) {
    const end = endOfPlace(after, at, isPlaceName, isObject, vocabulary);
    if (end === at) {
      kept.push(after[at++]!);
      continue;
    }
    // What they do there only says how they are seen.
    if (after[at] !== 'of' && isDoing(kept.at(-1) ?? '', isObject, vocabulary)) kept.pop();
    at = end;
  }
  return kept;
}

/** Index after the place phrase that begins at `at`; `at` where none does. */
function endOfPlace(
  after: readonly string[],
  at: number,
  isPlaceName: (word: string) => boolean,
  isObject: (word: string) => boolean,
  vocabulary: Vocabulary,
): number {
  if (!prepositions.has(after[at]!)) return at;
  let from = at + 1;
  const isFront = after[at] === 'in' && after[from] === 'front' && after[from + 1] === 'of';
  if (isFront) from += 2;
  const isBeside = isFront || beside.has(after[at]!);
  const isThe = after[from] === 'the';
  if (determiners.has(after[from] ?? '')) from++;
  let end = from;
  while (end < after.length && !prepositions.has(after[end]!) && isPart(after[end]!, vocabulary))
    end++;
  const last = after[end - 1] ?? '';
  if (end === from) return at;
  if (end === from + 1 && !isBeside && (remote.has(last) || hours.has(last))) return end;
  const { spatial, worn, colours } = vocabulary.config.lexicon;
  const between = after.slice(from, end);
  if (between.some((word) => spatial.includes(word) || vocabulary.isIn(word, worn))) return at;
  if (between.length > 1 && vocabulary.isIn(last, Object.values(colours).flat())) return at;
  if (isPlaceName(last)) return isBeside && isObject(last) ? at : end;
  const isThing = vocabulary.isThing(after, end - 1, false);
  return isThe && !isBeside && isThing && !isObject(last) && !vocabulary.isPerson(last) ? end : at;
}

function isPart(word: string, vocabulary: Vocabulary): boolean {
  return !vocabulary.isNeutral(word) && !joints.has(word) && !determiners.has(word);
}

function isDoing(
  word: string,
  isObject: (word: string) => boolean,
  vocabulary: Vocabulary,
): boolean {
  const { unseen, talk, reading, conditions, negations, spatial, posture } =
    vocabulary.config.lexicon;
  if (vocabulary.isIn(word, posture)) return true;
  const told = [unseen, talk, reading, conditions, negations, spatial];
  return (
    !vocabulary.isNeutral(word) &&
    vocabulary.isVerb(word) &&
    !isObject(word) &&
    vocabulary.soundsOf(word).length === 0 &&
    !told.some((list) => vocabulary.isIn(word, list))
  );
}
