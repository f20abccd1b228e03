import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  readAnnotationText,
  referenceClipName,
  type Annotation,
  type TrueBox,
} from '../src/benchmark/annotations';
import type { FoldPair } from './cross-validation.ts';
import type { Item } from './score.ts';

/* The questions of every suite. */

export interface EscClip {
  fold: number;
  file: string;
  class: string;
  count: number;
  certainty: string;
}

interface Photograph {
  file: string;
  counts: Record<string, number>;
  boxes: Record<string, [number, number, number, number][]>;
  min_box_px: Record<string, number>;
}

const escQuestions: Record<string, string> = {
  dog: 'How many times does the dog bark?',
  rooster: 'How many times does the rooster crow?',
  sneezing: 'How many sneezes are there?',
  clock_tick: 'How many times does the clock tick?',
};

/** ESC-10's name of a class → its folder. */
const escFolders: Record<string, string> = {
  dog: 'Dog bark',
  rooster: 'Rooster',
  sneezing: 'Person sneeze',
  clock_tick: 'Clock tick',
};

/** Objects of a photograph are judged from this many pixels on, and up to this many of a class. */
const leastPixels = 32;
const mostInstances = 8;

export const plurals: Record<string, string> = {
  ...{ person: 'people', bus: 'buses', bench: 'benches', sheep: 'sheep', knife: 'knives' },
  ...{ 'wine glass': 'wine glasses', sandwich: 'sandwiches', couch: 'couches' },
  ...{ toothbrush: 'toothbrushes', mouse: 'mice', scissors: 'scissors', skis: 'skis' },
  ...{ broccoli: 'pieces of broccoli' },
};

export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

/** An annotation file as items; its faults go to `warn`. */
export function annotatedItems(
  path: string,
  media: string,
  suite: string,
  warn: (line: string) => void,
  groupOf: (annotation: Annotation) => string = ({ category }) => category,
): Item[] {
  const { annotations, faults } = readAnnotationText(readFileSync(path, 'utf8'));
  for (const { item, message, leftOut } of faults) {
    warn(`${leftOut ? 'left out' : 'note'}: ${item}: ${message}`);
  }
  return annotations.map((annotation) => ({
    ...located(annotation, media),
    suite,
    group: groupOf(annotation),
    note: 'as shipped',
  }));
}

/** The file, or, where only the cut-out reference part is there, that part with its own clock. */
function located(annotation: Annotation, media: string): Annotation {
  const whole = join(media, annotation.file);
  const cut = referenceClipName(annotation);
  if (existsSync(whole) || cut === null || !existsSync(join(media, cut))) {
    return { ...annotation, file: whole };
  }
  const start = annotation.referenceSeconds![0];
  const { clues } = annotation;
  const moved = ({ timestampSeconds, box }: TrueBox): TrueBox => ({
    timestampSeconds: timestampSeconds - start,
    box,
  });
  const shifted: Annotation['clues'] =
    clues?.kind === 'event'
      ? { kind: 'event', intervals: clues.intervals.map(([a, b]) => [a - start, b - start]) }
      : clues?.kind === 'object'
        ? { kind: 'object', boxes: clues.boxes.map(moved) }
        : clues && { kind: 'attribute', clusters: clues.clusters.map((one) => one.map(moved)) };
  return { ...annotation, file: join(media, cut), clues: shifted };
}

const escItem = { category: 'event', modality: 'A', clues: null, boxUnit: 'pixels' } as const;

/** The clips whose events were counted for sure. */
export function escItems(media: string, folds: readonly number[]): Item[] {
  return readJson<EscClip[]>(join(media, 'esc10', 'COUNTS.json'))
    .filter((clip) => clip.certainty === 'high' && folds.includes(clip.fold))
    .map((clip) => ({
      ...escItem,
      suite: 'ESC-10',
      group: clip.class,
      file: join(media, 'esc10', clip.file),
      question: escQuestions[clip.class] ?? `How many ${clip.class} sounds are there?`,
      answer: clip.count,
      note: '',
    }));
}

/** Each of the four questions about the clips of all other classes: the answer is 0. */
export function escAbsentItems(media: string, folds: readonly number[]): Item[] {
  const [, ...lines] = readFileSync(join(media, 'esc10', 'ESC10.csv'), 'utf8')
    .trim()
    .split('\n');
  const clips = lines.map((line) => {
    const [path = '', , fold] = line.split(',');
    return { path, fold: Number(fold) };
  });
  return clips
    .filter(({ fold }) => folds.includes(fold))
    .flatMap(({ path }) =>
      Object.entries(escQuestions)
        .filter(([name]) => !path.includes(escFolders[name]!))
        .map(([name, question]) => ({
          ...escItem,
          suite: 'ESC-10, absent',
          group: name,
          file: join(media, 'esc10', path),
          question,
          answer: 0,
          note: '',
        })),
    );
}

/** Photographs as clips of one frame, for the classes that are there in countable numbers. */
export function photographItems(media: string): Item[] {
  const folder = join(media, 'coco128');
  return readJson<Photograph[]>(join(folder, 'COUNTS.json')).flatMap((picture) =>
    Object.entries(picture.counts)
      .filter(
        ([name, n]) => n >= 1 && n <= mostInstances && picture.min_box_px[name]! > leastPixels,
      )
      .map(([name, answer]): Item => ({
        suite: 'COCO128',
        group: answer === 1 ? 'one' : answer <= 3 ? 'two or three' : 'four to eight',
        file: join(folder, picture.file),
        question: `How many ${plurals[name] ?? `${name}s`} are there?`,
        category: 'object',
        modality: 'V',
        answer,
        clues: {
          kind: 'object',
          boxes: picture.boxes[name]!.map(([x, y, width, height]) => ({
            timestampSeconds: 0,
            box: [x, y, x + width, y + height],
          })),
        },
        boxUnit: 'pixels',
        note: 'photographs that the detector was trained on',
      })),
  );
}

/** Of items whose sound tower has not heard their recordings. */
export const unheard = 'recordings not trained on';

/**
 * The generated scenes of one noise level.
 * @param bundles fold pair whose recordings a scene is made of → the bundle whose sound tower has not
 *   heard them
 */
export function generatedItems(
  folder: string,
  level: string,
  bundles: Readonly<Record<FoldPair, string>>,
  warn: (line: string) => void,
): Item[] {
  const path = join(folder, `${level}.json`);
  const folds = new Map(
    readJson<{ file: string; folds: FoldPair }[]>(path).map(({ file, folds }) => [file, folds]),
  );
  const group = ({ modality, category }: Annotation) => `${category}, ${modality}`;
  const items = annotatedItems(path, folder, `generated, ${level} noise`, warn, group);
  const made = items.filter(({ file }) => existsSync(file));
  if (made.length < items.length) {
    warn(`${items.length - made.length} clips of the ${level} noise level are not made yet.`);
  }
  return made.map((item) => {
    const pair = folds.get(item.file.slice(folder.length + 1))!;
    return { ...item, note: unheard, bundle: bundles[pair] };
  });
}
