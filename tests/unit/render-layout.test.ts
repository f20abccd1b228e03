import { describe, expect, it } from 'vitest';
import type { Clue } from '../../src/clues/clue';
import { countAt, layOut, placeTag, stripShare, type Scene } from '../../src/render/layout';
import { ellipsize, wrapText } from '../../src/render/text-fit';

/** Every letter is as wide as the font is high. */
const measureIn = (pixels: number) => (text: string) => pixels * [...text].length;
const measure = measureIn(1);

const event = (startSeconds: number, endSeconds: number): Clue => ({
  kind: 'event',
  ...{ startSeconds, endSeconds, label: 'bark' },
});

const scene = (width: number, height: number, more: Partial<Scene> = {}): Scene => ({
  clues: [event(1, 2), event(1.5, 3), event(9.99, 10)],
  question: 'How many times does the dog bark, and does it bark at the cat or at the postman?',
  countWords: 'of 3',
  frame: { width, height },
  startSeconds: 0,
  endSeconds: 10,
  ...more,
});

describe('fitting text', () => {
  it('leaves what fits', () => {
    expect(ellipsize('dog', 3, measure)).toBe('dog');
  });

  it('cuts as late as it can, and never in a letter', () => {
    expect(ellipsize('a dog barks', 7, measure)).toBe('a dog…');
    expect(ellipsize('🐕🐕🐕', 2, measure)).toBe('🐕…');
    expect(ellipsize('dog', 0.5, measure)).toBe('');
  });

  it('breaks between words', () => {
    expect(wrapText('  one two   three ', 7, 3, measure)).toEqual(['one two', 'three']);
  });

  it('ends the last line in an ellipsis', () => {
    expect(wrapText('one two three four', 7, 2, measure)).toEqual(['one two', 'three…']);
  });

  it('breaks a word that is too long, and Chinese before no punctuation', () => {
    expect(wrapText('abcdefgh ij', 5, 3, measure)).toEqual(['abcde', 'fgh', 'ij']);
    expect(wrapText('有多少辆车？', 5, 2, measure)).toEqual(['有多少辆', '车？']);
  });

  it('gives no line where no letter fits', () => {
    expect(wrapText('dog', 0.5, 2, measure)).toEqual([]);
    expect(wrapText('', 10, 2, measure)).toEqual([]);
  });
});

describe('the running count', () => {
  it('rises when a clue begins', () => {
    const { clues } = scene(1, 1);
    expect([0, 0.9, 1, 1.4, 1.5, 9, 10].map((time) => countAt(clues, time))).toEqual([
      0, 0, 1, 1, 2, 2, 3,
    ]);
  });

  it('forgives the rounding of another clock', () => {
    expect(countAt([event(1.433334, 2)], 1.4333333)).toBe(1);
  });
});

describe('the layout', () => {
  const sizes = [
    ...[
      160, 90, 240, 427, 426, 240, 640, 480, 1080, 1920, 1920, 1080, 3840, 2160, 101, 77, 400, 3000,
    ],
  ];
  const pairs = sizes.flatMap((width, at) =>
    at % 2 === 0 ? [[width, sizes[at + 1] ?? 0] as const] : [],
  );

  it.each(pairs)('keeps everything on the canvas and off the picture: %i × %i', (width, height) => {
    const layout = layOut(scene(width, height), measureIn);
    expect([layout.width % 2, layout.height % 2]).toEqual([0, 0]);
    expect(layout.picture).toEqual({ x: 0, y: 0, width: width + (width % 2), height });
    for (const rect of [layout.counter, layout.strip, ...layout.marks]) {
      expect(rect.x).toBeGreaterThanOrEqual(0);
      expect(rect.y).toBeGreaterThanOrEqual(height);
      expect(rect.x + rect.width).toBeLessThanOrEqual(layout.width);
      expect(rect.y + rect.height).toBeLessThanOrEqual(layout.height);
    }
    const lineWidth = measureIn(layout.sizes.question);
    for (const line of layout.questionLines) {
      expect(layout.questionAt.x + lineWidth(line)).toBeLessThanOrEqual(layout.counter.x);
    }
    expect(layout.questionLines.length).toBeLessThanOrEqual(2);
    expect(layout.questionAt.y - layout.sizes.question).toBeGreaterThanOrEqual(height);
  });

  it('grows with the frame', () => {
    const small = layOut(scene(640, 360), measureIn).sizes;
    const large = layOut(scene(3840, 2160), measureIn).sizes;
    expect(large.label / small.label).toBeGreaterThan(5);
    expect(large.line / small.line).toBeGreaterThan(5);
  });

  it('puts marks that overlap in time into lanes, and short ones where they are seen', () => {
    const { marks, strip } = layOut(scene(640, 360), measureIn);
    expect(marks[0]?.y).not.toBe(marks[1]?.y);
    expect(marks[2]?.width).toBeGreaterThanOrEqual(3);
    expect(marks[0]!.x).toBeCloseTo(strip.x + strip.width / 10, 5);
  });

  it('has a canvas of its own for sound alone', () => {
    const layout = layOut(scene(0, 0, { frame: null }), measureIn);
    expect([layout.width, layout.height, layout.picture.height]).toEqual([1280, 720, 0]);
    expect(layout.strip.y + layout.strip.height).toBeLessThan(720);
  });

  it('reads the strip on the clock of the file', () => {
    const late = scene(640, 360, { startSeconds: 1.4, endSeconds: 3.4 });
    expect([1, 1.4, 2.4, 3.4, 9].map((time) => stripShare(late, time))).toEqual([0, 0, 0.5, 1, 1]);
    expect(stripShare(scene(1, 1, { endSeconds: 0 }), 0)).toBe(0);
  });
});

describe('a tag', () => {
  const tag = { width: 60, height: 20 };
  const canvas = { width: 200, height: 100 };

  it('stands on its box', () => {
    expect(placeTag([30, 50, 90, 80], tag, canvas)).toEqual({ x: 30, y: 30 });
  });

  it('goes into the box where there is no room above', () => {
    expect(placeTag([30, 10, 90, 80], tag, canvas)).toEqual({ x: 30, y: 10 });
  });

  it('never leaves the frame', () => {
    expect(placeTag([190, 50, 230, 80], tag, canvas)).toEqual({ x: 140, y: 30 });
    expect(placeTag([-20, -5, 5, 8], tag, canvas)).toEqual({ x: 0, y: 0 });
  });
});
