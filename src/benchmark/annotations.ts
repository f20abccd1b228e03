import type { z } from 'zod';
import type { Category } from '../clues/clue';
import type { Corners, Interval } from '../clues/clue-reply';
import {
  benchmarkItem,
  clueForms,
  knownFields,
  type modalities,
  ownFile,
  ownQuestion,
  type RawBox,
} from './annotation-schema';

/** What locates the answer, and what is counted: V sees, A hears, A2V hears where and counts what it sees. */
export type Modality = (typeof modalities)[number];

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

/** Something that is wrong with an annotation file; a line for each thing. */
export interface Fault {
  /** Which item, by its place, file and question. */
  item: string;
  message: string;
  /** False for a remark: the item stands all the same. */
  leftOut: boolean;
}

export interface AnnotationOptions {
  /** Absent: per cent where no coordinate of the whole file is above 100. */
  boxUnit?: 'pixels' | 'percent';
}

export interface ReadAnnotations {
  annotations: Annotation[];
  faults: Fault[];
}

type Entry = Record<string, unknown>;
const wholeFile = 'the file';

/** Reads the text of an annotation file. @see readAnnotations */
export function readAnnotationText(text: string, options: AnnotationOptions = {}): ReadAnnotations {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `it is no complete JSON (${why.replace(/\s+/g, ' ')})`;
    return { annotations: [], faults: [{ item: wholeFile, message, leftOut: true }] };
  }
  return readAnnotations(json, options);
}

/**
 * Reads an annotation file: a list in the form of `CLIPS.json`, of CG-AV-Counting, or of both. What
 * is wrong is named among the faults, a line for each thing, and the item left out; the others stand.
 * @param json the parsed file
 */
export function readAnnotations(json: unknown, options: AnnotationOptions = {}): ReadAnnotations {
  if (!Array.isArray(json)) {
    const faults = [{ item: wholeFile, message: 'it holds no list', leftOut: true }];
    return { annotations: [], faults };
  }
  const reader = new Reader();
  (json as unknown[]).forEach((value, index) => reader.read(value, index));
  const { found, faults } = reader;
  const unit = options.boxUnit ?? unitOf(found);
  const annotations = found.flatMap(({ annotation, name }) => {
    const beyond = unit === 'percent' && sidesOf(annotation).find((side) => side > 100);
    if (!beyond) return [{ ...annotation, boxUnit: unit }];
    faults.push({ item: name, message: `clue: ${beyond} per cent is outside`, leftOut: true });
    return [];
  });
  return { annotations, faults: [...faults, ...reader.remarks()] };
}

class Reader {
  readonly found: { annotation: Annotation; name: string }[] = [];
  readonly faults: Fault[] = [];
  /** The sample's number → the item that has it. */
  private readonly places = new Map<string, string>();
  private readonly strange = new Map<string, { times: number; first: string }>();

