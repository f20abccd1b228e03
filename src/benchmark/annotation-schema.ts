import { z } from 'zod';
import { readSeconds, type Interval } from '../clues/clue-reply';

/* What an annotation file may hold, in both of its forms; a message says what is wrong with a value. */

const seconds = z
  .union([z.number(), z.string()], { error: 'is no time' })
  .transform((value, context) => {
    const read = readSeconds(value);
    if (!Number.isFinite(read))
      context.addIssue({ code: 'custom', message: `“${value}” is no time` });
    else if (read < 0)
      context.addIssue({ code: 'custom', message: `${value} is before the beginning` });
    else return read;
    return z.NEVER;
  });

const count = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\s*\d+(\.0*)?\s*$/, 'is no whole number')
        .transform(Number),
    ],
    { error: 'is no whole number' },
  )
  .pipe(z.int('is no whole number').nonnegative('is below zero'));

export const modalities = ['V', 'A', 'A2V', 'V2A', 'AV'] as const;

const modalityWords: Readonly<Record<string, (typeof modalities)[number]>> = {
  visual: 'V',
  audio: 'A',
  'audio-visual': 'AV',
  audiovisual: 'AV',
  both: 'AV',
  v: 'V',
  a: 'A',
  a2v: 'A2V',
  v2a: 'V2A',
  av: 'AV',
};

const modality = z.string().transform((word, context) => {
  const known = modalityWords[word.trim().toLowerCase()];
  if (known) return known;
  context.addIssue({ code: 'custom', message: `“${word}” is no modality` });
  return z.NEVER;
});

const category = z.enum(['event', 'object', 'attribute'], {
  error: 'is none of event, object, attribute',
});

const inOrder = ([start, end]: Interval): boolean => end >= start;
const backwards = 'ends before it begins';

const interval = z
  .object({ start: seconds, end: seconds })
  .transform(({ start, end }): Interval => [start, end])
  .refine(inOrder, backwards);

const side = z.number('is no number').nonnegative('lies outside the picture');
const box = z.object({
  timestamp: seconds,
  bbox: z.tuple([side, side, side, side], { error: 'is no box of four numbers' }),
});
const list = 'is no list';

/** The clues of an item; which form they have follows from what is counted. */
export const clueForms = {
  event: z.array(interval, list),
  object: z.array(box, list),
  attribute: z.array(z.array(box, list), list),
} as const;

export type RawBox = z.infer<typeof box>;

const text = z.string('is no text').trim().min(1, 'is empty');

/** Ours: several questions about a file share an entry; boxes are `[x, y, width, height]`. */
export const ownQuestion = z.object({
  question: text,
  category,
  modality,
  answer: count,
  clues: z.array(z.unknown(), list).default([]),
  certainty: z.string().nullish(),
});
export const ownFile = z.object({ file: text });

/** CG-AV-Counting's, in the spelling of its scripts and of the later ports. */
export const benchmarkItem = z.object({
  index: z.union([z.int(), text], { error: 'is neither number nor text' }).nullish(),
  video: text,
  question: text,
  answer: count,
  type: modality,
  category,
  query_interval: z
    .tuple([seconds, seconds], { error: 'is no pair of times' })
    .refine(inOrder, backwards)
    .nullish(),
  clue: z.array(z.unknown(), list).default([]),
});

/** Fields that are known, and so need no remark. */
export const knownFields: Readonly<Record<'own' | 'benchmark', ReadonlySet<string>>> = {
  benchmark: new Set([...Object.keys(benchmarkItem.shape), 'question_en']),
  own: new Set([
    ...[...Object.keys(ownQuestion.shape), 'file', 'other_questions', 'note'],
    // About the file itself.
    ...['source_repo', 'commit', 'path', 'licence', 'duration', 'width', 'height', 'fps', 'bytes'],
    ...['has_audio', 'container', 'video_codec', 'audio_codec', 'credit', 'folds'],
  ]),
};
