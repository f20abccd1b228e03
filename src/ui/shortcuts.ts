import { msg } from '@lit/localize';
import { matchKeyBindingPress, parseKeybinding } from 'tinykeys';

/** Keys and their meaning, for a reader. */
export interface KeyNote {
  /** Any of these does it, as tinykeys writes them: `k`, `Space`, `Shift+<`. */
  readonly keys: readonly string[];
  /** What it does. */
  readonly words: string;
}

export interface Shortcut extends KeyNote {
  /** A key that is held down does it again and again. */
  readonly repeats?: boolean;
  readonly run: () => void;
}

/** Keys that are explained together. */
export interface KeyNotes<Note extends KeyNote = KeyNote> {
  readonly words: string;
  readonly shortcuts: readonly Note[];
}

export type ShortcutGroup = KeyNotes<Shortcut>;

const storageKey = 'av-keys';
let isOn: boolean | null = null;

/** Whether keys without a modifier do anything: who speaks to the computer can switch them off. */
export function areShortcutsOn(): boolean {
  isOn ??= readStored();
  return isOn;
}

/** Remembered on this device. */
export function switchShortcuts(on: boolean): void {
  isOn = on;
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Storage can be blocked; the choice then lasts as long as the page.
  }
}

/**
 * Takes the page's keys, wherever the focus is, except where they mean something else.
 *
 * @param groups asked at each key
 * @returns a function that ends it
 */
export function listenForKeys(groups: () => readonly ShortcutGroup[]): () => void {
  const onKeydown = (event: KeyboardEvent): void => {
    if (!areShortcutsOn() || !isForThePage(event)) return;
    const found = findShortcut(event, groups());
    if (!found || (event.repeat && !found.repeats)) return;
    event.preventDefault();
    found.run();
  };
  window.addEventListener('keydown', onKeydown);
  return () => window.removeEventListener('keydown', onKeydown);
}

/** The shortcut that this key press means. */
export function findShortcut(
  event: KeyboardEvent,
  groups: readonly ShortcutGroup[],
): Shortcut | null {
  const isPressed = (binding: string): boolean => {
    const [press] = parseKeybinding(binding);
    return press !== undefined && matchKeyBindingPress(event, press);
  };
  return (
    groups.flatMap(({ shortcuts }) => shortcuts).find(({ keys }) => keys.some(isPressed)) ?? null
  );
}

/** Here any key is the visitor's text, or the control's own affair. */
const takesAllKeys =
  'textarea, select, dialog, [contenteditable]:not([contenteditable="false"]), [role="menu"], ' +
  'input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"], [type="file"])';

/** Here the space bar does what a click does. */
const takesSpace = 'button, a[href], summary, input, [role="button"], [role="slider"], audio';

/** Here the arrows move. */
const takesArrows =
  'input, [role="slider"], [role="tab"], [role="radio"], [role="listbox"], [role="option"]';

/** False where the key belongs to a text field, a dialog or a control that has the focus. */
export function isForThePage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const places = event.composedPath().filter((place) => place instanceof Element);
  const isIn = (selector: string): boolean => places.some((place) => place.matches(selector));
  if (isIn(takesAllKeys)) return false;
  if (event.key === ' ') return !isIn(takesSpace);
  return !(event.key.startsWith('Arrow') && isIn(takesArrows));
}

/** What stands on the keys: `Shift+<` → `<`. The same cap is named once. */
export function keyCaps({ keys }: KeyNote): readonly string[] {
  const caps = keys.map((binding) => {
    // Signs that some keyboards have on a key of their own, and others above another one.
    const plain = binding.replace(/^Shift\+(?=[^A-Za-z]$)/, '');
    return plain
      .replace('Space', msg('Space'))
      .replace('Delete', 'Del')
      .replace('Control+', isApple() ? '⌘ ' : 'Ctrl ')
      .replace('Alt+', isApple() ? '⌥ ' : 'Alt ')
      .replace('Shift+', '⇧ ')
      .replace('ArrowLeft', '←')
      .replace('ArrowRight', '→');
  });
  return [...new Set(caps)];
}

/** There, Control is ⌘ and Alt is ⌥. */
const isApple = (): boolean =>
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

function readStored(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}
