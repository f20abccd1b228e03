import { describe, expect, it } from 'vitest';
import { calibrate, drawCalibration } from '../../cli/calibration';
import { judge, score, type Item, type Row } from '../../cli/score';

const row = (truth: number, count: number | null, confidence: number | null): Row => ({
  ...{ suite: 's', group: 'g', file: 'f', question: 'q', category: 'event', modality: 'A' },
  ...{ note: '', truth, count, covered: count !== null, confidence },
  ...{ clueScore: null, temporalIou: null, seconds: 1, secondsAfterDecoding: 1 },
});

const many = (n: number, at: (i: number) => Row): Row[] =>
  Array.from({ length: n }, (_, i) => at(i));

describe('scores', () => {
  it('counts what is declined as wrong, also where nothing is there', () => {
    const s = score([row(0, null, null), row(2, 2, 0.9), row(4, 3, 0.9), row(0, 0, 0.9)]);
    expect(s).toMatchObject({ n: 4, covered: 75, acc: 50, oboa: 75, ifa: 75, wcs: null });
    expect(s.mae).toBeCloseTo(0.25, 6);
    expect(s.answered).toMatchObject({ n: 3, oboa: 100 });
  });

  it('judges clues of answers only', () => {
    const item: Item = {
      ...{ suite: 's', group: 'g', file: 'f', question: 'q', category: 'event', modality: 'A' },
      ...{ answer: 1, clues: { kind: 'event', intervals: [[1, 2]] }, boxUnit: 'pixels', note: '' },
    };
    const clues = [{ kind: 'event', label: 'x', startSeconds: 1, endSeconds: 2 }] as const;
    const answer = { covered: true, confidence: 0.5, clues, size: null };
    const times = { seconds: 2, secondsAfterDecoding: 1 };
    const right = judge(item, { ...answer, ...times, count: 1 });
    expect(right).toMatchObject({ clueScore: 1, temporalIou: 1, seconds: 2 });
    expect(judge(item, { ...answer, ...times, count: null }).clueScore).toBe(0);
    expect(score([right]).wcs).toBe(100);
  });
});

describe('calibration', () => {
  it('divides answers by confidence, and says how often each part was right', () => {
    const rows = many(200, (i) => row(1, i % 4 < Math.floor(i / 50) + 1 ? 1 : 2, i / 200));
    const bins = calibrate(rows);
    expect(bins.map(({ n }) => n)).toEqual([50, 50, 50, 50]);
    expect(bins.map(({ exact }) => Math.round(exact / 10) * 10)).toEqual([30, 50, 80, 100]);
    expect(bins.every(({ withinOne }) => withinOne === 100)).toBe(true);
    expect([bins[0]!.from, bins.at(-1)!.to]).toEqual([0, 1]);
    expect(bins.slice(1).every((bin, i) => bin.from === bins[i]!.to)).toBe(true);
  });

  it('never makes a bin of fewer than 25 answers, nor parts equal confidences', () => {
    for (const n of [26, 49, 51, 90, 103]) {
      const bins = calibrate(many(n, (i) => row(1, 1, i / n)));
      expect(bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(n);
      expect(Math.min(...bins.map((bin) => bin.n))).toBeGreaterThanOrEqual(25);
    }
    const equal = many(120, (i) => row(1, 1, i < 70 ? 0.5 : 0.9));
    expect(calibrate(equal).map(({ n }) => n)).toEqual([70, 50]);
    expect(calibrate(many(60, () => row(1, 1, 0.7)))).toHaveLength(1);
  });

  it('leaves out answers without a confidence, and can be empty', () => {
    expect(calibrate([row(1, 1, null), row(1, null, 0.4)])).toEqual([]);
  });

  it('draws a point for each bin', () => {
    const bins = calibrate(many(60, (i) => row(1, 1, i / 60)));
    const svg = drawCalibration({ event: bins, object: [] });
    expect(svg.match(/<circle/g)).toHaveLength(2 * bins.length);
    expect(svg).toContain('60 answers');
    expect(svg).not.toContain('>object<');
  });
});
