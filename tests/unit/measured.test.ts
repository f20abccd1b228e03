import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measuredTable } from '../../cli/measured';
import type { Row } from '../../cli/score';
import type { Figure } from '../../src/protocol/api';
import { readMeasured } from '../../src/state/measured';

const readModels = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../models/${path}`, import.meta.url), 'utf8'));

const served = readModels('served/nano/measured.json');

describe("nano's measurements, as the site serves them", () => {
  it('are those of the evaluation', () => {
    const rows = readModels('evaluation.json') as Row[];
    const figures = readModels('tools/figures.json') as Figure[];
    expect(served).toEqual(measuredTable(rows, figures));
  });

  it('are read whole', () => {
    const measured = readMeasured(served);
    expect(measured?.lines.map(({ name }) => name)).toEqual(['event', 'object', 'attribute']);
    expect(measured?.suites).toHaveLength((served as { suites: unknown[] }).suites.length);
    const groups = measured?.suites.flatMap((suite) => suite.groups) ?? [];
    const total = groups.reduce((sum, { n }) => sum + n, 0);
    expect(total).toBe((readModels('evaluation.json') as Row[]).length);
  });

  it('leave out what is not well formed', () => {
    const line = { n: 1, exact: 50, withinOne: 100 };
    const read = readMeasured({
      lines: [{ ...line, category: 'event' }, { ...line, category: 1 }, null],
      suites: [{ ...line, name: 'a', mae: 0.5, groups: [{ ...line, name: 'b' }, {}] }, 'x'],
    });
    expect(read?.lines).toHaveLength(1);
    expect(read?.suites).toEqual([
      {
        ...line,
        ...{ name: 'a', mae: 0.5, wcs: null },
        groups: [{ ...line, name: 'b', mae: null, wcs: null }],
      },
    ]);
    for (const broken of [null, [], 'text', { lines: [] }]) expect(readMeasured(broken)).toBeNull();
  });
});
