import type { Answer } from '../clues/answer-parser';
import type { BoxAtTime, Category, Clue } from '../clues/clue';
import type { Frame, FramePlan, Media, MediaInfo, MediaUse, Samples } from '../media/media';

/** Frames are looked at for things, or, more densely, for movements; or all that one model sees. */
export type Purpose = 'objects' | 'motion' | 'everything';

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
  evidence?: {
    confidence?: number;
    path?: readonly BoxAtTime[];
    /** When an object is first seen, where that must be more exact than in the text. */
    timestampSeconds?: number;
  };
  /** 0…1, with the piece that holds the answer: how sure the model is of the whole count. */
  confidence?: number;
  /** How far the model is before it speaks, in steps of its own; `text` is empty then. */
  progress?: { done: number; total: number };
}

/** Reads a reply as it streams in. The result does not depend on how the text was cut. */
export interface ReplyReader {
  /** Takes the next piece; returns the clues that it completed. */
  push(piece: string): Clue[];
  /** The whole reply. A reply that was cut off gives what it holds so far. */
  finish(): Answer;
}

/** One question over one clip. Feed it what the plan asked for, then read the answer. */
export interface Run {
  /** After listening it may ask for fewer looks: what was heard need not be seen. */
  readonly plan: Plan;
  /** Reads the answer; absent: it is in the project's own form (`AnswerParser`). */
  readonly reader?: ReplyReader;
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
  /** What was shown of the clip, once it was; absent where the model takes all that it plans for. */
  used?(): MediaUse;
  /** Releases what this run alone holds; called at its end, whatever the end is. */
  close?(): Promise<void>;
}

/** What the asker says beside the question; a family leaves alone what means nothing to it. */
export interface Asking {
  /** What is counted. Absent: the question tells. */
  category?: Category;
  /** What a model that is asked in words is asked for, and whether it thinks first. */
  ask?: { reply: 'number' | 'clues'; thinks: boolean };
}

/** A loaded model of one family: nano, or AV-Reasoner 7B. */
export interface Model {
  begin(question: string, info: MediaInfo, asking?: Asking): Run;
  /** A first, quick look at a clip of any length; absent where the model has none. */
  glimpse?(
    media: Media,
    signal: AbortSignal,
  ): Promise<{ sounds: readonly string[]; objects: readonly string[] }>;
  /** Releases every session. */
  dispose(): Promise<void>;
}
