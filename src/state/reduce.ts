import type { AnalyzeEvent } from '../protocol/api';
import { edit, emptyReview, reviewOf, withModelClue } from '../clues/review';
import {
  activeModel,
  type Action,
  type AppState,
  type ModelState,
  type OpenVideo,
  type RunState,
} from './state';

type Running = Extract<RunState, { kind: 'running' }>;

/** Of the visit's answers, the newest so many are kept at hand. */
const longestHistory = 24;

/**
 * The next state. Pure. An action of a run that is no longer the running one changes nothing, so a
 * late event of an old run cannot reach the page.
 */
export function reduce(state: AppState, action: Action): AppState {
  return remembered(state, step(state, action));
}

function step(state: AppState, action: Action): AppState {
  switch (action.kind) {
    case 'device-ready':
      return { ...state, device: { kind: 'ready', capabilities: action.capabilities } };
    case 'device-failed':
      return { ...state, device: { kind: 'failed', error: action.error } };
    case 'model-known':
    case 'model-loading':
    case 'model-ready':
    case 'model-failed':
    case 'model-stopped':
      return { ...state, model: reduceModel(state.model, action) };
    case 'shelf':
      return { ...state, shelf: action.shelf };
    case 'video-opening':
      return {
        ...state,
        video: { kind: 'opening', title: action.title },
        run: { kind: 'idle' },
        draft: null,
      };
    case 'video-opened': {
      const { file, url, title, sample } = action;
      const video = openVideo({ file, url, title, sample });
      return { ...state, video, run: { kind: 'idle' }, draft: null };
    }
    case 'video-glimpsed': {
      const { video } = state;
      if (video.kind !== 'open' || video.url !== action.url) return state;
      const { glimpse } = action;
      return { ...state, video: { ...video, glimpse, info: video.info ?? glimpse.info } };
    }
    case 'video-attached': {
      const { video } = state;
      if (video.kind !== 'absent') return state;
      const { file, url } = action;
      return { ...state, video: openVideo({ file, url, title: file.name, sample: null }) };
    }
    case 'restored':
      return { ...state, video: action.video, run: action.run, draft: null };
    case 'wiped':
      return { ...state, video: { kind: 'none' }, run: { kind: 'idle' }, draft: null, history: [] };
    case 'dismissed': {
      const video = state.video.kind === 'failed' ? ({ kind: 'none' } as const) : state.video;
      const run = state.run.kind === 'failed' ? ({ kind: 'idle' } as const) : state.run;
      return video === state.video && run === state.run ? state : { ...state, video, run };
    }
    case 'drafted':
      return { ...state, draft: action.draft };
    case 'edited': {
      const { run } = state;
      // The model still adds to its clues while it runs.
      if (run.kind === 'idle' || run.kind === 'running') return state;
      const review = edit(run.review, action.edit);
      return review === run.review ? state : { ...state, run: { ...run, review } };
    }
    case 'video-failed':
      return { ...state, video: { kind: 'failed', title: action.title, error: action.error } };
    case 'seek': {
      if (state.video.kind !== 'open' && state.video.kind !== 'absent') return state;
      const serial = (state.video.seek?.serial ?? 0) + 1;
      return {
        ...state,
        video: { ...state.video, seek: { timeSeconds: action.timeSeconds, serial } },
      };
    }
    case 'run-started': {
      const { id, question } = action;
      const run: Running = {
        ...{ kind: 'running', id, question, progress: null },
        ...{ clues: [], review: emptyReview, text: '' },
      };
      return { ...state, run, draft: null };
    }
    default:
      return state.run.kind === 'running' && state.run.id === action.id
        ? reduceRun(state, state.run, action)
        : state;
  }
}

/** What a file is before anybody has looked into it. */
export function openVideo(opened: Pick<OpenVideo, 'file' | 'url' | 'title' | 'sample'>): OpenVideo {
  return { kind: 'open', ...opened, info: null, glimpse: null, seek: null };
}

/** Keeps the newest answers at hand, each with what the visitor made of it. */
function remembered(before: AppState, state: AppState): AppState {
  const { run, video } = state;
  if (run.kind !== 'done' || (video.kind !== 'open' && video.kind !== 'absent')) return state;
  if (before.run === run && before.video === video) return state;
  const place = state.history.findIndex((entry) => entry.run.id === run.id);
  const entry = { video: { ...video, seek: null }, run };
  const history =
    place === -1
      ? [entry, ...state.history].slice(0, longestHistory)
      : state.history.with(place, entry);
  return { ...state, history };
}

type ModelAction = Extract<
  Action,
  { kind: 'model-known' | 'model-loading' | 'model-ready' | 'model-failed' | 'model-stopped' }
>;

/** A model that does not come leaves the one before in its place. */
function reduceModel(model: ModelState, action: ModelAction): ModelState {
  const previous = activeModel(model);
  switch (action.kind) {
    case 'model-known':
      return model.kind === 'waiting' ? { kind: 'waiting', info: action.info } : model;
    case 'model-loading': {
      const { title, progress } = action;
      return { kind: 'loading', title, progress, previous };
    }
    case 'model-ready':
      return { kind: 'ready', info: action.info, refused: null };
    case 'model-failed': {
      const { title, error } = action;
      return previous
        ? { kind: 'ready', info: previous, refused: { title, error } }
        : { kind: 'failed', title, error };
    }
    case 'model-stopped':
      return previous
        ? { kind: 'ready', info: previous, refused: null }
        : { kind: 'stopped', title: action.title };
  }
}

type RunAction = Extract<
  Action,
  { kind: 'run-event' | 'run-done' | 'run-failed' | 'run-cancelled' }
>;

function reduceRun(state: AppState, run: Running, action: RunAction): AppState {
  const { id, question, clues, review, text } = run;
  switch (action.kind) {
    case 'run-event':
      return reduceEvent(state, run, action.event, action.secondsLeft ?? null);
    case 'run-done': {
      // The finished analysis is the authority: it holds what every streamed clue became.
      const { analysis } = action;
      const told = { clues: analysis.clues, review: reviewOf(analysis.clues), text };
      return { ...state, run: { kind: 'done', id, question, ...told, analysis } };
    }
    case 'run-failed':
      return {
        ...state,
        run: { kind: 'failed', id, question, clues, review, text, error: action.error },
      };
    case 'run-cancelled':
      return { ...state, run: { kind: 'cancelled', id, question, clues, review, text } };
  }
}

function reduceEvent(
  state: AppState,
  run: Running,
  event: AnalyzeEvent,
  secondsLeft: number | null,
): AppState {
  switch (event.kind) {
    case 'media':
      return state.video.kind === 'open'
        ? { ...state, video: { ...state.video, info: event.info } }
        : state;
    case 'progress': {
      const { stage, done, total } = event;
      const before = run.progress?.seen ?? [];
      const seen = before.includes(stage) ? before : [...before, stage];
      return { ...state, run: { ...run, progress: { stage, done, total, secondsLeft, seen } } };
    }
    case 'text':
      return { ...state, run: { ...run, text: run.text + event.text } };
    case 'clue':
      return {
        ...state,
        run: {
          ...run,
          clues: [...run.clues, event.clue],
          review: withModelClue(run.review, event.clue),
        },
      };
  }
}
