import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeBenchmark } from '../../cli/benchmark/generated-benchmark';
import { root } from '../../cli/site';
import { countOf, readAnnotationText } from '../../src/benchmark/annotations';
import { scoreReply, summarize } from '../../src/benchmark/score-replies';
import { locate, settings } from '../../src/benchmark/settings';
import { perfectReply } from '../fixtures/random-annotations';

const clips = join(root, '../shared/media/clips');
const folder = mkdtempSync(join(tmpdir(), 'generated-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function make(name: string, from: string) {
  const warnings: string[] = [];
  const path = await makeBenchmark(join(folder, name), from, (line) => warnings.push(line));
  const text = readFileSync(path, 'utf8');
  return { ...readAnnotationText(text), text, warnings };
}

describe('the generated benchmark', () => {
  it('has only the questions about the samples where there are no clips, and says so', async () => {
    const { annotations, faults, warnings } = await make('small', join(folder, 'nowhere'));
    expect(faults).toEqual([]);
    expect(annotations.length).toBeGreaterThanOrEqual(12);
    expect(new Set(annotations.map(({ modality }) => modality)).size).toBe(5);
    expect(warnings).toHaveLength(1);
  });

  it.skipIf(!existsSync(clips))(
    'has 40 items of all kinds, and is the same each time',
    async () => {
      const { annotations, faults, warnings, text } = await make('whole', clips);
      expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
      expect(annotations).toHaveLength(40);
      expect((await make('again', clips)).text).toBe(text);
      const of = <T>(pick: (item: (typeof annotations)[number]) => T) =>
        new Set(annotations.map(pick));
      expect(of(({ category }) => category)).toEqual(new Set(['event', 'object', 'attribute']));
      expect(of(({ modality }) => modality)).toEqual(new Set(['V', 'A', 'A2V', 'V2A', 'AV']));
      expect(of(({ boxUnit }) => boxUnit)).toEqual(new Set(['pixels']));
      expect(annotations.filter(({ answer }) => answer === 0).length).toBeGreaterThan(5);
      for (const { file, clues, answer, referenceSeconds } of annotations) {
        expect(existsSync(join(folder, 'whole', file))).toBe(true);
        if (clues) expect(countOf(clues)).toBe(answer);
        expect(referenceSeconds![0]).toBeGreaterThanOrEqual(0);
        expect(referenceSeconds![1]).toBeGreaterThan(referenceSeconds![0]);
      }
    },
  );

  it.skipIf(!existsSync(clips))('gives the truth full marks', async () => {
    const { annotations } = await make('whole', clips);
    for (const setting of settings) {
      expect(annotations.filter((item) => !locate(item, setting, false, () => true))).toEqual([]);
      // Without clues there is nothing that a reply in that setting could list.
      const asked = annotations.filter(({ clues }) => setting !== 'clue' || clues);
      const scored = asked.map((item) => scoreReply(item, perfectReply(item, setting), setting));
      const { acc, mae, wcs, ifa } = summarize(scored);
      expect({ acc, mae }).toEqual({ acc: 100, mae: 0 });
      if (setting === 'clue')
        expect({ wcs: wcs!.toFixed(6), ifa }).toEqual({ wcs: '100.000000', ifa: 100 });
    }
  });

  it('was answered by the nano that the site serves', () => {
    const served = join(root, 'models', 'served', 'nano');
    const read = (name: string) => JSON.parse(readFileSync(join(served, name), 'utf8')) as unknown;
    const { id, version } = read('manifest.json') as { id: string; version: string };
    const whole = { overall: { n: 40 } };
    expect(read('benchmark.json')).toMatchObject({
      ...{ model: { id, version }, clips: 10, questions: 40 },
      settings: { long: whole, ref: whole, clue: whole },
    });
  });
});
