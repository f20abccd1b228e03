import type { Box, BoxAtTime } from '../../clues/clue';
import type { ObjectProposal, Proposal } from './proposal';

/**
 * What the decoder sees of one question over one clip.
 * Source of everything here: `models/tools/decoder/features.py`, which says what each column is.
 */
export interface Scene {
  kind: 'sound' | 'object';
  atOnce: boolean;
  startSeconds: number;
  durationSeconds: number;
  /** Seconds on the media's clock. */
  window: readonly [number, number] | null;
  /** Target weight 0…1 per label. */
  weights: Float64Array;
  /** Vectors of the question's words, at most as many as the decoder takes. */
  words: readonly Float64Array[];
  /** In the order of their start. */
  proposals: readonly Proposal[];
  /** Size of the displayed frame. */
  frame: { width: number; height: number };
}

const meaning = 48;
const column = { word: 48, task: 49, proposal: 50, step: 51 } as const;

/** Match (the best weighted target score) × confidence. */
export function strengthOf({ classScores, confidence }: Proposal, weights: Float64Array): number {
  return matchOf(classScores, weights) * confidence;
}

/**
 * The prefix: words, task, proposals.
 * @param labelVectors one per label
 * @returns `[words + 1 + proposals]` rows of `width` numbers, row-major
 */
export function encodeScene(
  scene: Scene,
  labelVectors: readonly Float64Array[],
  width: number,
): Float32Array {
  const { words, proposals } = scene;
  const rows = Array.from(
    { length: words.length + 1 + proposals.length },
    () => new Float64Array(width),
  );
  words.forEach((vector, i) => {
    rows[i]!.set(vector);
    rows[i]![column.word] = 1;
  });
  const task = rows[words.length]!;
  task.set(mix(scene.weights, labelVectors, 1e-9));
  task[column.task] = 1;
  for (const row of rows.slice(words.length)) {
    row[52] = Number(scene.atOnce);
    row[53] = Number(scene.kind === 'object');
    row[71] = Number(scene.window !== null);
    row[82] = Math.log1p(scene.durationSeconds) / 6;
    row[83] = Math.log1p(proposals.length) / 5;
  }
  const own = rows.slice(words.length + 1);
  encodeProposals(scene, labelVectors, own);
  if (scene.kind === 'object') encodeObjects(scene, own);
  const flat = new Float32Array(rows.length * width);
  rows.forEach((row, i) => flat.set(row, i * width));
  return flat;
}

/** The row of `<think>`. */
export function openingRow(width: number): Float32Array {
  const row = new Float32Array(width);
  row[column.step] = 1;
  return row;
}

/** A step's row: that of the proposal it points to, marked as a step. */
export function stepRow(proposalRow: Float32Array): Float32Array {
  const row = proposalRow.slice();
  row[column.proposal] = 0;
  row[column.step] = 1;
  return row;
}