  read(value: unknown, index: number): void {
    const place = `item ${index + 1}`;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.fault(place, 'is no object with fields');
      return;
    }
    const entry = value as Entry;
    if ('video' in entry) this.readBenchmarkItem(entry, index, place);
    else this.readOwnEntry(entry, index, place);
  }

  /** Fields that nobody knows, a line for each, however many items have it. */
  remarks(): Fault[] {
    return [...this.strange].map(([field, { times, first }]) => ({
      item: first,
      message: `the field “${field}” is not known and not used${times > 1 ? `; it is in ${times} items` : ''}`,
      leftOut: false,
    }));
  }

  private readBenchmarkItem(entry: Entry, index: number, place: string): void {
    const question = entry['question_en'] ?? entry['question'];
    const name = nameOf(place, entry['video'], question);
    const item = this.check(benchmarkItem, { ...entry, question }, name, {
      question: 'question_en' in entry ? 'question_en' : 'question',
    });
    const clues = item && this.readClues(item.category, item.clue, 'clue', name, (box) => box);
    if (!item || !clues) return;
    this.remark(entry, knownFields.benchmark, name);
    const given = countOf(clues);
    if (given > 0 && given !== item.answer) {
      const message = `clue: the answer is ${item.answer}, and there are ${given}`;
      this.faults.push({ item: name, message, leftOut: false });
    }
    this.add(name, {
      id: String(item.index ?? index),
      file: item.video,
      question: item.question,
      category: item.category,
      modality: item.type,
      answer: item.answer,
      clues: 'clue' in entry ? clues : null,
      boxUnit: 'pixels',
      referenceSeconds: item.query_interval ?? null,
      certainty: null,
    });
  }

  private readOwnEntry(entry: Entry, index: number, place: string): void {
    const named = this.check(ownFile, entry, nameOf(place, entry['file'], entry['question']));
    if (!named) return;
    const others = entry['other_questions'] ?? [];
    if (!Array.isArray(others))
      this.fault(nameOf(place, named.file), 'other_questions: is no list');
    const questions = [entry, ...(Array.isArray(others) ? (others as unknown[]) : [])];
    questions.forEach((raw, at) => {
      const text = typeof raw === 'object' && raw !== null ? (raw as Entry)['question'] : undefined;
      const name = nameOf(place, named.file, text);
      const item = this.check(ownQuestion, raw, name);
      const form = item && formOf(item.clues[0]);
      const clues =
        form &&
        this.readClues(
          form,
          item.clues,
          'clues',
          name,
          ([x, y, width, height]) => [...[x, y], ...[x + width, y + height]] as unknown as Corners,
        );
      if (!item || (form && !clues)) return;
      const beyond = clues && boxBeyond(clues, entry);
      if (beyond) {
        this.fault(name, `clues: the box ${beyond.join(', ')} reaches beyond the picture`);
        return;
      }
      this.remark(raw as Entry, knownFields.own, name);
      this.add(name, {
        id: at === 0 ? String(index) : `${index}.${at}`,
        file: named.file,
        question: item.question,
        category: item.category,
        modality: item.modality,
        answer: item.answer,
        clues: clues ?? null,
        boxUnit: 'pixels',
        referenceSeconds: null,
        certainty: item.certainty ?? null,
      });
    });
  }

  /** Null after a fault. */
  private readClues(
    form: TrueClues['kind'],
    raw: unknown,
    field: string,
    name: string,
    toCorners: (sides: Corners) => Corners,
  ): TrueClues | null {
    const place = ({ timestamp, bbox }: RawBox): TrueBox => ({
      timestampSeconds: timestamp,
      box: toCorners(bbox),
    });
    const check = <T>(schema: z.ZodType<T>) => this.check(schema, raw, name, {}, field);
    if (form === 'event') {
      const intervals = check(clueForms.event);
      return intervals && { kind: 'event', intervals };
    }
    if (form === 'object') {
      const boxes = check(clueForms.object);
      return boxes && { kind: 'object', boxes: boxes.map(place) };
    }
    const clusters = check(clueForms.attribute);
    return clusters && { kind: 'attribute', clusters: clusters.map((one) => one.map(place)) };
  }

  private check<T>(
    schema: z.ZodType<T>,
    value: unknown,
    name: string,
    spelling: Readonly<Record<string, string>> = {},
    ...path: string[]
  ): T | null {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      const [first = '', ...rest] = [...path, ...issue.path].map(String);
      const where = [spelling[first] ?? first, ...rest].filter(Boolean).join('.');
      const missing = issue.code === 'invalid_type' && issue.input === undefined;
      this.fault(
        name,
        `${where || 'item'}: ${missing && !path.length ? 'is missing or wrong' : issue.message}`,
      );
    }
    return null;
  }

  private add(name: string, annotation: Annotation): void {
    const other = this.places.get(annotation.id);
    if (other !== undefined) {
      this.fault(name, `index: ${annotation.id} is that of ${other} already`);
      return;
    }
    this.places.set(annotation.id, name);
    this.found.push({ annotation, name });
  }

  private remark(entry: Entry, known: ReadonlySet<string>, name: string): void {
    for (const field of Object.keys(entry)) {
      if (known.has(field)) continue;
      const before = this.strange.get(field);
      this.strange.set(field, { times: (before?.times ?? 0) + 1, first: before?.first ?? name });
    }
  }

  private fault(item: string, message: string): void {
    this.faults.push({ item, message, leftOut: true });
  }
}

function nameOf(place: string, ...details: readonly unknown[]): string {
  const known = details.filter((part) => typeof part === 'string').map(shorten);
  return known.length > 0 ? `${place} (${known.join(': ')})` : place;
}

/** A line stays a line, whatever the file holds. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

/** What the first clue is, the others must be; undefined where there is none. */
function formOf(first: unknown): TrueClues['kind'] | undefined {
  if (first === undefined) return undefined;
  if (Array.isArray(first)) return 'attribute';
  return typeof first === 'object' && first !== null && 'start' in first ? 'event' : 'object';
}

/** A box that does not lie in the picture, where the entry says how large that is. */
function boxBeyond(clues: TrueClues, { width, height }: Entry): Corners | undefined {
  if (clues.kind === 'event' || typeof width !== 'number' || typeof height !== 'number') return;
  const boxes = clues.kind === 'object' ? clues.boxes : clues.clusters.flat();
  // Who draws a box up to the edge may be a pixel off.
  return boxes.find(({ box }) => box[2] > width + 1 || box[3] > height + 1)?.box;
}

/** How many units of an answer the clues stand for. */
export function countOf(clues: TrueClues): number {
  if (clues.kind === 'event') return clues.intervals.length;
  return clues.kind === 'object' ? clues.boxes.length : clues.clusters.length;
}

/** The benchmark does not say which unit its boxes have; per cent never goes above 100. */
function unitOf(found: readonly { annotation: Annotation }[]): 'pixels' | 'percent' {
  let any = false;
  for (const { annotation } of found) {
    for (const side of sidesOf(annotation)) {
      if (side > 100) return 'pixels';
      any = true;
    }
  }
  return any ? 'percent' : 'pixels';
}

function sidesOf({ clues }: Annotation): readonly number[] {
  if (clues === null || clues.kind === 'event') return [];
  const boxes = clues.kind === 'object' ? clues.boxes : clues.clusters.flat();
  return boxes.flatMap(({ box }) => box);
}

/** The name that CG-AV-Counting gives to the cut-out reference part of a video. */
export function referenceClipName({ file, referenceSeconds }: Annotation): string | null {
  if (!referenceSeconds) return null;
  const [start, end] = referenceSeconds.map((time) => time.toFixed(2));
  return `${file.replace(/\.[^./]+$/, '')}_${start}_${end}.mp4`;
}
