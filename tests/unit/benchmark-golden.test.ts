import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readAnnotations } from '../../src/benchmark/annotations';
import { scoreReply, summarize, type BenchmarkScore } from '../../src/benchmark/score-replies';

/** 2,000 questions and replies, scored in Python by `python -m models.tools.benchmark`. */
interface Golden {
  annotations: unknown[];
  settings: Record<'long' | 'ref' | 'clue', GoldenSetting>;
}

interface GoldenSetting {
  lines: { index: number; pred: unknown }[];
  expected: {
    index: number;
    strict: number;
    tolerant: number;
    score: number | null;
    wellFormed: boolean | null;
  }[];
  summary: Record<keyof BenchmarkScore, number | null>;
}

const path = new URL('../fixtures/golden/benchmark.json.gz', import.meta.url);
const golden = JSON.parse(gunzipSync(readFileSync(path)).toString()) as Golden;
const { annotations, faults } = readAnnotations(golden.annotations);

it('reads every annotation', () => {
  expect(faults).toEqual([]);
  expect(annotations).toHaveLength(2000);
});

describe.each(['long', 'ref', 'clue'] as const)('the %s setting', (setting) => {
  const { lines, expected, summary } = golden.settings[setting];
  const scored = annotations.map((annotation, place) =>
    scoreReply(annotation, lines[place]!.pred, setting),
  );

  it('scores every reply as the restatement of the release does', () => {
    expect(scored).toHaveLength(expected.length);
    const others = expected.flatMap((right, place) => {
      const { index, predictedStrict, predicted, clueScore, wellFormed } = scored[place]!;
      const isSame =
        String(index) === String(right.index) &&
        isNear(predictedStrict, right.strict) &&
        isNear(predicted, right.tolerant) &&
        isNear(clueScore, right.score) &&
        wellFormed === right.wellFormed;
      return isSame ? [] : [{ reply: lines[place]!.pred, right, found: scored[place] }];
    });
    expect(others.slice(0, 8), `${others.length} replies`).toEqual([]);
  });

  it('comes to the same figures', () => {
    const found = summarize(scored);
    expect(Object.keys(found).sort()).toEqual(Object.keys(summary).sort());
    for (const [name, right] of Object.entries(summary)) {
      const value = found[name as keyof BenchmarkScore];
      expect(isNear(value, right), `${name}: ${value} is not ${right}`).toBe(true);
    }
  });
});

/** To a millionth, of large numbers in proportion. */
function isNear(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
}
