import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { MediaInfo } from '../../src/media/media';
import { Session } from '../../src/state/session';
import type { RunState } from '../../src/state/state';
import { FakeReasoner, analysisOf, eventClue, modelInfo } from '../fixtures/fake-reasoner';

/* What a visitor does besides asking: typing, judging, going back, leaving. */

const file = new File(['x'], 'clip.mp4', { type: 'video/mp4' });
const other = new File(['y'], 'other.mp4', { type: 'video/mp4' });
const info: MediaInfo = {
  ...{ container: 'mp4', durationSeconds: 5, startSeconds: 0, video: null },
  audio: { codec: 'aac', sampleRate: 48_000, channels: 1 },
};

let api: FakeReasoner;
let session: Session;

beforeEach(() => {
  api = new FakeReasoner();
  session = new Session(api, {
    model: { kind: 'url', manifestUrl: 'https://site.test/nano/manifest.json' },
    modelsUrl: 'https://site.test/models.json',
    samplesUrl: 'https://site.test/samples/samples.json',
  });
});

const state = () => session.store.state;

/** Opens the file, asks and answers. */
async function answer(of: File, question: string, times: readonly number[]): Promise<void> {
  const calls = api.runs.length;
  session.open(of);
  const done = session.count(question);
  await vi.waitFor(() => expect(api.runs).toHaveLength(calls + 1));
  api.runs.at(-1)!.finish(analysisOf(times.map((time) => eventClue(time))));
  await done;
}

function doneRun(run: RunState = state().run) {
  if (run.kind !== 'done') throw new Error(`The run is ${run.kind}.`);
  return run;
}

describe('the model', () => {
  it('is introduced without being loaded', async () => {
    await session.introduce();
    expect(state().model).toEqual({ kind: 'waiting', info: modelInfo });
    expect(state().device.kind).toBe('ready');
    expect(api.loads).toBe(0);
  });

  it('is loaded when a video opens', async () => {
    session.open(file);
    await vi.waitFor(() => expect(state().model.kind).toBe('ready'));
    expect(api.loads).toBe(1);
  });
});

describe('a draft', () => {
  it('says whether the model can count that', async () => {
    api.declined.set('How many unicorns?', 'This model cannot count unicorns.');
    await session.draft('How many unicorns? ');
    expect(state().draft).toEqual({
      question: 'How many unicorns?',
      reach: { covered: false, category: null, reason: 'This model cannot count unicorns.' },
    });
    await session.draft('');
    expect(state().draft).toBeNull();
    expect(api.checked).toEqual(['How many unicorns?']);
  });

  it('is that of the newest text', async () => {
    const answers: ((covered: boolean) => void)[] = [];
    vi.spyOn(api, 'check').mockImplementation(
      () =>
        new Promise((resolve) => {
          answers.push((covered) => resolve({ covered, category: null, reason: null }));
        }),
    );
    const first = session.draft('How');
    const second = session.draft('How many dogs');
    answers[1]!(true);
    answers[0]!(false);
    await Promise.all([first, second]);
    expect(state().draft).toMatchObject({ question: 'How many dogs', reach: { covered: true } });
  });

  it('goes when the question is asked', async () => {
    session.open(file);
    await session.draft('How many dogs?');
    void session.count('How many dogs?');
    expect(state().draft).toBeNull();
  });

  it('is silent where nobody can say', async () => {
    vi.spyOn(api, 'check').mockRejectedValue(new Error('gone'));
    await session.draft('How many dogs?');
    expect(state().draft).toBeNull();
  });
});

describe('a first look', () => {
  it('tells what is in the clip', async () => {
    api.glimpsed = { info, sounds: ['dog bark'], objects: [] };
    session.open(file);
    await vi.waitFor(() =>
      expect(state().video).toMatchObject({ glimpse: { sounds: ['dog bark'] }, info }),
    );
  });

  it('makes way for a question, and its failure is nobody’s business', async () => {
    const glimpse = vi.spyOn(api, 'glimpse').mockRejectedValue(new Error('odd file'));
    session.open(file);
    await vi.waitFor(() => expect(glimpse).toHaveBeenCalledTimes(1));
    await answer(file, 'How many?', [1]);
    expect(doneRun().analysis.count).toBe(1);
    // Asked at once, the second opening was not looked at first.
    expect(glimpse).toHaveBeenCalledTimes(1);
  });
});

