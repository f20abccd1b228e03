import { msg } from '@lit/localize';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { countedWords, newClue, usualLabel } from '../clues/adjust';
import { emptyReview, type Edit, type Review } from '../clues/review';
import type { AppState } from '../state/state';
import { editWords } from './clue-words';
import { EditEvent } from './events';

type Host = ReactiveControllerHost & HTMLElement & { readonly app: AppState };

/**
 * The visitor's changes to the evidence, for the element that shows an answer: whether there may be
 * any, undo and redo by key anywhere on the page, a clue of the visitor's own, and in words what each
 * change did.
 */
export class Editing implements ReactiveController {
  /** What the last edit did, for those who do not see it. */
  told = '';
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#onKeydown);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#onKeydown);
  }

  get review(): Review {
    const { run } = this.#host.app;
    return run.kind === 'idle' ? emptyReview : run.review;
  }

  /** The model still adds to its clues while it runs. A run that came to nothing has none to edit. */
  get isPossible(): boolean {
    const { kind } = this.#host.app.run;
    if (kind === 'done') return true;
    const { clues, past } = this.review;
    return (kind === 'cancelled' || kind === 'failed') && clues.length + past.length > 0;
  }

  /** A new clue is named as most of the others are, or, as the first one, as the question has it. */
  add(timeSeconds: number, endSeconds: number): void {
    const { run } = this.#host.app;
    if (!this.isPossible || run.kind === 'idle') return;
    const clues = this.review.clues.map(({ clue }) => clue);
    const label = usualLabel(clues) ?? countedWords(run.question) ?? msg('clue');
    this.#edit({ kind: 'add', clue: newClue(clues, label, timeSeconds, endSeconds) });
  }

  /** Puts what changed since `before` into words. Returns the id of the clue that was added, if any. */
  follow({ run: before }: AppState): number | null {
    const { run } = this.#host.app;
    if (run.kind === 'idle' || before.kind === 'idle' || before.id !== run.id) {
      this.told = '';
      return null;
    }
    if (run.kind === 'running' || run.kind !== before.kind) return null;
    const category = run.kind === 'done' ? run.analysis.category : null;
    const words = editWords(before.review, run.review, category);
    if (words === '') return null;
    // The same text again would not be read again.
    this.told = words === this.told ? `${words}\u00a0` : words;
    const known = new Set(before.review.clues.map(({ id }) => id));
    const added = run.review.clues.filter(({ id }) => !known.has(id));
    return added.length === 1 && added[0]!.origin === 'visitor' ? added[0]!.id : null;
  }

  #edit(edit: Edit): void {
    this.#host.dispatchEvent(new EditEvent(edit));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (event.defaultPrevented || altKey || ctrlKey === metaKey || isTextField(event)) return;
    const letter = key.toLowerCase();
    const isRedo = (letter === 'z' && shiftKey) || (letter === 'y' && ctrlKey && !shiftKey);
    const isUndo = letter === 'z' && !shiftKey;
    const { past, future } = this.review;
    if (!this.isPossible || !(isUndo ? past.length > 0 : isRedo && future.length > 0)) return;
    event.preventDefault();
    this.#edit({ kind: isUndo ? 'undo' : 'redo' });
  };
}

function isTextField(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');
}
