import type { RunState } from '../state/state';

const stageWords = {
  probe: 'Opening the file.',
  listen: 'Listening.',
  look: 'Looking.',
  reason: 'Reasoning.',
} as const;

/**
 * What a screen reader says of a run: one sentence per stage, the clues as a number, then the count.
 * It changes rarely, so that the polite region is not talked over.
 */
export function announcement(run: RunState): string {
  switch (run.kind) {
    case 'idle':
      return '';
    case 'running': {
      const found = run.clues.length;
      // Every fifth clue: a line for each would drown a long answer.
      if (found > 0) return `${found < 5 ? 'Finding clues' : `${found - (found % 5)} found`}.`;
      return run.progress ? stageWords[run.progress.stage] : 'Waiting for the model.';
    }
    case 'done': {
      const { analysis } = run;
      if (!analysis.covered) return 'This model cannot count that.';
      if (analysis.count === null) return 'The model gave no number.';
      return `Counted ${analysis.count}, with ${run.clues.length} clues in the list.`;
    }
    case 'cancelled':
      return `Stopped. ${run.clues.length} clues were found.`;
    case 'failed':
      return '';
  }
}
