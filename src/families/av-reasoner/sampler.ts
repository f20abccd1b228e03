import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { AppError } from '../../errors';

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

/**
 * The steps are those of Hugging Face's generation, in its order: repetition penalty, temperature,
 * top-k, top-p (reference: RepetitionPenaltyLogitsProcessor and the three logits warpers).
 * @param seed the same seed draws the same tokens
 */
export function createSampler(sampling: Sampling, seed: number): Sampler {
  const { repetitionPenalty, temperature } = sampling;
  const random = xoroshiro128plus(seed);
  const written = new Set<number>();
  return (logits) => {
    const scores = logits.slice();
    for (const id of written) {
      const score = scores[id]!;
      scores[id] = score > 0 ? score / repetitionPenalty : score * repetitionPenalty;
    }
    const best = argmax(scores);
    const id = temperature > 0 ? draw(scores, best, sampling, () => uniformFloat64(random)) : best;
    written.add(id);
    return id;
  };
}

/** Half precision may run over: such a reply would be noise, so it is refused. */
function argmax(scores: Float32Array): number {
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

function draw(
  scores: Float32Array,
  best: number,
  { temperature, topK, topP }: Sampling,
  random: () => number,
): number {
  const weightOf = (id: number) => Math.exp((scores[id]! - scores[best]!) / temperature);
  let candidates = likeliest(scores, topK);
  let weights = candidates.map(weightOf);
  if (topP < 1) {
    const order = candidates
      .map((id, at) => ({ id, weight: weights[at]! }))
      .sort((a, b) => b.weight - a.weight);
    const enough = topP * weights.reduce((sum, weight) => sum + weight, 0);
    let share = 0;
    // A token stays where those before it have not made up the share yet; the first always does.
    const kept = order.filter(({ weight }, at) => {
      const stays = at === 0 || share < enough;
      share += weight;
      return stays;
    });
    candidates = kept.map(({ id }) => id);
    weights = kept.map(({ weight }) => weight);
  }
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return candidates[at]!;
  }
  return best;
}

/** The `k` ids with the highest scores, and those that tie with the last of them, as in the reference. */
function likeliest(scores: Float32Array, k: number): number[] {
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
