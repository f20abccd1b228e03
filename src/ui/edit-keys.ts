import { msg } from '@lit/localize';
import { adjusted, type Grip } from '../clues/adjust';
import { clueSpan } from '../clues/clue-time';
import type { Edit, ReviewedClue } from '../clues/review';
import type { KeyNotes } from './shortcuts';
import { snapped } from './timeline-view';

/** For `aria-keyshortcuts` of what has a clue in focus. */
export const editShortcuts =
  'Y X Alt+ArrowLeft Alt+ArrowRight Control+ArrowLeft Control+ArrowRight';

/** What the keys do to evidence, where it has the focus. */
export function editNotes(): KeyNotes {
  return {
    words: msg('On a clue that has the focus'),
    shortcuts: [
      { keys: ['y'], words: msg('Accept') },
      { keys: ['x', 'Delete'], words: msg('Reject') },
      { keys: ['e'], words: msg('Edit, in the list') },
      { keys: ['a'], words: msg('Add a clue here') },
      { keys: ['Alt+ArrowLeft', 'Alt+ArrowRight'], words: msg('Move') },
      { keys: ['Control+ArrowLeft', 'Control+ArrowRight'], words: msg('Move its end') },
      { keys: ['Control+Z'], words: msg('Undo') },
      { keys: ['Control+Shift+Z'], words: msg('Redo') },
    ],
  };
}

/** How far a press moves, in seconds: usually, and with Shift. */
const nudges = { short: 0.05, long: 0.5 };

/** An edit, and the moment that shows what it does. */
export interface KeyEdit {
  readonly edit: Edit;
  /** Null where there is nothing new to see. */
  readonly seekSeconds: number | null;
}

/**
 * What a key does to the clue in focus: `y` accepts and `x` or Delete rejects, each also takes its
 * own verdict back; Alt with an arrow moves the clue, Control or ⌘ with an arrow its end, both further
 * with Shift. `key` stands in for the event's own. Null for every other key, and where nothing would change.
 */
export function editForKey(
  event: KeyboardEvent,
  { id, clue, verdict }: ReviewedClue,
  endSeconds: number,
  key = event.key,
): KeyEdit | null {
  const { altKey, shiftKey } = event;
  const isCommand = event.ctrlKey || event.metaKey;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    if (altKey === isCommand) return null;
    const by = (key === 'ArrowRight' ? 1 : -1) * (shiftKey ? nudges.long : nudges.short);
    const grip: Grip = altKey ? 'move' : 'end';
    if (grip === 'end' && clue.kind === 'object') return null;
    const [from, to] = clueSpan(clue);
    const moved = adjusted(clue, grip, snapped((altKey ? from : to) + by), endSeconds);
    const [newFrom, newTo] = clueSpan(moved);
    if (newFrom === from && newTo === to) return null;
    const joins = event.repeat ? { joins: true } : {};
    return {
      edit: { kind: 'change', id, clue: moved, ...joins },
      seekSeconds: altKey ? newFrom : newTo,
    };
  }
  if (altKey || isCommand) return null;
  const wanted = verdictKeys[key];
  return wanted ? { edit: toggled({ id, verdict }, wanted), seekSeconds: null } : null;
}

type Verdict = 'accepted' | 'rejected';

const verdictKeys: Readonly<Record<string, Verdict>> = {
  y: 'accepted',
  x: 'rejected',
  Delete: 'rejected',
  Backspace: 'rejected',
};

/** The verdict given, or taken back where it is what the clue has. */
export function toggled(
  { id, verdict }: Pick<ReviewedClue, 'id' | 'verdict'>,
  wanted: Verdict,
): Edit {
  return { kind: 'judge', id, verdict: verdict === wanted ? 'open' : wanted };
}

/** Where a slider's key goes, in seconds; undefined for every other key. */
export function sliderTarget(
  key: string,
  timeSeconds: number,
  stepSeconds: number,
  endSeconds: number,
): number | undefined {
  const moves: Record<string, number> = {
    ArrowLeft: timeSeconds - stepSeconds,
    ArrowDown: timeSeconds - stepSeconds,
    ArrowRight: timeSeconds + stepSeconds,
    ArrowUp: timeSeconds + stepSeconds,
    PageDown: timeSeconds - 10 * stepSeconds,
    PageUp: timeSeconds + 10 * stepSeconds,
    Home: 0,
    End: endSeconds,
  };
  return moves[key];
}
