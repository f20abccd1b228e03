import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ItemMark } from '../../benchmark/item-marks';
import { controls } from '../theme';

/** How far beside its moment a box is still shown, seconds. */
const lingerSeconds = 0.35;

/**
 * True boxes, dashed, and predicted ones, solid, over the picture of their moment. For the eye only:
 * the lanes below say the same.
 */
@customElement('av-benchmark-boxes')
export class AvBenchmarkBoxes extends LitElement {
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
      i {
        position: absolute;
        border: 2px solid var(--accent);
        border-radius: 4px;
        box-shadow:
          0 0 0 1px rgb(0 0 0 / 60%),
          inset 0 0 0 1px rgb(0 0 0 / 40%);
      }
      i.true {
        border: 3px dashed #fff;
        box-shadow: none;
        filter: drop-shadow(0 0 1px #000) drop-shadow(0 0 1px #000);
      }
      b {
        position: absolute;
        padding: 0 0.4em;
        border-radius: 4px;
        background: var(--accent);
        color: var(--on-accent);
        font-size: 0.75rem;
        font-weight: 650;
        font-style: normal;
        inset: 100% auto auto -2px;
      }
      .true b {
        inset: auto auto 100% -3px;
        background: #fff;
        color: #17160f;
      }
    `,
  ];

  @property({ attribute: false }) truth: readonly ItemMark[] = [];
  @property({ attribute: false }) predicted: readonly ItemMark[] = [];
  @property({ attribute: false }) timeSeconds = 0;
  /** Displayed size of the picture in pixels. */
  @property({ attribute: false }) width = 0;
  @property({ attribute: false }) height = 0;
  @property({ attribute: false }) unit: 'pixels' | 'percent' = 'pixels';

  protected override render(): TemplateResult | typeof nothing {
    const { width, height } = this;
    if (width === 0 || height === 0) return nothing;
    return html`<div
      class="picture"
      aria-hidden="true"
      .style=${`--width:${width};--height:${height}`}
    >
      ${this.#renderBoxes(this.predicted, 'given')} ${this.#renderBoxes(this.truth, 'true')}
    </div>`;
  }

  #renderBoxes(marks: readonly ItemMark[], kind: 'true' | 'given'): TemplateResult[] {
    const [across, down] = this.unit === 'percent' ? [1, 1] : [100 / this.width, 100 / this.height];
    return marks.flatMap(({ box, startSeconds, group }, at) => {
      if (!box || Math.abs(startSeconds - this.timeSeconds) > lingerSeconds) return [];
      const [x1, y1, x2, y2] = box;
      const place =
        `left:${x1 * across}%;top:${y1 * down}%;` +
        `width:${(x2 - x1) * across}%;height:${(y2 - y1) * down}%`;
      return [
        html`<i class=${kind} data-box=${`${kind}-${at + 1}`} .style=${place}
          ><b>${group ?? at + 1}</b></i
        >`,
      ];
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-boxes': AvBenchmarkBoxes;
  }
}
