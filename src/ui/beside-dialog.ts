/**
 * True for a click beside an open modal dialog, in a browser that does not know `closedby`; where it
 * does, the browser itself closes the dialog.
 */
export function isBeside(dialog: HTMLDialogElement | null, event: MouseEvent): boolean {
  if (!dialog || event.target !== dialog || Reflect.has(dialog, 'closedBy')) return false;
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  return x < left || x > right || y < top || y > bottom;
}