function encodeProposals(
  scene: Scene,
  labelVectors: readonly Float64Array[],
  rows: readonly Float64Array[],
): void {
  const { proposals, weights } = scene;
  const n = proposals.length;
  const start = proposals.map((p) => p.startSeconds);
  const end = proposals.map((p) => p.endSeconds);
  const match = proposals.map((p) => matchOf(p.classScores, weights));
  const strength = proposals.map((p) => strengthOf(p, weights));
  const rank = rankOf(strength);
  const top = Math.max(1e-6, ...strength);
  const topMatch = Math.max(1e-6, ...match);
  const topConfidence = Math.max(1e-6, ...proposals.map((p) => p.confidence));
  const length = Math.max(scene.durationSeconds, 0.1);
  proposals.forEach((proposal, i) => {
    const row = rows[i]!;
    const other = proposal.classScores.reduce(
      (best, s, c) => (weights[c]! > 0 ? best : Math.max(best, s)),
      0,
    );
    row.set(mix(proposal.classScores, labelVectors, 0.5));
    row[column.proposal] = 1;
    row[54] = proposal.confidence;
    row[55] = match[i]!;
    row[56] = other;
    row[57] = match[i]! - other;
    row[58] = strength[i]!;
    row[59] = strength[i]! / top;
    row[60] = Math.min(rank[i]! / 20, 1);
    row[61] = Math.log(Math.max(end[i]! - start[i]!, 0.02) / 0.5) / 4;
    row[62] = i > 0 ? gap(start[i]! - start[i - 1]!) : 1;
    row[63] = i + 1 < n ? gap(start[i + 1]! - start[i]!) : 1;
    let nearest = -1;
    let before = Infinity;
    let after = Infinity;
    let close = 0;
    for (let j = 0; j < n; j++) {
      const apart = Math.abs(start[i]! - start[j]!);
      if (apart <= 0.25) close++;
      if (strength[j]! >= strength[i]! / 2) {
        if (j < i) before = Math.min(before, apart);
        if (j > i) after = Math.min(after, apart);
      }
      if (rank[j]! >= rank[i]!) continue;
      if (nearest < 0 || apart < Math.abs(start[i]! - start[nearest]!)) nearest = j;
      const shared = Math.min(end[i]!, end[j]!) - Math.max(start[i]!, start[j]!);
      const union = Math.max(end[i]!, end[j]!) - Math.min(start[i]!, start[j]!);
      row[66] = Math.max(row[66]!, Math.max(shared, 0) / Math.max(union, 1e-6));
    }
    row[64] = nearest < 0 ? 1 : gap(Math.abs(start[i]! - start[nearest]!));
    row[65] = nearest < 0 ? 1 : strength[i]! / Math.max(strength[nearest]!, 1e-9);
    row[67] = before < Infinity ? gap(before) : 1;
    row[68] = after < Infinity ? gap(after) : 1;
    row[69] = Math.min((close - 1) / 10, 1);
    row[70] = Number(isInside(proposal, scene.window));
    const relative = (start[i]! - scene.startSeconds) / length;
    for (let k = 0; k < 4; k++) {
      row[72 + 2 * k] = Math.sin(Math.PI * 2 ** k * relative);
      row[73 + 2 * k] = Math.cos(Math.PI * 2 ** k * relative);
    }
    row[80] = relative;
    row[81] = (end[i]! - scene.startSeconds) / length;
    row[84] = match[i]! / topMatch;
    row[85] = proposal.confidence / topConfidence;
  });
}

function encodeObjects(scene: Scene, rows: readonly Float64Array[]): void {
  const objects = scene.proposals.filter((p): p is ObjectProposal => p.kind === 'object');
  const { width, height } = scene.frame;
  const relative = ([x1, y1, x2, y2]: Box): Box => [
    x1 / width,
    y1 / height,
    x2 / width,
    y2 / height,
  ];
  const first = objects.map((p) => relative(p.path[0]!.box));
  const last = objects.map((p) => relative(p.path[p.path.length - 1]!.box));
  const strength = objects.map((p) => strengthOf(p, scene.weights));
  const rank = rankOf(strength);
  objects.forEach((object, i) => {
    const row = rows[i]!;
    const [x, y] = centre(first[i]!);
    row.set([x, y, ...sizeOf(first[i]!)], 86);
    row[90] = Math.log(object.path.length) / 5;
    row[91] = object.meanScore;
    row[92] = object.appearanceDistance;
    let previous = -1;
    let cheapest = Infinity;
    objects.forEach((rival, j) => {
      const moment = object.startSeconds;
      const alive = moment >= rival.startSeconds - 0.5 && moment <= rival.endSeconds + 0.5;
      if (alive && rank[j]! < rank[i]!)
        row[93] = Math.max(row[93]!, boxIou(first[i]!, relative(nearestTo(rival.path, moment))));
      const since = moment - rival.endSeconds;
      if (j >= i || since <= -0.3) return;
      const cost = Math.max(since, 0) / 5 + distance(first[i]!, last[j]!);
      if (cost < cheapest) [cheapest, previous] = [cost, j];
    });
    row[94] =
      previous < 0 ? 1 : gap(Math.max(object.startSeconds - objects[previous]!.endSeconds, 0));
    row[95] = previous < 0 ? 1 : Math.min(distance(first[i]!, last[previous]!), 1);
    row[96] = previous < 0 ? 0 : clip(Math.log(areaOf(first[i]!) / areaOf(last[previous]!)) / 4);
    row[97] = previous < 0 ? 0 : matchOf(objects[previous]!.classScores, scene.weights);
    row[98] = Math.min(distance(last[i]!, first[i]!), 1);
    row[99] = Number(isAtEdge(first[i]!));
    row[100] = Number(isAtEdge(last[i]!));
  });
  if (!scene.atOnce) return;
  const bars = [Math.max(0, ...strength) / 2, 0.3, 0.15];
  bars.forEach((bar, k) => {
    const included = strength.map((value) => value >= bar && value > 0);
    fullest(objects, included).forEach((inView, i) => (rows[i]![101 + k] = Number(inView)));
  });
}

