import { expect, it } from 'vitest';
import { halvesToFloats } from '../../src/tensors/half';
import { golden, sha256 } from './preprocess-golden';

const all = halvesToFloats(Uint16Array.from({ length: 65536 }, (_, bits) => bits));

it('widens every half exactly as numpy does', () => {
  expect(sha256(all.map((value) => (Number.isNaN(value) ? 0 : value)))).toBe(golden.halves.sha256);
});

it('knows the edges of the format', () => {
  expect([all[0x3c00], all[0xc000], all[0x7bff], all[0x0001], all[0x03ff], all[0x0400]]).toEqual([
    1,
    -2,
    65504,
    2 ** -24,
    1023 * 2 ** -24,
    2 ** -14,
  ]);
  expect([all[0x7c00], all[0xfc00], all[0x7e00]]).toEqual([Infinity, -Infinity, NaN]);
  expect(all.filter(Number.isNaN).length).toBe(2 * 1023);
  expect(Object.is(all[0x8000], -0)).toBe(true);
});
