import { describe, expect, it } from 'vitest';
import { readOfficialCount } from '../../src/clues/number-words';
import { stripText, toPlainDigits, toPythonText } from '../../src/clues/python-text';

describe('toPlainDigits', () => {
  it.each([
    ['Frame 12', 'Frame 12'],
    ['٣٤', '34'],
    ['０９', '09'],
    ['𝟎𝟗𝟘𝟡', '0909'],
    ['²½五', '²½五'],
  ])('%s is %s', (text, plain) => {
    expect(toPlainDigits(text)).toBe(plain);
  });
});

describe('stripText', () => {
  it('takes what Python takes', () => {
    expect(stripText('\u00a0\u3000\x1c\x85\t\n a b \x1f\v\f\r\u2028')).toBe('a b');
    expect(stripText('\ufeff5\u200b')).toBe('\ufeff5\u200b');
    expect(stripText(' \n')).toBe('');
  });
});

describe('toPythonText', () => {
  it.each([
    ['[[1, 2]]', '[[1, 2]]'],
    [[[1, 2.5]], '[[1, 2.5]]'],
    [{ a: [null, true, false] }, "{'a': [None, True, False]}"],
    [["it's", 'a "b"', '\'"\n\\'], `["it's", 'a "b"', '\\'"\\n\\\\']`],
    [null, 'None'],
    [5, '5'],
  ])('%j is %s', (value, text) => {
    expect(toPythonText(value)).toBe(text);
  });
});

describe('the oddities of word2number', () => {
  it.each([
    ['one billion two million', 1_003_000_002],
    ['one billion two million three thousand', 1_004_004_003],
    ['one billion two million three', 1_002_000_003],
    ['million two', 0],
    ['one billion thousand', 0],
    ['thousand million point five', 0],
    ['٣', 3],
    ['²', 0],
  ])('reads %s as %d', (text, count) => {
    expect(readOfficialCount(text)).toBe(count);
  });
});
