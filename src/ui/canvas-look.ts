import type { Colour } from './colours';
import type { ChartLook } from './leaderboard-chart';

/** Below this width of the element its words are set a little smaller. */
const narrowPixels = 330;

/**
 * What a canvas needs to look like the page around `host`: the theme's colours, computed, and its font.
 * Where the system forces colours, the system's own.
 */
export function readLook(host: HTMLElement): ChartLook {
  const isForced = matchMedia('(forced-colors: active)').matches;
  const probe = document.createElement('i');
  host.shadowRoot?.append(probe);
  const colour = (name: Colour, forced: string): string => {
    if (isForced) return forced;
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const look = {
    ink: colour('ink', 'CanvasText'),
    soft: colour('ink-soft', 'CanvasText'),
    line: colour('line', 'GrayText'),
    strong: colour('line-strong', 'CanvasText'),
    mark: colour('accent', 'Highlight'),
    paper: colour('paper', 'Canvas'),
    family: getComputedStyle(host).fontFamily,
    fontPixels:
      parseFloat(getComputedStyle(document.documentElement).fontSize) *
      (host.clientWidth < narrowPixels ? 0.72 : 0.8125),
  };
  probe.remove();
  return look;
}

/** Calls back when the theme changes, by the visitor's choice or the system's, until `signal`. */
export function watchTheme(changed: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  signal.addEventListener('abort', () => observer.disconnect());
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
    matchMedia(query).addEventListener('change', changed, { signal });
  }
}
