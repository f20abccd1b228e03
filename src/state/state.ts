import type { Clue } from '../clues/clue';
import type { Edit, Review } from '../clues/review';
import type { AppError } from '../errors';
import type { MediaInfo } from '../media/media';
import type {
  Analysis,
  AnalyzeEvent,
  Capabilities,
  Glimpse,
  Inspection,
  LoadEvent,
  ModelInfo,
  QuestionReach,
  Stage,
} from '../protocol/api';
import type { Sample } from './samples';
import type { ServedModel } from './served-models';

/** Everything the page shows. Each field is a union, so that an impossible state cannot be written. */
export interface AppState {
  readonly device: DeviceState;
  readonly model: ModelState;
  /** The models to choose from; empty until somebody asks. */
  readonly shelf: readonly ShelfItem[];
  readonly video: VideoState;
  readonly run: RunState;
  /** What the visitor is typing, and whether the model can count that; null where nobody looked. */
  readonly draft: Draft | null;
  /** The answers of this visit, the newest first. Nothing of it is kept when the page closes. */
  readonly history: readonly HistoryEntry[];
}

export interface Draft {
  readonly question: string;
  readonly reach: QuestionReach;
}

export interface HistoryEntry {
  readonly video: OpenVideo | AbsentVideo;
  readonly run: DoneRun;
}

export type DeviceState =
  | { readonly kind: 'probing' }
  | { readonly kind: 'ready'; readonly capabilities: Capabilities }
  | { readonly kind: 'failed'; readonly error: AppError };

export type ModelState =
  /** Not fetched yet; `info` is what its manifest says, once that is read. */
  | { readonly kind: 'waiting'; readonly info: ModelInfo | null }
  | {
      readonly kind: 'loading';
      readonly title: string;
      readonly progress: LoadProgress | null;
      /** The model that answers until this one is there; null where there is none. */
      readonly previous: ModelInfo | null;
    }
  | {
      readonly kind: 'ready';
      readonly info: ModelInfo;
      /** The model that was to take its place, and why it did not. */
      readonly refused: Refused | null;
    }
  | { readonly kind: 'failed'; readonly title: string; readonly error: AppError }
  /** Stopped by the visitor before any model was there; what has arrived is kept. */
  | { readonly kind: 'stopped'; readonly title: string };

export interface Refused {
  readonly title: string;
  readonly error: AppError;
}

export interface LoadProgress {
  readonly stage: LoadEvent['stage'];
  readonly done: number;
  readonly total: number;
  /** Of the last seconds; null while that is too early to say. */
  readonly bytesPerSecond: number | null;
}

/** A model that the page offers, with what is known of it on this device. */
export interface ShelfItem {
  readonly model: ServedModel;
  /** Null while nobody has looked, or where its manifest could not be read. */
  readonly inspection: Inspection | null;
  /** Why it could not be looked at. */
  readonly error: AppError | null;
  readonly inUse: boolean;
  readonly isLoading: boolean;
  /** True for the model that the page starts with. */
  readonly isStart: boolean;
}

/** The model that answers questions now, if there is one. */
export function activeModel(model: ModelState): ModelInfo | null {
  if (model.kind === 'ready') return model.info;
  return model.kind === 'loading' ? model.previous : null;
}

/** The model that answers, or that will: for what it covers, not for what it can do right now. */
export function knownModel(model: ModelState): ModelInfo | null {
  return model.kind === 'waiting' ? model.info : activeModel(model);
}

/** A wish to see a moment. `serial` tells two wishes for the same moment apart. */
export interface SeekRequest {
  readonly timeSeconds: number;
  readonly serial: number;
}

export interface OpenVideo {
  readonly kind: 'open';
  readonly file: File;
  /** Object URL of `file`; the session revokes it when the video is replaced. */
  readonly url: string;
  readonly title: string;
  /** The sample that this file is, or null for the visitor's own. */
  readonly sample: Sample | null;
  /** What the decoder found; null until the first question is asked. */
  readonly info: MediaInfo | null;
  /** What the model noticed at a first, quick look; null until it has looked, or where it does not. */
  readonly glimpse: Glimpse | null;
  readonly seek: SeekRequest | null;
}

