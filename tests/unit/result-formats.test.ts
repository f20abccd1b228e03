import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { WebVTTCueTextParser, WebVTTParser } from 'webvtt-parser';
import { clueSpan } from '../../src/clues/clue-time';
import { edit, reviewOf } from '../../src/clues/review';
import { fileName } from '../../src/results/file-names';
import { toResult } from '../../src/results/result';
import { csvColumns, toCsv } from '../../src/results/to-csv';
import { toText } from '../../src/results/to-text';
import { toWebVtt } from '../../src/results/to-webvtt';
import { analysisOf, eventClue, modelInfo } from '../fixtures/fake-reasoner';
import { someResult } from '../fixtures/some-results';

const now = new Date('2025-03-04T05:06:07Z');
const seeds = Array.from({ length: 40 }, (_, i) => i + 1);

function resultOf(seed: number, clueCount?: number) {
  const { video, run } = someResult(seed, clueCount);
  return toResult(video, run, modelInfo, now);
}

/** A result of plain sounds, the second rejected. */
function plainResult() {
  const clues = [eventClue(1), eventClue(3723.5), eventClue(4000)];
  const analysis = analysisOf(clues);
  const review = edit(reviewOf(clues), { kind: 'judge', id: 2, verdict: 'rejected' });
  return toResult(
    { kind: 'absent', title: 'dog.mp4', media: analysis.media, seek: null },
    { kind: 'done', id: 1, question: 'How many barks?', clues, review, text: '', analysis },
    modelInfo,
    now,
  );
}

