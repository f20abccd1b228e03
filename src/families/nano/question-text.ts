import type { Vocabulary } from './vocabulary';

/** What a counting question counts, cut out of its words. */
export interface TargetPhrase {
  /** “How many times …”, “how often …”. */
  times: boolean;
  /** The words right after “how many”, up to the verb: `['dog', 'barks']`; empty for “times”. */
  noun: string[];
  /** Last word of {@link noun}, before an “of”. */
  head: string;
  /** “number of …” is a count only of a plural. */
  strict: boolean;
  /** Every word of the question after the noun. */
  after: string[];
  /** Noun and the words around it, in order, without “how many”. */
  all: string[];
}

const often =
  /\bhow (?:many (?:\w+ )?times|often|frequently)\b|\b(?:number|amount) of (?:\w+ )?times\b|\bcount (?:up )?(?:how often|the times|every time|each time)\b/;
const counting =
  /\bcount (?:up )?(?:the )?(?:total )?(?:number|amount) of\b|\bhow many\b|\b(?:number|total|count|amount|sum) of\b|\bcount\b(?: up)?(?: for me)?/;
/** Where “how many …” stands, or the like. */
export const asking = new RegExp(`${often.source}|${counting.source}`);

const verbs = new Set(
  (
    'is are was were do does did can could be have has had will would you we i he she they it in on at to ' +
    'from there here that which who come go pass drive enter arrive leave cross walk run ride fly sail move ' +
    'appear show occur happen for with by are through while when before after during until throughout altogether ' +
    'visible seen heard exist sound make fall get given made done performed shown played lie stand sit under near ' +
    'against onto into around between behind'
  ).split(' '),
);
const articles = new Set(
  (
    'the a an all any of different distinct separate individual unique single total these those such up me ' +
    'please many how loud every various'
  ).split(' '),
);

const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

