import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Clue } from '../clues/clue';
import { cluesStyles } from './av-clues.styles';
import { clueSpan, isSeen } from '../clues/clue-time';
import { SeekEvent } from './events';
import { formatTime } from './format';
import { icon } from './icons';
import { controls } from './theme';

/**
 * The evidence as a list. Click or Enter shows the moment; arrow keys walk the list, and only one
 * entry takes part in the Tab order, so that thirty clues are not thirty stops.
 *
 * @event av-seek
 */
@customElement('av-clues')
export class AvClues extends LitElement {
  static override styles = [controls, cluesStyles];

  @property({ attribute: false }) clues: readonly Clue[] = [];
  /** Index of the clue on the screen, or −1. */
  @property({ attribute: false }) current = -1;

  /** The entry that Tab reaches. */
  @state() private focusable = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('clues')) this.focusable = Math.min(this.focusable, this.clues.length - 1);
    if (this.focusable < 0) this.focusable = 0;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('current') && this.current >= 0) this.#reveal(this.current);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.clues.length === 0) return nothing;
    return html`
      <h2 id="clues-title">Evidence</h2>
      <ol id="clues" aria-labelledby="clues-title" @keydown=${this.#onKeydown}>
        ${this.clues.map((clue, index) => this.#renderClue(clue, index))}
      </ol>
    `;
  }

  #renderClue(clue: Clue, index: number): TemplateResult {
    const [from, to] = clueSpan(clue);
    const isCurrent = index === this.current;
    const seen = isSeen(clue);
    const belief = clue.confidence;
    return html`<li>
      <button
        class="clue"
        data-clue=${index + 1}
        aria-current=${isCurrent ? 'true' : nothing}
        tabindex=${index === this.focusable ? 0 : -1}
        @click=${() => this.#pick(index)}
        @focus=${() => (this.focusable = index)}
      >
        <span class="number tabular">${index + 1}</span>
        <span class="what">
          <span class="label">${clue.label}</span>
          <span class="how">
            ${icon(seen ? 'eye' : 'audioLines')}
            ${seen ? 'seen' : 'heard'}${
              belief === undefined
                ? nothing
                : html`<span class="belief"> · ${beliefWords(belief)}</span>`
            }
          </span>
        </span>
        <span class="when tabular">
          ${formatTime(from)}${
            to - from >= 0.05
              ? html`<span class="to"
                  ><span aria-hidden="true">–</span
                  ><span class="visually-hidden"> to </span>${formatTime(to)}</span
                >`
              : nothing
          }
        </span>
      </button>
    </li>`;
  }

  #pick(index: number): void {
    const clue = this.clues[index];
    if (clue) this.dispatchEvent(new SeekEvent(clueSpan(clue)[0], index));
  }

  #onKeydown(event: KeyboardEvent): void {
    const last = this.clues.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: Math.min(last, this.focusable + 1),
      ArrowUp: Math.max(0, this.focusable - 1),
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#button(target)?.focus();
  }

  /** Scrolls inside the list only: the page must not move while the video plays. */
  #reveal(index: number): void {
    const list = this.renderRoot.querySelector('ol');
    const entry = this.#button(index);
    if (!list || !entry) return;
    const above = entry.offsetTop - list.offsetTop;
    if (above < list.scrollTop) list.scrollTop = above;
    const below = above + entry.offsetHeight - list.clientHeight;
    if (below > list.scrollTop) list.scrollTop = below;
  }

  #button(index: number): HTMLButtonElement | undefined {
    return this.renderRoot.querySelectorAll<HTMLButtonElement>('.clue')[index];
  }
}

/** A rounded “100 %” would promise what no model can. */
function beliefWords(belief: number): string {
  return belief >= 0.995 ? 'over 99 % sure' : `${Math.round(belief * 100)} % sure`;
}

declare global {
  interface HTMLElementTagNameMap {
    'av-clues': AvClues;
  }
}
