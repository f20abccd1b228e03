import { takeColour } from './ground-colour';
import { groundEvent } from './ground-event';
import { mentionOf, namedObjects } from './ground-object';
import { asking, tokens } from './question-text';
import type { Condition, Mention } from './target';
import type { Vocabulary } from './vocabulary';

export interface AskedCondition {
  relation: 'during' | 'before' | 'after';
  /** What must be so, as written. */
  clause: string;
}

const starts = String.raw`the|a|an|any|this|that|his|her|its|their|he|she|it|they|someone|somebody|anyone|anybody|nobody|no|people|there|one|two|another|each|my|you|we|i`;
const connectives: readonly [RegExp, AskedCondition['relation']][] = [
  [/\b(?:while|whilst|whenever|when|as long as|during|in the presence of)\b/, 'during'],
  [
    new RegExp(
      String.raw`(?<!\b(?:well|same|such|many|far|soon))\s\bas(?=\s+(?:${starts})\b)|^as(?=\s+(?:${starts})\b)`,
    ),
    'during',
  ],
  [/\b(?:with(?=\s+(?:nobody|no)\b)|without(?=\s+(?:any|a|the|people)))/, 'during'],
  [
    /\b(?:(?:right|just|shortly|immediately|directly)\s+)?(?:before|prior to|until|till)\b/,
    'before',
  ],
  [/\bby the time\b/, 'before'],
  [
    new RegExp(
      String.raw`\b(?:(?:right|just|shortly|immediately|directly)\s+)?(?:after|as soon as|following|since)\b|(?<!at )\bonce(?=\s+(?:${starts})\b)`,
    ),
    'after',
  ],
];
const auxiliary = /\s(?:does|did|do|can|could|are|is|were|was)\s/;
/** Says nothing: “before it stops”, “during the clip”. */
const idle = [
  'stop',
  'end',
  'finish',
  'over',
  'done',
  'complete',
  'play',
  'last',
  'run',
  'start',
  'begin',
  'day',
  'night',
];

const ends = [
  ...idle,
  'collapse',
  'rest',
  'tire',
  'fail',
  'fall',
  'answer',
  'pick',
  'pause',
  'break',
];

/**
 * Takes “while the dog barks” out of a question.
 * @returns `condition` null where there is none; undefined where there are several
 */
export function takeCondition(
  text: string,
  vocabulary: Vocabulary,
): { condition: AskedCondition | null | undefined; rest: string } {
  const first = connectives
    .map(([pattern, relation]) => ({ found: pattern.exec(text), relation }))
    .filter(({ found }) => found !== null)
    .sort((a, b) => a.found!.index - b.found!.index)[0];
  if (!first?.found) return { condition: null, rest: text };
  const at = first.found.index;
  const before = text.slice(0, at);
  const after = text.slice(at + first.found[0].length);
  const isLeading = !asking.test(before) && asking.test(after);
  const comma = after.indexOf(',');
  let end = comma >= 0 ? comma : after.length;
  if (isLeading) end = comma >= 0 && comma < after.search(asking) ? comma : after.search(asking);
  else if (/\b(?:times|often|frequently)\s*$/.test(before)) {
    // “How many times after the bell does the dog bark?”
    const cut = after.search(auxiliary);
    if (cut > 0) end = cut;
  }
  const clause = after.slice(0, end);
  const rest = `${before} , ${after.slice(end)}`;
  const words = tokens(clause).filter((word) => !vocabulary.isNeutral(word));
  if (
    words.every((word) => vocabulary.isIn(word, idle)) ||
    isOwnEnd(words, first.relation, rest, vocabulary)
  )
    return takeCondition(rest, vocabulary);
  if (connectives.some(([pattern]) => pattern.test(clause) || pattern.test(rest)))
    return { condition: undefined, rest };
  return { condition: { relation: first.relation, clause }, rest };
}

/** “Before he collapses”, “until the ball stops rolling”: the end of what is counted itself. */
function isOwnEnd(
  words: readonly string[],
  relation: AskedCondition['relation'],
  rest: string,
  vocabulary: Vocabulary,
): boolean {
  if (relation !== 'before' || !words.some((word) => vocabulary.isIn(word, ends))) return false;
  // The phone that somebody answers.
  const isAnswered = words.some((word) => vocabulary.isIn(word, ['answer', 'pick']));
  const counted = tokens(rest);
  const { sounds } = vocabulary.config.lexicon;
  const makers = counted
    .flatMap((word) => vocabulary.soundsOf(word))
    .flatMap((id) => sounds[id]?.subjects ?? []);
  return words.every(
    (word) =>
      vocabulary.isIn(word, [...ends, 'come']) ||
      counted.includes(word) ||
      (isAnswered && vocabulary.isPerson(word)) ||
      vocabulary.isIn(word, makers) ||
      /ing$/.test(word) ||
      ['someone', 'somebody', 'anyone', 'he', 'she', 'it', 'they'].includes(word),
  );
}

/** A clause that only says in what manner it is done: “while asleep”, “before serving”. */
export function isAside(
  { relation, clause }: AskedCondition,
  condition: Condition | null,
  { labels }: Vocabulary,
): boolean {
  const isNamed =
    condition &&
    (condition.kind !== 'cycle' || condition.weights[labels.cycles.indexOf('repetition')] !== 1);
  if (isNamed || relation === 'after') return false;
  const isPronoun = relation === 'before' && /^\s*(?:he|she|it|they)\b/.test(clause);
  return isPronoun || /^\s*(?:[a-z]+ing|asleep|awake)\b/.test(clause);
}

