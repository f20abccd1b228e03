import type { Box, BoxAtTime } from '../../clues/clue';

/** What a tower noticed: a candidate for a clue. The decoder points at the ones to count. */
export type Proposal = SoundProposal | ObjectProposal | CycleProposal;

interface ProposalBase {
  /** Index into the tower's label list → probability 0…1, one entry per label. */
  classScores: Float32Array;
  /** What the tower said itself, where `classScores` are what the question takes for granted. */
  plainScores?: Float32Array;
  /** 0…1: how sure the tower is that anything is there at all. */
  confidence: number;
  startSeconds: number;
  endSeconds: number;
}

/** One sound event. */
export interface SoundProposal extends ProposalBase {
  kind: 'sound';
  /** Of length 1: the cosine of two tells whether they are of one kind (`likeness.ts`). */
  fingerprint: Float32Array;
}

/** One tracked object, from its first to its last sighting. */
export interface ObjectProposal extends ProposalBase {
  kind: 'object';
  /** First appearance, pixels of the displayed frame. */
  box: Box;
  /** Every sighting; the first is `{timestampSeconds: startSeconds, box}`. */
  path: readonly BoxAtTime[];
  /** Like `classScores`, which are means over the sightings: the best of them, class by class. */
  peakScores: Float32Array;
  /** Mean detector score over the sightings. */
  meanScore: number;
  /** Distance 0…1 of its appearance to the most similar earlier track (1 where there is none). */
  appearanceDistance: number;
  /** Share 0…1 of its own pixels in each basic colour, in the order of the tower's colour list. */
  colours: Float32Array;
}

/** One repetition of a movement, from its beginning to its end. */
export interface CycleProposal extends ProposalBase {
  kind: 'cycle';
  /** Where the movement is, pixels of the displayed frame; its hull over the cycle. */
  box: Box;
  /** 0…1: how alike this cycle and its neighbours are. */
  regularity: number;
  /** Its extent relative to the median of its train; 1 where it is alone. */
  amplitude: number;
  /** Its length relative to the median of its train; 1 where it is alone. */
  periodRatio: number;
}
