import type { LogMelConfig } from '../../tensors/log-mel';

/** The numbers of the sound tower: `models/tools/sound/config.json`, carried by the manifest. */
export interface SoundConfig {
  /**
   * In the order of the class scores. The graph gives all but the last, `repeated`, which is made of
   * the others (`sound-events.ts`).
   */
  labels: readonly string[];
  features: LogMelConfig;
  /** The graph runs over windows of this length, each with this much sound around it. */
  windowSeconds: number;
  contextSeconds: number;
  events: SoundEventsConfig;
  /**
   * By label, else `default`: where the best score of a whole clip stays below, the sound is not there.
   * The decoder compares proposals with one another, and would find the best of nothing.
   */
  presence: Readonly<Record<string, number>>;
  presumption: SoundPresumptionConfig;
}

/** How far the scores of a sound that is asked for are raised (`presume.ts`). */
export interface SoundPresumptionConfig {
  /** Not where the best of them is below this: that is silence. */
  leastScore: number;
  /** Up to this for the best of them, */
  reach: number;
  /** by at most so many logits. */
  mostShift: number;
  /** Not those of a sound that scores so much in a class that is not asked for. */
  rivalScore: number;
  /** Labels that stand for any sound. */
  never: readonly string[];
}

export interface SoundEventsConfig {
  /** Time between two values of a curve. */
  stepSeconds: number;
  /** Lower peaks of the onset curve are not proposed. */
  onsetThreshold: number;
  /** Of two peaks nearer than this, the lower goes. */
  minGapSeconds: number;
  /** A class is judged over this long after the onset, or up to the next one. */
  poolSeconds: number;
  /** score = activity^(1 − onsetShare) · classOnset^onsetShare */
  onsetShare: number;
  /** An event lasts while activity, weighed with its class scores, stays above this share of its peak. */
  offShare: number;
  /** Or until an onset of the same best class with this share of its own score times confidence. */
  rivalShare: number;
  minLengthSeconds: number;
  maxLengthSeconds: number;
  /** Label → time within which it cannot begin again: of the onsets within it one is the beginning. */
  classGapSeconds: Readonly<Record<string, number>>;
  /** The others' class scores are multiplied by this; see `dampSyllables`. */
  syllableShare: number;
  likeness: LikenessConfig;
  /** How the sound that recurs is told from the others. */
  repeated: RepeatedConfig;
}

/** The probability that two onsets are of one kind: 1 / (1 + exp(−slope · (cosine of fingerprints − middle))). */
export interface LikenessConfig {
  slope: number;
  middle: number;
}

export interface RepeatedConfig {
  /** Onsets further apart than this say nothing about each other. */
  withinSeconds: number;
  /** Support of a sound that comes only once. */
  alone: number;
}