describe('the table', () => {
  it('has a row per clue that reads back as it was', () => {
    for (const seed of seeds) {
      const { review } = resultOf(seed);
      const text = toCsv(resultOf(seed));
      const { data, errors } = Papa.parse<string[]>(text.slice(0, -2), { newline: '\r\n' });
      expect(errors.filter(({ code }) => code !== 'UndetectableDelimiter')).toEqual([]);
      const [header, ...rows] = data;
      expect(header).toEqual([...csvColumns]);
      expect(rows).toHaveLength(review.clues.length);
      for (const [index, row] of rows.entries()) {
        const { clue, verdict, origin } = review.clues[index]!;
        expect(row).toHaveLength(csvColumns.length);
        expect(row[0]).toBe(String(index + 1));
        expect(row[2]!.replace(/^'/, '')).toBe(clue.label);
        expect(Number(row[3])).toBeCloseTo(clueSpan(clue)[0], 3);
        expect([row[5], row[6]]).toEqual([verdict, origin]);
      }
    }
  });

  it('runs nothing in a spreadsheet', () => {
    const cells = seeds.flatMap((seed) => {
      const { data } = Papa.parse<string[]>(toCsv(resultOf(seed)), { newline: '\r\n' });
      return data.slice(1).map((row) => row[2] ?? '');
    });
    expect(cells.filter((cell) => cell.startsWith("'")).length).toBeGreaterThan(50);
    expect(cells.filter((cell) => /^[=+\-@\t\r＝]/.test(cell))).toEqual([]);
  });

  it('is plain for plain clues', () => {
    expect(toCsv(plainResult()).split('\r\n')).toEqual([
      'number,kind,label,start_seconds,end_seconds,verdict,origin,moved,confidence,x1,y1,x2,y2',
      '1,event,dog bark,1,1.3,open,model,false,0.9,,,,',
      '2,event,dog bark,3723.5,3723.8,rejected,model,false,0.9,,,,',
      '3,event,dog bark,4000,4000.3,open,model,false,0.9,,,,',
      '',
    ]);
  });
});

describe('the subtitles', () => {
  it('are valid, with a cue per clue that counts', () => {
    for (const seed of [...seeds, 1000]) {
      const result = resultOf(seed, seed === 1000 ? 3000 : undefined);
      const kept = result.review.clues.filter(({ verdict }) => verdict !== 'rejected');
      const { cues, errors } = new WebVTTParser().parse(toWebVtt(result), 'metadata');
      expect(errors).toEqual([]);
      expect(cues).toHaveLength(kept.length);
      for (const cue of cues) {
        const { clue, verdict } = result.review.clues[Number(cue.id) - 1]!;
        const [from, to] = clueSpan(clue);
        expect(verdict).not.toBe('rejected');
        expect(cue.startTime).toBeCloseTo(from, 2);
        expect(cue.endTime).toBeCloseTo(Math.max(to, from + 0.5), 2);
      }
    }
  });

  it('say the words, not markup', () => {
    const result = plainResult();
    result.review.clues[0]!.clue.label = '<b>a</b> & b --> c\n\nd';
    const { cues } = new WebVTTParser().parse(toWebVtt(result), 'metadata');
    const errors: string[] = [];
    const { children } = new WebVTTCueTextParser(
      cues[0]!.text,
      (m) => errors.push(m),
      'subtitles/captions/descriptions',
      { '&amp;': '&', '&lt;': '<', '&gt;': '>' },
    ).parse();
    expect(errors).toEqual([]);
    expect(children).toMatchObject([{ type: 'text', value: '1. <b>a</b> & b --> c d' }]);
  });

  it('look like this', () => {
    expect(toWebVtt(plainResult())).toBe(`WEBVTT

NOTE
Question: How many barks?
Count: 2
Video: dog.mp4
Counted by: nano 1.0.0 (${modelInfo.sha256})

1
00:00:01.000 --> 00:00:01.500
1. dog bark

3
01:06:40.000 --> 01:06:40.500
3. dog bark
`);
  });
});

describe('the words', () => {
  it('look like this', () => {
    expect(toText(plainResult())).toBe(`How many barks?
Count: 2, checked by hand. The model said 3.

Evidence
1. 0:01.0–0:01.3  dog bark (heard)
2. 1:02:03.5–1:02:03.8  dog bark (heard, rejected, not counted)
3. 1:06:40.0–1:06:40.3  dog bark (heard)

Video: dog.mp4 (0:05.0)
Counted by: nano 1.0.0, on 2025-03-04, with AV-Reasoner Web
`);
  });

  it('stay short, and keep to a line per clue', () => {
    for (const seed of [1, 2, 3]) {
      const result = resultOf(seed, 500);
      result.question = 'How many?';
      result.video.title = 'a.mp4';
      expect(toText(result).split(/\r|\n/).length).toBeLessThan(52);
      expect(toText(result)).toMatch(/and \d+ more/);
    }
  });

  it('have no number where there is none', () => {
    const result = plainResult();
    expect(toText({ ...result, answer: { ...result.answer, covered: false } })).toContain('cannot');
    const none = { ...result, review: { ...result.review, count: null } };
    expect(toText(none)).toContain('gave no number');
  });
});

describe('a file’s name', () => {
  it.each([
    ['My dog.mp4', 'My dog-count.json'],
    ['a/b\\c:d*e?.mkv', 'a-b-c-d-e-count.json'],
    ['视频.mov', '视频-count.json'],
    ['../../etc/passwd', 'etc-passwd-count.json'],
    ['.hidden', 'hidden-count.json'],
    ['', 'video-count.json'],
    ['...', 'video-count.json'],
    ['holiday\u202egpj.exe', 'holiday-gpj-count.json'],
    ['Before the storm', 'Before the storm-count.json'],
    ['two\nlines.mp4', 'two-lines-count.json'],
    ['v1.2 final.mp4', 'v1.2 final-count.json'],
  ])('of %j is %j', (title, name) => {
    expect(fileName(title, 'count.json')).toBe(name);
  });

  it('is short enough for every file system', () => {
    const name = fileName(`${'👩‍🚀'.repeat(500)}.mp4`, 'count.json');
    expect(new TextEncoder().encode(name).length).toBeLessThan(400);
    expect([...fileName('x'.repeat(999), 'a.csv')].length).toBeLessThan(90);
  });
});
