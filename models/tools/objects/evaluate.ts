// Runs the object tower on clips and photographs with known counts.
//   npx tsx models/tools/objects/evaluate.ts [--media DIR] [--dump DIR] [--only clips|coco128]
// Writes results.json beside this file (its part of it with --only); --dump writes every proposal,
// in the form that models/tools/decoder/evaluate.py reads.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ObjectProposal } from '../../../src/families/nano/proposal';
import { countStatistics } from './count-statistics';
import { config, framesOf, openGraph, proposalsOf, type Seen } from './runner';

const { values: options } = parseArgs({
  options: {
    media: { type: 'string', default: '../shared/media' },
    dump: { type: 'string' },
    only: { type: 'string' },
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
const CLIP_THRESHOLD = 0.5;
const CLASS_SCORE = 0.2;
const RESULTS = `${import.meta.dirname}/results.json`;

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
      proposals: proposals.map((one) => ({
        ...one,
        classScores: [...one.classScores].map(short),
        peakScores: [...one.peakScores].map(short),
        colours: [...one.colours].map(short),
      })),
    }),
  );
  writeFileSync(path.join(options.dump, `${name}.jsonl`), lines.join('\n') + '\n');
}

async function seeClips(): Promise<object> {
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
    const proposals = await proposalsOf(graph, clip, frames);
    milliseconds += performance.now() - began;
    frameCount += frames.length;
    clips.push({ file: entry.file, clip, truth, present: Object.keys(truth), proposals });
  }
  dump('clips', clips);
  const rows = clips.flatMap((seen) =>
    Object.entries(seen.truth).map(([label, truth]) => ({
      file: seen.file,
      label,
      truth,
      counted: countOf(seen, label, CLIP_THRESHOLD),
      countedByScore: countByScore(seen, label),
      proposals: seen.proposals.length,
    })),
  );
  console.table(rows);
  console.log(`${(milliseconds / frameCount).toFixed(0)} ms a frame over ${frameCount} frames`);
  return { threshold: CLIP_THRESHOLD, classScore: CLASS_SCORE, rows };
}

async function seePhotographs(): Promise<object> {
  const graph = await openGraph();
  const pictures: Seen[] = [];
  for (const { file, width, height, counts, min_box_px } of read<PictureEntry[]>(
    'coco128/COUNTS.json',
  )) {
    const source = path.join(options.media, 'coco128', file);
    const clip = { path: source, width, height, durationSeconds: 0, fps: 0 };
    const truth = Object.fromEntries(
      Object.entries(counts).filter(
        ([label, count]) => count <= 8 && (min_box_px[label] ?? 0) >= 32,
      ),
    );
    const present = Object.keys(counts);
    pictures.push({ file, clip, truth, present, proposals: await proposalsOf(graph, clip) });
  }
  dump('coco128', pictures);
  const result = countStatistics(pictures, config.labels);
  console.table(result.absolute);
  console.log(JSON.stringify(result.crossValidated));
  return result;
}

const results = (existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {}) as Record<
  string,
  unknown
>;
if (options.only !== 'coco128') results['clips'] = await seeClips();
if (options.only !== 'clips') results['photographs'] = await seePhotographs();
writeFileSync(RESULTS, JSON.stringify(results, null, 2) + '\n');
