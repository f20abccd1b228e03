import { z } from 'zod';
import type { Category } from '../clues/clue';
import { readSeconds, type Corners, type Interval } from '../clues/clue-reply';

/** What locates the answer, and what is counted: V sees, A hears, A2V hears where and counts what it sees. */
export type Modality = 'V' | 'A' | 'A2V' | 'V2A' | 'AV';

/** `[x1, y1, x2, y2]` in pixels of the displayed frame, or per cent of its size. */
export interface TrueBox {
  timestampSeconds: number;
  box: Corners;
}

export type TrueClues =
  | { kind: 'event'; intervals: readonly Interval[] }
  | { kind: 'object'; boxes: readonly TrueBox[] }
  | { kind: 'attribute'; clusters: readonly (readonly TrueBox[])[] };

/** One question about one file, with its answer. */
export interface Annotation {
  /** Unique in its file: the sample's own number where it has one, else its place. */
  id: string;
  file: string;
  question: string;
  category: Category;
  modality: Modality;
  answer: number;
  /** Null where the item brings none. */
  clues: TrueClues | null;
  boxUnit: 'pixels' | 'percent';
  /** The part of the file that holds the answer, seconds; null: all of it. */
  referenceSeconds: Interval | null;
  /** How sure the annotator was, in his own word. */
  certainty: string | null;
}

export interface Fault {
  /** Which item, by its place, file and question. */
  item: string;
  message: string;
}

export interface AnnotationOptions {
  /** Absent: per cent where no coordinate of the whole file is above 100. */
  boxUnit?: 'pixels' | 'percent';
}

const seconds = z.union([z.number(), z.string()]).transform((value, context) => {
  const read = readSeconds(value);
  if (Number.isFinite(read)) return read;
  context.addIssue({ code: 'custom', message: `“${value}” is no time` });
  return z.NEVER;
});

const count = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\s*\d+(\.0*)?\s*$/, 'is no whole number')
      .transform(Number),
  ])
  .pipe(z.int().nonnegative());

