/**
 * Closes what leads away from the page: links to other places, downloads, new windows, the context
 * menu, dragging a link into the address bar. Zooming stays, as it is a visitor's right.
 */
export function closeWaysOut(signal: AbortSignal): void {
  const options = { signal, capture: true };
  const refuseLink = (event: Event): void => {
    if (event.composedPath().some(leadsAway)) event.preventDefault();
  };
  window.addEventListener('click', refuseLink, options);
  window.addEventListener('auxclick', refuseLink, options);
  window.addEventListener('contextmenu', (event) => event.preventDefault(), options);
  window.addEventListener('dragstart', (event) => event.preventDefault(), options);
  const open = window.open.bind(window);
  window.open = () => null;
  signal.addEventListener('abort', () => (window.open = open));
}

/** Only a link within this page leads nowhere else. */
function leadsAway(target: EventTarget): boolean {
  if (!(target instanceof HTMLAnchorElement) || !target.hasAttribute('href')) return false;
  const { target: window, href } = target;
  if ((window !== '' && window !== '_self') || target.hasAttribute('download')) return true;
  return href.split('#')[0] !== location.href.split('#')[0];
}
