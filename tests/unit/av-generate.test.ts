import { describe, expect, it } from 'vitest';
import { Prompt, readBoundaries } from '../../src/families/av-reasoner/assemble';
import { Embeddings } from '../../src/families/av-reasoner/embeddings';
import { generate, type Generated } from '../../src/families/av-reasoner/generate';
import { createSampler } from '../../src/families/av-reasoner/sampler';
import type { Sequence } from '../../src/tokens/decoder';

const vocabulary = 8;
const greedy = { repetitionPenalty: 1, temperature: 0, topK: 0, topP: 1 };

/** Ids are embedded as themselves; the next token is the one after the last. */
function fakeSequence(): Sequence & { fed: number[][] } {
  const fed: number[][] = [];
  let length = 0;
  return {
    fed,
    get length() {
      return length;
    },
    feed(embeds) {
      fed.push([...embeds]);
      length += embeds.length;
      const logits = new Float32Array(vocabulary);
      logits[(embeds.at(-1)! + 1) % vocabulary] = 1;
      return Promise.resolve(logits);
    },
    rewind: (to) => void (length = to),
    close: () => undefined,
  };
}

function setUp(promptIds: number[]) {
  const table = new Blob([Float32Array.from({ length: vocabulary }, (_, id) => id)]);
  const prompt = new Prompt(
    { prefix: Float32Array.from(promptIds), frames: [], chunks: [], suffix: new Float32Array() },
    readBoundaries(new ArrayBuffer(16), 1),
    1,
  );
  return { prompt, embeddings: new Embeddings(table, 1, 'f32'), sequence: fakeSequence() };
}

async function collect(steps: AsyncGenerator<Generated>): Promise<Generated[]> {
  const all: Generated[] = [];
  for await (const step of steps) all.push(step);
  return all;
}

const options = { stopIds: [7], maxNewTokens: 20, prefillRows: 3 };
const going = new AbortController().signal;

describe('generate', () => {
  it('reads the prompt in chunks, writes token by token and stops at a stop token', async () => {
    const { prompt, embeddings, sequence } = setUp([1, 1, 1, 1, 2, 3, 4]);
    const generation = { ...options, sampler: createSampler(greedy, 1) };
    const steps = await collect(generate(sequence, prompt, embeddings, generation, going));
    expect(steps).toEqual([
      { done: 3, total: 7 },
      { done: 6, total: 7 },
      { done: 7, total: 7 },
      { id: 5 },
      { id: 6 },
    ]);
    expect(sequence.fed).toEqual([[1, 1, 1], [1, 2, 3], [4], [5], [6]]);
  });

  it('writes no more than it may, and feeds nothing behind the last', async () => {
    const { prompt, embeddings, sequence } = setUp([0]);
    const generation = { ...options, maxNewTokens: 2, sampler: createSampler(greedy, 1) };
    const steps = await collect(generate(sequence, prompt, embeddings, generation, going));
    expect(steps.slice(1)).toEqual([{ id: 1 }, { id: 2 }]);
    expect(sequence.length).toBe(2);
  });

  it('reads only what is new after a rewind', async () => {
    const { prompt, embeddings, sequence } = setUp([1, 2, 3, 4, 5]);
    const once = () => ({ ...options, sampler: createSampler(greedy, 1) });
    await collect(generate(sequence, prompt, embeddings, once(), going));
    sequence.rewind(4);
    sequence.fed.length = 0;
    const steps = await collect(generate(sequence, prompt, embeddings, once(), going));
    expect(steps).toEqual([{ done: 1, total: 1 }, { id: 6 }]);
    expect(sequence.fed[0]).toEqual([5]);
  });

  it.each([1, 2, 4])('stops before the next step after an abort at step %i', async (count) => {
    const { prompt, embeddings, sequence } = setUp([0, 0, 0, 0, 0]);
    const controller = new AbortController();
    const generation = { ...options, sampler: createSampler(greedy, 1) };
    const steps = generate(sequence, prompt, embeddings, generation, controller.signal);
    for (let step = 0; step < count; step++) await steps.next();
    const before = sequence.fed.length;
    controller.abort();
    await expect(collect(steps)).rejects.toMatchObject({ name: 'AbortError' });
    expect(sequence.fed.length).toBe(before);
  });
});
