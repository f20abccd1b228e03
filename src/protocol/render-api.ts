import type { Clue } from '../clues/clue';

export interface RenderRequest {
  file: File;
  clues: readonly Clue[];
  question: string;
  /** Small words beside the running number, such as `of 7`; may be empty. */
  countWords: string;
  /** Absent or `auto`: MP4 where this browser can write one, else WebM. */
  format?: 'mp4' | 'webm' | 'auto';
}

/** What is done and what there is, in seconds of the clip. */
export type RenderProgress = (doneSeconds: number, totalSeconds: number) => void;

export interface RenderApi {
  /** @throws AppError `render-failed`, `file-unreadable`, `no-media-track` */
  render: (request: RenderRequest, onProgress: RenderProgress) => Promise<File>;
}
