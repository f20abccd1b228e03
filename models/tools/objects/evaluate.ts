// Runs the object tower on clips and photographs with known counts.
//   npx tsx models/tools/objects/evaluate.ts [--media DIR] [--dump DIR] [--clips-only]
// Writes results.json beside this file (not with --clips-only); --dump writes every proposal.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ObjectProposal } from '../../../src/families/nano/proposal';
import { config, framesOf, openGraph, proposalsOf, type Clip } from './runner';

const { values: options } = parseArgs({
  options: {
    media: { type: 'string', default: '../shared/media' },
    dump: { type: 'string' },
    'clips-only': { type: 'boolean', default: false },
  },
});

/** What is to be seen in the clips, by COCO class; see CLIPS.json there. */
const CLIP_TRUTH: Record<string, Record<string, number>> = {
  'bottles_on_shelf.mp4': { bottle: 3 },
  'cars_from_above.mp4': { car: 4 },
  'people_one_by_one.mp4': { person: 6 },
  'squats_5fps.mp4': { person: 1 },
  'pull_ups.mov': { person: 1 },
};
const SMALLEST_SIDE = 32;
const LARGEST_COUNT = 8;
const CLIP_THRESHOLD = 0.5;
const CLASS_SCORE = 0.2;
const THRESHOLDS = [0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55];

interface ClipEntry {
  file: string;
  duration: number;
  width: number;
  height: number;
  fps: number;
}
interface PictureEntry {
  file: string;
  width: number;
  height: number;
  counts: Record<string, number>;
  min_box_px: Record<string, number>;
}
interface Seen {
  file: string;
  clip: Clip;
  truth: Record<string, number>;
  proposals: ObjectProposal[];
}

const read = <T>(name: string) =>
  JSON.parse(readFileSync(path.join(options.media, name), 'utf8')) as T;

/** The class a plain rule would name: the best one. */
function labelOf(proposal: ObjectProposal): string {
  return config.labels[proposal.classScores.indexOf(Math.max(...proposal.classScores))] ?? '';
}

function countOf(seen: Seen, label: string, threshold: number): number {
  return seen.proposals.filter((one) => labelOf(one) === label && one.confidence >= threshold)
    .length;
}

/** Counts whatever may well be of the class, even where another class scores higher. */
function countByScore(seen: Seen, label: string): number {
  const index = config.labels.indexOf(label);
  return seen.proposals.filter((one) => (one.classScores[index] ?? 0) >= CLASS_SCORE).length;
}

function dump(name: string, all: readonly Seen[]): void {
  if (!options.dump) return;
  mkdirSync(options.dump, { recursive: true });
  const short = (value: number) => Number(value.toFixed(4));
  const lines = all.map(({ file, clip, truth, proposals }) =>
    JSON.stringify({
      file,
      duration: clip.durationSeconds,
      width: clip.width,
      height: clip.height,
      truth,
      proposals: proposals.map((one) => ({ ...one, classScores: [...one.classScores].map(short) })),
    }),
  );
  writeFileSync(path.join(options.dump, `${name}.jsonl`), lines.join('\n') + '\n');
}

async function main(): Promise<void> {
  const graph = await openGraph();
  const clips: Seen[] = [];
  let [frameCount, milliseconds] = [0, 0];
  for (const entry of read<ClipEntry[]>('clips/CLIPS.json')) {
    const truth = CLIP_TRUTH[entry.file];
    if (!truth) continue;
    const clip = {
      path: path.join(options.media, 'clips', entry.file),
      width: entry.width,
      height: entry.height,
      durationSeconds: entry.duration,
      fps: entry.fps,
    };
    const frames = framesOf(clip);
    const began = performance.now();
    clips.push({
      file: entry.file,
      clip,
      truth,
      proposals: await proposalsOf(graph, clip, frames),
    });
    milliseconds += performance.now() - began;
    frameCount += frames.length;
  }
  dump('clips', clips);
  const clipRows = clips.flatMap((seen) =>
    Object.entries(seen.truth).map(([label, truth]) => ({
      file: seen.file,
      label,
      truth,
      counted: countOf(seen, label, CLIP_THRESHOLD),
      countedByScore: countByScore(seen, label),
      proposals: seen.proposals.length,
    })),
  );
  console.table(clipRows);
  console.log(`${(milliseconds / frameCount).toFixed(0)} ms a frame over ${frameCount} frames`);
  if (options['clips-only']) return;

  const pictures: Seen[] = [];
  const pairs: { seen: Seen; label: string; truth: number }[] = [];
  for (const entry of read<PictureEntry[]>('coco128/COUNTS.json')) {
    const { file, width, height, counts } = entry;
    const source = path.join(options.media, 'coco128', file);
    const clip = { path: source, width, height, durationSeconds: 0, fps: 0 };
    const seen = { file, clip, truth: counts, proposals: await proposalsOf(graph, clip) };
    pictures.push(seen);
    for (const [label, truth] of Object.entries(counts)) {
      if (truth > LARGEST_COUNT || (entry.min_box_px[label] ?? 0) < SMALLEST_SIDE) continue;
      pairs.push({ seen, label, truth });
    }
  }
  dump('coco128', pictures);
  const pictureRows = THRESHOLDS.map((threshold) => {
    const errors = pairs.map(({ seen, label, truth }) => countOf(seen, label, threshold) - truth);
    const share = (keep: (error: number) => boolean) =>
      Number((errors.filter(keep).length / errors.length).toFixed(3));
    const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    return {
      threshold,
      exact: share((error) => error === 0),
      withinOne: share((error) => Math.abs(error) <= 1),
      bias: Number(bias.toFixed(2)),
    };
  });
  console.log(`${pairs.length} classes in ${pictures.length} photographs`);
  console.table(pictureRows);
  const results = {
    rule: 'tracks whose best class is asked for, with a confidence of at least the threshold',
    clips: { threshold: CLIP_THRESHOLD, classScore: CLASS_SCORE, rows: clipRows },
    photographs: {
      pairs: pairs.length,
      counts: `1 to ${LARGEST_COUNT}, every instance at least ${SMALLEST_SIDE} px`,
      rows: pictureRows,
    },
  };
  writeFileSync(`${import.meta.dirname}/results.json`, JSON.stringify(results, null, 2) + '\n');
}

await main();
