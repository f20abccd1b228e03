import { describe, expect, it } from 'vitest';
import type { NanoConfig } from '../../src/families/nano/nano-config';
import { isPresent } from '../../src/families/nano/presence';
import type { Proposal } from '../../src/families/nano/proposal';
import type { Mention, TowerKind } from '../../src/families/nano/target';

const config = {
  sound: { labels: ['dog', 'bell'], presence: { default: 0.1, bell: 0.3 } },
  objects: { presence: 0.35 },
} as unknown as NanoConfig;

const of = (kind: TowerKind, ...weights: number[]): Mention => ({
  ...{ kind, colour: null },
  weights: Float64Array.from(weights),
});
const scored = (...all: number[][]): Proposal[] =>
  all.map((scores) => ({ classScores: Float32Array.from(scores) }) as Proposal);

describe('isPresent', () => {
  it.each([
    ['one thing that clearly is one', of('object', 1, 0), [[0.1], [0.4]], true],
    ['many that only may be', of('object', 1, 0), [[0.3], [0.3], [0.34]], false],
    ['another thing', of('object', 1, 0), [[0.1, 0.9]], false],
    ['one of several asked classes', of('object', 1, 1), [[0.1, 0.5]], true],
    ['nothing', of('object', 1, 0), [], false],
    ['a sound at its own bar', of('sound', 0, 1), [[0, 0.3]], true],
    ['a sound below it', of('sound', 0, 1), [[0.9, 0.29]], false],
    ['a sound at the bar of all others', of('sound', 1, 0), [[0.15, 0]], true],
    ['a movement, which has no bar', of('cycle', 1), [], true],
  ])('%s', (_, mention, scores, expected) => {
    expect(isPresent(mention, scored(...scores), config)).toBe(expected);
  });
});
