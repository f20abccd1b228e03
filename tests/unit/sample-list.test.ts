import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchSamples } from '../../src/state/samples';

const entry = { id: 'a', file: 'a.mp4', question: 'How many?', count: 2 };

/** The clues that are read from a list with one clip. */
async function read(clues: unknown) {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json([{ ...entry, clues }])));
  const [sample] = await fetchSamples('https://site.test/samples/samples.json');
  return sample?.clues;
}

afterEach(() => vi.unstubAllGlobals());

describe("a sample's clues", () => {
  it('are stretches of time, or moments where a thing is first seen', async () => {
    expect(
      await read([
        { startSeconds: 1, endSeconds: 1.5, label: 'bark' },
        { timestampSeconds: 2, box: [0, 0, 9, 9], label: 'car' },
      ]),
    ).toEqual([
      { startSeconds: 1, endSeconds: 1.5, label: 'bark' },
      { startSeconds: 2, endSeconds: 2, label: 'car' },
    ]);
  });

  it.each([
    ['missing', undefined],
    ['no list', { startSeconds: 1 }],
    ['partly broken', [{ startSeconds: 1, endSeconds: 2, label: 'bark' }, { label: 'bark' }]],
    ['without a label', [{ startSeconds: 1, endSeconds: 2 }]],
    ['no objects', ['bark', null]],
  ])('are absent when %s', async (_, clues) => expect(await read(clues)).toBeUndefined());
});
