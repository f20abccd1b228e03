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
  /\bhow (?:many (?:\w+ )?times|often|frequently)\b|\bnumber of (?:\w+ )?times\b|\bcount (?:how often|the times|every time)\b/;
const counting =
  /\bcount (?:up )?(?:the )?(?:total )?(?:number|amount) of\b|\bhow many\b|\b(?:number|total|count|amount) of\b|\bcount\b(?: up)?(?: for me)?/;
const verbs = new Set(
  (
    'is are was were do does did can could be have has had will would you we i he she they it in on at to ' +
    'from there here that which who come go pass drive enter arrive leave cross walk run ride fly sail move ' +
    'appear show occur happen for with by are through while when before after during until throughout altogether ' +
    'visible seen heard exist sound make fall'
  ).split(' '),
);
const articles = new Set(
  (
    'the a an all any of different distinct separate individual unique single total these those such up me ' +
    'please many how loud every'
  ).split(' '),
);

/** Finds what is counted; null where nothing is. */
export function takeTarget(text: string, vocabulary: Vocabulary): TargetPhrase | null {
  const isTimes = often.exec(text);
  const found = isTimes ?? counting.exec(text);
  if (!found) return null;
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
  const noun = rest.slice(from, to);
  const after = rest.slice(to);
  const of = noun.indexOf('of');
  const head = noun[(of > 0 ? of : noun.length) - 1];
  if (!head) return null;
  return { times: false, noun, head, strict, after, all: [...before, ...noun, ...after] };
}

const moment = String.raw`(?:at (?:once|the same time|the same moment|one time|any (?:one |given |single )?(?:time|moment|point)|a time|one (?:moment|point)|any (?:one |given )?point in time)|simultaneously|in (?:a|one|any|the same|any one|any single|a single) (?:frame|shot|picture|image|moment)|all at once)`;
const superlative = String.raw`(?:largest|maximum|max|maximal|highest|greatest|biggest|most|peak)`;
const atOncePatterns = [
  new RegExp(
    String.raw`(?:in view|visible|seen|present|on screen|together)?\s*(?:together\s+)?\b${moment}`,
    'g',
  ),
  new RegExp(String.raw`\bat (?:the )?most\b`, 'g'),
];

/** Takes “the largest number of … at once” out of a question. */
export function takeAtOnce(text: string): { atOnce: boolean; rest: string } {
  let rest = text
    .replace(
      /\b(?:one after (?:another|the other)|one by one|in turn|in total|altogether|in all|in succession|one at a time|in sequence)\b/g,
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
  return { atOnce, rest };
}

function tokens(text: string): string[] {
  return text.match(/[a-z]+|\d+/g) ?? [];
}