/** Lower case, without apostrophes and hyphens; what is written in two words but is one, as one. */
export function normalise(question: string, compounds: Readonly<Record<string, string>>): string {
  let text = question
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[’']s\b/g, ' ')
    .replace(/[’']/g, '')
    .replace(
      /\bwithout (?:(?:stopp|paus|rest|break|fall|hesitat)ing|(?:an? |any )?(?:break|pause|rest|stop|help)s?)\b/g,
      ' ',
    )
    // “The cannon goes off”: it is heard.
    .replace(/\b(?:go(?:es|ing)?|went) off\b/g, 'audible')
    .replace(/(?<=[a-z])-(?=[a-z])/g, ' ')
    .replace(
      /\b(\d)(?:st|nd|rd|th)\b/g,
      (all, digit: string) => ordinals[Number(digit) - 1] ?? all,
    );
  const byLength = Object.entries(compounds).sort(([a], [b]) => b.length - a.length);
  for (const [apart, joined] of byLength)
    text = text.replace(new RegExp(`\\b${apart}(?=s?\\b)`, 'g'), joined);
  return text;
}

/** Finds what is counted; null where nothing is. */
export function takeTarget(text: string, vocabulary: Vocabulary): TargetPhrase | null {
  const isTimes = often.exec(text);
  const found = isTimes ?? counting.exec(text);
  if (!found) return takeTerse(text, vocabulary);
  const before = tokens(text.slice(0, found.index)).filter((word) => !vocabulary.isNeutral(word));
  const rest = tokens(text.slice(found.index + found[0].length));
  const strict = !found[0].startsWith('how');
  if (isTimes)
    return { times: true, noun: [], head: '', strict, after: rest, all: [...before, ...rest] };
  let from = 0;
  while (articles.has(rest[from] ?? '')) from++;
  let to = from;
  const { motion } = vocabulary.config.lexicon;
  const isVerb = (word: string): boolean => verbs.has(word) || vocabulary.isIn(word, motion);
  while (to < rest.length && (to === from || !isVerb(rest[to]!))) to++;
  // “Count the cars, please.”
  while (to > from + 1 && vocabulary.isNeutral(rest[to - 1]!)) to--;
  let noun = rest.slice(from, to);
  const after = rest.slice(to);
  let of = noun.indexOf('of');
  if (of > 0 && vocabulary.isIn(noun[of - 1]!, vocabulary.config.lexicon.measures)) {
    noun = noun.slice(of + 1).filter((word) => !articles.has(word));
    of = -1;
  }
  const head = noun[(of > 0 ? of : noun.length) - 1];
  if (!head) return null;
  return { times: false, noun, head, strict, after, all: [...before, ...noun, ...after] };
}

/** “Barks?”: a plural and nothing else. */
function takeTerse(text: string, vocabulary: Vocabulary): TargetPhrase | null {
  if (/\b(?:who|what|where|why|which|when|is|are|do|does|can|should)\b/.test(text)) return null;
  const noun = tokens(text).filter((word) => !articles.has(word) && !vocabulary.isNeutral(word));
  const head = noun.at(-1);
  if (!head || noun.length > 2 || tokens(text).length > 6 || !vocabulary.isPlural(head))
    return null;
  return { times: false, noun, head, strict: true, after: [], all: noun };
}

const moment = String.raw`(?:at (?:once|the same time|the same moment|one time|any (?:one |given |single )?(?:time|moment|point)|a time|one (?:moment|point)|any (?:one |given )?point in time)|simultaneously|in (?:a|one|any|the same|any one|any single|a single|one single) (?:frame|shot|picture|image|moment)|all at once|concurrently)`;
const superlative = String.raw`(?:largest|maximum|max|maximal|highest|greatest|biggest|most|peak)`;
const atOncePatterns = [
  new RegExp(
    String.raw`(?:in view|visible|seen|present|on screen|together)?\s*(?:together\s+)?\b${moment}`,
    'g',
  ),
  new RegExp(String.raw`\bat (?:the )?(?:most|maximum)\b|\bmaximally\b`, 'g'),
];

/** Takes “the largest number of … at once” out of a question. */
export function takeAtOnce(text: string): { atOnce: boolean; rest: string } {
  let rest = text
    .replace(
      /\b(?:one after (?:another|the other)|one by one|in turn|in total|altogether|in all|in succession|in a row|one at a time|in sequence|over and over(?: again)?)\b/g,
      ' ',
    )
    .replace(/\bover the course of\b|\bthroughout\b/g, ' in ');
  let atOnce = false;
  const take = (pattern: RegExp, by: string): void => {
    const replaced = rest.replace(pattern, by);
    if (replaced !== rest) atOnce = true;
    rest = replaced;
  };
  take(
    new RegExp(String.raw`\b${superlative}\s+(?:number|amount|count)\s+of\b`, 'g'),
    ' number of ',
  );
  take(new RegExp(String.raw`\b${superlative}\s+(?=[a-z ]*${moment})`, 'g'), ' number of ');
  for (const pattern of atOncePatterns) take(pattern, ' ');
  if (atOnce) rest = rest.replace(/\btogether\b/g, ' ');
  return { atOnce, rest };
}

const see = String.raw`(?:see|seen|visible|visibly|watch|watched)`;
const hear = String.raw`(?:hear|heard|audible|audibly)`;
const joint = String.raw`(?:\s+(?:it|them|him|her))?\s+(?:and(?:\s+also)?|as\s+well\s+as|plus)\s+(?:to\s+)?(?:be\s+)?`;

/** By which senses an event is to be noticed: “that you both see and hear”. */
export function takeSenses(text: string): {
  seen: boolean;
  heard: boolean;
  both: boolean;
  rest: string;
} {
  const both = new RegExp(
    String.raw`\b(?:both\s+)?(?:${see}${joint}${hear}|${hear}${joint}${see})\b`,
  );
  if (both.test(text))
    return { seen: false, heard: false, both: true, rest: text.replace(both, ' ') };
  const speaksOf = (sense: string): boolean => new RegExp(String.raw`\b${sense}\b`).test(text);
  return { seen: speaksOf(see), heard: speaksOf(hear), both: false, rest: text };
}

export function tokens(text: string): string[] {
  return text.match(/[a-z]+|\d+/g) ?? [];
}
