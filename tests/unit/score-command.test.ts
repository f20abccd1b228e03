import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../cli/site';
import { toReleaseItem } from '../../src/benchmark/predictions';
import type { Setting } from '../../src/benchmark/settings';
import { perfectReply, randomAnnotation, randomFrom } from '../fixtures/random-annotations';

/* `npm run score`, as somebody with another program's predictions meets it. */

const random = randomFrom(11);
const items = Array.from({ length: 14 }, (_, id) => randomAnnotation(id, random));
let folder = '';
let annotations = '';

const write = (path: string, lines: readonly unknown[]): string => {
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(join(folder, path), `${texts.join('\n')}\n`);
  return join(folder, path);
};

function score(setting: string, predictions: readonly string[], ...more: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...['--import', 'tsx', join(root, 'cli/benchmark/score-predictions.ts')],
      ...['--annotations', annotations, '--setting', setting, ...more],
      ...predictions.flatMap((path) => ['--predictions', path]),
    ],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, stdout, lines: stderr.split('\n').filter(Boolean) };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'score-'));
  annotations = write('annotations.json', [JSON.stringify(items.map(toReleaseItem))]);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** As the benchmark's scripts write a run. */
function writeRelease(name: string, setting: Setting): string {
  mkdirSync(join(folder, name), { recursive: true });
  for (const item of items) {
    const pred = perfectReply(item, setting);
    write(join(name, `${item.id}.txt`), [{ pred, gt: item.answer, input: toReleaseItem(item) }]);
  }
  return join(folder, name);
}

describe('npm run score', { timeout: 60_000 }, () => {
  it('reads the released layout, and prints JSON alone', () => {
    const { status, stdout, lines } = score('clue', [writeRelease('clue', 'clue')], '--json');
    expect({ status, lines }).toEqual({ status: 0, lines: [] });
    const {
      items: scored,
      byCategory,
      byModality,
      ...rest
    } = JSON.parse(stdout) as {
      items: unknown[];
      byCategory: object;
      byModality: object;
    };
    expect(rest).toMatchObject({ n: 14, acc: 100, oboa: 100, mae: 0, rmse: 0, ifa: 100 });
    expect(rest).toHaveProperty('accStrict');
    expect(rest).toHaveProperty('oboaStrict');
    expect((rest as unknown as { wcs: number }).wcs).toBeCloseTo(100, 9);
    expect(scored).toHaveLength(14);
    expect(Object.keys(byCategory).length).toBeGreaterThan(1);
    expect(Object.keys(byModality)).toEqual(['V']);
  });

  it('reads lines, prints a table, and names what is wrong with them', () => {
    const right = items.map(({ id, answer }) => ({ index: Number(id), pred: `About ${answer}.` }));
    const path = write('long.jsonl', [
      ...right.slice(0, 10),
      { index: 99, pred: '1' },
      right[0],
      { index: 1, pred: 'none' },
      '{"index": 2, "pre',
    ]);
    const { status, stdout, lines } = score('long', [path]);
    expect(status).toBe(0);
    expect(lines).toEqual([
      `${path}:11: there is no item 99`,
      `${path}:13: item 1 comes again with another prediction; the last one counts`,
      `${path}:14: this is no line {"index": …, "pred": …}`,
      '4 items have no prediction: 10, 11, 12, 13',
    ]);
    const total = stdout.split('\n').find((line) => line.startsWith('total'))!;
    const [, n, acc, , , , strict] = total.split(/\s+/);
    expect({ n, acc, strict }).toEqual({ n: '10', acc: '90.00', strict: '0.00' });
    expect(stdout).toMatch(/^(event|object)/m);
    expect(stdout).toMatch(/^count 3–5/m);
  });

  it('does not mix runs', () => {
    const line = (index: number, run: object) => ({ index, pred: '1', run });
    const run = { setting: 'long', thinks: false, model: 'a@1' };
    const a = write('a.jsonl', [line(1, run), { index: 3, pred: '1' }]);
    const b = write('b.jsonl', [line(2, { ...run, model: 'b@2' })]);
    const c = write('c.jsonl', [line(2, { ...run, setting: 'ref' })]);
    expect(score('long', [a]).status).toBe(0);
    for (const other of [b, c]) {
      const { status, stdout, lines } = score('long', [a, other], '--json');
      expect({ status, stdout, length: lines.length }).toEqual({
        status: 2,
        stdout: '',
        length: 1,
      });
      expect(lines[0]).toMatch(/b\.jsonl:1 is of b@2, and .*a\.jsonl:1 of a@1|setting “ref”/);
    }
  });

  it('says in a sentence that there is nothing to score', () => {
    const empty = write('empty.jsonl', []);
    for (const path of [empty, join(folder, 'nowhere'), write('strange.jsonl', ['{"index": 1}'])]) {
      const { status, stdout, lines } = score('long', [path], '--json');
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(lines.at(-1)).toMatch(
        /^(None of 14 items has a prediction in|There is no file) .*\.$/,
      );
    }
  });
});
