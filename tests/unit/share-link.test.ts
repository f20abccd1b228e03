import { deflateRawSync } from 'node:zlib';
import { deflateSync, strToU8 } from 'fflate';
import { create } from 'qrcode';
import { describe, expect, it } from 'vitest';
import { clueSpan, isSeen } from '../../src/clues/clue-time';
import { AppError } from '../../src/errors';
import { fromResult, toResult } from '../../src/results/result';
import { fromShareHash, isShareHash, shortLink, toShareLink } from '../../src/results/share-link';
import { mostQrCharacters, toQr } from '../../src/results/to-qr';
import { modelInfo } from '../fixtures/fake-reasoner';
import { someResult } from '../fixtures/some-results';

const base = 'https://site.test/demo/';
const now = new Date('2025-03-04T05:06:00.000Z');

function resultOf(seed: number, clueCount?: number) {
  const { video, run } = someResult(seed, clueCount);
  return toResult(video, run, modelInfo, now);
}

const hashOf = (url: string): string => new URL(url).hash;

function linkOf(json: unknown): string {
  return linkOfBytes(deflateSync(strToU8(JSON.stringify(json))));
}

function linkOfBytes(bytes: Uint8Array): string {
  return `#r=${Buffer.from(bytes).toString('base64url')}`;
}

function code(hash: string): string {
  try {
    fromShareHash(hash);
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'read';
}

describe('a link', () => {
  it('comes back with the count, every clue and every verdict', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const result = resultOf(seed);
      const { url } = toShareLink(result, base);
      expect(url).toMatch(/^https:\/\/site\.test\/demo\/#r=[\w-]+$/);
      const back = fromShareHash(hashOf(url));
      const { answer, review, question, video, model, backend, createdAt } = result;
      expect(back).toMatchObject({ question, model, backend, createdAt });
      expect(back.video.title).toBe(video.title);
      expect(back.answer).toMatchObject({
        ...{ count: answer.count, category: answer.category, covered: answer.covered },
        ...{ unparsed: answer.unparsed, answerText: answer.answerText },
      });
      expect(back.review.count).toBe(review.count);
      expect(back.review.clues).toHaveLength(review.clues.length);
      for (const [index, entry] of review.clues.entries()) {
        const { clue, origin, verdict, moved } = back.review.clues[index]!;
        expect({ origin, verdict, moved }).toEqual({
          ...{ origin: entry.origin, verdict: entry.verdict, moved: entry.moved },
        });
        expect([clue.kind, clue.label, isSeen(clue)]).toEqual([
          ...[entry.clue.kind, entry.clue.label, isSeen(entry.clue)],
        ]);
        expect(clueSpan(clue)[0]).toBeCloseTo(clueSpan(entry.clue)[0], 1);
        if (clue.kind !== 'object' || entry.clue.kind !== 'object') continue;
        clue.box.forEach((corner, i) => {
          expect(Math.abs(corner - (entry.clue as typeof clue).box[i]!)).toBeLessThanOrEqual(0.51);
        });
      }
      expect(() => fromResult(back)).not.toThrow();
    }
  });

  it('keeps all detail where there is room', () => {
    const result = resultOf(8, 2);
    const { url, leftOut } = toShareLink(result, base, 1e6);
    expect(leftOut).toEqual([]);
    const back = fromShareHash(hashOf(url));
    expect(back.answer.thinkText).toBe(result.answer.thinkText);
    expect(back.review.clues.map(({ clue }) => clue.path?.length)).toEqual(
      result.review.clues.map(({ clue }) => clue.path?.length),
    );
  });

  it('leaves out detail, and says which, until it is short', () => {
    let reduced = 0;
    for (let seed = 1; seed <= 30; seed += 1) {
      const full = toShareLink(resultOf(seed, 20), base, Infinity).url;
      const { url, leftOut } = toShareLink(resultOf(seed, 20), base);
      expect(url.length).toBeLessThanOrEqual(shortLink);
      expect(leftOut.length > 0).toBe(url.length < full.length);
      reduced += Number(leftOut.includes('some-positions') || leftOut.includes('positions'));
    }
    expect(reduced).toBeGreaterThan(15);
  });

  it('holds thousands of clues, as the count follows them', () => {
    const result = resultOf(4, 2000);
    const { url, leftOut } = toShareLink(result, base);
    expect(leftOut).toContain('beliefs');
    expect(fromShareHash(hashOf(url)).review.clues).toHaveLength(result.review.clues.length);
    expect(toQr(url)).toBeNull();
  });

  it('is itself again when it is shared on', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const { url } = toShareLink(resultOf(seed), base);
      const again = fromShareHash(hashOf(url));
      expect(fromShareHash(hashOf(toShareLink(again, base).url))).toEqual(again);
    }
  });
});

