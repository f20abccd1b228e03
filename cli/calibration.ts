import { score, type Row } from './score.ts';

/** How often answers of about this confidence were right. */
export interface CalibrationBin {
  /** Confidence, 0…1: `from` is in it; `to` belongs to the next one, except 1. */
  from: number;
  to: number;
  /** Per cent. */
  exact: number;
  withinOne: number;
  n: number;
  /** Mean confidence of these answers, 0…1. */
  confidence: number;
}

const mostBins = 4;
const leastRows = 25;

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/**
 * Divides answers by confidence into bins of about equal size, at most four, none with fewer than
 * 25 answers. Answers of the same confidence share a bin. Empty without confidences.
 */
export function calibrate(rows: readonly Row[]): CalibrationBin[] {
  const sure = rows
    .filter((row) => row.count !== null && row.confidence !== null)
    .sort((a, b) => a.confidence! - b.confidence!);
  const wanted = Math.min(mostBins, Math.max(1, Math.floor(sure.length / leastRows)));
  const parts: Row[][] = [];
  for (let from = 0, bin = 1; from < sure.length; bin++) {
    let to = Math.max(from + leastRows, Math.round((bin * sure.length) / wanted));
    if (sure.length - to < leastRows) to = sure.length;
    while (to < sure.length && sure[to]!.confidence === sure[to - 1]!.confidence) to++;
    const part = sure.slice(from, to);
    // What is left behind equal confidences may be too little for a bin of its own.
    if (part.length < leastRows && parts.length > 0) parts.at(-1)!.push(...part);
    else parts.push(part);
    from = to;
  }
  const edge = (bin: number) =>
    (parts[bin - 1]!.at(-1)!.confidence! + parts[bin]![0]!.confidence!) / 2;
  return parts.map((part, bin) => {
    const { acc, oboa, n } = score(part);
    return {
      from: bin === 0 ? 0 : round(edge(bin), 4),
      to: bin === parts.length - 1 ? 1 : round(edge(bin + 1), 4),
      exact: round(acc, 1),
      withinOne: round(oboa, 1),
      n,
      confidence: round(part.reduce((sum, row) => sum + row.confidence!, 0) / n, 3),
    };
  });
}

const colours: Record<string, string> = {
  event: '#1f6feb',
  object: '#bf5700',
  attribute: '#3f8f3f',
};

/** A picture of how often answers were exact (filled) and within one (open), by confidence. */
export function drawCalibration(bins: Readonly<Record<string, readonly CalibrationBin[]>>): string {
  const [size, left, top, width, height] = [300, 52, 16, 470, 372];
  const x = (confidence: number) => round(left + size * confidence, 1);
  const y = (percent: number) => round(top + size * (1 - percent / 100), 1);
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((at) => [
    `<path d="M${left} ${y(100 * at)}H${left + size}M${x(at)} ${top}V${top + size}" stroke="#ddd"/>`,
    `<text x="${left - 8}" y="${y(100 * at) + 4}" text-anchor="end">${100 * at}</text>`,
    `<text x="${x(at)}" y="${top + size + 18}" text-anchor="middle">${at}</text>`,
  ]);
  const lines = Object.entries(bins)
    .filter(([, list]) => list.length > 0)
    .flatMap(([category, list], index) => {
      const colour = colours[category] ?? '#555';
      const path = (of: (bin: CalibrationBin) => number) =>
        list.map((bin, i) => `${i ? 'L' : 'M'}${x(bin.confidence)} ${y(of(bin))}`).join('');
      const n = list.reduce((sum, bin) => sum + bin.n, 0);
      const at = top + 12 + 38 * index;
      return [
        `<path d="${path((b) => b.exact)}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        `<path d="${path((b) => b.withinOne)}" fill="none" stroke="${colour}" stroke-dasharray="5 4"/>`,
        ...list.flatMap((b) => [
          `<circle cx="${x(b.confidence)}" cy="${y(b.exact)}" r="4" fill="${colour}"/>`,
          `<circle cx="${x(b.confidence)}" cy="${y(b.withinOne)}" r="4" fill="#fff" stroke="${colour}"/>`,
        ]),
        `<text x="${left + size + 14}" y="${at}" fill="${colour}">${category}</text>`,
        `<text x="${left + size + 14}" y="${at + 15}" fill="#555">${n} answers</text>`,
      ];
    });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<title>How often answers are right, by the confidence that nano gives with them</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...ticks,
    `<path d="M${x(0)} ${y(0)}L${x(1)} ${y(100)}" stroke="#999" stroke-dasharray="2 3"/>`,
    ...lines,
    `<text x="${left + size / 2}" y="${top + size + 40}" text-anchor="middle">confidence of the answer (filled: exact, open: within one)</text>`,
    `<text transform="translate(14 ${top + size / 2}) rotate(-90)" text-anchor="middle">right answers, %</text>`,
    '</svg>',
    '',
  ].join('\n');
}
