import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  readAnnotations,
  readAnnotationText,
  type Annotation,
} from '../../src/benchmark/annotations';
import {
  accuracyByCount,
  clueScoreHistogram,
  errorHistogram,
} from '../../src/benchmark/chart-bins';
import { replyMarks, trueMarks } from '../../src/benchmark/item-marks';
import type { PredictionLine, RunIdentity } from '../../src/benchmark/predictions';
import { runBenchmark } from '../../src/benchmark/run';
import { summarize, type ScoredItem } from '../../src/benchmark/score-replies';
import { tabulate } from '../../src/benchmark/score-table';
import { everything, isInSubset } from '../../src/benchmark/subset';
import { AppError } from '../../src/errors';
import type { Analysis, AnalyzeRequest } from '../../src/protocol/api';
import {
  jsonlPredictions,
  readPredictionFiles,
  zipPredictions,
} from '../../src/results/predictions-file';
import { itemsToCsv, scoresToCsv } from '../../src/results/scores-file';
import { Benchmark, type BenchmarkHost } from '../../src/state/benchmark/benchmark';
import { runKey } from '../../src/state/benchmark/benchmark-key';
import { chosenScores, countItems, missingVideos } from '../../src/state/benchmark/benchmark-state';
import { shelve } from '../../src/state/benchmark/benchmark-videos';
import { orderRows } from '../../src/ui/benchmark/benchmark-rows';
import { analysisOf, eventClue, modelInfo } from '../fixtures/fake-reasoner';

const item = (index: number, answer: number, more: Record<string, unknown> = {}) => ({
  ...{ index, video: `v${index}.mp4`, question: `How many, ${index}?`, answer },
  ...{ type: 'A', category: 'event', ...more },
});
const video = (name: string) => new File(['x'], name, { type: 'video/mp4' });
const list = [item(0, 1), item(1, 2), item(2, 3, { category: 'object', type: 'V' }), item(3, 0)];
const annotationFile = (items: unknown = list) =>
  new File([JSON.stringify(items)], 'mine.json', { type: 'application/json' });

/** A call of `ask`, in the hands of the test. */
interface Call {
  request: AnalyzeRequest;
  finish: (analysis: Analysis) => void;
  fail: (error: Error) => void;
}

let calls: Call[];
let benchmark: Benchmark;
const host: BenchmarkHost = {
  ready: () => Promise.resolve(modelInfo),
  samples: () => Promise.resolve([]),
  sampleAnnotations: () => Promise.resolve('[]'),
  ask: (request, _emit, signal) =>
    new Promise((finish, fail) => {
      const abort = (): void => fail(new DOMException('Aborted.', 'AbortError'));
      signal.addEventListener('abort', abort, { once: true });
      calls.push({ request, finish, fail });
    }),
};
/** The n-th call of `ask`, once it is made. */
const call = (n: number) =>
  vi.waitFor(() => {
    const made = calls[n];
    if (!made) throw new Error(`no call ${n}`);
    return made;
  });
const phase = (kind: string) => vi.waitFor(() => expect(benchmark.state.phase.kind).toBe(kind));
const countOf = (n: number) => analysisOf(Array.from({ length: n }, (_, at) => eventClue(at)));

beforeEach(async () => {
  calls = [];
  benchmark = new Benchmark(host);
  await benchmark.openAnnotations(annotationFile());
  await benchmark.openFiles(
    list.map((one) => video(one.video)),
    'clips',
  );
});