const modalityWords: Readonly<Record<string, Modality>> = {
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

const category = z.enum(['event', 'object', 'attribute']);
const interval = z
  .object({ start: seconds, end: seconds })
  .transform(({ start, end }): Interval => [start, end]);
const box = z.object({
  timestamp: seconds,
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
});
const clues = z.union([z.array(interval), z.array(box), z.array(z.array(box))]);

/** Ours: several questions about a file share an entry; boxes are `[x, y, width, height]`. */
const ownQuestion = z.object({
  question: z.string().trim().min(1),
  category,
  modality,
  answer: count,
  clues: clues.default([]),
  certainty: z.string().optional(),
});
const ownFile = z.object({ file: z.string().min(1) });

/** CG-AV-Counting's, in the spelling of its scripts and of the later ports. */
const benchmarkItem = z.object({
  index: z.union([z.number(), z.string()]).optional(),
  video: z.string().min(1),
  question: z.string().trim().min(1),
  answer: count,
  type: modality,
  category,
  query_interval: z.tuple([seconds, seconds]).nullish(),
  clue: clues.default([]),
});

type RawClues = z.infer<typeof clues>;
type Entry = Record<string, unknown>;

/**
 * Reads an annotation file: a list in the form of `CLIPS.json`, of CG-AV-Counting, or of both. An
 * item that is wrong is named among the faults and left out; the others stand.
 * @param json the parsed file
 */
export function readAnnotations(
  json: unknown,
  options: AnnotationOptions = {},
): { annotations: Annotation[]; faults: Fault[] } {
  const faults: Fault[] = [];
  if (!Array.isArray(json)) {
    faults.push({ item: 'the file', message: 'it holds no list' });
    return { annotations: [], faults };
  }
  const found: Annotation[] = [];
  (json as unknown[]).forEach((value, index) => {
    const entry = typeof value === 'object' && value !== null ? (value as Entry) : {};
    const place = `item ${index + 1}`;
    const read = 'video' in entry ? readBenchmarkItem : readOwnEntry;
    found.push(...read(entry, index, place, faults));
  });
  const boxUnit = options.boxUnit ?? unitOf(found);
  return { annotations: found.map((item) => ({ ...item, boxUnit })), faults };
}

function readBenchmarkItem(
  entry: Entry,
  index: number,
  place: string,
  faults: Fault[],
): Annotation[] {
  const question = entry['question_en'] ?? entry['question'];
  const item = check(
    benchmarkItem,
    { ...entry, question },
    place,
    entry['video'],
    question,
    faults,
  );
  if (!item) return [];
  return [
    {
      id: String(item.index ?? index),
      file: item.video,
      question: item.question,
      category: item.category,
      modality: item.type,
      answer: item.answer,
      clues: toTrueClues(item.clue, ([x1, y1, x2, y2]) => [x1, y1, x2, y2]),
      boxUnit: 'pixels',
      referenceSeconds: item.query_interval ?? null,
      certainty: null,
    },
  ];
}

function readOwnEntry(entry: Entry, index: number, place: string, faults: Fault[]): Annotation[] {
  const named = check(ownFile, entry, place, entry['file'], entry['question'], faults);
  if (!named) return [];
  const others = entry['other_questions'] ?? [];
  if (!Array.isArray(others)) {
    faults.push({ item: `${place} (${named.file})`, message: 'other_questions is no list' });
  }
  const questions = [entry, ...(Array.isArray(others) ? (others as unknown[]) : [])];
  return questions.flatMap((raw, at): Annotation[] => {
    const text = typeof raw === 'object' && raw !== null ? (raw as Entry)['question'] : undefined;
    const item = check(ownQuestion, raw, place, named.file, text, faults);
    if (!item) return [];
    return [
      {
        id: at === 0 ? String(index) : `${index}.${at}`,
        file: named.file,
        question: item.question,
        category: item.category,
        modality: item.modality,
        answer: item.answer,
        clues: toTrueClues(item.clues, ([x, y, width, height]) => [x, y, x + width, y + height]),
        boxUnit: 'pixels',
        referenceSeconds: null,
        certainty: item.certainty ?? null,
      },
    ];
  });
}

function check<T>(
  schema: z.ZodType<T>,
  value: unknown,
  place: string,
  file: unknown,
  question: unknown,
  faults: Fault[],
): T | null {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const details = [file, question].filter((part) => typeof part === 'string').join(': ');
  const issue = result.error.issues[0];
  faults.push({
    item: details ? `${place} (${details})` : place,
    message: `${issue?.path.join('.') || 'item'}: ${issue?.message ?? 'wrong'}`,
  });
  return null;
}

function toTrueClues(raw: RawClues, toCorners: (sides: Corners) => Corners): TrueClues | null {
  const [first] = raw;
  if (first === undefined) return null;
  const place = ({ timestamp, bbox }: z.infer<typeof box>): TrueBox => ({
    timestampSeconds: timestamp,
    box: toCorners(bbox),
  });
  if (isInterval(first)) return { kind: 'event', intervals: raw as Interval[] };
  if (Array.isArray(first)) {
    const clusters = (raw as z.infer<typeof box>[][]).map((cluster) => cluster.map(place));
    return { kind: 'attribute', clusters };
  }
  return { kind: 'object', boxes: (raw as z.infer<typeof box>[]).map(place) };
}

function isInterval(clue: RawClues[number]): clue is Interval {
  return Array.isArray(clue) && typeof clue[0] === 'number';
}

/** The benchmark does not say which unit its boxes have; per cent never goes above 100. */
function unitOf(annotations: readonly Annotation[]): 'pixels' | 'percent' {
  const sides = annotations.flatMap(({ clues }) => {
    if (clues === null || clues.kind === 'event') return [];
    const boxes = clues.kind === 'object' ? clues.boxes : clues.clusters.flat();
    return boxes.flatMap(({ box }) => box);
  });
  return sides.length > 0 && sides.every((side) => side <= 100) ? 'percent' : 'pixels';
}

/** The name that CG-AV-Counting gives to the cut-out reference part of a video. */
export function referenceClipName({ file, referenceSeconds }: Annotation): string | null {
  if (!referenceSeconds) return null;
  const [start, end] = referenceSeconds.map((time) => time.toFixed(2));
  return `${file.replace(/\.[^./]+$/, '')}_${start}_${end}.mp4`;
}
