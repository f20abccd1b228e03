/** `[x1, y1, x2, y2]` in pixels of the displayed frame. */
export type Box = readonly [number, number, number, number];

export interface BoxAtTime {
  timestampSeconds: number;
  box: Box;
}

/** Something that happens: one event per clue. */
export interface EventClue {
  kind: 'event';
  startSeconds: number;
  endSeconds: number;
  label: string;
  /** 0…1, the model's own belief; absent where the model does not say. */
  confidence?: number;
  /** Where it is seen; absent for what is only heard. Ascending in time. */
  path?: readonly BoxAtTime[];
}

/** Something that is there: one clue per instance, at its first appearance. */
export interface ObjectClue {
  kind: 'object';
  timestampSeconds: number;
  box: Box;
  label: string;
  confidence?: number;
  /** Where the object is later on, for the overlay; ascending in time. */
  path?: readonly BoxAtTime[];
}

export type Clue = EventClue | ObjectClue;

/** The counting target of a question, as the paper divides them. */
export type Category = 'event' | 'object' | 'attribute';
