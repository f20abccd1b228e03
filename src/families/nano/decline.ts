import type { Vocabulary } from './vocabulary';

const reach =
  'it can count sounds such as dog barks, claps or knocks, and objects such as people, cars or bottles.';

/**
 * Why a question is declined, as a sentence for the visitor.
 * @param unknown the words of the question that were not understood
 */
export function explain(
  unknown: readonly string[],
  cause: 'no-count' | 'sound-at-once' | 'words',
  vocabulary: Vocabulary,
): string {
  return `This model cannot count ${cannot(unknown, cause, vocabulary)}; ${reach}`;
}

function cannot(
  unknown: readonly string[],
  cause: 'no-count' | 'sound-at-once' | 'words',
  vocabulary: Vocabulary,
): string {
  if (cause === 'no-count') return 'where a question does not ask “how many”';
  if (cause === 'sound-at-once') return 'how many sounds there are at one moment';
  const { lexicon } = vocabulary.config;
  const find = (list: readonly string[]): string | undefined =>
    unknown.find((word) => vocabulary.isIn(word, list));
  const quote = (word: string): string => `“${word}”`;
  const condition = find(lexicon.conditions);
  if (condition) return `under a condition such as ${quote(`${condition} …`)}`;
  if (find(lexicon.colours)) return 'by colour';
  if (find(lexicon.spatial)) return 'by place in the picture';
  if (find(lexicon.kinds)) return 'kinds of things';
  if (find(lexicon.reading)) return 'words, letters or what is said';
  const movement = find(lexicon.movements);
  if (movement) return `movements such as ${quote(movement)}`;
  for (const word of unknown) {
    const [kind] = vocabulary.kindsOf(word);
    if (kind && !vocabulary.forms(word).includes(kind))
      return `${quote(word)} apart from others of the class ${quote(kind)}`;
  }
  const word = unknown.at(-1);
  return word ? `with ${quote(word)} in the question` : 'this';
}
