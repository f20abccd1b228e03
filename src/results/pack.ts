import { z } from 'zod';
import type { Box, BoxAtTime, Clue } from '../clues/clue';
import type { ReviewedClue } from '../clues/review';
import { resultSchemaId, resultVersion, type CountResult } from './result-schema';

/*
 * The short form of a result, for links: times in hundredths of a second, boxes in whole pixels,
 * numbers as steps from the ones before, labels in a table. The model's own clues and its first
 * thoughts on a moved one stay behind; the review is whole.
 */

const box = z.tuple([z.int(), z.int(), z.int(), z.int()]);

/** `[label, time, length, belief in per cent or −1, flags, box, path…]`; the box is [] where unseen. */
const packedClue = z.tuple([
  z.int().nonnegative(),
  z.int(),
  z.int().nonnegative(),
  z.int().min(-1).max(100),
  z.int().nonnegative(),
  z.union([box, z.tuple([])]),
  z.array(z.int()),
]);

const packedSchema = z.object({
  /** Version of this form. */
  v: z.literal(1),
  /** Minutes since 1970. */
  n: z.int().nonnegative(),
  q: z.string(),
  /** Title, duration, fps, width, height, sound. */
  f: z.tuple([
    z.string(),
    z.number(),
    z.number().nullable(),
    z.number().nullable(),
    z.number().nullable(),
    z.int(),
  ]),
  /** Id, version, title, sha256, backend. */
  m: z.tuple([z.string(), z.string(), z.string(), z.string(), z.int().min(0).max(1)]),
  /** The model's count, category, covered + 2 · unparsed, the count on the page. */
  a: z.tuple([
    z.number().nullable(),
    z.enum(['event', 'object', 'attribute']).nullable(),
    z.int(),
    z.number().nullable(),
  ]),
  /** Its words: answer, thinking, the whole. */
  w: z.tuple([z.string(), z.string(), z.string()]),
  /** Confidence and bare count, where it gave them. */
  s: z.object({ c: z.number().optional(), b: z.number().nullable().optional() }),
  u: z.tuple([z.int(), z.number(), z.number(), z.string().nullable()]).optional(),
  l: z.array(z.string()),
  c: z.array(packedClue),
});

export type PackedResult = z.infer<typeof packedSchema>;
type PackedClue = z.infer<typeof packedClue>;

const flag = { event: 1, visitor: 2, accepted: 4, rejected: 8, moved: 16 };

export function packResult(result: CountResult): PackedResult {
  const { video, model, answer, review } = result;
  const labels = [...new Set(review.clues.map(({ clue }) => clue.label))];
  let before = 0;
  const clues = review.clues.map((entry): PackedClue => {
    const packed = packClue(entry, labels.indexOf(entry.clue.label), before);
    before += packed[1];
    return packed;
  });
  const { answerConfidence: c, bareCount: b, used } = answer;
  return {
    v: 1,
    n: Math.floor(Date.parse(result.createdAt) / 60_000),
    q: result.question,
    f: [
      video.title,
      Math.round(video.durationSeconds * 1000) / 1000,
      video.fps === null ? null : Math.round(video.fps * 1000) / 1000,
      video.width,
      video.height,
      Number(video.hasAudio),
    ],
    m: [model.id, model.version, model.title, model.sha256, Number(result.backend === 'webgpu')],
    a: [
      answer.count,
      answer.category,
      Number(answer.covered) + 2 * Number(answer.unparsed),
      review.count,
    ],
    w: [answer.answerText, answer.thinkText, answer.text],
    s: {
      ...(c !== undefined && { c: Math.round(c * 1000) / 1000 }),
      ...(b !== undefined && { b }),
    },
    ...(used && {
      u: [used.frames, Math.round(used.heardSeconds), Math.round(used.soundSeconds), used.note],
    }),
    l: labels,
    c: clues,
  };
}

