import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { edit, reviewOf } from '../../src/clues/review';
import { AppError } from '../../src/errors';
import type { Analysis } from '../../src/protocol/api';
import {
  fromResult,
  mostResultBytes,
  readResult,
  readResultFile,
  toResult,
  writeResult,
} from '../../src/results/result';
import { resultSchema } from '../../src/results/result-schema';
import { analysisOf, eventClue, modelInfo } from '../fixtures/fake-reasoner';
import { someResult } from '../fixtures/some-results';

const now = new Date('2025-03-04T05:06:07.008Z');

/** Every field that an analysis can have: one that is added must travel, too. */
const fullAnalysis: Required<Analysis> = {
  ...(analysisOf([eventClue(1), eventClue(2)]) as Required<Analysis>),
  answerConfidence: 0.8,
  bareCount: 3,
  used: {
    ...{ frames: 8, heardSeconds: 4, soundSeconds: 5, note: 'x' },
    tokens: { read: 1, written: 2 },
  },
  timings: { probe: 1, listen: 2, look: 3, reason: 4, decode: 5 },
};

function resultOf(seed: number) {
  const { video, run } = someResult(seed);
  return toResult(video, run, modelInfo, now);
}

function problem(text: string): string {
  try {
    readResult(text);
  } catch (error) {
    if (error instanceof AppError && error.code === 'result-unreadable') return error.message;
    throw error;
  }
  throw new Error('It was read.');
}

describe('a result file', () => {
  it('comes back as the very same state, for answers of every kind', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { video, run } = someResult(seed);
      const { kind, id, ...rest } = run;
      const written = writeResult(toResult(video, run, modelInfo, now));
      expect([kind, id, fromResult(readResult(written))]).toEqual([
        'done',
        7,
        { title: video.title, run: rest },
      ]);
    }
  });

  it('leaves no field of an analysis behind, nor the model’s own clues', () => {
    const review = edit(
      edit(reviewOf(fullAnalysis.clues), { kind: 'judge', id: 1, verdict: 'rejected' }),
      { kind: 'change', id: 2, clue: eventClue(0.5, 'yelp') },
    );
    const run = {
      ...{ question: 'How many?', clues: fullAnalysis.clues, text: '<think>' },
      ...{ review: { ...review, past: [], future: [] }, analysis: fullAnalysis },
    };
    const video = {
      kind: 'absent' as const,
      title: 'a.mp4',
      media: fullAnalysis.media,
      seek: null,
    };
    const result = toResult(video, { kind: 'done', id: 1, ...run }, null, now);
    expect(fromResult(readResult(writeResult(result))).run).toEqual(run);
    expect(result.answer.count).toBe(2);
    expect(result.review.count).toBe(1);
    expect(result.answer.clues).toEqual([eventClue(1), eventClue(2)]);
  });

  it('says who counted, and how large the file was', () => {
    const { run } = someResult(3);
    const file = new File(['12345'], 'clip.mp4');
    const video = {
      ...{ kind: 'open' as const, file, url: 'blob:x', title: 'clip.mp4' },
      ...{ sample: null, info: null, glimpse: null, seek: null },
    };
    const result = toResult(video, run, modelInfo, now);
    expect(result).toMatchObject({
      createdAt: '2025-03-04T05:06:07.008Z',
      video: { title: 'clip.mp4', bytes: 5, hasAudio: run.analysis.media.hasAudio },
      model: { title: 'nano', version: '1.0.0' },
    });
    const other = { ...modelInfo, sha256: 'cd'.repeat(32), title: 'Another' };
    expect(toResult(video, run, other, now).model.title).toBe('nano');
  });

  it('puts the evidence in order, whoever wrote the file', () => {
    const result = resultOf(5);
    result.review.clues.reverse();
    const starts = fromResult(result).run.review.clues.map(({ clue }) =>
      clue.kind === 'event' ? clue.startSeconds : clue.timestampSeconds,
    );
    expect(starts.length).toBeGreaterThan(2);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  });
});

describe('a damaged result file', () => {
  it('is turned away in words, wherever it was cut off', () => {
    const text = writeResult(resultOf(2)).trim();
    const cuts = [0, 1, 10, 500, Math.floor(text.length / 2), text.length - 1];
    for (const cut of cuts) expect(problem(text.slice(0, cut))).toMatch(/no JSON/);
  });

  it('is turned away where it is something else', () => {
    for (const text of ['null', '3', '[]', '"x"', '{}', '{"schema":"other"}']) {
      expect(problem(text)).toMatch(/no result of this page/);
    }
  });

  it('is turned away where it comes from a newer page', () => {
    expect(problem(JSON.stringify({ ...resultOf(2), version: 2 }))).toMatch(/version 2.*newer/);
    expect(problem(JSON.stringify({ ...resultOf(2), version: 'x' }))).toMatch(/version: /);
  });

  it('names the place of each problem', () => {
    const result = JSON.parse(writeResult(resultOf(5))) as {
      review: { clues: { id: number; clue: { label: unknown } }[] };
      video: { title: unknown };
    };
    result.review.clues[1]!.clue.label = 7;
    result.video.title = null;
    const words = problem(JSON.stringify(result));
    expect(words).toContain('review.clues.1.clue.label: ');
    expect(words).toContain('video.title: ');
  });

  it('names a few of many problems', () => {
    const { schema, version } = resultOf(5);
    expect(problem(JSON.stringify({ schema, version }))).toMatch(/; and \d+ more$/);
  });

  it('has no two clues of one name', () => {
    const result = resultOf(5);
    result.review.clues[1]!.id = result.review.clues[0]!.id;
    expect(problem(JSON.stringify(result))).toContain('review.clues: Two clues');
  });

  it('is not read at all where it is far too large', async () => {
    const huge = { size: mostResultBytes + 1, text: () => Promise.reject(new Error('read')) };
    await expect(readResultFile(huge as unknown as Blob)).rejects.toMatchObject({
      code: 'result-unreadable',
    });
  });
});

describe('docs/result.schema.json', () => {
  it('says what the page reads (`npx vitest run -u --project unit` writes it)', async () => {
    const schema = JSON.stringify(z.toJSONSchema(resultSchema, { io: 'input' }));
    const config = await resolveConfig(import.meta.filename);
    const text = await format(schema, { ...config, parser: 'json' });
    await expect(text).toMatchFileSnapshot('../../docs/result.schema.json');
  });
});
