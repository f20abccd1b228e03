import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { motionFrameTimes } from '../../../src/families/nano/motion/frame-times';
import { Watcher } from '../../../src/families/nano/motion/watch';
import { config, openClip, openGraph, pick } from './runner';

/*
 * The cycle tower on real clips with known counts, and on what can be made of them: mirrored, in slow
 * motion, at 5 frames a second, seen by a camera that moves.
 *   npx tsx models/tools/motion/evaluate.ts --media DIR [--only NAME] [--results FILE]
 * With --only, the clips whose name has NAME in it; the rest of the results stays.
 */
const { values } = parseArgs({
  options: {
    media: { type: 'string' },
    only: { type: 'string', default: '' },
    results: { type: 'string', default: `${import.meta.dirname}/results.json` },
  },
});
if (!values.media) throw new Error('--media names the folder with the clips');

/** File → how often it shows a repetition (CLIPS.json and ODD.json). */
const CLIPS: Record<string, number> = {
  'clips/pull_ups.mov': 5,
  'clips/squats_5fps.mp4': 3,
  'odd/pullups_rot90_displaymatrix.mp4': 5,
  'clips/cars_from_above.mp4': 0,
  'clips/bottles_on_shelf.mp4': 0,
  'odd/black_silence_3s.mp4': 0,
};
/** Name → ffmpeg filter. */
const CHANGES: Record<string, string> = {
  mirrored: 'hflip',
  'slow motion × 0.5': 'setpts=2*PTS',
  '5 frames a second': 'fps=5',
  'moving camera':
    'crop=0.8*iw:0.8*ih:0.1*iw+0.06*iw*sin(1.7*t)+0.015*iw*sin(7*t):0.1*ih+0.05*ih*sin(2.3*t+1)',
  'twice as fast': 'setpts=0.5*PTS',
};
const MIN_CONFIDENCE = 0.5;

const graph = await openGraph();
const rows: object[] = [];
let frames = 0;
let lookMs = 0;
let finishMs = 0;
let clips = 0;
for (const [file, truth] of Object.entries(CLIPS)) {
  if (!file.includes(values.only)) continue;
  const path = `${values.media}/${file}`;
  if (!existsSync(path)) {
    console.warn(`${file} is not there: left out`);
    continue;
  }
  const changes = truth > 0 && file.startsWith('clips/') ? Object.entries(CHANGES) : [];
  for (const [change, filter] of [['as it is', ''], ...changes] as [string, string][]) {
    const clip = openClip(path, filter);
    const watcher = new Watcher({ pose: graph }, config, clip.info.video!);
    const chosen = pick(clip.frames, motionFrameTimes(clip.info, config.sampling));
    const started = process.cpuUsage();
    for (const frame of chosen) await watcher.look(frame);
    const looked = process.cpuUsage(started);
    const proposals = watcher.finish();
    const finished = process.cpuUsage(started);
    frames += chosen.length;
    lookMs += (looked.user + looked.system) / 1000;
    finishMs += (finished.user + finished.system - looked.user - looked.system) / 1000;
    clips++;
    const sure = proposals.filter(({ confidence }) => confidence >= MIN_CONFIDENCE);
    const totals = config.labels
      .slice(0, -1)
      .map((label, at) => ({ label, sum: sure.reduce((sum, p) => sum + p.classScores[at]!, 0) }))
      .sort((a, b) => b.sum - a.sum);
    const row = {
      file,
      change,
      truth,
      counted: sure.length,
      best: sure.length > 0 ? totals[0]!.label : '',
    };
    rows.push(row);
    console.log(Object.values(row).join('  '));
  }
}
interface Results {
  clips?: { file: string }[];
}
const results = existsSync(values.results)
  ? (JSON.parse(readFileSync(values.results, 'utf8')) as Results)
  : {};
const round = (value: number): number => Math.round(value * 10) / 10;
const kept = (results.clips ?? []).filter(({ file }) => !file.includes(values.only));
writeFileSync(
  values.results,
  `${JSON.stringify(
    {
      ...results,
      clips: [...kept, ...rows],
      cpuMillisecondsPerFrame: round(lookMs / frames),
      cpuMillisecondsToFinish: round(finishMs / clips),
    },
    null,
    2,
  )}\n`,
);
