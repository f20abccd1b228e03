import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listPredictionFiles, readLines } from '../../cli/benchmark/prediction-files';
import { cutHalfLine, PredictionStore } from '../../cli/benchmark/prediction-store';
import { readAnnotations } from '../../src/benchmark/annotations';
import {
  isSameRun,
  predictionFileName,
  readPrediction,
  toReleaseItem,
  writePrediction,
  type PredictionLine,
  type RunIdentity,
} from '../../src/benchmark/predictions';
import { randomAnnotation, randomFrom } from '../fixtures/random-annotations';

const run: RunIdentity = { setting: 'long', thinks: false, model: 'nano@12', annotations: 'ab' };
const lineOf = (id: number, pred: string): PredictionLine => {
  const annotation = randomAnnotation(id, randomFrom(id));
  return {
    ...{ index: annotation.id, pred, gt: annotation.answer, input: toReleaseItem(annotation) },
    ...{ run, covered: true, seconds: 1.25 },
  };
};

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'predictions-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
async function linesOf(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(path)) lines.push(line);
  return lines;
}

describe('a line', () => {
  it('comes back as it was written', () => {
    for (const pred of ['', '5', 'two\nlines “and” \u2028 more', '<answer>[["1","2"]]</answer>']) {
      const text = writePrediction(lineOf(4, pred));
      expect(text.match(/\n/g)).toHaveLength(1);
      expect(readPrediction(text)).toEqual({ index: '4', pred, run });
    }
  });

  it('holds the item as an annotation file has it', () => {
    for (let id = 0; id < 30; id++) {
      const annotation = randomAnnotation(id, randomFrom(id));
      const { annotations, faults } = readAnnotations([toReleaseItem(annotation)], {
        boxUnit: 'pixels',
      });
      expect({ annotations, faults }).toEqual({ annotations: [annotation], faults: [] });
    }
  });

  it('is none where it was cut off', () => {
    const text = writePrediction(lineOf(4, '5')).trimEnd();
    for (let length = 0; length < text.length; length++)
      expect(readPrediction(text.slice(0, length))).toBeNull();
  });

  it.each([
    ['{"index": 7, "pred": "5"}', 'x.txt', '7'],
    ['{"index": "b-7", "pred": "5"}', 'x.txt', 'b-7'],
    ['{"pred": "5", "gt": 3, "input": {"index": 7, "video": "a.mp4"}}', 'x.txt', '7'],
    ['{"pred": "5", "line": {"index": 7}}', 'x.txt', '7'],
    ['{"pred": "5", "gt": 3, "input": {}}', 'folder/12.txt', '12'],
    ['{"pred": "5", "input": null}', '12.txt', '12'],
    ['{"pred": "5"}', '', null],
    ['{"index": 7}', '7.txt', null],
    ['[7, "5"]', '7.txt', null],
    ['7', '7.txt', null],
  ])('%s in “%s” is of item %s', (line, name, index) => {
    expect(readPrediction(line, name)?.index ?? null).toBe(index);
  });

  it('belongs to a run of one model, setting, way of asking and annotation file', () => {
    expect(isSameRun(run, { ...run })).toBe(true);
    const others = [{ setting: 'ref' }, { thinks: true }, { model: 'x' }, { annotations: 'cd' }];
    for (const other of others) expect(isSameRun(run, { ...run, ...other } as never)).toBe(false);
    const { setting, thinks, model } = run;
    expect(isSameRun(run, { setting, thinks, model })).toBe(true);
  });

  it('has a file name without anything that leads elsewhere', () => {
    expect(predictionFileName('12')).toBe('12.txt');
    expect(predictionFileName('../a b')).toBe('.._a_b.txt');
  });
});

describe('files', () => {
  it('are read by lines that end as in Python', async () => {
    const path = file('a.jsonl', '\uFEFFone\r\n\ntwo \u2028 still two\nhalf');
    expect(await linesOf(path)).toEqual(['one', '', 'two \u2028 still two', 'half']);
    const long = `${'x'.repeat(200_000)}é`;
    expect(await linesOf(file('b.jsonl', `${long}\n${long}\n`))).toEqual([long, long]);
    expect(await linesOf(file('c.jsonl', ''))).toEqual([]);
  });

  it('of a folder are all but those of other settings, in order', () => {
    for (const name of [
      '10.txt',
      '9.txt',
      'long.jsonl',
      'long.2-of-3.jsonl',
      'ref.jsonl',
      'x.json',
    ])
      file(name, '');
    file('theirs.jsonl', '');
    const names = (setting: 'long' | 'clue') =>
      listPredictionFiles(folder, setting).map((path) => path.slice(folder.length + 1));
    expect(names('clue')).toEqual(['9.txt', '10.txt', 'theirs.jsonl']);
    expect(new Set(names('long'))).toEqual(
      new Set([...names('clue'), 'long.jsonl', 'long.2-of-3.jsonl']),
    );
    expect(() => listPredictionFiles(join(folder, 'no'), 'long')).toThrow(/There is no file/);
  });

  it('lose the half line of a run that was killed, and nothing else', () => {
    const text = 'first\n{"second"}\n{"thi';
    for (let length = 0; length <= text.length; length++) {
      const path = file('a.jsonl', text.slice(0, length));
      cutHalfLine(path);
      const whole = text.slice(0, text.slice(0, length).lastIndexOf('\n') + 1);
      expect(readFileSync(path, 'utf8')).toBe(whole);
    }
    const path = file('b.jsonl', `a\n${'x'.repeat(200_000)}`);
    cutHalfLine(path);
    expect(readFileSync(path, 'utf8')).toBe('a\n');
  });
});

describe('a run’s folder', () => {
  const none = (): void => undefined;
  const open = (identity = run, shard: { part: number; parts: number } | null = null) =>
    PredictionStore.open(folder, identity, shard, none);

  it('knows what it holds when it is opened again, by any part', async () => {
    const store = await open(run, { part: 1, parts: 2 });
    await store.put(lineOf(1, '5'));
    expect([store.has('1'), store.has('2')]).toEqual([true, false]);
    file('long.2-of-2.jsonl', `${writePrediction(lineOf(2, '5'))}{"index": 3, "pr`);
    const whole = await open();
    expect(['1', '2', '3'].map((index) => whole.has(index))).toEqual([true, true, false]);
    await whole.put(lineOf(3, 'x'));
    expect(await linesOf(join(folder, 'long.jsonl'))).toHaveLength(1);
    // The half line of another part may be being written just now.
    expect((await linesOf(join(folder, 'long.2-of-2.jsonl'))).at(-1)).toBe('{"index": 3, "pr');
    expect((await open({ ...run, setting: 'ref' })).has('1')).toBe(false);
  });

  it('is refused to another run', async () => {
    await (await open()).put(lineOf(1, '5'));
    for (const other of [{ model: 'x@34' }, { thinks: true }, { annotations: 'cd' }])
      await expect(open({ ...run, ...other })).rejects.toThrow(/Give it another --out\.$/);
    file('long.jsonl', '{"index": 1, "pred": "5"}\n');
    await expect(open()).rejects.toThrow(/of another program/);
  });
});
