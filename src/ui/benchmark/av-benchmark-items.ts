import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { BenchmarkEvent } from './benchmark-events';
import { isWrong, orderRows, rowOrders, type ItemRow, type RowOrder } from './benchmark-rows';
import { formatError, questionsOf } from './benchmark-words';
import { benchmarkStyles } from '../benchmark.styles';
import { icon } from '../icons';
import { listHeight, rowsInSight, topOf, type ListWindow } from '../list-window';
import { paperType } from '../paper-type.styles';
import { remPixels } from '../rem';
import { controls } from '../theme';

/** Height of a row; its words are cut to fit. */
const rowRem = 3.5;

/**
 * Every answer beside the truth; only the rows in sight are rendered.
 *
 * @event av-benchmark - an item is to be shown
 */
@customElement('av-benchmark-items')
@localized()
export class AvBenchmarkItems extends LitElement {
  static override styles = [
    controls,
    paperType,
    benchmarkStyles,
    css`
      :host {
        gap: var(--space-3);
      }
      .scroller {
        max-height: min(32rem, 70vh);
        overflow-y: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface);
        scrollbar-width: thin;
      }
      ol {
        position: relative;
      }
      li {
        position: absolute;
        inset-inline: 0;
        height: 3.5rem;
      }
      li button {
        display: grid;
        grid-template-columns: 1.5rem minmax(0, 1fr) 4.5rem 4.5rem 3.5rem 3.5rem;
        align-items: center;
        gap: var(--space-2) var(--space-3);
        width: 100%;
        height: 100%;
        padding: 0 var(--space-4);
        border-bottom: 1px solid var(--line);
        font-size: var(--text-s);
        text-align: start;
      }
      li button:hover {
        background: var(--sunken);
      }
      li button:focus-visible {
        outline-offset: -3px;
      }
      .current button {
        background: var(--sunken);
        box-shadow: inset 3px 0 0 var(--accent);
      }
      .head {
        display: grid;
        grid-template-columns: 1.5rem minmax(0, 1fr) 4.5rem 4.5rem 3.5rem 3.5rem;
        gap: var(--space-3);
        max-width: none;
        padding: 0 var(--space-4);
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
      .head span:nth-child(n + 3),
      .number {
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
      .what {
        min-width: 0;
      }
      .what > * {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .what b {
        font-size: var(--text-m);
        font-weight: 550;
      }
      .sign {
        display: grid;
        place-items: center;
      }
      .sign .icon {
        color: var(--ink);
      }
      .sign.wrong .icon {
        color: var(--danger);
      }
      .counts {
        display: none;
      }
      @media (max-width: 40rem) {
        li button,
        .head {
          grid-template-columns: 1.5rem minmax(0, 1fr) auto;
        }
        .head span:nth-child(n + 3),
        .number {
          display: none;
        }
        .counts {
          display: block;
          font-variant-numeric: tabular-nums;
          font-weight: 550;
          white-space: nowrap;
        }
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly ItemRow[] = [];
  /** Index of the item that is shown. */
  @property() open = '';
  @state() private wrongOnly = false;
  @state() private order: RowOrder = 'file';
  @state() private focused = 0;
  @query('.scroller') private scroller!: HTMLElement | null;
  #scrollTop = 0;
  #height = 0;

  /** The rows as they stand in the list: what is before and after an item. */
  get listed(): readonly ItemRow[] {
    return orderRows(this.wrongOnly ? this.rows.filter(isWrong) : this.rows, this.order);
  }

  /** Puts the keyboard's place on an item's row. */
  focusOn(index: string): void {
    const at = this.listed.findIndex(({ annotation }) => annotation.id === index);
    if (at >= 0) this.#walkTo(at);
  }

  protected override render(): TemplateResult {
    const listed = this.listed;
    const list: ListWindow = {
      ...{ count: listed.length, rowHeight: rowRem * remPixels(), open: -1, extra: 0 },
    };
    const focused = Math.min(this.focused, listed.length - 1);
    const seen = rowsInSight(list, this.#scrollTop, this.#height || 520, [focused]);
    return html`
      <div class="row">
        <label class="switch">
          <input
            id="wrong-only"
            type="checkbox"
            role="switch"
            .checked=${this.wrongOnly}
            @change=${() => (this.wrongOnly = !this.wrongOnly)}
          />
          <span>${msg('Wrong only')}</span>
        </label>
        <label class="field">
          ${msg('Order')}
          <select
            id="order"
            .value=${this.order}
            @change=${({ target }: Event) =>
              (this.order = (target as HTMLSelectElement).value as RowOrder)}
          >
            ${rowOrders.map(
              (order) =>
                html`<option value=${order} ?selected=${order === this.order}>
                  ${this.#orderName(order)}
                </option>`,
            )}
          </select>
        </label>
        <p class="soft small tabular" role="status">${questionsOf(listed.length)}</p>
      </div>
      <p class="head" aria-hidden="true">
        <span></span><span>${msg('Question')}</span><span>${msg('Truth')}</span>
        <span>${msg('Counted')}</span><span>${msg('Error')}</span><span>WCS</span>
      </p>
      <div class="scroller" @scroll=${() => this.#measure()}>
        <ol
          aria-label=${msg('Questions and answers')}
          .style=${`height:${listHeight(list)}px`}
          @keydown=${(event: KeyboardEvent) => this.#onKeydown(event)}
        >
          ${repeat(
            seen,
            (at) => listed[at]!.annotation.id,
            (at) => this.#renderRow(listed[at]!, at, list, at === focused),
          )}
        </ol>
      </div>
    `;
  }

  #renderRow(
    { annotation, score }: ItemRow,
    at: number,
    list: ListWindow,
    isInTabOrder: boolean,
  ): TemplateResult {
    const { truth, predicted, clueScore } = score;
    const isRight = truth === predicted;
    const wcs = clueScore === null ? '—' : String(Math.round(100 * clueScore));
    const isOpen = annotation.id === this.open;
    return html`<li
      class=${isOpen ? 'current' : ''}
      aria-setsize=${list.count}
      aria-posinset=${at + 1}
      .style=${`top:${topOf(list, at)}px`}
    >
      <button
        data-item=${annotation.id}
        data-at=${at}
        tabindex=${isInTabOrder ? 0 : -1}
        aria-current=${isOpen ? 'true' : nothing}
        @focus=${() => (this.focused = at)}
        @click=${() =>
          this.dispatchEvent(new BenchmarkEvent({ to: 'show-item', index: annotation.id }))}
      >
        <span class="sign ${isRight ? '' : 'wrong'}">
          ${icon(isRight ? 'check' : 'close')}
          <span class="visually-hidden">${isRight ? msg('right') : msg('wrong')}</span>
        </span>
        <span class="what">
          <b lang="en">${annotation.question}</b>
          <span class="soft">${annotation.file}</span>
        </span>
        <span class="number"><span class="visually-hidden">${msg('Truth')}</span> ${truth}</span>
        <span class="number"
          ><span class="visually-hidden">${msg('Counted')}</span> ${predicted}</span
        >
        <span class="number"
          ><span class="visually-hidden">${msg('Error')}</span> ${formatError(
            predicted - truth,
          )}</span
        >
        <span class="number"><span class="visually-hidden">WCS</span> ${wcs}</span>
        <span class="counts" aria-hidden="true">${predicted} / ${truth}</span>
      </button>
    </li>`;
  }

  #orderName(order: RowOrder): string {
    switch (order) {
      case 'file':
        return msg('as in the file');
      case 'error':
        return msg('largest error first');
      case 'truth':
        return msg('largest true count first');
      case 'clues':
        return msg('worst clues first');
    }
  }

  #measure(): void {
    const { scrollTop = 0, clientHeight = 0 } = this.scroller ?? {};
    this.#scrollTop = scrollTop;
    this.#height = clientHeight;
    this.requestUpdate();
  }

  #onKeydown(event: KeyboardEvent): void {
    const last = this.listed.length - 1;
    const targets: Record<string, number> = {
      ...{ ArrowDown: this.focused + 1, ArrowUp: this.focused - 1, Home: 0, End: last },
      ...{ PageDown: this.focused + 8, PageUp: this.focused - 8 },
    };
    const target = targets[event.key];
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#walkTo(Math.max(0, Math.min(last, target)));
  }

  #walkTo(at: number): void {
    this.focused = at;
    void this.updateComplete.then(() => {
      const row = this.renderRoot.querySelector<HTMLElement>(`[data-at="${at}"]`);
      row?.focus();
      row?.scrollIntoView({ block: 'nearest' });
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-items': AvBenchmarkItems;
  }
}
