import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Look, Purpose, Run, TextPiece } from '../../src/families/family';
import { createNano } from '../../src/families/nano/nano';
import type { NanoConfig } from '../../src/families/nano/nano-config';
import type { Frame, Media, MediaInfo } from '../../src/media/media';
import type { Graph, Tensor } from '../../src/tokens/tensor';

const root = new URL('../../', import.meta.url);
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const config = {
  sound: json('models/tools/sound/config.json'),
  objects: json('models/tools/objects/config.json'),
  motion: json('models/tools/motion/config.json'),
  decoder: json('models/tools/decoder/config.json'),
} as NanoConfig;
const words = readFileSync(new URL('models/served/nano/words.bin', root));

const info: MediaInfo = {
  container: 'mp4',
  durationSeconds: 4,
  startSeconds: 0,
  video: { codec: 'h264', fps: 25, width: 640, height: 360, rotationDegrees: 0, pixelAspect: 1 },
  audio: { codec: 'aac', sampleRate: 44100, channels: 2 },
};

/** How often each graph ran, and which were disposed. */
const calls = { sound: 0, objects: 0, pose: 0, decoder: 0 };
const disposed: string[] = [];
beforeEach(() => {
  Object.assign(calls, { sound: 0, objects: 0, pose: 0, decoder: 0 });
  disposed.length = 0;
});

function fake(name: keyof typeof calls, run: Graph['run']): Graph {
  return {
    inputNames: [],
    outputNames: [],
    run(feeds) {
      calls[name]++;
      return run(feeds);
    },
    dispose() {
      disposed.push(name);
      return Promise.resolve();
    },
  };
}

function tensor(dims: number[], fill = 0): Tensor & { data: Float32Array } {
  return { dims, data: new Float32Array(dims.reduce((a, b) => a * b, 1)).fill(fill) };
}

/** What is heard, a dog where nothing else is said. */
let audible = 'dog';
beforeEach(() => {
  audible = 'dog';
});

/** Hears it 0.5 s and 1.5 s into the sound. */
const sound = fake('sound', (feeds) => {
  const { events, features } = config.sound;
  // The last label is made of the others.
  const labels = config.sound.labels.filter((label) => label !== 'repeated');
  const stride = Math.round((events.stepSeconds * features.sampleRate) / features.hopLength);
  const steps = Math.ceil(feeds['mel']!.dims[1]! / stride);
  const onset = tensor([1, steps], 0.001);
  const activity = tensor([1, steps, labels.length], 0.001);
  const classOnset = tensor([1, steps, labels.length], 0.001);
  const label = labels.indexOf(audible);
  for (const seconds of [0.5, 1.5]) {
    const at = Math.round(seconds / events.stepSeconds);
    onset.data[at] = 0.95;
    for (let i = at; i < at + 10; i++) activity.data[i * labels.length + label] = 0.95;
    classOnset.data[at * labels.length + label] = 0.95;
  }
  const fingerprint = tensor([1, steps, 2], 1);
  return Promise.resolve({ onset, activity, class_onset: classOnset, fingerprint });
});

/** Sees one car in the middle of every frame. */
const objects = fake('objects', () => {
  const { labels, input, head } = config.objects;
  const cells = head.strides.map((stride) => Math.ceil(input.side / stride) ** 2);
  const anchors = cells.reduce((a, b) => a + b);
  const scores = tensor([1, anchors, labels.length], 0.01);
  const boxes = tensor([1, anchors, 4 * head.bins]);
  const wide = input.side / head.strides.at(-1)!;
  const middle = anchors - cells.at(-1)! + Math.floor(wide / 2) * wide + Math.floor(wide / 2);
  scores.data[middle * labels.length + labels.indexOf('car')] = 0.9;
  return Promise.resolve({ scores, boxes });
});

/** Points at every proposal in turn. */
const decoder = fake('decoder', (feeds) => {
  const { pointer } = config.decoder.shape;
  const length = feeds['features']!.dims[1]!;
  const past = feeds['past']!;
  const key = tensor([1, length, pointer]);
  for (let i = 0; i < length; i++) key.data[i * pointer] = length - i;
  const query = tensor([1, length, pointer]);
  query.data[0] = 1;
  return Promise.resolve({
    end: tensor([1, length], -99),
    pointer_query: query,
    pointer_key: key,
    present: tensor(past.dims.map((size, axis) => (axis === 3 ? size + length : size))),
  });
});

