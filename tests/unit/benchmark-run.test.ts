import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { writePrediction, type RunIdentity } from '../../src/benchmark/predictions';
import { runBenchmark, shareOf, type RunEvent, type RunStore } from '../../src/benchmark/run';
import { scoreReply } from '../../src/benchmark/score-replies';
import { tabulate } from '../../src/benchmark/score-table';
import { randomAnnotation, randomFrom } from '../fixtures/random-annotations';

const identity: RunIdentity = { setting: 'long', thinks: false, model: 'fake@0' };
const itemsOf = (length: number) => {
  const random = randomFrom(5);
  return Array.from({ length }, (_, id) => randomAnnotation(id, random));
};
const items = itemsOf(12);

class Lines implements RunStore {
  readonly texts: string[] = [];
  private readonly known = new Set<string>();
  has(index: string): boolean {
    return this.known.has(index);
  }
  put(line: Parameters<RunStore['put']>[0]): Promise<void> {
    this.known.add(line.index);
    this.texts.push(writePrediction(line));
    return Promise.resolve();
  }
}

/** The answer follows from the item alone. */
const answerTo = (id: string) => ({
  ...{ count: Number(id) % 7, covered: true, clues: [], size: null, seconds: 1 },
});
const options = (store: RunStore) => ({
  ...{ identity, store, has: () => true },
  ask: ({ id }: { id: string }) => Promise.resolve(answerTo(id)),
});
const never = new AbortController().signal;

async function run(
  of: typeof items,
  given: Parameters<typeof runBenchmark>[1],
  signal = never,
): Promise<RunEvent['kind'][]> {
  const kinds: RunEvent['kind'][] = [];
  for await (const { kind } of runBenchmark(of, given, signal)) kinds.push(kind);
  return kinds;
}

describe('a run', () => {
  it('that was stopped at any item goes on to the same lines', async () => {
    const straight = new Lines();
    await run(items, options(straight));
    expect(straight.texts).toHaveLength(items.length);
    for (let at = 0; at < items.length; at++) {
      const store = new Lines();
      const controller = new AbortController();
      let asked = 0;
      const stopping = {
        ...options(store),
        ask: ({ id }: { id: string }) => {
          if (asked++ < at) return Promise.resolve(answerTo(id));
          controller.abort();
          return Promise.reject(new DOMException('Stopped.', 'AbortError'));
        },
      };
      await expect(run(items, stopping, controller.signal)).rejects.toThrow(
        expect.objectContaining({ name: 'AbortError' }),
      );
      expect(store.texts).toHaveLength(at);
      const kinds = await run(items, options(store));
      expect(kinds.filter((kind) => kind === 'kept')).toHaveLength(at);
      expect(store.texts).toEqual(straight.texts);
    }
  });

  it('in parts gives the lines and the table of the whole', async () => {
    const whole = new Lines();
    await run(items, options(whole));
    const table = (texts: readonly string[]) => {
      const preds = new Map(
        texts
          .map((text) => JSON.parse(text) as { index: string; pred: string })
          .map((line) => [...([line.index, line.pred] as const)]),
      );
      return tabulate(items.map((item) => scoreReply(item, preds.get(item.id), 'long')));
    };
    for (const parts of [1, 2, 5, 20]) {
      const stores = Array.from({ length: parts }, () => new Lines());
      for (const [at, store] of stores.entries())
        await run(shareOf(items, at + 1, parts), options(store));
      const merged = stores.flatMap(({ texts }) => texts);
      expect([...merged].sort()).toEqual([...whole.texts].sort());
      expect(JSON.stringify(table(merged))).toBe(JSON.stringify(table(whole.texts)));
    }
  });

  it('goes on after a failure and a missing file, and asks again the next time', async () => {
    const store = new Lines();
    const broken = {
      ...options(store),
      has: (file: string) => file !== '1.mp4',
      ask: ({ id }: { id: string }) =>
        id === '2'
          ? Promise.reject(new Error('The worker stopped.'))
          : Promise.resolve(answerTo(id)),
    };
    const kinds = await run(items.slice(0, 4), broken);
    expect(kinds.filter((kind) => kind !== 'start')).toEqual([
      ...['answer', 'missing', 'failed', 'answer'],
    ]);
    const again = await run(items.slice(0, 4), options(store));
    expect(again.filter((kind) => kind !== 'start')).toEqual(['kept', 'answer', 'answer', 'kept']);
  });

  it('holds nothing of what is done', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heap = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const many = itemsOf(10_000);
    let bytes = 0;
    const store: RunStore = {
      has: () => false,
      put: (line) => {
        bytes += writePrediction(line).length;
        return Promise.resolve();
      },
    };
    // 2 kB of thoughts for each: 20 MB, were they held.
    const talking = {
      ...options(store),
      ask: ({ id }: { id: string }) =>
        Promise.resolve({ ...answerTo(id), replyText: `${id} `.repeat(500).slice(0, 2000) }),
    };
    let done = 0;
    let early = 0;
    for await (const { kind } of runBenchmark(many, talking, never)) {
      if (kind !== 'answer') continue;
      done += 1;
      if (done === 1000) early = heap();
    }
    expect(done).toBe(10_000);
    expect(bytes).toBeGreaterThan(20_000_000);
    expect(heap() - early).toBeLessThan(2_000_000);
  });
});
