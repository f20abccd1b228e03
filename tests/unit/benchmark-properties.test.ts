import { describe, expect, it } from 'vitest';
import { scoreReply, summarize } from '../../src/benchmark/score-replies';
import { tabulate } from '../../src/benchmark/score-table';
import { settings } from '../../src/benchmark/settings';
import {
  perfectReply,
  randomAnnotation,
  randomFrom,
  shuffled,
  trueUnits,
  writeUnits,
} from '../fixtures/random-annotations';

/* What must hold of every benchmark, tried on many that are made by chance (from fixed seeds). */

const seeds = Array.from({ length: 100 }, (_, seed) => seed);

describe('any benchmark', () => {
  it.each(settings)('gives the truth full marks: %s', (setting) => {
    for (const seed of seeds) {
      const random = randomFrom(seed);
      const items = Array.from({ length: 12 }, (_, id) => randomAnnotation(id, random));
      const scored = items.map((item) => scoreReply(item, perfectReply(item, setting), setting));
      const { n, acc, oboa, mae, rmse, wcs, ifa } = summarize(scored);
      expect({ n, acc, oboa, mae, rmse }).toEqual({ n: 12, acc: 100, oboa: 100, mae: 0, rmse: 0 });
      if (setting !== 'clue') expect([wcs, ifa]).toEqual([null, null]);
      else {
        expect(wcs).toBeCloseTo(100, 9);
        expect(ifa).toBe(100);
      }
    }
  });

  it('does not ask for the clues in an order', () => {
    for (const seed of seeds) {
      const random = randomFrom(1000 + seed);
      const item = randomAnnotation(seed, random);
      // Some of the truth and some of another item, so that the score is neither 0 nor 1.
      const other = trueUnits({ ...randomAnnotation(seed, random), category: item.category });
      const units = [...trueUnits(item).slice(1), ...other.slice(0, 2)].filter(
        (unit) => 'start' in unit === (item.category === 'event'),
      );
      const score = (list: typeof units) =>
        scoreReply(item, writeUnits(list, item), 'clue').clueScore;
      expect(score(shuffled(units, random))).toBeCloseTo(score(units)!, 9);
    }
  });

  it('never gives more for a clue too many or too few', () => {
    for (const seed of seeds) {
      const random = randomFrom(2000 + seed);
      const item = randomAnnotation(seed, random);
      const units = trueUnits(item);
      const score = (list: typeof units) =>
        scoreReply(item, writeUnits(list, item), 'clue').clueScore!;
      const whole = score(units);
      const doubled = units[random(0, units.length - 1)]!;
      expect(score([...units, doubled])).toBeLessThan(whole);
      units.forEach((_, at) => expect(score(units.toSpliced(at, 1))).toBeLessThan(whole));
    }
  });

  it('has parts that make up the whole', () => {
    const random = randomFrom(7);
    const items = Array.from({ length: 60 }, (_, id) => randomAnnotation(id, random));
    const scored = items.map((item) => scoreReply(item, String(random(0, 9)), 'long'));
    const { overall, ...parts } = tabulate(scored);
    for (const part of Object.values(parts)) {
      const scores = Object.values(part);
      expect(scores.reduce((sum, { n }) => sum + n, 0)).toBe(60);
      const acc = scores.reduce((sum, one) => sum + one.acc * one.n, 0) / 60;
      expect(acc).toBeCloseTo(overall.acc, 9);
    }
    expect(Object.keys(parts.byCategory)).toEqual(['object', 'event', 'attribute']);
  });
});
