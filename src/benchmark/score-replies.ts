import { readOfficialCount } from '../clues/number-words';
import { toPythonText } from '../clues/python-text';
import type { Category } from '../clues/clue';
import type { Annotation, Modality, TrueBox } from './annotations';
import { clueTimes, trueFrames } from './clue-frames';
import { attributeScore, eventScore, objectScore } from './clue-score';
import { scoreCounts } from './metrics';
import { readEvents, readGroups, readObjects } from './read-reply';
import type { Setting } from './settings';

/** One reply, scored. */
export interface ScoredItem {
  index: string;
  category: Category;
  modality: Modality;
  truth: number;
  /** The count of the reply; of a list of clues, their number. 0 where there is none. */
  predicted: number;
  /** What the official scripts read from the whole reply: bare digits or number words, else 0. */
  predictedStrict: number;
  /** 0…1; 0 for a reply that cannot be read. Null where the setting asks for no clues, or the item has none. */
  clueScore: number | null;
  /** Whether the clues could be read; null where the setting asks for none. */
  wellFormed: boolean | null;
}

/** Shares in per cent; null where no item counts for it. */
export interface BenchmarkScore {
  n: number;
  acc: number;
  oboa: number;
  mae: number;
  rmse: number;
  /** Acc and OBOA with the official reading of a count. */
  accStrict: number;
  oboaStrict: number;
  wcs: number | null;
  ifa: number | null;
}

/** Scores a reply. @param pred what the model wrote; anything that is no text counts as Python writes it */
export function scoreReply(annotation: Annotation, pred: unknown, setting: Setting): ScoredItem {
  const { id, category, modality, answer } = annotation;
  const text = toPythonText(pred);
  const base = {
    ...{ index: id, category, modality, truth: answer },
    predictedStrict: readOfficialCount(pred),
  };
  if (setting !== 'clue') {
    return { ...base, predicted: readReplyCount(text), clueScore: null, wellFormed: null };
  }
  const { score, listed } = scoreClues(annotation, text);
  const isReadable = listed !== null && !Number.isNaN(score);
  return {
    ...base,
    predicted: isReadable ? listed : 0,
    clueScore: score === null ? null : isReadable ? score : 0,
    wellFormed: isReadable,
  };
}

/**
 * `listed`: how many clues there are, null where the reply cannot be read. `score` is NaN likewise,
 * and null where the item has no clues of the kind that is asked for.
 */
function scoreClues(
  { category, clues }: Annotation,
  reply: string,
): { score: number | null; listed: number | null } {
  const truth = clues?.kind === category ? clues : null;
  if (category === 'event') {
    const events = readEvents(reply);
    const real = truth?.kind === 'event' ? truth.intervals : null;
    return { score: real && eventScore(real, events ?? []), listed: events?.length ?? null };
  }
  const times = truth ? clueTimes(truth) : [];
  const framesOf = (boxes: readonly TrueBox[]) => trueFrames(boxes, times);
  if (category === 'object') {
    const boxes = readObjects(reply);
    const real = truth?.kind === 'object' ? framesOf(truth.boxes) : null;
    const score = real && objectScore(real, boxes ?? new Map());
    return { score, listed: boxes && [...boxes.values()].flat().length };
  }
  const groups = readGroups(reply);
  const real = truth?.kind === 'attribute' ? truth.clusters.map(framesOf) : null;
  // Without a true group the scripts divide by zero.
  const score = real && (real.length > 0 ? attributeScore(real, groups ?? []) : NaN);
  return { score, listed: groups?.length ?? null };
}

const digits = /\d{1,3}(?:,\d{3})+(?!\d)|\d+/g;
// Part of a word or a decimal, or negative; in “3-5” the hyphen joins two numbers.
const gluedBefore = /(?:[\p{L}\p{N}_.]|(?<!\d)[-−])$/u;
const gluedAfter = /^(?:[\p{L}\p{N}_]|\.\d)/u;

/** The last number of up to seven digits that stands alone, commas between its thousands or not. */
function lastWholeNumber(text: string): number | null {
  const alone = [...text.matchAll(digits)].flatMap(({ 0: match, index }) => {
    const plain = match.replaceAll(',', '');
    const isGlued =
      gluedBefore.test(text.slice(Math.max(0, index - 3), index)) ||
      gluedAfter.test(text.slice(index + match.length));
    return plain.length > 7 || isGlued ? [] : [Number(plain)];
  });
  return alone.at(-1) ?? null;
}

/**
 * The count of a reply, read with goodwill: of the answer tags where there are any, else of what
 * follows the thinking; the last whole number there, else number words; else 0, as for a list.
 */
export function readReplyCount(reply: string): number {
  const tagged = /<answer>([\s\S]*?)<\/answer>/.exec(reply);
  const text = (tagged ? tagged[1]! : reply.split('</think>').at(-1)!).trim();
  if (isJson(text)) return 0;
  const last = lastWholeNumber(text);
  return last ?? readOfficialCount(text.replace(/[^\p{L}\p{N}\s-]/gu, ' '));
}

/** A whole list or object, and so no number. */
function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** Zeroes for no items. */
export function summarize(items: readonly ScoredItem[]): BenchmarkScore {
  const { n, acc, oboa, mae, rmse } = scoreCounts(items);
  const strict = scoreCounts(
    items.map(({ truth, predictedStrict }) => ({ truth, predicted: predictedStrict })),
  );
  const meanOf = (values: readonly (number | null)[]): number | null => {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : (100 * known.reduce((sum, v) => sum + v, 0)) / known.length;
  };
  return {
    ...{ n, acc: 100 * acc, oboa: 100 * oboa, mae, rmse },
    ...{ accStrict: 100 * strict.acc, oboaStrict: 100 * strict.oboa },
    wcs: meanOf(items.map(({ clueScore }) => clueScore)),
    ifa: meanOf(items.map(({ wellFormed }) => (wellFormed === null ? null : Number(wellFormed)))),
  };
}
