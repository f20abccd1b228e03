import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { ReviewedClue } from '../clues/review';
import { formatTime } from './format';
import { icon } from './icons';
import { renderLegend } from './timeline-legend';
import type { MarkLayout } from './timeline-marks';
import { heldView, mostZoom, viewLength, type View } from './timeline-view';

/** Factor of one press on a zoom button. */
export const zoomStep = 2;

interface Tools {
  readonly view: View;
  readonly layout: MarkLayout;
  readonly timeSeconds: number;
  readonly previous: ReviewedClue | null;
  readonly next: ReviewedClue | null;
  readonly isEditable: boolean;
  readonly onPick: (clue: ReviewedClue) => void;
  readonly onAdd: () => void;
  /** By a factor; 0 for the whole. */
  readonly onZoom: (factor: number) => void;
}

/** The buttons and the legend under the track. */
export function renderTools(tools: Tools): TemplateResult {
  const { timeSeconds, isEditable, onAdd } = tools;
  return html`<div class="tools" role="group" aria-label=${msg('Timeline tools')}>
    <div class="group">
      ${renderJump(tools, tools.previous, msg('Previous clue'), 'skipBack')}
      ${renderJump(tools, tools.next, msg('Next clue'), 'skipForward')}
      ${
        isEditable
          ? html`<button
              id="add"
              class="icon-button"
              aria-label=${msg(str`Add a clue at ${formatTime(timeSeconds)}`)}
              title=${msg('Add a clue here (A)')}
              @click=${onAdd}
            >
              ${icon('addMark')}
            </button>`
          : nothing
      }
    </div>
    ${renderLegend(tools.layout)} ${renderZoom(tools)}
  </div>`;
}

function renderZoom({ view: { zoom }, onZoom }: Tools): TemplateResult {
  const shown = zoom < 10 ? Math.round(zoom * 10) / 10 : Math.round(zoom);
  return html`<div class="group zoom" role="group" aria-label=${msg('Zoom')}>
    <button
      id="zoom-out"
      class="icon-button"
      aria-label=${msg('Zoom out')}
      title=${msg('Zoom out')}
      ?disabled=${zoom <= 1}
      @click=${() => onZoom(1 / zoomStep)}
    >
      ${icon('zoomOut')}
    </button>
    <button
      id="whole"
      class="whole tabular"
      aria-label=${msg(str`Show the whole file; now ${shown}×`)}
      title=${msg('Show the whole file')}
      ?disabled=${zoom <= 1}
      @click=${() => onZoom(0)}
    >
      ${shown}×
    </button>
    <button
      id="zoom-in"
      class="icon-button"
      aria-label=${msg('Zoom in')}
      title=${msg('Zoom in')}
      ?disabled=${zoom >= mostZoom}
      @click=${() => onZoom(zoomStep)}
    >
      ${icon('zoomIn')}
    </button>
  </div>`;
}

function renderJump(
  { onPick }: Tools,
  target: ReviewedClue | null,
  label: string,
  name: 'skipBack' | 'skipForward',
): TemplateResult {
  return html`<button
    class="icon-button"
    aria-label=${label}
    title=${label}
    ?disabled=${target === null}
    @click=${() => target && onPick(target)}
  >
    ${icon(name)}
  </button>`;
}

/** The whole file as a line, and on it the part in view: a handle for the pointer. */
export function renderOverview(
  view: View,
  endSeconds: number,
  onView: (view: View) => void,
): TemplateResult {
  const drag = (event: PointerEvent): void => {
    const bar = event.currentTarget as HTMLElement;
    if (event.type === 'pointerdown') bar.setPointerCapture(event.pointerId);
    else if (!bar.hasPointerCapture(event.pointerId)) return;
    const { left, width } = bar.getBoundingClientRect();
    const middle = ((event.clientX - left) / width) * endSeconds;
    const startSeconds = middle - viewLength(view, endSeconds) / 2;
    onView(heldView({ startSeconds, zoom: view.zoom }, endSeconds));
  };
  const place = `--from:${view.startSeconds / endSeconds};--share:${1 / view.zoom}`;
  return html`<div
    class="overview"
    aria-hidden="true"
    .style=${place}
    @pointerdown=${drag}
    @pointermove=${drag}
  >
    <i></i>
  </div>`;
}