describe('the visitor’s word', () => {
  it('changes the evidence, and not what the model said', async () => {
    await answer(file, 'How many?', [1, 2]);
    session.edit({ kind: 'judge', id: 1, verdict: 'rejected' });
    expect(doneRun().review.clues.map(({ verdict }) => verdict)).toEqual(['rejected', 'open']);
    expect(doneRun().analysis.clues).toHaveLength(2);
    session.edit({ kind: 'undo' });
    expect(doneRun().review.clues[0]!.verdict).toBe('open');
  });

  it('waits until the model has finished', async () => {
    session.open(file);
    void session.count('How many?');
    await vi.waitFor(() => expect(api.runs).toHaveLength(1));
    await api.runs[0]!.emit({ kind: 'clue', clue: eventClue(1) });
    session.edit({ kind: 'judge', id: 1, verdict: 'rejected' });
    expect(state().run).toMatchObject({
      kind: 'running',
      review: { clues: [{ verdict: 'open' }] },
    });
  });

  it('holds for what was found before a stop, too', async () => {
    session.open(file);
    void session.count('How many?');
    await vi.waitFor(() => expect(api.runs).toHaveLength(1));
    await api.runs[0]!.emit({ kind: 'clue', clue: eventClue(1) });
    session.cancel();
    session.edit({ kind: 'add', clue: eventClue(3) });
    expect(state().run).toMatchObject({
      kind: 'cancelled',
      review: { clues: [{ id: 1 }, { id: 2 }] },
    });
  });
});

describe('the history', () => {
  it('holds the answers of the visit with what the visitor made of them', async () => {
    await answer(file, 'first', [1]);
    session.edit({ kind: 'add', clue: eventClue(4) });
    await answer(other, 'second', [1, 2, 3]);
    const { history } = state();
    expect(history.map(({ run }) => run.question)).toEqual(['second', 'first']);
    session.revisit(history[1]!);
    expect(state().video).toMatchObject({ kind: 'open', title: 'clip.mp4' });
    expect(doneRun()).toMatchObject({ question: 'first', review: { clues: { length: 2 } } });
    expect(state().history).toHaveLength(2);
  });

  it('does not grow without end', async () => {
    for (let n = 0; n < 30; n += 1) await answer(file, `question ${n}`, [n]);
    expect(state().history.length).toBeLessThanOrEqual(24);
    expect(state().history[0]!.run.question).toBe('question 29');
  });

  it('goes with the visitor', async () => {
    const revoke = vi.spyOn(URL, 'revokeObjectURL');
    await answer(file, 'first', [1]);
    const { video } = state();
    session.wipe();
    expect(state()).toMatchObject({
      ...{ video: { kind: 'none' }, run: { kind: 'idle' }, history: [], draft: null },
    });
    expect(revoke).toHaveBeenCalledWith(video.kind === 'open' ? video.url : '');
  });
});

describe('a result from elsewhere', () => {
  const restore = () => {
    const analysis = analysisOf([eventClue(1), eventClue(2)]);
    const { clues } = analysis;
    session.restore('clip.mp4', {
      ...{ question: 'How many?', clues, text: '', analysis },
      review: { clues: [], past: [], future: [] },
    });
  };

  it('is shown without its video, and waits for it', () => {
    restore();
    expect(state().video).toMatchObject({ kind: 'absent', title: 'clip.mp4' });
    session.open(file);
    expect(state().video).toMatchObject({ kind: 'open', file });
    expect(doneRun().question).toBe('How many?');
  });

  it('makes way for another video', () => {
    restore();
    session.open(other);
    expect(state()).toMatchObject({ video: { title: 'other.mp4' }, run: { kind: 'idle' } });
  });

  it('takes whatever file the visitor says it is', () => {
    restore();
    session.attach(other);
    expect(state().video).toMatchObject({ kind: 'open', title: 'other.mp4' });
    expect(doneRun().question).toBe('How many?');
  });

  it('cannot be asked about before its video is there', async () => {
    restore();
    await session.count('How many more?');
    expect(state().run).toMatchObject({ kind: 'failed', error: { code: 'file-unreadable' } });
  });
});
