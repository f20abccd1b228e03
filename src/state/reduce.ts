import type { AnalyzeEvent } from '../protocol/api';
import { activeModel, type Action, type AppState, type ModelState, type RunState } from './state';

type Running = Extract<RunState, { kind: 'running' }>;

/**
 * The next state. Pure. An action of a run that is no longer the running one changes nothing, so a
 * late event of an old run cannot reach the page.
 */
export function reduce(state: AppState, action: Action): AppState {
  switch (action.kind) {
    case 'device-ready':
      return { ...state, device: { kind: 'ready', capabilities: action.capabilities } };
    case 'device-failed':
      return { ...state, device: { kind: 'failed', error: action.error } };
    case 'model-loading':
    case 'model-ready':
    case 'model-failed':
    case 'model-stopped':
      return { ...state, model: reduceModel(state.model, action) };
    case 'shelf':
      return { ...state, shelf: action.shelf };
    case 'video-opening':
      return { ...state, video: { kind: 'opening', title: action.title }, run: { kind: 'idle' } };
    case 'video-opened': {
      const { file, url, title, sample } = action;
      const video = { kind: 'open', file, url, title, sample, info: null, seek: null } as const;
      return { ...state, video, run: { kind: 'idle' } };
    }
    case 'video-failed':
      return { ...state, video: { kind: 'failed', title: action.title, error: action.error } };
    case 'seek': {
      if (state.video.kind !== 'open') return state;
      const serial = (state.video.seek?.serial ?? 0) + 1;
      return {
        ...state,
        video: { ...state.video, seek: { timeSeconds: action.timeSeconds, serial } },
      };
    }
    case 'run-started': {
      const { id, question } = action;
      const run: Running = { kind: 'running', id, question, progress: null, clues: [], text: '' };
      return { ...state, run };
    }
    default:
      return state.run.kind === 'running' && state.run.id === action.id
        ? reduceRun(state, state.run, action)
        : state;
  }
}

type ModelAction = Extract<
  Action,
  { kind: 'model-loading' | 'model-ready' | 'model-failed' | 'model-stopped' }
>;

/** A model that does not come leaves the one before in its place. */
function reduceModel(model: ModelState, action: ModelAction): ModelState {
  const previous = activeModel(model);
  switch (action.kind) {
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
  const { id, question, clues, text } = run;
  switch (action.kind) {
    case 'run-event':
      return reduceEvent(state, run, action.event);
    case 'run-done': {
      // The finished analysis is the authority: it holds what every streamed clue became.
      const { analysis } = action;
      const done = { kind: 'done', id, question, clues: analysis.clues, text, analysis } as const;
      return { ...state, run: done };
    }
    case 'run-failed':
      return { ...state, run: { kind: 'failed', id, question, clues, text, error: action.error } };
    case 'run-cancelled':
      return { ...state, run: { kind: 'cancelled', id, question, clues, text } };
  }
}

function reduceEvent(state: AppState, run: Running, event: AnalyzeEvent): AppState {
  switch (event.kind) {
    case 'media':
      return state.video.kind === 'open'
        ? { ...state, video: { ...state.video, info: event.info } }
        : state;
    case 'progress': {
      const { stage, done, total } = event;
      return { ...state, run: { ...run, progress: { stage, done, total } } };
    }
    case 'text':
      return { ...state, run: { ...run, text: run.text + event.text } };
    case 'clue':
      return { ...state, run: { ...run, clues: [...run.clues, event.clue] } };
  }
}
