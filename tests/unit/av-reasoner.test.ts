import { describe, expect, it } from 'vitest';
import { nativeRuntime } from '../../models/tools/native-runtime';
import { createAvReasoner } from '../../src/families/av-reasoner/av-reasoner';
import { loadHearing } from '../../src/families/av-reasoner/hearing';
import type { AvSettings } from '../../src/families/av-reasoner/settings';
import type { Frame, Media, MediaInfo } from '../../src/media/media';
import type { AnalyzeEvent, AnalyzeOptions } from '../../src/protocol/api';
import { reason, type Outcome } from '../../src/reasoner';
import type { Runtime } from '../../src/tokens/runtime';
import { createTokenizer } from '../../src/families/av-reasoner/tokenizer';
import { floats, golden, tinyBundle, tinyText } from './model-golden';
import { CHUNK, picture, sounds, worst } from './preprocess-golden';

const [width, height] = golden.frame.size;
const frames = golden.frame.seeds.map((seed, at): Frame => ({
  timestampSeconds: at,
  width,
  height,
  data: picture(width, height, seed).data as Uint8ClampedArray,
}));
const pulse = sounds.find(([name]) => name === 'pulse')![1];

const both: MediaInfo = {
  container: 'mp4',
  durationSeconds: 2,
  startSeconds: 0,
  video: { codec: 'h264', fps: 1, width, height, rotationDegrees: 0, pixelAspect: 1 },
  audio: { codec: 'aac', sampleRate: 16000, channels: 1 },
};

/** Two pictures and half a minute of sound, whatever is asked for. */
function media(info: MediaInfo): Media {
  return {
    info,
    async *frames({ timesSeconds }) {
      await Promise.resolve();
      yield* frames.slice(0, timesSeconds.length);
    },
    samples: () => Promise.resolve({ sampleRate: 16000, startSeconds: 0, data: pulse }),
    close: () => Promise.resolve(),
  };
}

/** Notes what is loaded when, and how much of it at once. */
function watched(): Runtime & {
  log: string[];
  loaded: Set<object>;
  largest: number;
  rows: number[];
} {
  const loaded = new Set<object>();
  const watch = {
    ...nativeRuntime,
    log: [] as string[],
    rows: [] as number[],
    loaded,
    largest: 0,
    load: async (...[model, external]: Parameters<Runtime['load']>) => {
      const graph = await nativeRuntime.load(model, external);
      const name = graph.inputNames[0]!;
      watch.log.push(name);
      loaded.add(graph);
      watch.largest = Math.max(watch.largest, loaded.size);
      return {
        ...graph,
        dispose() {
          loaded.delete(graph);
          return graph.dispose();
        },
      };
    },
    loadDecoder: async (...given: Parameters<Runtime['loadDecoder']>) => {
      watch.log.push(`decoder beside ${loaded.size}`);
      const decoder = await nativeRuntime.loadDecoder(...given);
      loaded.add(decoder);
      const start: typeof decoder.start = async (most) => {
        const sequence = await decoder.start(most);
        const feed = sequence.feed.bind(sequence);
        sequence.feed = (rows) => {
          watch.rows.push(rows.length / 224);
          return feed(rows);
        };
        return sequence;
      };
      return {
        start,
        dispose() {
          loaded.delete(decoder);
          return decoder.dispose();
        },
      };
    },
  };
  return watch;
}

const greedy: Partial<AvSettings> = { greedy: true, ask: 'clues', prefillRows: 100 };

async function run(
  info: MediaInfo,
  settings: Partial<AvSettings>,
  onEvent: (event: AnalyzeEvent) => void = () => undefined,
  signal = new AbortController().signal,
): Promise<{ outcome: Outcome; events: AnalyzeEvent[]; runtime: ReturnType<typeof watched> }> {
  const runtime = watched();
  const model = await createAvReasoner(tinyBundle(), runtime, { ...greedy, ...settings });
  const stages = { openMedia: () => Promise.resolve(media(info)), model, now: () => 0 };
  const request = { file: new File([], 'clip'), question: golden.question };
  const events: AnalyzeEvent[] = [];
  const steps = reason(request, stages, signal);
  try {
    for (;;) {
      const step = await steps.next();
      if (step.done) return { outcome: step.value, events, runtime };
      events.push(step.value);
      onEvent(step.value);
    }
  } finally {
    expect(runtime.loaded.size).toBe(0);
  }
}

