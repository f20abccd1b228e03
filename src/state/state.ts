import type { Clue } from '../clues/clue';
import type { AppError } from '../errors';
import type { MediaInfo } from '../media/media';
import type {
  Analysis,
  AnalyzeEvent,
  Capabilities,
  LoadEvent,
  ModelInfo,
  Stage,
} from '../protocol/api';
import type { Sample } from './samples';

/** Everything the page shows. Each field is a union, so that an impossible state cannot be written. */
export interface AppState {
  readonly device: DeviceState;
  readonly model: ModelState;
  readonly video: VideoState;
  readonly run: RunState;
}

export type DeviceState =
  | { readonly kind: 'probing' }
  | { readonly kind: 'ready'; readonly capabilities: Capabilities }
  | { readonly kind: 'failed'; readonly error: AppError };

export type ModelState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'loading'; readonly progress: LoadEvent | null }
  | { readonly kind: 'ready'; readonly info: ModelInfo }
  | { readonly kind: 'failed'; readonly error: AppError };

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
  readonly seek: SeekRequest | null;
}

export type VideoState =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly title: string }
  | OpenVideo
  | { readonly kind: 'failed'; readonly title: string; readonly error: AppError };

export interface RunProgress {
  readonly stage: Stage;
  readonly done: number;
  readonly total: number;
}

/** What a run has said so far. It outlives a failure and a cancel. */
export interface RunTrace {
  readonly id: number;
  readonly question: string;
  readonly clues: readonly Clue[];
  readonly text: string;
}

export type RunState =
  | { readonly kind: 'idle' }
  /** `progress` is null while the run waits for the model or for the run before it. */
  | (RunTrace & { readonly kind: 'running'; readonly progress: RunProgress | null })
  | (RunTrace & { readonly kind: 'done'; readonly analysis: Analysis })
  | (RunTrace & { readonly kind: 'failed'; readonly error: AppError })
  | (RunTrace & { readonly kind: 'cancelled' });

export type Action =
  | { readonly kind: 'device-ready'; readonly capabilities: Capabilities }
  | { readonly kind: 'device-failed'; readonly error: AppError }
  | { readonly kind: 'model-loading'; readonly progress: LoadEvent | null }
  | { readonly kind: 'model-ready'; readonly info: ModelInfo }
  | { readonly kind: 'model-failed'; readonly error: AppError }
  | { readonly kind: 'video-opening'; readonly title: string }
  | {
      readonly kind: 'video-opened';
      readonly file: File;
      readonly url: string;
      readonly title: string;
      readonly sample: Sample | null;
    }
  | { readonly kind: 'video-failed'; readonly title: string; readonly error: AppError }
  | { readonly kind: 'seek'; readonly timeSeconds: number }
  | { readonly kind: 'run-started'; readonly id: number; readonly question: string }
  | { readonly kind: 'run-event'; readonly id: number; readonly event: AnalyzeEvent }
  | { readonly kind: 'run-done'; readonly id: number; readonly analysis: Analysis }
  | { readonly kind: 'run-failed'; readonly id: number; readonly error: AppError }
  | { readonly kind: 'run-cancelled'; readonly id: number };

export const initialState: AppState = {
  device: { kind: 'probing' },
  model: { kind: 'waiting' },
  video: { kind: 'none' },
  run: { kind: 'idle' },
};
