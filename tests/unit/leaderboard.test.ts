import { describe, expect, it } from 'vitest';
import { benchmarkTotals, modalities, targets } from '../../src/ui/benchmark-facts';
import { stages } from '../../src/ui/curriculum-figure';
import {
  columns,
  columnsOf,
  formatValue,
  leaderboard,
  lowerIsBetter,
  metrics,
  settledValue,
  sortRows,
  type Column,
} from '../../src/ui/leaderboard';

const rowOf = (name: string) => leaderboard.find(({ model }) => model === name)!;
const numbers = (name: string) => columns.map((column) => rowOf(name).values[column]);
const valueOf = (column: Column) => (row: (typeof leaderboard)[number]) => row.values[column];

describe("the paper's leaderboard", () => {
  it.each([
    ['AV-Reasoner', [22.3, 48.3, 3.15, 5.89, 35.83, 61.44, 2.38, 4.44, 1.11, 80.82]],
    ['AV-Reasoner-Thinking', [21.03, 48.78, 3.26, 8.2, 34.08, 60.95, 2.4, 4.66, 1.68, 79.65]],
    ['Ola-7B (base)', [17.92, 38.85, 4.57, 10.52, 25.33, 46.53, 3.3, 5.98, 0.84, 75.66]],
    ['Gemini 2.5 Pro', [40.8, 65.82, 2.33, 7.2, 47.42, 72.25, 1.47, 3.53, 6.71, 95.03]],
    ['Human', [85, 96.49, 0.65, 0.95, 91.53, 98.05, 0.23, 0.45, 71.93, 100]],
    ['Random', [1.56, 4.97, 30.35, 36.66, null, null, null, null, 0.25, 100]],
    ['InternVideo2.5-8B', [22.2, 48.3, 3.17, 5.92, 28.33, 56.47, 2.75, 5.7, null, null]],
    ['Qwen3-Omni-30B', [30.77, null, null, null, 37.39, null, null, null, 1.32, null]],
  ])('has the numbers of %s', (name, expected) => expect(numbers(name)).toEqual(expected));

  it('has every row once, the later one marked', () => {
    expect(new Set(leaderboard.map(({ model }) => model)).size).toBe(23);
    expect(leaderboard.filter(({ isLater }) => isLater).map(({ model }) => model)).toEqual([
      'Qwen3-Omni-30B',
    ]);
    expect(leaderboard.filter(({ role }) => role === 'paper')).toHaveLength(2);
  });

  it('has no number that cannot be one', () => {
    for (const { model, values } of leaderboard) {
      for (const setting of ['long', 'ref'] as const) {
        const [acc, oboa] = [values[`${setting}.acc`], values[`${setting}.oboa`]];
        const [mae, rmse] = [values[`${setting}.mae`], values[`${setting}.rmse`]];
        if (acc !== null && oboa !== null) expect(acc, model).toBeLessThan(oboa);
        if (mae !== null && rmse !== null) expect(mae, model).toBeLessThan(rmse);
      }
      for (const share of ['long.acc', 'long.oboa', 'ref.acc', 'ref.oboa', 'wcs', 'ifa'] as const) {
        expect(values[share] ?? 0, model).toBeLessThanOrEqual(100);
      }
    }
  });

  it('sorts both ways, rows without a number last', () => {
    const best = sortRows(leaderboard, valueOf('ref.acc'), true).map(({ model }) => model);
    const worst = sortRows(leaderboard, valueOf('ref.acc')).map(({ model }) => model);
    expect(best[0]).toBe('Human');
    expect(worst[0]).toBe('VideoLLaMA2.1-7B-AV');
    for (const order of [best, worst]) {
      expect(order.slice(-2).toSorted()).toEqual(['GPT-4.1, text only', 'Random']);
    }
    expect(sortRows(leaderboard, ({ model }) => model)[0]?.model).toBe('AV-Reasoner');
  });

  it('ranks by the reference stretch, or by the whole video where only that is known', () => {
    expect(settledValue(rowOf('GPT-4.1'), 'acc')).toBe(37.39);
    expect(settledValue(rowOf('Random'), 'acc')).toBe(1.56);
    expect(settledValue(rowOf('Qwen3-Omni-30B'), 'ifa')).toBeNull();
  });

  it('knows its metrics', () => {
    expect(metrics.flatMap(columnsOf).toSorted()).toEqual([...columns].toSorted());
    expect(metrics.filter(lowerIsBetter)).toEqual(['mae', 'rmse']);
    expect([formatValue(22.3), formatValue(0), formatValue(null)]).toEqual(['22.30', '0.00', '—']);
  });
});

describe("the benchmark's numbers", () => {
  it.each([
    ['targets', targets],
    ['modalities', modalities],
  ])('%s add up to all questions', (_, shares) =>
    expect(
      (shares as readonly { questions: number }[]).reduce((sum, share) => sum + share.questions, 0),
    ).toBe(benchmarkTotals.questions),
  );
  it('bear the two shares that the text names', () => {
    const heard = modalities.filter(({ key }) => key !== 'V');
    const share = heard.reduce((sum, { questions }) => sum + questions, 0) / 1027;
    expect(Math.round(100 * share)).toBe(38);
    expect((benchmarkTotals.clues / benchmarkTotals.questions).toFixed(1)).toBe('5.7');
  });
});

describe("the curriculum's accuracies", () => {
  it('begin and end with rows of the leaderboard', () => {
    expect(stages[0]?.refAccuracy).toBe(rowOf('Ola-7B (base)').values['ref.acc']);
    expect(stages.at(-1)?.refAccuracy).toBe(rowOf('AV-Reasoner-Thinking').values['ref.acc']);
  });
});