describe('AV-Reasoner on the tiny model', () => {
  it('goes from a file to a reply, one large part at a time', async () => {
    const { outcome, events, runtime } = await run(both, {});
    expect(runtime.log).toEqual([
      ...['input_features', 'fbank', 'whisper_states'],
      ...['patches', 'vit_features'],
      'decoder beside 0',
    ]);
    expect(runtime.largest).toBe(3);
    expect(outcome).toMatchObject({ covered: true, category: 'event' });
    const { tokens, ...used } = outcome.used!;
    expect(used).toEqual({ frames: 2, heardSeconds: 2, soundSeconds: 2, note: null });
    expect(tokens!.read).toBe(runtime.rows.filter((rows) => rows > 1).reduce((a, b) => a + b, 0));
    expect(tokens!.written).toBeGreaterThan(0);
    const stages = new Set(events.flatMap((e) => (e.kind === 'progress' ? [e.stage] : [])));
    expect([...stages]).toEqual(['probe', 'listen', 'look', 'reason']);
    expect(events.some(({ kind }) => kind === 'text')).toBe(true);
    // Random weights write nonsense: that is a result.
    expect(outcome.unparsed).toBe(outcome.count === null);
  });

  it('reads the prompt in chunks and says how far it is', async () => {
    const { events, runtime } = await run(both, {});
    const chunks = runtime.rows.filter((rows) => rows > 1);
    expect(chunks.slice(0, -1).every((rows) => rows === 100)).toBe(true);
    const total = chunks.reduce((sum, rows) => sum + rows, 0);
    const told = events.flatMap((e) =>
      e.kind === 'progress' && e.stage === 'reason' && e.total > 1 ? [e] : [],
    );
    // Nothing is read while the decoder loads, and when it is there.
    expect(told.map(({ done }) => done)).toEqual([
      0,
      0,
      ...chunks.map((_, i) => Math.min(total, 100 * (i + 1))),
    ]);
    // 2 × 79 of the frames and 151 of the sound, with their boundaries.
    expect(total).toBeGreaterThan(158 + 2 + 153 + golden.prefix.length);
  });

  it('asks for the number apart without reading the clip again', async () => {
    const { outcome, runtime } = await run(both, { ask: 'both', thinks: false });
    expect(outcome).toHaveProperty('bareCount');
    const chunks = runtime.rows.filter((rows) => rows > 1);
    const once = (await run(both, { thinks: false })).runtime.rows.filter((rows) => rows > 1);
    const more = chunks.slice(once.length).reduce((sum, rows) => sum + rows, 0);
    expect(more).toBeGreaterThan(0);
    expect(more).toBeLessThan(120);
  });

  it.each([
    ['sound alone', { ...both, video: null }, ['input_features', 'fbank', 'whisper_states']],
    [
      'a video without sound, which gets a stand-in',
      { ...both, audio: null },
      ['patches', 'vit_features', 'input_features', 'fbank', 'whisper_states'],
    ],
    [
      'a still picture, which gets none',
      { ...both, audio: null, durationSeconds: 0 },
      ['patches', 'vit_features'],
    ],
  ])('answers for %s', async (_, info, encoders) => {
    const { runtime, outcome } = await run(info, {});
    expect(runtime.log).toEqual([...encoders, 'decoder beside 0']);
    expect(outcome.covered).toBe(true);
  });

  it('releases everything when it is stopped', async () => {
    for (const stage of ['listen', 'look', 'reason'] as const) {
      const controller = new AbortController();
      const stop = (event: AnalyzeEvent) => {
        if (event.kind === 'progress' && event.stage === stage && event.done > 0)
          controller.abort();
      };
      const stopped = run(both, {}, stop, controller.signal);
      await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    }
  });

  it('hears nothing as the reference does where there is no sound', async () => {
    const hearing = await loadHearing(tinyBundle(), nativeRuntime);
    const heard = await hearing.hear(pulse.subarray(0, CHUNK));
    const nothing = await hearing.hearNothing();
    await hearing.release();
    for (const [tokens, wanted] of [
      [heard, golden.encoders.audioTokens],
      [nothing, golden.encoders.noAudioTokens],
    ] as const) {
      const rows = wanted.rows.flatMap((row) => [...tokens.subarray(row * 224, (row + 1) * 224)]);
      expect(worst(rows, floats(wanted))).toBeLessThan(1e-3);
    }
  });
});

/** A language model that writes these replies, one for each prompt, and keeps what it read of each. */
function parrot(replies: readonly string[]): Runtime & { read: Float32Array[]; left: string[] } {
  const tokenizer = createTokenizer(tinyText('tokenizer.json'), tinyText('tokenizer_config.json'));
  const { stopIds } = tinyBundle().manifest.avReasoner.generation;
  const watch = {
    ...nativeRuntime,
    read: [] as Float32Array[],
    left: [...replies],
    loadDecoder: (): ReturnType<Runtime['loadDecoder']> => {
      let ids: number[] = [];
      let length = 0;
      const feed = (rows: Float32Array): Promise<Float32Array> => {
        const count = rows.length / 224;
        if (count > 1) {
          watch.read.push(rows);
          ids = [...tokenizer.encode(watch.left[0]!), stopIds[0]!];
        } else if (ids.length === 1) watch.left.shift();
        length += count;
        const logits = new Float32Array(1024);
        logits[count > 1 ? ids.shift()! : (ids.shift() ?? stopIds[0]!)] = 100;
        return Promise.resolve(logits);
      };
      const sequence = {
        get length() {
          return length;
        },
        feed,
        rewind: (to: number) => void (length = to),
        close: () => undefined,
      };
      return Promise.resolve({
        start: () => Promise.resolve(sequence),
        dispose: () => Promise.resolve(),
      });
    },
  };
  return watch;
}

