/*
 * Models and lists of clips speak English. Where the page speaks another language, this knows the words
 * that are known to come: for the eye and the ear only, a file that is taken away keeps the English.
 */

export type LabelWords = Readonly<Record<string, string>>;

let known: LabelWords = {};

/** Set with the page's language, before the page is drawn in it; empty for English. */
export function setLabelWords(words: LabelWords): void {
  known = words;
}

/** `dog bark` → `狗叫`, `red car` → `红汽车`, in the page's language; what is not known stays as it is. */
export function labelWords(label: string): string {
  const word = wordOf(label);
  if (word !== undefined) return word;
  // A colour and a thing.
  const space = label.indexOf(' ');
  const [colour, thing] = [wordOf(label.slice(0, space)), wordOf(label.slice(space + 1))];
  return colour !== undefined && thing !== undefined ? colour + thing : label;
}

/** The `lang` of what {@link labelWords} gives: English where nothing else is known. */
export function languageOf(label: string): string {
  return labelWords(label) === label ? 'en' : document.documentElement.lang;
}

function wordOf(label: string): string | undefined {
  return Object.hasOwn(known, label) ? known[label] : undefined;
}
