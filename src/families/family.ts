import type { BoxAtTime, Category } from '../clues/clue';
import type { Frame, FramePlan, MediaInfo, Samples } from '../media/media';

/** What a question needs from a clip, or why this model cannot answer it. */
export type Plan =
  | { covered: true; category: Category; frames: FramePlan | null; sound: boolean }
  | { covered: false; reason: string };

/** A piece of streamed answer text. `evidence` belongs to the clue that this piece completes. */
export interface TextPiece {
  text: string;
  evidence?: { confidence?: number; path?: readonly BoxAtTime[] };
}

/** One question over one clip. Feed it what the plan asked for, then read the answer. */
export interface Run {
  readonly plan: Plan;
  /** Takes the next frame, in ascending time. */
  look(frame: Frame): Promise<void>;
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
