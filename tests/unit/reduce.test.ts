import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors';
import type { MediaInfo } from '../../src/media/media';
import { reduce } from '../../src/state/reduce';
import { activeModel, initialState, type Action, type AppState } from '../../src/state/state';
import { analysisOf, eventClue, modelInfo } from '../fixtures/fake-reasoner';

const file = new File(['x'], 'clip.mp4', { type: 'video/mp4' });
const opened: Action = { kind: 'video-opened', file, url: 'blob:1', title: 'clip', sample: null };
const started: Action = { kind: 'run-started', id: 7, question: 'How many barks?' };
const info: MediaInfo = {
  container: 'mp4',
  durationSeconds: 5,
  startSeconds: 0,
  video: null,
  audio: { codec: 'aac', sampleRate: 44100, channels: 2 },
};
const error = new AppError('decode-failed', 'Broken.');

function after(...actions: Action[]): AppState {
  return actions.reduce(reduce, initialState);
}

const clue = (at: number): Action => ({
  kind: 'run-event',
  id: 7,
  event: { kind: 'clue', clue: eventClue(at) },
});
const text = (words: string): Action => ({
  kind: 'run-event',
  id: 7,
  event: { kind: 'text', text: words },
});

describe('a run', () => {
  it('gathers text, clues and progress', () => {
    const progress = { kind: 'progress', stage: 'look', done: 3, total: 9 } as const;
    const { run } = after(started, text('<think>'), clue(1), clue(2), text('…'), {
      kind: 'run-event',
      id: 7,
      event: progress,
    });
    expect(run).toMatchObject({
      kind: 'running',
      text: '<think>…',
      progress: { stage: 'look', done: 3, total: 9 },
    });
    expect(run.kind === 'running' && run.clues.length).toBe(2);
  });

  it('ends with what the analysis says, not with what was streamed', () => {
    const analysis = analysisOf([eventClue(1)]);
    const { run } = after(started, clue(1), clue(2), { kind: 'run-done', id: 7, analysis });
    expect(run).toMatchObject({ kind: 'done', analysis, clues: analysis.clues });
  });

  it.each([
    ['failed', { kind: 'run-failed', id: 7, error }],
    ['cancelled', { kind: 'run-cancelled', id: 7 }],
  ] as const)('keeps its clues and text when it is %s', (kind, end) => {
    const { run } = after(started, text('a'), clue(1), clue(2), end);
    expect(run).toMatchObject({ kind, text: 'a', question: 'How many barks?' });
    expect(run.kind !== 'idle' && run.clues.length).toBe(2);
  });

  it('puts what the decoder found with the video', () => {
    const event = { kind: 'media', info } as const;
    const { video } = after(opened, started, { kind: 'run-event', id: 7, event });
    expect(video).toMatchObject({ kind: 'open', info });
  });
});

describe('late actions of an old run', () => {
  const late: Action[] = [
    { kind: 'run-event', id: 6, event: { kind: 'text', text: 'old' } },
    { kind: 'run-event', id: 6, event: { kind: 'clue', clue: eventClue(1) } },
    { kind: 'run-done', id: 6, analysis: analysisOf([]) },
    { kind: 'run-failed', id: 6, error },
    { kind: 'run-cancelled', id: 6 },
  ];
  it.each(late)('change nothing while a newer one runs: $kind', (action) => {
    const state = after(opened, started);
    expect(reduce(state, action)).toBe(state);
  });

  it.each([
    { kind: 'run-cancelled', id: 7 },
    { kind: 'run-done', id: 7, analysis: analysisOf([]) },
    { kind: 'run-failed', id: 7, error },
  ] as const)('change nothing after the end: $kind', (end) => {
    const state = after(opened, started, end);
    expect(reduce(state, clue(3))).toBe(state);
    expect(reduce(state, { kind: 'run-done', id: 7, analysis: analysisOf([]) })).toBe(state);
  });
});

describe('the video', () => {
  it('takes the run of the one before with it', () => {
    expect(after(opened, started, clue(1), opened).run).toEqual({ kind: 'idle' });
    const opening: Action = { kind: 'video-opening', title: 'sample' };
    expect(after(opened, started, clue(1), opening).run).toEqual({ kind: 'idle' });
  });

  it('counts wishes to seek, so that the same moment can be asked for twice', () => {
    const seek: Action = { kind: 'seek', timeSeconds: 2 };
    const { video } = after(opened, seek, seek);
    expect(video).toMatchObject({ seek: { timeSeconds: 2, serial: 2 } });
  });

  it('ignores a wish to seek while none is open', () => {
    expect(reduce(initialState, { kind: 'seek', timeSeconds: 2 })).toBe(initialState);
  });
});

describe('the model', () => {
  const failed: Action = { kind: 'model-failed', title: 'big', error };
  const ready: Action = { kind: 'model-ready', info: modelInfo };
  const loading: Action = { kind: 'model-loading', title: 'big', progress: null };
  const stopped: Action = { kind: 'model-stopped', title: 'big' };

  it('can become ready after a failure', () => {
    expect(after(failed).model).toEqual({ kind: 'failed', title: 'big', error });
    expect(after(failed, ready).model).toEqual({ kind: 'ready', info: modelInfo, refused: null });
  });

  it('stays while another is loaded, and where that one does not come', () => {
    const { model } = after(ready, loading);
    expect(model).toMatchObject({ kind: 'loading', title: 'big', previous: modelInfo });
    expect(activeModel(model)).toBe(modelInfo);
    expect(after(ready, loading, loading, failed).model).toEqual({
      kind: 'ready',
      info: modelInfo,
      refused: { title: 'big', error },
    });
    expect(after(ready, loading, stopped).model).toEqual({
      kind: 'ready',
      info: modelInfo,
      refused: null,
    });
  });

  it('is none where the first one is stopped', () => {
    const { model } = after(loading, stopped);
    expect(model).toEqual({ kind: 'stopped', title: 'big' });
    expect(activeModel(model)).toBeNull();
  });
});

it('never changes the state that it was given', () => {
  const state = after(opened, started, clue(1));
  const copy = structuredClone({ ...state, video: null });
  reduce(state, clue(2));
  reduce(state, { kind: 'run-failed', id: 7, error });
  expect({ ...state, video: null }).toEqual(copy);
});

describe('what went wrong', () => {
  it('goes when it is dismissed, and nothing else does', () => {
    const failed = after(opened, started, clue(1), { kind: 'run-failed', id: 7, error });
    const dismissed = reduce(failed, { kind: 'dismissed' });
    expect(dismissed.run).toEqual({ kind: 'idle' });
    expect(dismissed.video).toBe(failed.video);
    const unopened = after({ kind: 'video-failed', title: 'clip', error }, { kind: 'dismissed' });
    expect(unopened.video).toEqual({ kind: 'none' });
    const running = after(opened, started);
    expect(reduce(running, { kind: 'dismissed' })).toBe(running);
  });
});
