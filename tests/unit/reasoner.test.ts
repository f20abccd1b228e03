import { describe, expect, it } from 'vitest';
import type { Asking, Plan, Run, TextPiece } from '../../src/families/family';
import type { Media, MediaInfo } from '../../src/media/media';
import type { AnalyzeEvent, AnalyzeOptions } from '../../src/protocol/api';
import { reason, type Outcome, type Stages } from '../../src/reasoner';

const info: MediaInfo = {
  container: 'mp4',
  durationSeconds: 10,
  startSeconds: 0,
  video: { codec: 'h264', fps: 25, width: 640, height: 360, rotationDegrees: 0, pixelAspect: 1 },
  audio: { codec: 'aac', sampleRate: 48000, channels: 2 },
};

const plans = {
  both: {
    covered: true,
    category: 'object',
    looks: [
      { purpose: 'objects', frames: { timesSeconds: [1, 2, 3], maxSide: 640 } },
      { purpose: 'motion', frames: { timesSeconds: [1, 1.1, 1.2], maxSide: 256 } },
    ],
    sound: true,
  },
  none: { covered: false, reason: 'This model cannot count that.' },
} satisfies Record<string, Plan>;

function setUp(plan: Plan, pieces: TextPiece[], failAt?: 'look' | 'listen') {
  const log: string[] = [];
  const begun: { info: MediaInfo; asking: Asking | undefined }[] = [];
  const media: Media = {
    info,
    async *frames({ timesSeconds }) {
      await Promise.resolve();
      for (const timestampSeconds of timesSeconds.slice(1)) {
        yield { timestampSeconds, width: 1, height: 1, data: new Uint8ClampedArray(4) };
      }
    },
    samples: () =>
      Promise.resolve({ sampleRate: 16000, startSeconds: 0, data: new Float32Array(8) }),
    close: () => Promise.resolve(void log.push('close')),
  };
  const step = (name: 'look' | 'listen', purpose = '') => {
    log.push(name + purpose);
    return name === failAt ? Promise.reject(new Error('tower')) : Promise.resolve();
  };
  const run: Run = {
    plan,
    look: (_, purpose) => step('look', ` ${purpose}`),
    async listen(_, onProgress) {
      onProgress(1, 2);
      await step('listen');
      onProgress(2, 2);
    },
    async *answer(signal) {
      for (const piece of pieces) {
        await Promise.resolve();
        signal.throwIfAborted();
        yield piece;
      }
    },
  };
  const stages: Stages = {
    openMedia: () => Promise.resolve(media),
    model: {
      begin: (_, info, asking) => {
        begun.push({ info, asking });
        return run;
      },
      dispose: () => Promise.resolve(),
    },
    now: () => 0,
  };
  return { stages, log, begun };
}

async function collect(
  stages: Stages,
  question = 'How many cars?',
  onEvent: (event: AnalyzeEvent) => void = () => undefined,
  signal = new AbortController().signal,
  options: AnalyzeOptions = {},
): Promise<{ events: AnalyzeEvent[]; outcome: Outcome }> {
  const events: AnalyzeEvent[] = [];
  const run = reason({ ...options, file: new File([], 'a'), question }, stages, signal);
  for (;;) {
    const step = await run.next();
    if (step.done) return { events, outcome: step.value };
    events.push(step.value);
    onEvent(step.value);
  }
}

const confident = { confidence: 0.9, path: [{ timestampSeconds: 1, box: [0, 0, 5, 5] as const }] };
const pieces: TextPiece[] = [
  { text: '<think>\n' },
  { text: '1. car 1.00 [0,0,5,5];\n', evidence: confident },
  { text: '</think><answer>1</answer>', confidence: 0.8 },
];

