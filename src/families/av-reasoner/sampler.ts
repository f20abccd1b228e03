import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { AppError } from '../../errors';

/*
 * The next token, by the steps of Hugging Face's generation in their order: repetition penalty,
 * temperature, top-k, top-p. Reference: `penalised` and `probabilities`,
 * models/tools/av_reasoner/model.py.
 */

export interface Sampling {
  /** Logits of written tokens are divided by this where they are positive, else multiplied. 1: off. */
  repetitionPenalty: number;
  /** 0: the likeliest token, always. */
  temperature: number;
  /** Only the likeliest so many are drawn from. 0: all. */
  topK: number;
  /** Only the likeliest are drawn from that together have this share. 1: all. */
  topP: number;
}

/** Chooses the next token. Remembers what it chose: only that is penalised, not the prompt. */
export type Sampler = (logits: Float32Array) => number;

/** @param seed the same seed draws the same tokens */
export function createSampler(sampling: Sampling, seed: number): Sampler {
  const random = xoroshiro128plus(seed);
  const written = new Set<number>();
  return (logits) => {
    const scores = penalise(logits, written, sampling.repetitionPenalty);
    const best = likeliest(scores);
    const id =
      sampling.temperature > 0 ? draw(chances(scores, sampling), uniformFloat64(random)) : best;
    written.add(id);
    return id;
  };
}

/** A copy of the logits, the `written` tokens' made smaller. */
export function penalise(
  logits: Float32Array,
  written: Iterable<number>,
  penalty: number,
): Float32Array {
  const scores = logits.slice();
  for (const id of new Set(written)) {
    const score = scores[id]!;
    scores[id] = score > 0 ? score / penalty : score * penalty;
  }
  return scores;
}

/** Half precision may run over: what follows would be noise, so it is refused. */
function likeliest(scores: Float32Array): number {
  let best = 0;
  let isSound = true;
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id]!;
    if (score > scores[best]!) best = id;
    isSound &&= !Number.isNaN(score);
  }
  if (isSound && Number.isFinite(scores[best]!)) return best;
  throw new AppError('bug', 'The model computed no usable numbers on this device.');
}

export interface Chance {
  id: number;
  /** 0…1; together 1. */
  share: number;
}

/** The tokens that may come next, the likeliest first. The temperature is above 0. */
export function chances(
  scores: Float32Array,
  { temperature, topK, topP }: Omit<Sampling, 'repetitionPenalty'>,
): Chance[] {
  const ids = topIds(scores, topK).sort((a, b) => scores[b]! - scores[a]!);
  const best = scores[ids[0]!]!;
  const kept = normalised(
    ids.map((id) => ({ id, share: Math.exp((scores[id]! - best) / temperature) })),
  );
  if (topP >= 1) return kept;
  // A token stays where those before it do not make up the share; so the first one always does.
  let before = 0;
  const nucleus = kept.filter(({ share }) => {
    const stays = before < topP;
    before += share;
    return stays;
  });
  return normalised(nucleus);
}

function normalised(weights: readonly Chance[]): Chance[] {
  const total = weights.reduce((sum, { share }) => sum + share, 0);
  return weights.map(({ id, share }) => ({ id, share: share / total }));
}

/** @param at 0…1 */
function draw(among: readonly Chance[], at: number): number {
  let left = at;
  for (const { id, share } of among) {
    left -= share;
    if (left < 0) return id;
  }
  return among[0]!.id;
}

/** The `k` ids with the highest scores, and those that tie with the last of them. */
function topIds(scores: Float32Array, k: number): number[] {
  if (k <= 0 || k >= scores.length) return Array.from(scores.keys());
  // The k highest so far, ascending.
  const top = new Float32Array(k).fill(-Infinity);
  for (const score of scores) {
    if (score <= top[0]!) continue;
    let at = 0;
    for (; at + 1 < k && top[at + 1]! < score; at++) top[at] = top[at + 1]!;
    top[at] = score;
  }
  const least = top[0]!;
  const ids: number[] = [];
  for (let id = 0; id < scores.length; id++) if (scores[id]! >= least) ids.push(id);
  return ids;
}
