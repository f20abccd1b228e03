import type { BoxAtTime } from '../../clues/clue';
import { AppError } from '../../errors';
import type { Graph, Tensor } from '../../tokens/tensor';
import type { TextPiece } from '../family';
import { fullest } from './at-once';
import type { DecoderConfig } from './decoder-config';
import { encodeScene, openingRow, stepRow, type LabelVectors, type Scene } from './features';
import { indexOfLargest } from './peak';
import { isAtLeast } from './presence';
import type { Proposal } from './proposal';

/** Score of a position that must not be attended to. */
const blocked = -1e4;

/**
 * Reads question and proposals, then streams `<think>`, a clue line per step, and the answer.
 * Each step points at a later proposal of the counted tower or ends the thinking. The number is a forced token: after
 * `</think>` the grammar allows only the count of the clues, so no step is spent on it.
 * The answer's confidence is the probability of all its steps together.
 * Where the most at one moment is asked, all that is there is pointed at before the first line is written.
 * @param labelVectors one per label, for every tower
 * @param nameOf the word that a clue line shows for a proposal
 * @throws AppError `model-corrupt` where the graph has other outputs; AbortError, checked every step
 */
export async function* decode(
  scene: Scene,
  graph: Graph,
  config: DecoderConfig,
  labelVectors: LabelVectors,
  nameOf: (proposal: Proposal) => string,
  signal: AbortSignal,
): AsyncGenerator<TextPiece, void> {
  signal.throwIfAborted();
  yield { text: '<think>\n' };
  let count = 0;
  let certainty = 1;
  const { proposals } = scene;
  const proposed = proposals.some(({ kind }) => kind === scene.kind);
  if (proposed) {
    const pointers = point(scene, graph, config, labelVectors, signal);
    const told = scene.mode === 'atOnce' ? atOnce(pointers, scene) : pointers;
    for await (const { index, confidence } of told) {
      certainty *= confidence;
      if (index === null) break;
      const proposal = proposals[index]!;
      const path = pathOf(proposal);
      count++;
      yield {
        text: `${count}. ${clueText(proposal, nameOf(proposal))};\n`,
        evidence: { confidence, ...(path && { path }) },
      };
    }
  }
  signal.throwIfAborted();
  yield { text: '</think>' };
  // Where the towers proposed nothing, the decoder had nothing to be sure of.
  yield { text: `<answer>${count}</answer>`, ...(proposed && { confidence: certainty }) };
}

function pathOf(proposal: Proposal): readonly BoxAtTime[] | null {
  if (proposal.kind === 'sound') return null;
  if (proposal.kind === 'object') return proposal.path;
  return [{ timestampSeconds: proposal.startSeconds, box: proposal.box }];
}

function clueText(proposal: Proposal, name: string): string {
  const time = (seconds: number): string => seconds.toFixed(2);
  if (proposal.kind !== 'object')
    return `${name} ${time(proposal.startSeconds)} ${time(proposal.endSeconds)}`;
  const box = proposal.box.map((side) => Math.round(side)).join(',');
  return `${name} ${time(proposal.startSeconds)} [${box}]`;
}

interface Pointer {
  /** Of the proposal; null for the end. */
  index: number | null;
  /** Probability among the counted proposals that are left and the end. */
  confidence: number;
}

/** The pointers to what is in view at the fullest moment; the end is as sure as all others together. */
async function* atOnce(
  pointers: AsyncIterable<Pointer>,
  scene: Scene,
): AsyncGenerator<Pointer, void> {
  const all: Pointer[] = [];
  for await (const pointer of pointers) all.push(pointer);
  const proposalOf = ({ index }: Pointer) => (index === null ? [] : [scene.proposals[index]!]);
  const inView = new Set(fullest(all.flatMap(proposalOf), scene));
  const isTold = (pointer: Pointer): boolean => proposalOf(pointer).some((one) => inView.has(one));
  yield* all.filter(isTold);
  const others = all.filter((pointer) => !isTold(pointer));
  const confidence = others.reduce((product, pointer) => product * pointer.confidence, 1);
  yield { index: null, confidence };
}

/** Prefill, then one step per clue, with a KV cache. */
async function* point(
  scene: Scene,
  graph: Graph,
  config: DecoderConfig,
  labelVectors: LabelVectors,
  signal: AbortSignal,
): AsyncGenerator<Pointer, void> {
  const { featureWidth: width, positions, shape } = config;
  const rows = encodeScene(scene, labelVectors, width);
  const wordCount = scene.words.length;
  const total = scene.proposals.length;
  const first = wordCount + 1;
  // One blocked position stands for the empty cache: some backends take no empty tensors.
  let past: Tensor = {
    dims: [shape.layers, 2, shape.heads, 1, shape.headSize],
    data: new Float32Array(shape.layers * 2 * shape.heads * shape.headSize),
  };
  const feed = async (features: Float32Array, clue: number, position: readonly number[]) => {
    const length = position.length;
    const all = past.dims[3]! + length;
    const bias = new Float32Array(length * all);
    for (let row = 0; row < length; row++) bias[row * all] = blocked;
    const outputs = await graph.run({
      features: { dims: [1, length, width], data: features },
      clue: { dims: [1, length], data: new BigInt64Array(length).fill(BigInt(clue)) },
      position: { dims: [1, length], data: Float32Array.from(position) },
      bias: { dims: [1, 1, length, all], data: bias },
      past,
    });
    past = output(outputs, 'present');
    return outputs;
  };

  const prefix = [...Array(wordCount).keys(), positions.task];
  for (let i = 0; i < total; i++) prefix.push(positions.firstProposal + i);
  const read = await feed(rows, 0, prefix);
  const keys = values(read, 'pointer_key').subarray(first * shape.pointer);

  let row = openingRow(width);
  let position = positions.opening;
  let left = scene.proposals.flatMap((proposal, i) =>
    proposal.kind === scene.kind && isAtLeast(proposal, scene, scene.leastScore) ? [i] : [],
  );
  for (let clue = 0; clue < config.maxClues && left.length > 0; clue++) {
    signal.throwIfAborted();
    const step = await feed(row, clue, [position]);
    const query = values(step, 'pointer_query');
    const end = values(step, 'end')[0]!;
    const logits = left.map((index) => dot(query, keys, index * shape.pointer));
    const best = indexOfLargest(logits);
    const highest = Math.max(end, logits[best]!);
    const mass = logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0);
    const confidence = 1 / (mass + Math.exp(end - highest));
    if (end >= logits[best]!) {
      yield { index: null, confidence };
      return;
    }
    const index = left[best]!;
    yield { index, confidence };
    left = left.slice(best + 1);
    const at = (first + index) * width;
    row = stepRow(rows.subarray(at, at + width));
    position = positions.firstProposal + index;
  }
}

function output(outputs: Record<string, Tensor>, name: string): Tensor {
  const tensor = outputs[name];
  if (tensor?.data instanceof Float32Array) return tensor;
  throw new AppError('model-corrupt', `The decoder graph has no output “${name}”.`);
}

function values(outputs: Record<string, Tensor>, name: string): Float32Array {
  return output(outputs, name).data as Float32Array;
}

function dot(query: Float32Array, keys: Float32Array, at: number): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) sum += query[i]! * keys[at + i]!;
  return sum;
}