describe('reason', () => {
  it('runs the stages that the plan asks for and streams clues with their evidence', async () => {
    const { stages, log } = setUp(plans.both, pieces);
    const { events, outcome } = await collect(stages);
    expect(log).toEqual([
      'listen',
      'look objects',
      'look objects',
      'look motion',
      'look motion',
      'close',
    ]);
    expect(outcome).toMatchObject({ count: 1, covered: true, answerConfidence: 0.8 });
    expect(outcome.clues).toMatchObject([{ label: 'car', ...confident }]);
    const kinds = events.map((event) => event.kind);
    expect(kinds.indexOf('clue')).toBeLessThan(kinds.lastIndexOf('text'));
    const listened = events.filter((e) => e.kind === 'progress' && e.stage === 'listen');
    expect(listened.at(-1)).toMatchObject({ done: 2, total: 2 });
    const looked = events.filter((e) => e.kind === 'progress' && e.stage === 'look');
    expect(looked.at(-1)).toMatchObject({ done: 6, total: 6 });
    expect(looked).toContainEqual({ kind: 'progress', stage: 'look', done: 3, total: 6 });
  });

  it('keeps the time that decoding takes apart from the towers’', async () => {
    const { stages } = setUp(plans.both, pieces);
    let clock = 0;
    const media = await stages.openMedia(new File([], 'a'), new AbortController().signal);
    const slow: Media = {
      ...media,
      async *frames(plan, signal) {
        for await (const frame of media.frames(plan, signal)) {
          clock += 100;
          yield frame;
        }
      },
      samples: (signal) => {
        clock += 1000;
        return media.samples(signal);
      },
    };
    const timed = { ...stages, openMedia: () => Promise.resolve(slow), now: () => clock };
    const { timings } = (await collect(timed)).outcome;
    expect(timings).toMatchObject({ decode: 1400, listen: 0, look: 0 });
  });

  it('declines without decoding', async () => {
    const { stages, log } = setUp(plans.none, [{ text: '<think>\n</think><answer>No.</answer>' }]);
    const { outcome } = await collect(stages);
    expect(log).toEqual(['close']);
    expect(outcome).toMatchObject({ count: null, covered: false, answerText: 'No.', clues: [] });
    expect(outcome.unparsed).toBe(false);
  });

  it('gives unreadable model text as a result', async () => {
    const { stages } = setUp(plans.both, [{ text: 'lots of them' }]);
    expect((await collect(stages)).outcome).toMatchObject({ count: null, unparsed: true });
  });

  it('asks about a part as if it were the file, and speaks of the file itself', async () => {
    const { stages, begun } = setUp(plans.both, pieces);
    const options = { rangeSeconds: [2, 5] as const, category: 'object' as const };
    const { events, outcome } = await collect(stages, 'How many?', undefined, undefined, options);
    expect(begun).toMatchObject([
      { info: { startSeconds: 2, durationSeconds: 3 }, asking: { category: 'object' } },
    ]);
    expect(events).toContainEqual({ kind: 'media', info });
    expect(outcome.media).toMatchObject({ durationSeconds: 10, hasAudio: true });
  });

  it('shows single pictures at the times that were given, and no sound', async () => {
    const frameSeconds = [8.76543, 1.23456];
    const plan: Plan = {
      ...plans.both,
      looks: [{ purpose: 'objects', frames: { timesSeconds: [1.23456, 8.76543], maxSide: 9 } }],
      sound: false,
    };
    const seen: TextPiece[] = [
      { text: '<think>1. car 1.23 [0,0,5,5];', evidence: { timestampSeconds: 1.23456 } },
      { text: '</think><answer>1</answer>' },
    ];
    const { stages, begun } = setUp(plan, seen);
    const never = new AbortController().signal;
    const { outcome } = await collect(stages, 'How many?', undefined, never, { frameSeconds });
    expect(begun[0]?.info).toEqual({ ...info, audio: null, pictureSeconds: frameSeconds });
    expect(outcome.clues).toMatchObject([{ kind: 'object', timestampSeconds: 1.23456 }]);
    expect(outcome.media.hasAudio).toBe(true);
  });

  it('closes the file where the part holds nothing', async () => {
    const { stages, log } = setUp(plans.both, pieces);
    const never = new AbortController().signal;
    const asked = collect(stages, 'How many?', undefined, never, { rangeSeconds: [20, 30] });
    await expect(asked).rejects.toMatchObject({ code: 'no-media-track' });
    expect(log).toEqual(['close']);
  });

  it('gives the whole reply of a reader that keeps it', async () => {
    const { stages } = setUp(plans.both, pieces);
    const reader = { push: () => [], finish: () => ({ ...spoken, replyText: 'Three, I think.' }) };
    const spoken = { thinkText: '', answerText: '3', count: 3, clues: [] };
    const begin = stages.model.begin.bind(stages.model);
    const model = {
      ...stages.model,
      begin: (question: string, info: MediaInfo) => ({ ...begin(question, info), reader }),
    };
    expect((await collect({ ...stages, model })).outcome.replyText).toBe('Three, I think.');
    expect((await collect(stages)).outcome).not.toHaveProperty('replyText');
  });

  it.each(['look', 'listen'] as const)('closes the file when %s fails', async (stage) => {
    const { stages, log } = setUp(plans.both, pieces, stage);
    await expect(collect(stages)).rejects.toThrow('tower');
    expect(log.at(-1)).toBe('close');
  });

  it('stops at the next step after an abort and closes the file', async () => {
    const { stages, log } = setUp(plans.both, pieces);
    const controller = new AbortController();
    const stop = (event: AnalyzeEvent) => {
      if (event.kind === 'progress' && event.stage === 'look') controller.abort();
    };
    const run = collect(stages, 'How many?', stop, controller.signal);
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(log).toEqual(['listen', 'look objects', 'close']);
  });

  it.each([
    ['', 'question-empty'],
    ['  \n ', 'question-empty'],
    ['x'.repeat(1001), 'question-too-long'],
  ])('refuses the question %#', async (question, code) => {
    const { stages } = setUp(plans.both, pieces);
    await expect(collect(stages, question)).rejects.toMatchObject({ code });
  });
});