/** One question to the parrot, whose settings say other than the request. */
async function say(
  replies: readonly string[],
  options: AnalyzeOptions,
  settings: Partial<AvSettings> = {},
): Promise<{ outcome: Outcome; runtime: ReturnType<typeof parrot> }> {
  const runtime = parrot(replies);
  const chosen = { ...greedy, ask: 'both', prefillRows: 1e6, ...settings } as const;
  const model = await createAvReasoner(tinyBundle(), runtime, chosen);
  const stages = {
    openMedia: () =>
      Promise.resolve({
        ...media(both),
        async *frames({ timesSeconds }: { timesSeconds: readonly number[] }) {
          for (const time of timesSeconds)
            yield await Promise.resolve({
              ...frames[Math.min(1, Math.floor(time))]!,
              timestampSeconds: time,
            });
        },
      }),
    model,
    now: () => 0,
  };
  const request = { ...options, file: new File([], 'clip'), question: golden.question };
  const steps = reason(request, stages, new AbortController().signal);
  for (;;) {
    const step = await steps.next();
    if (step.done) return { outcome: step.value, runtime };
  }
}

describe('how AV-Reasoner is asked', () => {
  const clues = '<think> Hm. </think> <answer>[["0.50", "1.00"]]</answer>';

  it('as the settings say where the request says nothing', async () => {
    const { outcome, runtime } = await say([clues, '2'], {});
    expect(runtime.left).toEqual([]);
    expect(outcome).toMatchObject({ category: 'event', count: 1, bareCount: 2, replyText: clues });
  });

  it('for the number alone', async () => {
    const ask = { reply: 'number', thinks: false } as const;
    const { outcome, runtime } = await say(['twelve', 'never said'], { ask });
    expect(runtime.left).toEqual(['never said']);
    expect(outcome).toMatchObject({ count: 12, clues: [], replyText: 'twelve' });
    expect(outcome).not.toHaveProperty('bareCount');
    const thinking = await say(['<answer>3</answer>'], { ask: { ...ask, thinks: true } });
    expect(thinking.runtime.read[0]!.length).toBeGreaterThan(runtime.read[0]!.length);
  });

  it('for the clues alone', async () => {
    const ask = { reply: 'clues', thinks: false } as const;
    const { outcome, runtime } = await say([clues, 'never said'], { ask }, { ask: 'number' });
    expect(runtime.left).toEqual(['never said']);
    expect(outcome).toMatchObject({ count: 1, replyText: clues });
    expect(outcome).not.toHaveProperty('bareCount');
  });

  it('about the category that the asker knows', async () => {
    const { outcome } = await say(['<answer>{"Frame1": [[1, 2, 9, 9]]}</answer>'], {
      category: 'object',
      ask: { reply: 'clues', thinks: false },
    });
    expect(outcome).toMatchObject({ category: 'object', clues: [{ kind: 'object' }] });
  });

  it('about single pictures in their own order, and without the sound', async () => {
    const reply = '<answer>{"Frame1": [[1, 2, 9, 9]], "Frame2": [[3, 4, 9, 9]]}</answer>';
    const ask = { reply: 'clues', thinks: false } as const;
    const options = { category: 'object', ask } as const;
    const given = await say([reply], { ...options, frameSeconds: [1.25, 0.123456] });
    const sorted = await say([reply], { ...options, frameSeconds: [0.123456, 1.25] });
    expect(given.outcome.clues).toMatchObject([
      { timestampSeconds: 1.25 },
      { timestampSeconds: 0.123456 },
    ]);
    expect(sorted.outcome.clues).toMatchObject([
      { timestampSeconds: 0.123456 },
      { timestampSeconds: 1.25 },
    ]);
    expect(given.outcome.used).toMatchObject({ frames: 2, soundSeconds: 0, note: null });
    // 79 rows for each of the two pictures, after the prefix and the picture's beginning.
    const rows = (read: Float32Array, picture: number): Float32Array => {
      const from = golden.prefix.length + 1 + 79 * picture;
      return read.subarray(from * 224, (from + 79) * 224);
    };
    const [first, second] = [given.runtime.read[0]!, sorted.runtime.read[0]!];
    expect(rows(first, 0)).toEqual(rows(second, 1));
    expect(rows(first, 1)).toEqual(rows(second, 0));
    expect(rows(first, 0)).not.toEqual(rows(first, 1));
  });

  it('about a range: its seconds are those of the file', async () => {
    const { outcome } = await say([clues], {
      rangeSeconds: [1, 2],
      ask: { reply: 'clues', thinks: true },
    });
    expect(outcome.clues).toEqual([
      { kind: 'event', label: 'event', startSeconds: 1.5, endSeconds: 2 },
    ]);
    expect(outcome.used).toMatchObject({ soundSeconds: 1 });
  });
});
