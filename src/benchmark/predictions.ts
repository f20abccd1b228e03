import type { Annotation, TrueBox } from './annotations';
import type { Setting } from './settings';

/*
 * Predictions as the released scripts write and read them: a folder with a file `<index>.txt` for
 * each item, a line of JSON in each: `{"pred": …, "gt": …, "input": …}`. The scripts read every line
 * of every such file and pass over fields that they do not know, so many lines in one file are a
 * run, too.
 */

/** Which run a line belongs to: lines of different runs are not to be mixed. */
export interface RunIdentity {
  setting: Setting;
  thinks: boolean;
  /** Id and sha256 of the model's manifest: `nano@4f2a…`. */
  model: string;
  /** sha256 of the annotation file: two files may number different items alike. */
  annotations?: string;
}

/** A line as we write it. */
export interface PredictionLine {
  index: string;
  /** What the model wrote, in the form that the setting asks for. */
  pred: string;
  gt: number;
  /** The item in the benchmark's own spelling. */
  input: ReleaseItem;
  run: RunIdentity;
  /** Whether the model covers the question, and why not. */
  covered: boolean;
  reason?: string;
  seconds: number;
}

/** A line as anybody writes it. */
export interface Prediction {
  index: string;
  pred: unknown;
  /** Absent where another program wrote it. */
  run?: RunIdentity;
}

/** An item of `cg-av-counting.json`. */
export type ReleaseItem = ReturnType<typeof toReleaseItem>;

/** An annotation in the spelling of the released scripts. */
export function toReleaseItem(annotation: Annotation) {
  const { id, file, question, answer, modality, category, referenceSeconds, clues } = annotation;
  const place = ({ timestampSeconds, box }: TrueBox) => ({
    timestamp: timestampSeconds,
    bbox: box,
  });
  const clue =
    clues?.kind === 'event'
      ? clues.intervals.map(([start, end]) => ({ start, end }))
      : clues?.kind === 'object'
        ? clues.boxes.map(place)
        : (clues?.clusters.map((cluster) => cluster.map(place)) ?? []);
  return {
    index: /^\d{1,15}$/.test(id) ? Number(id) : id,
    video: file,
    question_en: question,
    question,
    answer,
    type: modality,
    category,
    ...(referenceSeconds && { query_interval: referenceSeconds }),
    clue,
  };
}

/** The name that the released scripts give to an item's file. */
export const predictionFileName = (index: string): string =>
  `${index.replace(/[^\w.-]/g, '_')}.txt`;

/** As one line, its end included. */
export const writePrediction = (line: PredictionLine): string => `${JSON.stringify(line)}\n`;

/**
 * Reads one line. Null where it is none: the last line of a run that was stopped may be half a line.
 * @param fileName where the line itself names no item, the file does
 */
export function readPrediction(line: string, fileName = ''): Prediction | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('pred' in value)) return null;
  const { index, pred, input, line: older, run } = value as Record<string, unknown>;
  const item = (input ?? older ?? {}) as { index?: unknown };
  const stem = fileName.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
  const named = [index, item.index, stem].find(
    (name) => typeof name === 'number' || (typeof name === 'string' && name !== ''),
  ) as number | string | undefined;
  if (named === undefined) return null;
  return { index: String(named), pred, ...(isRun(run) && { run }) };
}

function isRun(value: unknown): value is RunIdentity {
  return typeof value === 'object' && value !== null && 'setting' in value && 'model' in value;
}

/** A line that does not say of which annotation file it is may be of any. */
export function isSameRun(a: RunIdentity, b: RunIdentity): boolean {
  const isSameFile = [a, b].some(({ annotations }) => annotations === undefined);
  return (
    a.setting === b.setting &&
    a.thinks === b.thinks &&
    a.model === b.model &&
    (isSameFile || a.annotations === b.annotations)
  );
}