describe('a run', () => {
  it('asks every question and scores the answers as the core does', async () => {
    void benchmark.start();
    for (const [at, count] of [1, 2, 5, 0].entries()) (await call(at)).finish(countOf(count));
    await phase('done');
    expect(calls.map(({ request }) => request.question)).toEqual(list.map((one) => one.question));
    expect(calls[2]!.request).toMatchObject({ category: 'object', ask: { reply: 'number' } });
    const scores = chosenScores(benchmark.state);
    expect(scores.map(({ predicted }) => predicted)).toEqual([1, 2, 5, 0]);
    expect(summarize(scores)).toMatchObject({ n: 4, acc: 75, mae: 0.5 });
    expect(await benchmark.readReply('2')).toBe('5');
  });

  it('goes on where it was paused, and asks nothing twice', async () => {
    void benchmark.start();
    (await call(0)).finish(countOf(1));
    await call(1);
    benchmark.pause();
    expect(benchmark.state.phase.kind).toBe('paused');
    expect(countItems(benchmark.state)).toMatchObject({ total: 4, done: 1 });
    void benchmark.start();
    for (const at of [2, 3, 4]) (await call(at)).finish(countOf(2));
    await phase('done');
    expect(calls.map(({ request }) => request.question.at(-2))).toEqual([...'01123']);
  });

  it('pauses where the visitor asks something himself', async () => {
    void benchmark.start();
    (await call(0)).fail(new DOMException('Aborted.', 'AbortError'));
    await phase('paused');
    expect(benchmark.state.failures.size).toBe(0);
  });

  it('lists what failed and goes on; the next start asks it again', async () => {
    void benchmark.start();
    (await call(0)).fail(new AppError('decode-failed', 'Broken.'));
    for (const at of [1, 2, 3]) (await call(at)).finish(countOf(0));
    await phase('done');
    expect([...benchmark.state.failures].map(([index, { code }]) => [index, code])).toEqual([
      ['0', 'decode-failed'],
    ]);
    void benchmark.start();
    (await call(4)).finish(countOf(1));
    await phase('done');
    expect(benchmark.state.failures.size).toBe(0);
    expect(countItems(benchmark.state).done).toBe(4);
  });

  it('passes over videos that are not there, and names them', async () => {
    benchmark = new Benchmark(host);
    await benchmark.openFiles([annotationFile(), video('v1.mp4'), video('v3.mp4')], 'some');
    expect(missingVideos(benchmark.state)).toEqual(['v0.mp4', 'v2.mp4']);
    void benchmark.start();
    for (const at of [0, 1]) (await call(at)).finish(countOf(0));
    await phase('done');
    expect(countItems(benchmark.state)).toEqual({ total: 4, done: 2, missing: 2, failed: 0 });
  });

  it('asks and scores a subset only', async () => {
    benchmark.setSubset({ ...everything, categories: ['event'], least: 1 });
    void benchmark.start();
    for (const at of [0, 1]) (await call(at)).finish(countOf(1));
    await phase('done');
    expect(countItems(benchmark.state).total).toBe(2);
    benchmark.setSubset(everything);
    expect(benchmark.state.phase.kind).toBe('paused');
    expect(chosenScores(benchmark.state)).toHaveLength(2);
  });

  it('is another run with another setting', async () => {
    void benchmark.start();
    (await call(0)).finish(countOf(1));
    await call(1);
    benchmark.setSetting('clue');
    expect(benchmark.state.phase.kind).toBe('idle');
    expect(benchmark.state.scores.size).toBe(0);
    void benchmark.start();
    (await call(2)).finish(countOf(1));
    await call(3);
    expect(await benchmark.readReply('0')).toBe('<answer>[["0.00","0.30"]]</answer>');
    // What ended before does not reach into what goes on now.
    expect(benchmark.state.phase.kind).toBe('running');
  });

  it('has one folder for each way of asking', () => {
    const identity: RunIdentity = {
      setting: 'long',
      thinks: false,
      model: `nano ${'a'.repeat(64)}`,
    };
    const keys = [
      runKey(identity, 'b'.repeat(64), 'detected'),
      runKey({ ...identity, setting: 'ref' }, 'b'.repeat(64), 'detected'),
      runKey({ ...identity, thinks: true }, 'b'.repeat(64), 'detected'),
      runKey({ ...identity, model: `nano ${'c'.repeat(64)}` }, 'b'.repeat(64), 'detected'),
      runKey(identity, 'd'.repeat(64), 'detected'),
      runKey(identity, 'b'.repeat(64), 'percent'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((key) => /^[\w.-]+$/.test(key))).toBe(true);
  });
});

describe('runs that share the work', () => {
  it('leave an item to whoever has it, and come back for it', async () => {
    const { annotations } = readAnnotations([item(0, 1), item(1, 1)]);
    const lines = new Map<string, PredictionLine>();
    const asked: string[] = [];
    const kinds: string[] = [];
    const events = runBenchmark(
      annotations,
      {
        identity: { setting: 'long', thinks: false, model: 'm' },
        has: () => true,
        store: {
          has: (index) => lines.has(index),
          put: (line) => Promise.resolve(void lines.set(line.index, line)),
        },
        ask: ({ id }) => {
          asked.push(id);
          return Promise.resolve({
            ...{ count: 1, covered: true, clues: [], size: null, seconds: 1 },
          });
        },
        claim: (index, waits) => {
          if (index === '1' || waits) return Promise.resolve(() => undefined);
          return Promise.resolve(null);
        },
      },
      new AbortController().signal,
    );
    for await (const { kind, annotation } of events) kinds.push(`${kind} ${annotation.id}`);
    expect(kinds).toEqual(['elsewhere 0', 'start 1', 'answer 1', 'start 0', 'answer 0']);
    expect(asked).toEqual(['1', '0']);
  });
});

describe('predictions of others', () => {
  const line = (index: number, pred: string, run?: RunIdentity) =>
    `${JSON.stringify({ index, pred, gt: 1, ...(run && { run }) })}\n`;

  it('are scored without a model, as the setting in them says', async () => {
    const run: RunIdentity = { setting: 'clue', thinks: false, model: 'x' };
    const files = [new File([line(0, '[["0","1"]]', run) + line(77, '3')], 'a.jsonl')];
    benchmark.importPredictions(await readPredictionFiles(files), 'a.jsonl');
    expect(benchmark.state.setting).toBe('clue');
    expect(benchmark.state.origin).toEqual({ kind: 'import', name: 'a.jsonl', strangers: 1 });
    expect(chosenScores(benchmark.state)).toMatchObject([{ index: '0', predicted: 1 }]);
    expect(await benchmark.readReply('0')).toBe('[["0","1"]]');
    benchmark.setSetting('long');
    expect(chosenScores(benchmark.state)).toMatchObject([{ index: '0', predicted: 0 }]);
    expect(calls).toEqual([]);
  });

  it('survive the way through a zip and through lines', async () => {
    const items = [
      { index: '0', text: line(0, '4') },
      { index: 'a b', text: `${JSON.stringify({ index: 'a b', pred: '7' })}\n` },
    ];
    for (const file of [zipPredictions(items, 'run'), jsonlPredictions(items, 'run')]) {
      const read = await readPredictionFiles([file]);
      expect(read.map(({ index, pred }) => [index, pred])).toEqual([
        ['0', '4'],
        ['a b', '7'],
      ]);
    }
    const odd = [new File(['no zip'], 'a.zip'), new File(['{"half'], 'b.txt'), video('c.mp4')];
    expect(await readPredictionFiles(odd)).toEqual([]);
  });
});

const scored = (truth: number, predicted: number, more: Partial<ScoredItem> = {}): ScoredItem => ({
  ...{ index: String(truth), category: 'event', modality: 'A', truth, predicted },
  ...{ predictedStrict: predicted, clueScore: null, wellFormed: null, ...more },
});

describe('what the charts show', () => {
  const items = [scored(0, 0), scored(4, 4), scored(5, 2), scored(20, 90), scored(6, 7)];

  it('has the accuracy by the true count, empty bins included', () => {
    expect(accuracyByCount(items).map(({ label, value, n }) => [label, value, n])).toEqual([
      ['0', 100, 1],
      ['1', null, 0],
      ['2', null, 0],
      ['3–5', 50, 2],
      ['6–10', 0, 1],
      ['11+', 0, 1],
    ]);
  });

  it('has every error, those beyond five in the last bar', () => {
    const bars = Object.fromEntries(errorHistogram(items).map(({ label, n }) => [label, n]));
    expect(bars).toMatchObject({ '−3': 1, '0': 2, '+1': 1, '≥ +5': 1, '≤ −5': 0 });
    expect(errorHistogram(items).reduce((sum, { n }) => sum + n, 0)).toBe(items.length);
  });

  it('has the clue scores in ten steps, where there are any', () => {
    expect(clueScoreHistogram(items)).toEqual([]);
    const some = [0, 0.3, 0.7, 1].map((clueScore) => scored(1, 1, { clueScore }));
    expect(clueScoreHistogram(some).map(({ n }) => n)).toEqual([1, 0, 0, 1, 0, 0, 0, 1, 0, 1]);
  });

  it('and the tables have the same numbers as the core', () => {
    const mixed = [...items, scored(1, 1, { category: 'object', modality: 'V' })];
    const table = tabulate(mixed);
    expect(table.overall).toEqual(summarize(mixed));
    expect(Object.keys(table.byCategory)).toEqual(['object', 'event']);
    expect(table.byModality.A).toEqual(summarize(items));
    const [head, total] = scoresToCsv(table).split('\r\n');
    expect(head).toBe('part,group,n,acc,oboa,mae,rmse,accStrict,oboaStrict,wcs,ifa');
    expect(total).toMatch(/^total,,6,50,/);
    const questions = new Map([['0', { file: 'a.mp4', question: '=1+1' }]]);
    const [, first, second] = itemsToCsv([items[0]!, items[2]!], questions).split('\r\n');
    expect(first).toBe(`0,a.mp4,"'=1+1",event,A,0,0,0,0,,`);
    expect(second).toBe('5,,,event,A,5,2,2,-3,,');
  });
});

describe('the clues of an item', () => {
  const box = (timestamp: number, ...bbox: number[]) => ({ timestamp, bbox });
  const annotate = (raw: Record<string, unknown>): Annotation =>
    readAnnotations([item(0, 2, raw)]).annotations[0]!;

  it('are stretches for events', () => {
    const events = annotate({
      clue: [
        { start: 1, end: 2 },
        { start: 3, end: 4 },
      ],
    });
    expect(trueMarks(events).map((mark) => [mark.startSeconds, mark.endSeconds])).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const reply = '<answer>[["00:05","00:04.5"]]</answer>';
    expect(replyMarks(events, reply, 'clue')).toMatchObject([{ startSeconds: 4.5, endSeconds: 5 }]);
    expect(replyMarks(events, reply, 'long')).toEqual([]);
    expect(replyMarks(events, 'two', 'clue')).toEqual([]);
  });

  it('are boxes at the times of the frames, corners put in order', () => {
    const objects = annotate({
      ...{ category: 'object', type: 'V' },
      clue: [box(8, 1, 2, 3, 4), box(2.5, 5, 6, 7, 8)],
    });
    expect(
      replyMarks(objects, '{"Frame2": [[9, 9, 1, 1]], "Frame7": [[1,1,2,2]]}', 'clue'),
    ).toEqual([{ startSeconds: 2.5, endSeconds: 2.5, box: [1, 1, 9, 9], group: null }]);
  });

  it('have their group where they are clustered', () => {
    const groups = annotate({
      ...{ category: 'attribute', type: 'V' },
      clue: [[box(1, 0, 0, 1, 1)], [box(1, 2, 2, 3, 3), box(4, 0, 0, 2, 2)]],
    });
    expect(trueMarks(groups).map(({ group }) => group)).toEqual([1, 2, 2]);
    const reply =
      '{"Frame 1": [{"bbox": [0,0,1,1], "label": "red"}, {"bbox": [1,1,2,2], "label": "blue"}]}';
    expect(replyMarks(groups, reply, 'clue').map(({ group }) => group)).toEqual([1, 2]);
  });
});

describe('the parts', () => {
  it('finds a video by its place in the folder, or by its name alone', async () => {
    const at = (path: string) =>
      Object.defineProperty(video(path.split('/').at(-1)!), 'webkitRelativePath', { value: path });
    const shelf = shelve([at('set/a/x.mp4'), at('set/b/x.mp4'), at('set/y.mp4')], 'set');
    const signal = new AbortController().signal;
    expect((await shelf.get('b/x.mp4', signal))?.webkitRelativePath).toBe('set/b/x.mp4');
    expect((await shelf.get('x.mp4', signal))?.webkitRelativePath).toBe('set/a/x.mp4');
    expect(shelf.has('videos/y.mp4')).toBe(true);
    expect(shelf.has('z.mp4')).toBe(false);
  });

  it('sorts rows; items without clues come last', () => {
    const rows = [
      scored(3, 1),
      scored(9, 9, { clueScore: 0.2 }),
      scored(1, 7, { clueScore: 0.9 }),
    ].map((score) => ({
      score,
      annotation: readAnnotations([item(score.truth, 1)]).annotations[0]!,
    }));
    const truths = (order: 'error' | 'truth' | 'clues' | 'file') =>
      orderRows(rows, order).map(({ score }) => score.truth);
    expect(truths('file')).toEqual([3, 9, 1]);
    expect(truths('error')).toEqual([1, 3, 9]);
    expect(truths('truth')).toEqual([9, 3, 1]);
    expect(truths('clues')).toEqual([9, 1, 3]);
  });

  it('knows what a subset holds', () => {
    const one = { category: 'event', modality: 'A', answer: 3 } as const;
    expect(isInSubset(one, everything)).toBe(true);
    expect(isInSubset(one, { ...everything, modalities: ['V'] })).toBe(false);
    expect(isInSubset(one, { ...everything, least: 3, most: 3 })).toBe(true);
    expect(isInSubset(one, { ...everything, most: 2 })).toBe(false);
  });
});

describe("the page's own list", () => {
  const folder = new URL('../../models/served/samples/', import.meta.url);
  const samples = JSON.parse(readFileSync(new URL('samples.json', folder), 'utf8')) as {
    file: string;
    question: string;
    count: number;
    clues: unknown[];
  }[];

  it('has no faults, a zero, and the counts and clues of the samples', () => {
    const text = readFileSync(new URL('annotations.json', folder), 'utf8');
    const { annotations, faults } = readAnnotationText(text);
    expect(faults).toEqual([]);
    expect(annotations.some(({ answer }) => answer === 0)).toBe(true);
    expect(new Set(annotations.map(({ category }) => category)).size).toBe(3);
    for (const { file, question, count, clues } of samples) {
      const same = annotations.find((one) => one.file === file && one.question === question)!;
      expect(same.answer).toBe(count);
      expect(trueMarks(same)).toHaveLength(clues.length);
    }
    for (const { file, referenceSeconds, ...rest } of annotations) {
      expect(samples.some((sample) => sample.file === file)).toBe(true);
      const [start, end] = referenceSeconds!;
      for (const mark of trueMarks(rest)) {
        expect(mark.startSeconds).toBeGreaterThanOrEqual(start);
        expect(mark.endSeconds).toBeLessThanOrEqual(end);
      }
    }
  });
});