function packClue(entry: ReviewedClue, label: number, before: number): PackedClue {
  const { clue, origin, verdict, moved } = entry;
  const isEvent = clue.kind === 'event';
  const start = hundredths(isEvent ? clue.startSeconds : clue.timestampSeconds);
  const length = isEvent ? Math.max(0, hundredths(clue.endSeconds) - start) : 0;
  const flags =
    (isEvent ? flag.event : 0) +
    (origin === 'visitor' ? flag.visitor : 0) +
    (verdict === 'accepted' ? flag.accepted : verdict === 'rejected' ? flag.rejected : 0) +
    (moved ? flag.moved : 0);
  const belief = clue.confidence === undefined ? -1 : Math.round(clue.confidence * 100);
  const first = isEvent ? null : whole(clue.box);
  const path = packPath(clue.path ?? [], start, first ?? [0, 0, 0, 0]);
  return [label, start - before, length, belief, flags, first ? [...first] : [], path];
}

function packPath(path: readonly BoxAtTime[], start: number, first: Box): number[] {
  let before: readonly number[] = [start, ...first];
  return path.flatMap(({ timestampSeconds, box }) => {
    const now = [hundredths(timestampSeconds), ...whole(box)];
    const steps = now.map((value, i) => value - before[i]!);
    before = now;
    return steps;
  });
}

/** The result that a short form stands for; to be checked as any result from elsewhere. */
export function unpackResult(json: unknown): unknown {
  const packed = packedSchema.parse(json);
  const [title, durationSeconds, fps, width, height, hasAudio] = packed.f;
  const [id, version, modelTitle, sha256, onGpu] = packed.m;
  const [count, category, state, shown] = packed.a;
  const [answerText, thinkText, text] = packed.w;
  let before = 0;
  const clues = packed.c.map((clue, index) => {
    before += clue[1];
    return unpackClue(clue, index + 1, before, packed.l[clue[0]]);
  });
  return {
    schema: resultSchemaId,
    version: resultVersion,
    createdAt: new Date(packed.n * 60_000).toISOString(),
    question: packed.q,
    video: { title, durationSeconds, fps, width, height, hasAudio: hasAudio === 1 },
    model: { id, version, sha256, title: modelTitle },
    backend: onGpu === 1 ? 'webgpu' : 'wasm',
    answer: {
      count,
      category,
      covered: (state & 1) === 1,
      unparsed: (state & 2) === 2,
      ...(packed.s.c !== undefined && { answerConfidence: packed.s.c }),
      ...(packed.s.b !== undefined && { bareCount: packed.s.b }),
      ...(packed.u && {
        used: {
          ...{ frames: packed.u[0], heardSeconds: packed.u[1] },
          ...{ soundSeconds: packed.u[2], note: packed.u[3] },
        },
      }),
      ...{ answerText, thinkText, text, timings: {} },
      clues: clues.filter(({ origin }) => origin === 'model').map(({ clue }) => clue),
    },
    review: { count: shown, clues },
  };
}

function unpackClue(packed: PackedClue, id: number, start: number, label = ''): ReviewedClue {
  const [, , length, belief, flags, box, steps] = packed;
  const first: Box = box.length === 4 ? box : [0, 0, 0, 0];
  const path = unpackPath(steps, start, first);
  const shared = {
    label,
    ...(belief >= 0 && { confidence: belief / 100 }),
    ...(path.length > 0 && { path }),
  };
  const clue: Clue =
    flags & flag.event
      ? {
          kind: 'event',
          startSeconds: start / 100,
          endSeconds: (start + length) / 100,
          ...shared,
        }
      : { kind: 'object', timestampSeconds: start / 100, box: first, ...shared };
  return {
    id,
    origin: flags & flag.visitor ? 'visitor' : 'model',
    verdict: flags & flag.accepted ? 'accepted' : flags & flag.rejected ? 'rejected' : 'open',
    moved: (flags & flag.moved) !== 0,
    clue,
  };
}

function unpackPath(steps: readonly number[], start: number, first: Box): BoxAtTime[] {
  const path: BoxAtTime[] = [];
  let before: number[] = [start, ...first];
  for (let at = 0; at + 5 <= steps.length; at += 5) {
    before = before.map((value, i) => value + steps[at + i]!);
    const [time, ...corners] = before as [number, number, number, number, number];
    path.push({ timestampSeconds: time / 100, box: corners });
  }
  return path;
}

function hundredths(seconds: number): number {
  return Math.round(seconds * 100);
}

function whole(box: Box): Box {
  const [x1, y1, x2, y2] = box;
  return [Math.round(x1), Math.round(y1), Math.round(x2), Math.round(y2)];
}
