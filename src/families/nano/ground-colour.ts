import type { Vocabulary } from './vocabulary';

/**
 * Takes one colour out of words: “dark red”, “brown coloured”, “silver”.
 * @returns the colour's index, null where there is none; and the other words
 */
export function takeColour(
  words: readonly string[],
  vocabulary: Vocabulary,
): { colour: number | null; rest: string[] } {
  const { colours, shades } = vocabulary.config.lexicon;
  const indexOf = (word: string): number =>
    vocabulary.labels.colours.findIndex((name) => colours[name]?.includes(word));
  const found = new Set(words.map(indexOf).filter((index) => index >= 0));
  if (found.size !== 1) return { colour: null, rest: [...words] };
  const [colour] = found;
  const rest = words.filter((word) => indexOf(word) < 0 && !vocabulary.isIn(word, shades));
  return { colour: colour!, rest };
}
