import { msg, str } from '@lit/localize';
import type { Stage } from '../protocol/api';
import type { RunState } from '../state/state';

function stageWords(stage: Stage): string {
  const words: Record<Stage, string> = {
    probe: msg('Opening the file.'),
    listen: msg('Listening.'),
    look: msg('Looking.'),
    reason: msg('Reasoning.'),
  };
  return words[stage];
}

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
      if (found > 0)
        return found < 5 ? msg('Finding clues.') : msg(str`${found - (found % 5)} found.`);
      return run.progress ? stageWords(run.progress.stage) : msg('Waiting for the model.');
    }
    case 'done': {
      const { analysis } = run;
      if (!analysis.covered) return msg('This model cannot count that.');
      if (analysis.count === null) return msg('The model gave no number.');
      return msg(str`Counted ${analysis.count}, with ${run.clues.length} clues in the list.`);
    }
    case 'cancelled':
      return msg(str`Stopped. ${run.clues.length} clues were found.`);
    case 'failed':
      return '';
  }
}
