import type { Clock } from './series';
import type { Signal } from './signals';

/** One reading of one signal as a train of cycles. */
export interface Train {
  signal: Signal;
  clock: Clock;
  values: Float32Array;
  /** The extremes of the cycles, ascending. */
  marks: Mark[];
  /** 1 where the extremes are the upper turning points of the values, else −1. */
  sign: 1 | -1;
  /** 0…1: how surely these are the extremes, and not the rests between them. */
  sided: number;
  /** 0…1: the cycles are alike, and nothing else looks like one. */
  certainty: number;
}

export interface Mark {
  seconds: number;
  /** 0…1: how surely this is an extreme. */
  height: number;
}