/** Sees nobody. */
const pose = fake('pose', () => {
  const { grid } = config.motion.pose;
  const map = (n: number) => tensor([1, n, grid, grid], 0);
  return Promise.resolve({ centre: map(1), heat: map(17), regress: map(34), offset: map(34) });
});

const graphs = { sound, objects, pose, decoder };
const model = createNano({ ...graphs, words, config });

/** The one look that the run plans. */
function only(run: Run, purpose: Purpose): Look {
  const looks = run.plan.covered ? run.plan.looks : [];
  expect(looks.map((look) => look.purpose)).toEqual([purpose]);
  return looks[0]!;
}

async function read(run: Run): Promise<TextPiece[]> {
  const pieces: TextPiece[] = [];
  for await (const piece of run.answer(new AbortController().signal)) pieces.push(piece);
  return pieces;
}

const textOf = (pieces: TextPiece[]): string => pieces.map(({ text }) => text).join('');

/** Four seconds of a quiet tone, so that the sound tower has something to measure against. */
const samples = {
  sampleRate: 16000 as const,
  startSeconds: 0,
  data: Float32Array.from({ length: 64000 }, (_, i) => 0.1 * Math.sin(i / 5)),
};

const picture: Frame = {
  timestampSeconds: 0,
  width: 416,
  height: 234,
  data: new Uint8ClampedArray(416 * 234 * 4).fill(128),
};

