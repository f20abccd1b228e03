import { copyFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { readJson } from '../evaluation-items.ts';
import { generatedItems, type CluesOf, type GeneratedItem } from './generated-items.ts';
import { root } from '../site.ts';

/*
 * A small benchmark in the form of CG-AV-Counting, made of the clips whose counts are known: the same
 * file at every making. Its boxes are pixels.
 */

/** What is known of a clip. */
interface Clip {
  path: string;
  durationSeconds: number;
  clues: readonly KnownClue[];
}

interface KnownClue {
  start: number;
  /** Of what has no end, its start. */
  end: number;
  label: string;
  box?: readonly [number, number, number, number];
}

/** Around the clues, the reference part takes in so much more, seconds. */
const marginSeconds = 1;

/**
 * Writes `cg-av-counting.json` with the clips beside it.
 * @param clips folder with `CLIPS.json`; without it there are only the questions about the samples
 * @returns the path of the annotation file
 */
export async function makeBenchmark(
  folder: string,
  clips: string,
  log: (line: string) => void,
): Promise<string> {
  const known = new Map([...(await readSamples()), ...readClips(clips)]);
  const items = generatedItems.filter(({ file }) => known.has(file));
  if (items.length < generatedItems.length) {
    log(
      `There are no clips in ${clips}: the benchmark has ${items.length} questions about the ` +
        `samples instead of ${generatedItems.length}.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  for (const file of new Set(items.map((item) => item.file)))
    copyIfNew(known.get(file)!.path, join(folder, file));
  const path = join(folder, 'cg-av-counting.json');
  const entries = items.map((item, index) => toEntry(item, index, known.get(item.file)!));
  writeFileSync(path, `${JSON.stringify(entries, null, 1)}\n`);
  return path;
}

function toEntry(item: GeneratedItem, index: number, clip: Clip) {
  const { file, question, answer, type, category, clues } = item;
  const groups = clues ? choose(clues, clip.clues) : [];
  const chosen = groups.flat();
  const [start, end] =
    chosen.length === 0
      ? [0, clip.durationSeconds]
      : [
          Math.max(0, Math.min(...chosen.map((clue) => clue.start)) - marginSeconds),
          Math.min(
            clip.durationSeconds,
            Math.max(...chosen.map((clue) => clue.end)) + marginSeconds,
          ),
        ];
  // The dataset writes some of its times as text.
  const time = (seconds: number): number | string =>
    index % 2 === 0 ? round(seconds) : round(seconds).toFixed(2);
  const place = (clue: KnownClue) => ({ timestamp: time(clue.start), bbox: clue.box });
  return {
    index,
    video: file,
    question_en: question,
    answer,
    type,
    category,
    query_interval: [time(start), time(end)],
    ...(clues && {
      clue:
        category === 'event'
          ? chosen.map((clue) => ({ start: time(clue.start), end: time(clue.end) }))
          : category === 'object'
            ? chosen.map(place)
            : groups.map((group) => group.map(place)),
    }),
  };
}

const round = (seconds: number): number => Number(seconds.toFixed(2));

/** A group for each cluster; else one of all. */
function choose(which: CluesOf, clues: readonly KnownClue[]): KnownClue[][] {
  const within = (span: readonly [number, number]) => (clue: KnownClue) =>
    clue.start >= span[0] && clue.start <= span[1];
  if ('own' in which) return [which.own === 'all' ? [...clues] : clues.filter(within(which.own))];
  if ('labels' in which) return [clues.filter(({ label }) => which.labels.includes(label))];
  const seen = which.within ? clues.filter(within(which.within)) : clues;
  return which.clusters.map((labels) => seen.filter(({ label }) => labels.includes(label)));
}

function readClips(folder: string): [string, Clip][] {
  const path = join(folder, 'CLIPS.json');
  if (!existsSync(path)) return [];
  interface Entry {
    file: string;
    duration: number;
    clues: {
      start?: number;
      end?: number;
      timestamp?: number;
      bbox?: [number, number, number, number];
      label?: string;
    }[];
  }
  return readJson<Entry[]>(path).map(({ file, duration, clues }) => [
    file,
    {
      path: join(folder, file),
      durationSeconds: duration,
      clues: clues.map(({ start, end, timestamp = 0, bbox, label = '' }) => ({
        ...{ start: start ?? timestamp, end: end ?? timestamp, label },
        ...(bbox && { box: [bbox[0], bbox[1], bbox[0] + bbox[2], bbox[1] + bbox[3]] as const }),
      })),
    },
  ]);
}

async function readSamples(): Promise<[string, Clip][]> {
  const folder = join(root, 'models', 'served', 'samples');
  interface Entry {
    file: string;
    clues: {
      startSeconds?: number;
      endSeconds?: number;
      timestampSeconds?: number;
      box?: [number, number, number, number];
      label: string;
    }[];
  }
  const samples = readJson<Entry[]>(join(folder, 'samples.json'));
  return Promise.all(
    samples.map(async ({ file, clues }): Promise<[string, Clip]> => {
      const path = join(folder, file);
      using input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
      return [
        file,
        {
          path,
          durationSeconds: await input.computeDuration(),
          clues: clues.map(({ startSeconds, endSeconds, timestampSeconds = 0, box, label }) => ({
            ...{ start: startSeconds ?? timestampSeconds, end: endSeconds ?? timestampSeconds },
            ...{ label, ...(box && { box }) },
          })),
        },
      ];
    }),
  );
}

function copyIfNew(from: string, to: string): void {
  const there = statSync(to, { throwIfNoEntry: false });
  const source = statSync(from);
  if (there?.size === source.size && there.mtimeMs >= source.mtimeMs) return;
  copyFileSync(from, to);
}
