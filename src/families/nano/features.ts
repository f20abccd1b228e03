import { kindred, likeness } from './likeness';
import { gap, matchOf } from './measures';
import { encodeCycles, encodeObjects, type Encoded } from './object-features';
import type { CycleProposal, ObjectProposal, Proposal, SoundProposal } from './proposal';
import { edgeDistance, judgedBy, satisfies, shareInside, spansOf, type Spans } from './relations';
import type { SoundConfig } from './sound-config';
import { encodeSounds } from './sound-features';
import { dampSyllables, gapOf } from './syllables';
import type { Mention, Target, TowerKind } from './target';
import { indexOfLargest } from './peak';

/**
 * What the decoder sees of one question over one clip.
 * Source of everything here: `models/tools/decoder/features.py`, which says what each column is.
 */
export interface Scene extends Omit<Target, 'category' | 'words'> {
  startSeconds: number;
  durationSeconds: number;
  /** Vectors of the question's words, at most as many as the decoder takes. */
  words: readonly Float64Array[];
  /** Those of the counted tower and of the condition's, in the order of their start. */
  proposals: readonly Proposal[];
  /** A thing whose best sighting scores less for what is asked is read, but cannot be pointed at. */
  leastScore: number;
  /** By what sounds are known as being of one kind, and which cannot begin again so soon. */
  sounds: SoundRules;
  /** Size of the displayed frame. */
  frame: { width: number; height: number };
}

export type SoundRules = Pick<SoundConfig, 'labels' | 'events'>;

/** One vector per label, for every tower. */
export type LabelVectors = Readonly<Record<TowerKind, readonly Float64Array[]>>;

const meaning = 48;
const column = { word: 48, task: 49, proposal: 50, step: 51, pointable: 105 } as const;
const modeColumns = { colours: 106, kinds: 107 } as const;
const relations = ['during', 'outside', 'before', 'after', 'with'] as const;

/** How much of a sound's match is that of its kind. */
const kindredShare = 0.7;

/**
 * As what a mention speaks of: match (its best weighted score) × confidence × attribute; 0 for another
 * tower's. What sounds alike is of one kind: a sound's match is for the most part that of all its kind,
 * but for the out-breath between two snores: of sounds that cannot begin again so soon, one is the beginning.
 */
export function strengthsOf(
  proposals: readonly Proposal[],
  mention: Mention,
  sounds: SoundRules,
): number[] {
  const own = proposals.filter((proposal) => proposal.kind === mention.kind);
  const single = own.map(({ classScores }) => matchOf(classScores, mention.weights));
  const match = mention.kind === 'sound' ? ofKind(own as SoundProposal[], single, sounds) : single;
  const strengths = own.map(
    (proposal, i) => match[i]! * proposal.confidence * attributeOf(proposal, mention.colour),
  );
  if (mention.kind === 'sound') dampWithin(gapOf(mention, sounds), own, strengths, sounds);
  const byProposal = new Map(own.map((proposal, i) => [proposal, strengths[i]!]));
  return proposals.map((proposal) => byProposal.get(proposal) ?? 0);
}

function ofKind(
  own: readonly SoundProposal[],
  match: readonly number[],
  { events }: SoundRules,
): number[] {
  const confidences = own.map(({ confidence }) => confidence);
  const prints = own.map(({ fingerprint }) => fingerprint);
  const shared = kindred(likeness(prints, events.likeness), confidences, match);
  return match.map((value, i) => value ** (1 - kindredShare) * shared[i]! ** kindredShare);
}

/** `dampSyllables` of proposals in any order. */
function dampWithin(
  gapSeconds: number,
  own: readonly Proposal[],
  strengths: number[],
  { events }: SoundRules,
): void {
  if (gapSeconds === 0) return;
  const startOf = (at: number): number => own[at]!.startSeconds;
  const order = [...own.keys()].sort((a, b) => startOf(a) - startOf(b));
  const damped = order.map((at) => strengths[at]!);
  dampSyllables(order.map(startOf), damped, gapSeconds, events.syllableShare);
  order.forEach((at, place) => (strengths[at] = damped[place]!));
}

/**
 * The prefix: words, task, proposals.
 * @returns `[words + 1 + proposals]` rows of `width` numbers, row-major
 */
