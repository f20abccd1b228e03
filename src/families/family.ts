import type { BoxAtTime, Category } from '../clues/clue';
import type { Frame, FramePlan, MediaInfo, Samples } from '../media/media';

/** Frames are looked at for things, or, more densely, for movements. */
export type Purpose = 'objects' | 'motion';

/** One pass over the picture. */
export interface Look {
  purpose: Purpose;
  frames: FramePlan;
}

/** What a question needs from a clip, or why this model cannot answer it. */
export type Plan =
  | { covered: true; category: Category; looks: readonly Look[]; sound: boolean }
  | { covered: false; reason: string };

/** A piece of streamed answer text. `evidence` belongs to the clue that this piece completes. */
export interface TextPiece {
  text: string;
  evidence?: { confidence?: number; path?: readonly BoxAtTime[] };
  /** 0…1, with the piece that holds the answer: how sure the model is of the whole count. */
  confidence?: number;
}

/** One question over one clip. Feed it what the plan asked for, then read the answer. */
export interface Run {
  readonly plan: Plan;
  /** Takes the next frame of a look of the plan, in ascending time; the looks come in their order. */
  look(frame: Frame, purpose: Purpose): Promise<void>;
  /** Takes the whole sound track; checks the signal before every window of it. */
  listen(
    samples: Samples,
    onProgress: (doneSeconds: number, totalSeconds: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** Streams `<think>…</think><answer>…</answer>`; checks the signal before every token. */
  answer(signal: AbortSignal): AsyncGenerator<TextPiece>;
}

/** A loaded model of one family: nano, or AV-Reasoner 7B. */
export interface Model {
  begin(question: string, info: MediaInfo): Run;
  /** Releases every session. */
  dispose(): Promise<void>;
}