/** Which of the included are in view at the first start that has the most of them in view. */
function fullest(objects: readonly ObjectProposal[], included: readonly boolean[]): boolean[] {
  let best: boolean[] = objects.map(() => false);
  let most = 0;
  objects.forEach(({ startSeconds: moment }, i) => {
    if (!included[i]) return;
    const alive = objects.map(
      (o, j) => included[j]! && o.startSeconds <= moment && o.endSeconds >= moment,
    );
    const count = alive.filter(Boolean).length;
    if (count > most) [most, best] = [count, alive];
  });
  return best;
}

/** A sound is inside where it starts inside; an object where it is in view at some time inside. */
function isInside(proposal: Proposal, window: Scene['window']): boolean {
  if (!window) return true;
  const last = proposal.kind === 'object' ? proposal.endSeconds : proposal.startSeconds;
  return last >= window[0] && proposal.startSeconds <= window[1];
}

function matchOf(scores: Float32Array, weights: Float64Array): number {
  return scores.reduce((best, score, label) => Math.max(best, score * weights[label]!), 0);
}

/** Weighted mean of the label vectors, divided by at least `floor`. */
function mix(
  weights: Float32Array | Float64Array,
  vectors: readonly Float64Array[],
  floor: number,
): Float64Array {
  const sum = new Float64Array(meaning);
  let total = 0;
  vectors.forEach((vector, label) => {
    const weight = weights[label]!;
    total += weight;
    if (weight !== 0) for (let i = 0; i < meaning; i++) sum[i]! += weight * vector[i]!;
  });
  return sum.map((value) => value / Math.max(total, floor));
}

/** 0 for the strongest; the earlier one of equals comes first. */
function rankOf(strength: readonly number[]): number[] {
  const order = strength.map((_, i) => i).sort((a, b) => strength[b]! - strength[a]! || a - b);
  const rank = new Array<number>(strength.length);
  order.forEach((i, place) => (rank[i] = place));
  return rank;
}

/** Seconds ≥ 0 on a log scale: −1 at 10 ms and below, 0 at 0.5 s, 1 at 25 s and above. */
function gap(seconds: number): number {
  return clip(Math.log((seconds + 0.001) / 0.5) / Math.log(50));
}

function clip(value: number): number {
  return Math.max(-1, Math.min(1, value));
}

function nearestTo(path: readonly BoxAtTime[], moment: number): Box {
  const best = path.reduce((a, b) =>
    Math.abs(b.timestampSeconds - moment) < Math.abs(a.timestampSeconds - moment) ? b : a,
  );
  return best.box;
}

function centre([x1, y1, x2, y2]: Box): [number, number] {
  return [(x1 + x2) / 2, (y1 + y2) / 2];
}

function sizeOf([x1, y1, x2, y2]: Box): [number, number] {
  return [x2 - x1, y2 - y1];
}

function areaOf(box: Box): number {
  const [width, height] = sizeOf(box);
  return Math.max(width * height, 1e-6);
}

function distance(a: Box, b: Box): number {
  const [ax, ay] = centre(a);
  const [bx, by] = centre(b);
  return Math.hypot(ax - bx, ay - by);
}

function isAtEdge([x1, y1, x2, y2]: Box): boolean {
  return x1 < 0.02 || y1 < 0.02 || x2 > 0.98 || y2 > 0.98;
}

function boxIou(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  const shared = Math.max(width, 0) * Math.max(height, 0);
  const [aw, ah] = sizeOf(a);
  const [bw, bh] = sizeOf(b);
  return shared / Math.max(aw * ah + bw * bh - shared, 1e-9);
}