export function encodeScene(scene: Scene, labelVectors: LabelVectors, width: number): Float32Array {
  const { words, proposals, mode, condition } = scene;
  const rows = Array.from(
    { length: words.length + 1 + proposals.length },
    () => new Float64Array(width),
  );
  words.forEach((vector, i) => {
    rows[i]!.set(vector);
    rows[i]![column.word] = 1;
  });
  const task = rows[words.length]!;
  task.set(mix(scene.weights, labelVectors[scene.kind], 1e-9));
  task[column.task] = 1;
  markTower(task, scene.kind);
  const conditionStrength = condition
    ? strengthsOf(proposals, condition, scene.sounds)
    : proposals.map(() => 0);
  for (const row of rows.slice(words.length)) {
    row[71] = Number(scene.window !== null);
    row[82] = Math.log1p(scene.durationSeconds) / 6;
    row[83] = Math.log1p(proposals.length) / 5;
    if (mode === 'colours' || mode === 'kinds') row[modeColumns[mode]] = 1;
    row[108] = Number(scene.colour !== null);
    if (condition) row[109 + relations.indexOf(condition.relation)] = 1;
    row[123] = Math.max(0, ...conditionStrength);
  }
  const below = rows.slice(words.length + 1);
  for (const kind of ['sound', 'object', 'cycle'] as const) {
    const own = proposals.flatMap((proposal, i) =>
      proposal.kind === kind ? [{ proposal, row: below[i]! }] : [],
    );
    encodeProposals(scene, kind, own, labelVectors[kind]);
  }
  const counted = proposals.flatMap((proposal, i) =>
    proposal.kind === scene.kind ? [{ proposal, row: below[i]! }] : [],
  );
  below.forEach((row, i) => {
    if (condition) row[117] = conditionStrength[i]! / Math.max(1e-6, ...conditionStrength);
  });
  encodeRelation(scene, conditionStrength, counted);
  encodeMode(scene, counted);
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

const nothing = { weights: new Float64Array(0), colour: null };

function markTower(row: Float64Array, kind: TowerKind): void {
  row[53] = Number(kind === 'object');
  row[104] = Number(kind === 'cycle');
}

/** The proposals of one tower, compared with each other. */
function encodeProposals(
  scene: Scene,
  kind: TowerKind,
  own: readonly Encoded[],
  vectors: readonly Float64Array[],
): void {
  const mention =
    scene.kind === kind ? scene : scene.condition?.kind === kind ? scene.condition : null;
  const { weights, colour } = mention ?? nothing;
  const proposals = own.map(({ proposal }) => proposal);
  const n = proposals.length;
  const start = proposals.map((p) => p.startSeconds);
  const end = proposals.map((p) => p.endSeconds);
  const match = proposals.map((p) => matchOf(p.classScores, weights));
  const strength = mention ? strengthsOf(proposals, mention, scene.sounds) : proposals.map(() => 0);
  const rank = rankOf(strength);
  const top = Math.max(1e-6, ...strength);
  const topMatch = Math.max(1e-6, ...match);
  const topConfidence = Math.max(1e-6, ...proposals.map((p) => p.confidence));
  const length = Math.max(scene.durationSeconds, 0.1);
  own.forEach(({ proposal, row }, i) => {
    const plain = proposal.plainScores ?? proposal.classScores;
    const other = otherThan(weights, proposal.classScores);
    row.set(mix(proposal.classScores, vectors, 0.5));
    row[column.proposal] = 1;
    markTower(row, kind);
    row[column.pointable] = Number(kind === scene.kind);
    row[54] = proposal.confidence;
    row[55] = match[i]!;
    row[56] = other;
    row[57] = match[i]! - other;
    row[140] = matchOf(plain, weights);
    row[141] = otherThan(weights, plain);
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
    row[114] = colour === null ? 1 : coloursOf(proposal)[colour]!;
    row[116] = Math.max(0, ...coloursOf(proposal));
  });
  if (kind === 'sound' && n > 0) {
    const sounds = own as Encoded<SoundProposal>[];
    const prints = sounds.map(({ proposal }) => proposal.fingerprint);
    encodeSounds(sounds, likeness(prints, scene.sounds.events.likeness), match, strength);
  }
  if (kind === 'object')
    encodeObjects(scene.frame, own as Encoded<ObjectProposal>[], weights, rank);
  if (kind === 'cycle') encodeCycles(scene.frame, own as Encoded<CycleProposal>[]);
}

/** Columns 52 and 118 to 122 of the counted proposals. */
function encodeRelation(
  { proposals, condition }: Scene,
  strength: readonly number[],
  counted: readonly Encoded[],
): void {
  if (!condition) {
    for (const { row } of counted) row[52] = row[118] = row[119] = row[120] = 1;
    return;
  }
  const spansAt = (bar: number): Spans =>
    spansOf(
      condition,
      proposals.filter((_, i) => strength[i]! >= bar && strength[i]! > 0),
    );
  const holds = (proposal: Proposal, spans: Spans): boolean =>
    satisfies(condition.relation, proposal.kind, proposal, spans);
  const bars = [...new Set(strength.filter((one) => one > 0))].sort((a, b) => a - b);
  const largest = bars.at(-1) ?? 0;
  // Without any proposal of the condition there is one bar, which none reaches.
  (bars.length === 0 ? [1] : bars).forEach((bar, k) => {
    const share = largest === 0 ? 1 : (bar - (bars[k - 1] ?? 0)) / largest;
    const spans = spansAt(bar);
    for (const { proposal, row } of counted)
      row[52] = row[52]! + share * Number(holds(proposal, spans));
  });
  [largest / 2, 0.5, 0.2].forEach((bar, k) => {
    const spans = spansAt(bar);
    for (const { proposal, row } of counted) {
      row[118 + k] = Number(holds(proposal, spans));
      if (k > 0) continue;
      row[121] = gap(edgeDistance(proposal.kind, proposal, spans));
      row[122] = shareInside(proposal, spans);
    }
  });
}

/** The strongest of each colour or class. */
function encodeMode(scene: Scene, counted: readonly Encoded[]): void {
  const { mode, weights } = scene;
  if (mode === 'each' || mode === 'atOnce' || counted.length === 0) return;
  const strength = counted.map(({ row }) => row[58]!);
  const eligible = counted.map(({ row }) => row[70]! > 0 && row[118]! > 0 && row[58]! > 0);
  const keyOf = (proposal: Proposal): number =>
    mode === 'colours'
      ? indexOfLargest(coloursOf(proposal))
      : indexOfLargest(Array.from(proposal.classScores, (score, label) => score * weights[label]!));
  const sums = new Map<number, number>();
  const firsts = new Map<number, number>();
  let total = 0;
  counted.forEach(({ proposal }, i) => {
    if (!eligible[i]) return;
    const key = keyOf(proposal);
    total += strength[i]!;
    sums.set(key, (sums.get(key) ?? 0) + strength[i]!);
    const first = firsts.get(key);
    if (first === undefined || strength[i]! > strength[first]!) firsts.set(key, i);
  });
  counted.forEach(({ proposal, row }, i) => {
    if (eligible[i]) row[127] = sums.get(keyOf(proposal))! / Math.max(total, 1e-6);
  });
  for (const i of firsts.values()) counted[i]!.row[115] = 1;
}

/** A sound is inside where it starts inside, a cycle where its middle is, an object where it is in
 * view at some time inside. */
function isInside(proposal: Proposal, window: Scene['window']): boolean {
  if (!window) return true;
  const [first, last] = judgedBy(proposal.kind, proposal);
  return last >= window[0] && first <= window[1];
}

function coloursOf(proposal: Proposal): Float32Array {
  return proposal.kind === 'object' ? proposal.colours : noColours;
}

const noColours = new Float32Array(11);

/** 0…1: how much it has the asked colour, relative to its main colour. */
function attributeOf(proposal: Proposal, colour: number | null): number {
  if (colour === null) return 1;
  const colours = coloursOf(proposal);
  return colours[colour]! / Math.max(0.05, ...colours);
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

/** The best score of any class that is not asked for. */
function otherThan(weights: Float64Array, scores: Float32Array): number {
  return scores.reduce(
    (best, score, label) => ((weights[label] ?? 0) > 0 ? best : Math.max(best, score)),
    0,
  );
}

/** 0 for the strongest; the earlier one of equals comes first. */
function rankOf(strength: readonly number[]): number[] {
  const order = strength.map((_, i) => i).sort((a, b) => strength[b]! - strength[a]! || a - b);
  const rank = new Array<number>(strength.length);
  order.forEach((i, place) => (rank[i] = place));
  return rank;
}
