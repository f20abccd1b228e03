import type { NanoConfig } from './nano-config';
import { indexOfLargest } from './peak';
import type { Proposal } from './proposal';
import type { Target } from './target';

/**
 * What a clue is called: the class that the question asks for and that fits best, with its colour
 * where colours are asked; “dog bark”, “red car”.
 */
export function clueName(proposal: Proposal, target: Target, config: NanoConfig): string {
  const { sound, objects, motion, decoder } = config;
  const best = bestAsked(proposal.classScores, target.weights);
  switch (proposal.kind) {
    case 'sound': {
      const id = sound.labels[best]!;
      return decoder.soundNames[id] ?? id;
    }
    case 'cycle':
      return motion.labels[best]!;
    case 'object': {
      const label = objects.labels[best]!;
      if (target.mode === 'colours')
        return `${objects.colours[indexOfLargest(proposal.colours)]} ${label}`;
      return target.colour === null ? label : `${objects.colours[target.colour]} ${label}`;
    }
  }
}

/** Of the labels with full weight the one with the highest score. */
function bestAsked(scores: Float32Array, weights: Float64Array): number {
  let best = weights.indexOf(1);
  weights.forEach((weight, label) => {
    if (weight === 1 && scores[label]! > scores[best]!) best = label;
  });
  return Math.max(best, 0);
}
