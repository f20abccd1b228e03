import type { Sequence } from '../../tokens/decoder';
import type { Prompt } from './assemble';
import type { Embeddings } from './embeddings';
import type { Sampler } from './sampler';

export interface Generation {
  sampler: Sampler;
  stopIds: readonly number[];
  maxNewTokens: number;
  /** Positions that go into the decoder at once. */
  prefillRows: number;
}

/** Positions of the prompt that are read, or the next token of the reply. */
export type Generated = { done: number; total: number } | { id: number };

/**
 * Reads what is new of a prompt, in chunks, and writes a reply until a stop token (which is not
 * given) or until the most tokens. Looks at the signal before every chunk and every token.
 * @param sequence holds the first positions of the prompt already, or none
 * @throws AppError; an abort rejects with `AbortError`
 */
export async function* generate(
  sequence: Sequence,
  prompt: Prompt,
  embeddings: Embeddings,
  { sampler, stopIds, maxNewTokens, prefillRows }: Generation,
  signal: AbortSignal,
): AsyncGenerator<Generated> {
  const from = sequence.length;
  const total = prompt.length - from;
  let logits: Float32Array = new Float32Array();
  while (sequence.length < prompt.length) {
    signal.throwIfAborted();
    const at = sequence.length;
    const rows = prompt.read(at, Math.min(prompt.length, at + prefillRows));
    logits = await sequence.feed(rows);
    yield { done: sequence.length - from, total };
  }
  signal.throwIfAborted();
  for (let written = 0; written < maxNewTokens; written++) {
    const id = sampler(logits);
    if (stopIds.includes(id)) return;
    yield { id };
    signal.throwIfAborted();
    if (written + 1 < maxNewTokens) logits = await sequence.feed(await embeddings.read([id]));
  }
}