const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const gone = ['leave', 'disappear', 'vanish', 'exit'];
const stays = ['stand', 'sit', 'wait', 'stay'];
const nobody = ['nobody', 'none', 'noone'];

/** What a condition speaks of; null where it is not understood. */
export function groundCondition(
  { relation, clause }: AskedCondition,
  hasSound: boolean,
  vocabulary: Vocabulary,
): Condition | null {
  const { lexicon } = vocabulary.config;
  const all = tokens(clause);
  const isNegated = all.some((word) => lexicon.negations.includes(word)) || /without/.test(clause);
  if (isNegated && relation !== 'during') return null;
  const ordinal = all.find(
    (word) => ordinals.includes(word) || word === 'last' || word === 'final',
  );
  if (ordinal && relation === 'during') return null;
  const which = ordinal ? ordinals.indexOf(ordinal) : 0;
  const isNobody = all.some((word) => nobody.includes(word));
  const words = all
    .filter(
      (word) => word !== ordinal && (!lexicon.negations.includes(word) || nobody.includes(word)),
    )
    .map((word) => (nobody.includes(word) ? 'someone' : word));
  const mention =
    talk(words, vocabulary) ??
    presence(words, isNobody, vocabulary) ??
    event(words, hasSound, vocabulary);
  if (!mention) return null;
  const isGone = words.some((word) => vocabulary.isIn(word, gone));
  if (isGone && (relation !== 'after' || mention.kind !== 'object')) return null;
  return { ...mention, relation: isNegated || isGone ? 'outside' : relation, which };
}

/** “Nobody is talking”: speech is heard, though not counted. */
function talk(words: readonly string[], vocabulary: Vocabulary): Mention | null {
  const { lexicon } = vocabulary.config;
  const { sounds } = vocabulary.labels;
  const isTalk = (word: string): boolean => vocabulary.isIn(word, lexicon.talk);
  const isRest = (word: string): boolean =>
    vocabulary.isNeutral(word) || vocabulary.isPerson(word) || vocabulary.isIn(word, lexicon.mild);
  if (!words.some(isTalk) || !words.every((word) => isTalk(word) || isRest(word))) return null;
  if (!sounds.includes('speech')) return null;
  return { kind: 'sound', weights: vocabulary.weigh(sounds, { speech: 1 }), colour: null };
}

function event(
  words: readonly string[],
  hasSound: boolean,
  vocabulary: Vocabulary,
): Mention | null {
  const all = [...words];
  const phrase = { times: true, noun: [], head: '', strict: false, after: all, all };
  const found = groundEvent(phrase, { seen: false, hasSound, hasPicture: true }, vocabulary);
  return found ?? soundMaker(words, vocabulary);
}

/** “The bell”, “the alarm goes off”: the thing stands for its sound, where it is known by that. */
function soundMaker(words: readonly string[], vocabulary: Vocabulary): Mention | null {
  const { lexicon, soundNames } = vocabulary.config;
  const { sounds, objects } = vocabulary.labels;
  const silent = ['go', 'off', 'sound', 'start', 'begin', 'play', 'stop', 'come', 'noise', 'get'];
  const content = words.filter(
    (word) =>
      !vocabulary.isNeutral(word) &&
      !vocabulary.isIn(word, silent) &&
      !vocabulary.isIn(word, lexicon.mild),
  );
  if (content.length === 0) return null;
  const score = (id: string): number => {
    const entry = lexicon.sounds[id];
    if (!entry) return 0;
    const names = (soundNames[id] ?? id).toLowerCase().split(' ');
    const isNamed = (word: string): boolean =>
      vocabulary.isIn(word, [...names, ...entry.acts]) && !vocabulary.isIn(word, objects);
    const isKnown = (word: string): boolean =>
      isNamed(word) || vocabulary.isIn(word, entry.subjects);
    return content.every(isKnown) ? content.filter(isNamed).length : 0;
  };
  const scores = sounds.map(score);
  const top = Math.max(0, ...scores);
  if (top === 0) return null;
  const chosen = Object.fromEntries(
    sounds.filter((_, i) => scores[i] === top).map((id) => [id, 1]),
  );
  return { kind: 'sound', weights: vocabulary.weigh(sounds, chosen), colour: null };
}

/** “The man is in the picture”, “a red car is in view”, “nobody is there”. */
function presence(
  words: readonly string[],
  isNobody: boolean,
  vocabulary: Vocabulary,
): Mention | null {
  const { lexicon } = vocabulary.config;
  const isOneOf =
    (...lists: (readonly string[])[]) =>
    (word: string): boolean =>
      lists.some((list) => vocabulary.isIn(word, list));
  const isSaid = isOneOf(lexicon.presence, lexicon.mild);
  const isWhere = (word: string): boolean => vocabulary.isNeutral(word) || isSaid(word);
  const isComing = isOneOf(lexicon.enter, lexicon.motion, gone, stays);
  const says = isNobody || words.some((word) => isComing(word) || sights.has(word));
  const content = words.filter((word) => !isWhere(word) && !isComing(word));
  const { found, rest } = namedObjects(content, vocabulary);
  const { colour, rest: open } = takeColour(rest, vocabulary);
  const others = open.filter((word) => !vocabulary.isPerson(word));
  const people =
    open.length > others.length || words.some((word) => ['he', 'she', 'they'].includes(word));
  const names = found.length > 0 ? found : people ? ['person'] : [];
  if (!says || names.length === 0 || others.length > 0) return null;
  return mentionOf(names, colour, vocabulary);
}

const sights = new Set(
  'there here around present visible seen see view sight picture frame screen image shot scene shown in on'.split(
    ' ',
  ),
);
