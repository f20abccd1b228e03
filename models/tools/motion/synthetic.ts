import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { Recording } from '../../../src/families/nano/motion/recording';
import { findCycles } from '../../../src/families/nano/motion/watch';
import type { CycleProposal } from '../../../src/families/nano/proposal';
import { config } from './runner';
import { makeScene } from './scene';

/*
 * Real proposals of the cycle tower for made-up clips, with the truth: figures that exercise, balls,
 * pendulums and hammers, and clips without repetition. The joints are made, too, with a pose model's
 * errors, so no graph runs.
 *   npx tsx models/tools/motion/synthetic.ts [--from 0] [--count 400] [--seed 1] [--dump FILE] [--results FILE]
 * The dump is for training the decoder; clips that are in it already are not made again.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '400' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    dump: { type: 'string', default: '.cache/motion/dump.jsonl' },
    results: { type: 'string' },
  },
});

interface Line {
  seed: number;
  kind: string;
  duration: number;
  cycles: { label: string; start: number; end: number }[];
  proposals: {
    start: number;
    end: number;
    confidence: number;
    scores: Record<string, number>;
    regularity: number;
    amplitude: number;
    periodRatio: number;
  }[];
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;

function toLine(seed: number): Line {
  const scene = makeScene(seed);
  const recording = new Recording(config);
  const side = { width: scene.frames[0]!.width, height: scene.frames[0]!.height };
  scene.frames.forEach((frame, at) => recording.add(frame, scene.poses[at]!));
  const proposals = findCycles(recording, config, side);
  return {
    seed,
    kind: scene.kind,
    duration: round(scene.durationSeconds),
    cycles: scene.cycles.map(({ label, start, end }) => ({
      label,
      start: round(start),
      end: round(end),
    })),
    proposals: proposals.map(toPlain),
  };
}

function toPlain(proposal: CycleProposal): Line['proposals'][number] {
  return {
    start: round(proposal.startSeconds),
    end: round(proposal.endSeconds),
    confidence: round(proposal.confidence),
    scores: Object.fromEntries(
      config.labels.flatMap((label, at) => {
        const score = round(proposal.classScores[at]!);
        return score > 0.005 ? [[label, score]] : [];
      }),
    ),
    regularity: round(proposal.regularity),
    amplitude: round(proposal.amplitude),
    periodRatio: round(proposal.periodRatio),
  };
}

mkdirSync(dirname(values.dump), { recursive: true });
const made = new Map<number, Line>();
if (existsSync(values.dump)) {
  for (const text of readFileSync(values.dump, 'utf8').split('\n')) {
    if (text === '') continue;
    const line = JSON.parse(text) as Line;
    made.set(line.seed, line);
  }
}
const lines: Line[] = [];
for (let at = Number(values.from); at < Number(values.count); at++) {
  const seed = Number(values.seed) * 100_000 + at;
  let line = made.get(seed);
  if (!line) {
    line = toLine(seed);
    appendFileSync(values.dump, `${JSON.stringify(line)}\n`);
  }
  lines.push(line);
  if (at % 20 === 19) process.stderr.write(`\r${at + 1} clips`);
}
process.stderr.write('\n');

const figures: Record<string, object> = {};
const kinds = [...new Set(lines.map(({ kind }) => kind))].sort();
for (const kind of [...kinds, 'with repetitions', 'without']) {
  const own = lines.filter((line) =>
    kind === 'with repetitions'
      ? line.cycles.length > 0
      : kind === 'without'
        ? line.cycles.length === 0
        : line.kind === kind,
  );
  const off = own.map(({ cycles, proposals }) =>
    Math.abs(proposals.filter(({ confidence }) => confidence >= 0.5).length - cycles.length),
  );
  const share = (test: (error: number) => boolean): number =>
    Math.round((1000 * off.filter(test).length) / own.length) / 1000;
  const named = own.filter(({ kind: label, proposals }) =>
    proposals.some(({ scores }) => {
      const best = Object.entries(scores).filter(([name]) => name !== 'repetition');
      return best.length > 0 && best.sort((a, b) => b[1] - a[1])[0]![0] === label;
    }),
  ).length;
  figures[kind] = {
    clips: own.length,
    exact: share((error) => error === 0),
    withinOne: share((error) => error <= 1),
    named: Math.round((1000 * named) / own.length) / 1000,
  };
}
console.table(figures);
if (values.results) {
  const known = existsSync(values.results)
    ? (JSON.parse(readFileSync(values.results, 'utf8')) as object)
    : {};
  writeFileSync(values.results, `${JSON.stringify({ ...known, synthetic: figures }, null, 2)}\n`);
}