/** A result without its video: from a link or a file. The visitor may open the video beside it. */
export interface AbsentVideo {
  readonly kind: 'absent';
  readonly title: string;
  readonly media: Analysis['media'];
  readonly seek: SeekRequest | null;
}

export type VideoState =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly title: string }
  | OpenVideo
  | AbsentVideo
  | { readonly kind: 'failed'; readonly title: string; readonly error: AppError };

export interface RunProgress {
  readonly stage: Stage;
  readonly done: number;
  readonly total: number;
  /** Until the end of this stage; null while it is too early to say. */
  readonly secondsLeft: number | null;
  /** The stages that this run has been in; a question may need no sound, or no picture. */
  readonly seen: readonly Stage[];
}

/** What a run has said so far. It outlives a failure and a cancel. */
export interface RunTrace {
  readonly id: number;
  readonly question: string;
  /** As the model said them. */
  readonly clues: readonly Clue[];
  /** The same under the visitor's hands: what the page shows, and what the count follows. */
  readonly review: Review;
  readonly text: string;
}

export type DoneRun = RunTrace & { readonly kind: 'done'; readonly analysis: Analysis };

export type RunState =
  | { readonly kind: 'idle' }
  /** `progress` is null while the run waits for the model or for the run before it. */
  | (RunTrace & { readonly kind: 'running'; readonly progress: RunProgress | null })
  | DoneRun
  | (RunTrace & { readonly kind: 'failed'; readonly error: AppError })
  | (RunTrace & { readonly kind: 'cancelled' });

export type Action =
  | { readonly kind: 'device-ready'; readonly capabilities: Capabilities }
  | { readonly kind: 'device-failed'; readonly error: AppError }
  | {
      readonly kind: 'model-loading';
      readonly title: string;
      readonly progress: LoadProgress | null;
    }
  | { readonly kind: 'model-known'; readonly info: ModelInfo }
  | { readonly kind: 'model-ready'; readonly info: ModelInfo }
  | { readonly kind: 'model-failed'; readonly title: string; readonly error: AppError }
  | { readonly kind: 'model-stopped'; readonly title: string }
  | { readonly kind: 'shelf'; readonly shelf: readonly ShelfItem[] }
  | { readonly kind: 'video-opening'; readonly title: string }
  | {
      readonly kind: 'video-opened';
      readonly file: File;
      readonly url: string;
      readonly title: string;
      readonly sample: Sample | null;
    }
  | { readonly kind: 'video-failed'; readonly title: string; readonly error: AppError }
  | { readonly kind: 'video-glimpsed'; readonly url: string; readonly glimpse: Glimpse }
  /** The visitor has the video of a result that came without it. */
  | {
      readonly kind: 'video-attached';
      readonly file: File;
      readonly url: string;
    }
  /** A finished answer from elsewhere: a file, a link, the history. */
  | {
      readonly kind: 'restored';
      readonly video: OpenVideo | AbsentVideo;
      readonly run: DoneRun;
    }
  /** Everything of this visitor goes: for the next one at the same screen. */
  | { readonly kind: 'wiped' }
  /** An error was on the page for long enough. */
  | { readonly kind: 'dismissed' }
  | { readonly kind: 'drafted'; readonly draft: Draft | null }
  | { readonly kind: 'edited'; readonly edit: Edit }
  | { readonly kind: 'seek'; readonly timeSeconds: number }
  | { readonly kind: 'run-started'; readonly id: number; readonly question: string }
  | {
      readonly kind: 'run-event';
      readonly id: number;
      readonly event: AnalyzeEvent;
      /** Of a progress event. */
      readonly secondsLeft?: number | null;
    }
  | { readonly kind: 'run-done'; readonly id: number; readonly analysis: Analysis }
  | { readonly kind: 'run-failed'; readonly id: number; readonly error: AppError }
  | { readonly kind: 'run-cancelled'; readonly id: number };

export const initialState: AppState = {
  device: { kind: 'probing' },
  model: { kind: 'waiting', info: null },
  shelf: [],
  video: { kind: 'none' },
  run: { kind: 'idle' },
  draft: null,
  history: [],
};
