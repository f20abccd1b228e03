import { scoreBy, type Row, type Score } from './score.ts';

const head = [
  ...['n', 'covered %', 'Acc', 'OBOA', 'MAE', 'RMSE', 'WCS', 'IFA', 'tIoU', 's'],
  's after decoding',
];

export const orDash = (value: number | null, digits: number): string =>
  value === null ? '–' : value.toFixed(digits);

function cells(s: Score): string[] {
  return [
    ...[String(s.n), s.covered.toFixed(0), s.acc.toFixed(1), s.oboa.toFixed(1), s.mae.toFixed(2)],
    ...[s.rmse.toFixed(2), orDash(s.wcs, 1), s.ifa.toFixed(1), orDash(s.temporalIou, 2)],
    ...[s.seconds.toFixed(1), s.secondsAfterDecoding.toFixed(1)],
  ];
}

/** Columns of equal width, names to the left and numbers to the right. */
export function align(lines: readonly (readonly string[])[], names: number): string {
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => (i < names ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Per category, modality and in total, then a line per clip. */
export function formatScores(rows: readonly Row[], total: Score): string {
  const sections = (['category', 'modality'] as const).flatMap((key) =>
    Object.entries(scoreBy(rows, key)).map(([value, s]) => [value, ...cells(s)]),
  );
  const scores = align([['', ...head], ...sections, ['total', ...cells(total)]], 1);
  const clips = rows.map((row) => [
    ...[row.file.split('/').at(-1)!, row.question, String(row.truth)],
    ...[
      row.count === null ? '–' : String(row.count),
      orDash(row.clueScore && row.clueScore * 100, 1),
    ],
    ...[row.seconds.toFixed(1), row.reason ?? ''],
  ]);
  const titles = ['file', 'question', 'truth', 'count', 'WCS', 's', ''];
  return `${scores}\n\n${align([titles, ...clips], 2)}`;
}

/** The table of the model card: a line for each group of each suite. */
export function cardTable(rows: readonly Row[]): string {
  const title = [
    'suite',
    'group',
    'n',
    'covered %',
    'exact %',
    'within one %',
    'MAE',
    'WCS',
    'tIoU',
  ];
  const body = Object.keys(scoreBy(rows, 'suite')).flatMap((suite) => {
    const inSuite = rows.filter((row) => row.suite === suite);
    return Object.entries(scoreBy(inSuite, 'group')).map(([group, s]) => [
      ...[suite, group, String(s.n), s.covered.toFixed(0), s.acc.toFixed(1), s.oboa.toFixed(1)],
      ...[s.mae.toFixed(2), orDash(s.wcs, 0), orDash(s.temporalIou, 2)],
    ]);
  });
  const line = (parts: readonly string[]) => `| ${parts.join(' | ')} |`;
  return [line(title), line(title.map(() => '---')), ...body.map(line)].join('\n');
}
