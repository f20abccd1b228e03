import type { CaptureWish, Trouble } from './recording';

/** What a clip is recorded from, and for how long. */
export interface RecordSettings extends CaptureWish {
  seconds: number;
}

export const recordLengths = [5, 10, 20, 30] as const;

export const firstSettings: RecordSettings = {
  soundOnly: false,
  cameraId: '',
  microphoneId: '',
  seconds: 10,
};

/** Seconds between the press on the button and the first picture. */
export const countdownFrom = 3;

/** Where a recording is, from the question for the camera to the clip. */
export type Phase =
  | { kind: 'closed' | 'asking' | 'ready' | 'recording' | 'saving' }
  | { kind: 'counting'; left: number }
  | { kind: 'recorded'; file: File; seconds: number }
  | { kind: 'failed'; trouble: Trouble };
