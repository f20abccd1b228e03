import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WebVTTParser } from 'webvtt-parser';
import { z } from 'zod';

const FOLDER = new URL('../../models/served/samples/', import.meta.url);
const MAX_CLIP_BYTES = 1_000_000;
const MAX_POSTER_BYTES = 40_000;
const FRAME = { width: 854, height: 480 };

const seconds = z.number().nonnegative();
const EventClue = z.strictObject({
  startSeconds: seconds,
  endSeconds: seconds,
  label: z.string().min(1),
});
const ObjectClue = z.strictObject({
  timestampSeconds: seconds,
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  label: z.string().min(1),
});
const text = z.string().min(1);
const about = {
  id: z.string().regex(/^[a-z][a-z-]*$/),
  title: text,
  description: text.regex(/^[^\n]+$/),
  file: z.string().endsWith('.mp4'),
  poster: z.string().endsWith('.webp'),
  posterSmall: z.string().endsWith('-480.webp'),
  captions: z.string().endsWith('.vtt'),
  question: text.endsWith('?'),
  count: z.int().positive(),
  modality: z.enum(['audio', 'visual', 'audio-visual']),
  credit: text,
  licence: text,
};
const Sample = z.discriminatedUnion('category', [
  z.strictObject({ ...about, category: z.literal('event'), clues: z.array(EventClue) }),
  z.strictObject({ ...about, category: z.literal('object'), clues: z.array(ObjectClue) }),
]);

const samples = z
  .array(Sample)
  .parse(JSON.parse(readFileSync(new URL('samples.json', FOLDER), 'utf8')));

/** A box of an MP4: where its content lies in the file. */
interface Mp4Box {
  type: string;
  start: number;
  end: number;
}

function boxesIn(bytes: Buffer, start: number, end: number): Mp4Box[] {
  const found: Mp4Box[] = [];
  for (let at = start; at + 8 <= end;) {
    const size = bytes.readUInt32BE(at);
    if (size < 8) throw new Error(`unexpected box size ${size} at ${at}`);
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at + 8, end: at + size });
    at += size;
  }
  return found;
}

function child(bytes: Buffer, parent: Mp4Box, type: string): Mp4Box {
  const box = boxesIn(bytes, parent.start, parent.end).find((each) => each.type === type);
  if (!box) throw new Error(`no ${type} box`);
  return box;
}

/** What the file says of itself: order of its parts, duration and the sizes of its tracks. */
function mp4Facts(bytes: Buffer) {
  const top = boxesIn(bytes, 0, bytes.length);
  const movie = top.find((box) => box.type === 'moov');
  if (!movie) throw new Error('no moov box');
  const header = child(bytes, movie, 'mvhd');
  const sizes = boxesIn(bytes, movie.start, movie.end)
    .filter((box) => box.type === 'trak')
    .map((track) => child(bytes, track, 'tkhd'))
    .map(({ end }) => ({
      width: bytes.readUInt32BE(end - 8) / 65536,
      height: bytes.readUInt32BE(end - 4) / 65536,
    }));
  return {
    order: top.map((box) => box.type),
    durationSeconds: bytes.readUInt32BE(header.start + 16) / bytes.readUInt32BE(header.start + 12),
    sizes,
    codecs: ['avc1', 'mp4a'].filter((codec) => bytes.includes(codec, movie.start, 'latin1')),
  };
}

describe('samples.json', () => {
  it('has at least three clips with names of their own', () => {
    expect(samples.length).toBeGreaterThanOrEqual(3);
    expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
  });

  it('asks for events and for objects', () => {
    expect(new Set(samples.map(({ category }) => category))).toEqual(new Set(['event', 'object']));
  });
});

describe.each(samples)('sample $id', (sample) => {
  const clip = readFileSync(new URL(sample.file, FOLDER));
  const facts = mp4Facts(clip);

  it('is small, with a small poster', () => {
    expect(clip.length).toBeLessThanOrEqual(MAX_CLIP_BYTES);
    expect(statSync(new URL(sample.poster, FOLDER)).size).toBeLessThanOrEqual(MAX_POSTER_BYTES);
  });

  it('is H.264 and AAC with the index in front', () => {
    expect(facts.codecs).toEqual(['avc1', 'mp4a']);
    expect(facts.order.indexOf('moov')).toBeLessThan(facts.order.indexOf('mdat'));
    expect(facts.sizes).toContainEqual(FRAME);
  });

  it('lasts 8 to 20 seconds', () => {
    expect(facts.durationSeconds).toBeGreaterThanOrEqual(8);
    expect(facts.durationSeconds).toBeLessThanOrEqual(20.1);
  });

  it('has one clue per counted thing, in order, inside the clip', () => {
    expect(sample.clues).toHaveLength(sample.count);
    const starts = sample.clues.map((clue) =>
      'startSeconds' in clue ? clue.startSeconds : clue.timestampSeconds,
    );
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(Math.max(...starts)).toBeLessThan(facts.durationSeconds);
  });

  if (sample.category === 'event') {
    it('has events that end after they begin and before the clip does', () => {
      for (const { startSeconds, endSeconds } of sample.clues) {
        expect(endSeconds).toBeGreaterThan(startSeconds);
        expect(endSeconds).toBeLessThanOrEqual(facts.durationSeconds);
      }
    });
  } else {
    it('has boxes inside the frame, large enough to see', () => {
      for (const { box } of sample.clues) {
        const [x1, y1, x2, y2] = box;
        expect(Math.min(x1, y1)).toBeGreaterThanOrEqual(0);
        expect(x2).toBeLessThanOrEqual(FRAME.width);
        expect(y2).toBeLessThanOrEqual(FRAME.height);
        expect(Math.min(x2 - x1, y2 - y1)).toBeGreaterThanOrEqual(30);
      }
    });
  }
});

describe('captions and small posters', () => {
  it.each(samples.map((sample) => [sample.id, sample] as const))('of %s', (_, sample) => {
    expect(statSync(new URL(sample.posterSmall, FOLDER)).size).toBeLessThan(16_000);
    const text = readFileSync(new URL(sample.captions, FOLDER), 'utf8');
    const { cues, errors } = new WebVTTParser().parse(text, 'subtitles/captions/descriptions');
    expect(errors).toEqual([]);
    expect(cues.length).toBeGreaterThan(0);
    cues.forEach((cue, at) => {
      expect(cue.endTime).toBeGreaterThan(cue.startTime);
      expect(cue.startTime).toBeGreaterThanOrEqual(cues[at - 1]?.endTime ?? 0);
      expect(cue.text).toMatch(/^\[.+\]$/);
    });
  });
});
