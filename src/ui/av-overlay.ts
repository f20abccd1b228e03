import { localized } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Box } from '../clues/clue';
import { boxAt } from '../clues/clue-time';
import type { ReviewedClue } from '../clues/review';
import { labelWords } from './label-words';
import { controls } from './theme';
import { isUncertain } from './timeline-marks';

interface ShownBox {
  index: number;
  label: string;
  box: Box;
  /** What else the box says of its clue, as class names. */
  marks: string;
}

/** With more boxes than this at once, only the current one keeps its word; the others their number. */
const mostLabels = 8;

/**
 * Boxes over the displayed picture. The inner area has the picture's own shape, so letterbox bars
 * need no arithmetic and a resize costs no script. For the eye only: the list says the same.
 */
@localized()
@customElement('av-overlay')
export class AvOverlay extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        container-type: size;
        display: grid;
        place-items: center;
      }
      .picture {
        position: relative;
        width: min(100cqw, 100cqh * var(--width) / var(--height));
        aspect-ratio: var(--width) / var(--height);
      }
      .box {
        position: absolute;
        border: var(--box-line, 2px) solid var(--accent);
        border-radius: 4px;
        box-shadow:
          0 0 0 1px rgb(0 0 0 / 55%),
          inset 0 0 0 1px rgb(0 0 0 / 35%);
      }
      .unsure {
        border-style: dashed;
      }
      .accepted .number::after {
        content: ' ✓';
      }
      .added .number::before {
        content: '+ ';
      }
      .current {
        border-width: calc(var(--box-line, 2px) + 1px);
        z-index: 1;
        background: rgb(255 212 58 / 14%);
      }
      .tag {
        position: absolute;
        left: -2px;
        bottom: 100%;
        display: flex;
        gap: 0.4em;
        padding: 0.1em 0.5em;
        border-radius: 5px 5px 5px 0;
        background: var(--accent);
        color: var(--on-accent);
        font-size: var(--text-s);
        line-height: 1.45;
        font-weight: 550;
        white-space: nowrap;
      }
      .tag.inside {
        bottom: auto;
        top: -2px;
        border-radius: 4px 0 5px 0;
      }
      .number {
        font-weight: 750;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) clues: readonly ReviewedClue[] = [];
  /** When the picture under the boxes begins. */
  @property({ attribute: false }) timeSeconds = 0;
  /** Until when it is known to last; 0 where that is unknown. */
  @property({ attribute: false }) untilSeconds = 0;
  /** Displayed size of the picture, the space that boxes are given in. */
  @property({ attribute: false }) width = 0;
  @property({ attribute: false }) height = 0;
  @property({ attribute: false }) current = -1;

  protected override render(): TemplateResult | typeof nothing {
    if (this.width === 0 || this.height === 0) return nothing;
    const until = Math.max(this.timeSeconds, this.untilSeconds);
    const boxes = this.clues.flatMap((reviewed, index): ShownBox[] => {
      const { clue, verdict } = reviewed;
      const box = verdict === 'rejected' ? null : boxAt(clue, this.timeSeconds, until);
      return box ? [{ index, label: labelWords(clue.label), box, marks: boxMarks(reviewed) }] : [];
    });
    return html`<div
      class="picture"
      aria-hidden="true"
      .style=${`--width:${this.width};--height:${this.height}`}
    >
      ${repeat(
        boxes,
        ({ index }) => index,
        (shown) => this.#renderBox(shown, boxes.length),
      )}
    </div>`;
  }

  #renderBox({ index, label, box, marks }: ShownBox, shownCount: number): TemplateResult {
    const [x1, y1, x2, y2] = box;
    const across = (pixels: number): string => `${((100 * pixels) / this.width).toFixed(3)}%`;
    const down = (pixels: number): string => `${((100 * pixels) / this.height).toFixed(3)}%`;
    const isCurrent = index === this.current;
    const place = `left:${across(x1)};top:${down(y1)};width:${across(x2 - x1)};height:${down(y2 - y1)}`;
    return html`<div
      class="box ${marks} ${isCurrent ? 'current' : ''}"
      data-clue=${index + 1}
      .style=${place}
    >
      <span class="tag ${y1 < this.height * 0.09 ? 'inside' : ''}">
        <span class="number">${index + 1}</span>
        ${isCurrent || shownCount <= mostLabels ? html`<span>${label}</span>` : nothing}
      </span>
    </div>`;
  }
}

function boxMarks({ clue, verdict, origin }: ReviewedClue): string {
  const marks = [isUncertain(clue) && 'unsure', verdict === 'accepted' && 'accepted'];
  return [...marks, origin === 'visitor' && 'added'].filter(Boolean).join(' ');
}

declare global {
  interface HTMLElementTagNameMap {
    'av-overlay': AvOverlay;
  }
}