describe('a damaged link', () => {
  const good = hashOf(toShareLink(resultOf(6), base).url);

  it('is told from the page’s own addresses', () => {
    expect([good, '#/', '#/paper', '', '#r'].map(isShareHash)).toEqual([
      ...[true, false, false, false, false],
    ]);
  });

  it('is turned away wherever it was cut off', () => {
    for (let length = 0; length < good.length - 2; length += 31) {
      expect(code(good.slice(0, length))).toBe('result-unreadable');
    }
  });

  it('never breaks anything, whatever letters are changed', () => {
    for (let at = 3; at < good.length; at += 11) {
      const hash = `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;
      expect(['read', 'result-unreadable']).toContain(code(hash));
    }
  });

  it.each([
    ['no base64', '#r=%%%'],
    ['no deflate', linkOfBytes(new Uint8Array([255, 254, 253]))],
    ['no JSON', linkOfBytes(deflateSync(strToU8('hello')))],
    ['no result', linkOf({ v: 1 })],
    ['an array', linkOf([])],
    ['null', linkOf(null)],
    ['a newer form', linkOf({ v: 2 })],
  ])('that holds %s is turned away', (_, hash) => {
    expect(code(hash)).toBe('result-unreadable');
  });

  it('does not unfold to what no result could be', () => {
    const bomb = linkOfBytes(deflateRawSync(new Uint8Array(100e6)));
    expect(bomb.length).toBeLessThan(200_000);
    expect(() => fromShareHash(bomb)).toThrow(/far more/);
    expect(code(`#r=${'A'.repeat(2e6)}`)).toBe('result-unreadable');
  });

  it('with a time or label out of range is turned away', () => {
    const wild = { v: 1, n: 9e15, q: 'q', l: [], c: [], s: {} };
    expect(code(linkOf(wild))).toBe('result-unreadable');
  });
});

describe('a code', () => {
  it('has the squares of the library, in a blank frame of four', () => {
    const { url } = toShareLink(resultOf(9, 4), base, mostQrCharacters);
    const qr = toQr(url)!;
    const { modules } = create(url, { errorCorrectionLevel: 'L' });
    expect(qr.size).toBe(modules.size + 8);
    const dark = new Set<string>();
    for (const [, x, y, run] of qr.path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
      for (let i = 0; i < Number(run); i += 1) dark.add(`${Number(x) + i},${y!}`);
    }
    let count = 0;
    for (let y = 0; y < modules.size; y += 1) {
      for (let x = 0; x < modules.size; x += 1) {
        if (!modules.get(y, x)) continue;
        count += 1;
        expect(dark.has(`${x + 4},${y + 4}`)).toBe(true);
      }
    }
    expect(dark.size).toBe(count);
    expect(count).toBeGreaterThan(500);
  });

  it('is none where a phone could not read it', () => {
    expect(toQr('x'.repeat(mostQrCharacters + 1))).toBeNull();
    expect(toQr('x'.repeat(mostQrCharacters))).not.toBeNull();
  });
});