describe('nano', () => {
  it('hears: only the sound tower runs, and the clues lie on the media’s clock', async () => {
    const run = model.begin('How many times does the dog bark?', info);
    expect(run.plan).toEqual({ covered: true, category: 'event', looks: [], sound: true });
    await run.listen({ ...samples, startSeconds: 1.4 }, () => {}, new AbortController().signal);
    const text = textOf(await read(run));
    expect(text).toMatch(
      /^<think>\n1\. dog bark 1\.90 \d\.\d\d;\n2\. dog bark 2\.90 \d\.\d\d;\n<\/think><answer>2<\/answer>$/,
    );
    expect(calls).toEqual({ sound: 1, objects: 0, pose: 0, decoder: 3 });
  });

  it('sees: plans frames, tracks, and gives boxes in pixels of the displayed frame', async () => {
    const run = model.begin('How many cars are there?', info);
    const { timesSeconds } = only(run, 'objects').frames;
    expect(run.plan).toMatchObject({ category: 'object', sound: false });
    for (const timestampSeconds of timesSeconds)
      await run.look({ ...picture, timestampSeconds }, 'objects');
    const pieces = await read(run);
    const first = timesSeconds[0]!.toFixed(2);
    expect(textOf(pieces)).toMatch(
      new RegExp(
        `^<think>\n1\\. car ${first} \\[\\d+,\\d+,\\d+,\\d+\\];\n</think><answer>1</answer>$`,
      ),
    );
    const clue = pieces.find(({ evidence }) => evidence)!.evidence!;
    expect(clue.path).toHaveLength(timesSeconds.length);
    expect(clue.confidence).toBeGreaterThan(0.5);
    const [x1, , x2] = clue.path![0]!.box;
    expect((x1 + x2) / 2).toBeGreaterThan(300);
    expect((x1 + x2) / 2).toBeLessThan(380);
    expect(calls.sound).toBe(0);
  });

  it('looks at single pictures, however far apart: one thing is one clue, at a time given', async () => {
    const pictureSeconds = [31.23456, 2.00123, 3.3333];
    const run = model.begin('How many cars are there?', {
      ...info,
      durationSeconds: 60,
      audio: null,
      pictureSeconds,
    });
    const { timesSeconds } = only(run, 'objects').frames;
    expect(timesSeconds).toEqual([2.00123, 3.3333, 31.23456]);
    for (const timestampSeconds of timesSeconds)
      await run.look({ ...picture, timestampSeconds }, 'objects');
    const pieces = await read(run);
    expect(textOf(pieces)).toMatch(/car 2\.00 \[.*<answer>1<\/answer>$/s);
    const { evidence } = pieces.find((piece) => piece.evidence)!;
    expect(evidence!.timestampSeconds).toBe(2.00123);
    expect(evidence!.path!.map(({ timestampSeconds }) => timestampSeconds)).toEqual(timesSeconds);
  });

  it('takes a question about a range as one about a clip of that length', () => {
    const cut = { ...info, startSeconds: 100, durationSeconds: 10 };
    const whole = only(model.begin('How many cars are there?', cut), 'objects').frames.timesSeconds;
    expect(whole[0]).toBeGreaterThan(100);
    expect(whole.at(-1)).toBeLessThan(110);
    const end = model.begin('How many cars are there in the last two seconds?', cut);
    expect(Math.min(...only(end, 'objects').frames.timesSeconds)).toBeGreaterThanOrEqual(108);
  });

  it('looks only inside the asked window', () => {
    const run = model.begin('How many cars are there in the last two seconds?', info);
    const times = only(run, 'objects').frames.timesSeconds;
    expect(Math.min(...times)).toBeGreaterThanOrEqual(2);
  });

  it('follows movements: frames come densely, and a still picture has none', async () => {
    const run = model.begin('How many push-ups does he do?', info);
    const { timesSeconds } = only(run, 'motion').frames;
    expect(timesSeconds.length).toBeGreaterThanOrEqual(40);
    for (const timestampSeconds of timesSeconds)
      await run.look({ ...picture, timestampSeconds }, 'motion');
    expect(textOf(await read(run))).toBe('<think>\n</think><answer>0</answer>');
    expect(calls.pose).toBeGreaterThan(0);
    expect(calls.objects + calls.sound).toBe(0);
  });

  describe('what can be heard and seen', () => {
    const question = 'How many times does the ball bounce?';
    /** A bright square that jumps once a second. */
    const jumping = (timestampSeconds: number): Frame => {
      const data = new Uint8ClampedArray(picture.data);
      const height = Math.round(150 * Math.abs(Math.sin(Math.PI * timestampSeconds)));
      for (let y = 180 - height; y < 220 - height; y++)
        data.fill(250, (y * picture.width + 180) * 4, (y * picture.width + 230) * 4);
      return { ...picture, timestampSeconds, data };
    };
    const listenTo = (run: Run) => run.listen(samples, () => {}, new AbortController().signal);

    it('is counted by its sound, and nothing is looked at', async () => {
      audible = 'ball_bounce';
      const run = model.begin(question, info);
      only(run, 'motion');
      await listenTo(run);
      expect(run.plan).toMatchObject({ covered: true, looks: [], sound: true });
      expect(textOf(await read(run))).toMatch(/1\. ball bounce 0\.50 .*<answer>2<\/answer>$/s);
    });

    it('is counted by its movement where nothing of it is heard', async () => {
      const run = model.begin(question, info);
      await listenTo(run);
      for (const timestampSeconds of only(run, 'motion').frames.timesSeconds)
        await run.look(jumping(timestampSeconds), 'motion');
      expect(textOf(await read(run))).toMatch(/1\. bounce \d.*<answer>[345]<\/answer>$/s);
    });

    it.each([
      ['a clip without a picture', question, { ...info, video: null }],
      ['what is only heard', 'How many gunshots are there?', info],
      ['what is asked for by ear', 'How many bounces of the ball can you hear?', info],
      [
        'what depends on something else',
        'How many times does the ball bounce after the bell?',
        info,
      ],
    ])('but not in %s', (_, asked, media) => {
      expect(model.begin(asked, media).plan).toMatchObject({ covered: true, looks: [] });
    });
  });

  it('looks and listens where one thing depends on another, over the whole clip', async () => {
    const question = 'How many cars are visible while the dog barks in the last two seconds?';
    const run = model.begin(question, info);
    const look = only(run, 'objects');
    expect(run.plan).toMatchObject({ category: 'object', sound: true });
    expect(Math.min(...look.frames.timesSeconds)).toBeLessThan(2);
    await expect(run.look(picture, 'motion')).rejects.toMatchObject({ code: 'bug' });
  });

  it('answers 0 where the best of all proposals is too weak for the sound to be there', async () => {
    const run = model.begin('How many times does the rooster crow?', info);
    await run.listen(samples, () => {}, new AbortController().signal);
    expect(textOf(await read(run))).toBe('<think>\n</think><answer>0</answer>');
    expect(calls).toMatchObject({ sound: 1, decoder: 0 });
  });

  it('answers 0 where no thing looks enough like what is asked', async () => {
    const run = model.begin('How many dogs are there?', info);
    const { timesSeconds } = only(run, 'objects').frames;
    for (const timestampSeconds of timesSeconds)
      await run.look({ ...picture, timestampSeconds }, 'objects');
    expect(textOf(await read(run))).toBe('<think>\n</think><answer>0</answer>');
    // Few frames: each is looked at in the mirror, too.
    expect(calls).toMatchObject({ objects: 2 * timesSeconds.length, decoder: 0 });
  });

  it('answers 0 for silence', async () => {
    const run = model.begin('How many times does the dog bark?', info);
    await run.listen(
      { ...samples, data: new Float32Array(0) },
      () => {},
      new AbortController().signal,
    );
    expect(textOf(await read(run))).toBe('<think>\n</think><answer>0</answer>');
  });

  it.each([
    ['How many violins are playing?', info, 'violin'],
    ['How many times does the dog bark?', { ...info, audio: null }, 'no sound'],
    ['How many cars are there?', { ...info, video: null }, 'no picture'],
  ])('declines without running a tower: %s', async (question, media, reason) => {
    const run = model.begin(question, media);
    expect(run.plan).toMatchObject({ covered: false });
    const text = textOf(await read(run));
    expect(text).toMatch(/^<think>\n<\/think><answer>This model cannot count .+\.<\/answer>$/);
    expect(text).toContain(reason);
    expect(calls).toEqual({ sound: 0, objects: 0, pose: 0, decoder: 0 });
    await expect(run.listen(samples, () => {}, new AbortController().signal)).rejects.toMatchObject(
      { code: 'bug' },
    );
  });

  it('says where the word list is damaged', () => {
    const parts = { ...graphs, config };
    const damaged = words.subarray(0, words.length - 10);
    expect(() => createNano({ ...parts, words: damaged })).toThrow(
      expect.objectContaining({ code: 'model-corrupt' }),
    );
  });

  it('releases every graph', async () => {
    await createNano({ ...graphs, words, config }).dispose();
    expect(disposed.sort()).toEqual(['decoder', 'objects', 'pose', 'sound']);
  });
});

describe('a first look', () => {
  const asked: { range?: readonly [number, number] | undefined; frames: number } = { frames: 0 };
  const media = (changes: Partial<MediaInfo> = {}): Media => ({
    info: { ...info, ...changes },
    samples: (_signal, range) => {
      asked.range = range;
      return Promise.resolve(samples);
    },
    async *frames({ timesSeconds }) {
      asked.frames = timesSeconds.length;
      for (const timestampSeconds of timesSeconds)
        yield await Promise.resolve({ ...picture, timestampSeconds });
    },
    close: () => Promise.resolve(),
  });
  const { signal } = new AbortController();

  it('names what is seen and heard, in the words of the reach', async () => {
    expect(await model.glimpse!(media(), signal)).toEqual({
      sounds: ['dog bark'],
      objects: ['car'],
    });
    expect(calls).toMatchObject({ decoder: 0, pose: 0 });
  });

  it('costs the same for a long file', async () => {
    await model.glimpse!(media({ durationSeconds: 7200, startSeconds: 1.4 }), signal);
    expect(asked.range).toEqual([1.4, 21.4]);
    expect(asked.frames).toBe(4);
  });

  it('leaves out what the file does not have', async () => {
    const silent = await model.glimpse!(media({ audio: null }), signal);
    expect(silent).toEqual({ sounds: [], objects: ['car'] });
    const blind = await model.glimpse!(media({ video: null }), signal);
    expect(blind).toEqual({ sounds: ['dog bark'], objects: [] });
  });
});
