import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { clueSpan } from '../clues/clue-time';
import type { ReviewedClue } from '../clues/review';
import './av-clue-form';
import type { AvClueForm } from './av-clue-form';
import { cluesStyles } from './av-clues.styles';
import { renderRow, type RowWish } from './clue-row';
import { editForKey, toggled, type KeyEdit } from './edit-keys';
import { AddClueEvent, EditEvent, SeekEvent } from './events';
import { icon } from './icons';
import { listHeight, rowsInSight, topOf, type ListWindow } from './list-window';
import { remPixels } from './rem';
import { controls } from './theme';

/** A longer list is rendered only where it is in sight, its rows of one height. */
const longestPlain = 200;

/** Height of a row of such a list, in `rem`; the sheet says the same. */
const rowRem = 4.5;

/**
 * The evidence as a list. Click or Enter shows the moment; arrow keys walk the list, and only the
 * buttons of one entry take part in the Tab order, so that thirty clues are not 120 stops. The keys of
 * `edit-keys.ts` edit the entry in focus, `e` opens its times and label as a form, `a` adds a clue.
 *
 * @event av-seek
 * @event av-edit
 * @event av-add-clue
 */
@localized()
@customElement('av-clues')
export class AvClues extends LitElement {
  static override styles = [controls, cluesStyles];

  /** By their start, as a review keeps them. */
  @property({ attribute: false }) clues: readonly ReviewedClue[] = [];
  /** Index of the clue on the screen, or −1. */
  @property({ attribute: false }) current = -1;
  /** Where the clip ends, which no clue may pass. */
  @property({ attribute: false }) endSeconds = Infinity;
  /** Whether the visitor may change the clues. */
  @property({ type: Boolean }) editable = false;
  @property({ type: Boolean }) undoable = false;
  @property({ type: Boolean }) redoable = false;

  /** Id of the entry that Tab reaches; null for the first. */
  @state() private focused: number | null = null;
  /** Id of the entry whose form is open. */
  @state() private adjusting: number | null = null;
  /** Height of the open form in CSS pixels. */
  @state() private formHeight = 0;
  @query('.scroller') private scroller!: HTMLElement | null;
  @query('av-clue-form') private form!: AvClueForm | null;

  /** The entry that takes the focus after the next update, though its place may have changed. */
  #refocus: number | null = null;
  /** Of the scroller, kept here: to ask it while rendering would cost a layout each time. */
  #scrollTop = 0;
  #height = 0;
  #rowHeight = 0;
  #following = 0;
  #observed: HTMLElement | null = null;
  readonly #listSize = new ResizeObserver(() => requestAnimationFrame(() => this.#measure()));
  readonly #formSize = new ResizeObserver(() =>
    requestAnimationFrame(() => (this.formHeight = this.form?.offsetHeight ?? 0)),
  );

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('clues')) return;
    const isHere = (id: number | null): boolean => this.clues.some((clue) => clue.id === id);
    if (this.adjusting !== null && !isHere(this.adjusting)) this.adjusting = null;
    if (this.focused !== null && !isHere(this.focused)) {
      // What was in focus is gone: its place has another entry now.
      const before = (changed.get('clues') ?? []).findIndex(({ id }) => id === this.focused);
      const next = this.clues[Math.min(before, this.clues.length - 1)]?.id ?? null;
      if (this.#refocus === this.focused) this.#refocus = next;
      this.focused = next;
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listSize.disconnect();
    this.#observed = null;
  }

  protected override updated(changed: PropertyValues): void {
    if (this.scroller !== this.#observed) {
      this.#listSize.disconnect();
      this.#observed = this.scroller;
      if (this.scroller) this.#listSize.observe(this.scroller);
    }
    if (changed.has('current')) this.#followCurrent();
    if (this.#refocus !== null) {
      const id = this.#refocus;
      this.#refocus = null;
      this.#focusOn(this.#indexOf(id));
    }
    if (changed.has('adjusting')) {
      this.#formSize.disconnect();
      this.formHeight = this.form?.offsetHeight ?? 0;
      if (this.form) this.#formSize.observe(this.form);
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.clues.length === 0 && !this.editable) return nothing;
    return html`
      <div class="head">
        <h2 id="clues-title">${msg('Evidence')}</h2>
        ${this.editable ? this.#renderHistory() : nothing}
      </div>
      ${this.clues.length > 0 ? this.#renderList() : nothing}
      ${
        this.editable
          ? html`<button
              id="add"
              class="button add"
              aria-keyshortcuts="A"
              @click=${() => this.dispatchEvent(new AddClueEvent())}
            >
              ${icon('addMark')} ${msg('Add a clue here')}
            </button>`
          : nothing
      }
    `;
  }

  #renderHistory(): TemplateResult {
    const step = (kind: 'undo' | 'redo') => (): boolean =>
      this.dispatchEvent(new EditEvent({ kind }));
    return html`<div class="history" role="group" aria-label=${msg('Your changes')}>
      <button
        id="undo"
        class="icon-button"
        aria-label=${msg('Undo')}
        aria-keyshortcuts="Control+Z Meta+Z"
        title=${msg('Undo (Ctrl+Z)')}
        ?disabled=${!this.undoable}
        @click=${step('undo')}
      >
        ${icon('undo')}
      </button>
      <button
        id="redo"
        class="icon-button"
        aria-label=${msg('Redo')}
        aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z Control+Y"
        title=${msg('Redo (Ctrl+Shift+Z)')}
        ?disabled=${!this.redoable}
        @click=${step('redo')}
      >
        ${icon('redo')}
      </button>
    </div>`;
  }

  #renderList(): TemplateResult {
    const { clues } = this;
    const list = this.#window;
    const tabIndex = this.#tabIndex;
    const indices = list ? this.#inSight(list, tabIndex) : clues.map((_, index) => index);
    return html`<div
      class="scroller ${list ? 'long' : ''}"
      @scroll=${list ? this.#measure : nothing}
    >
      <ol
        id="clues"
        aria-labelledby="clues-title"
        .style=${list ? `height:${listHeight(list)}px` : ''}
        @keydown=${this.#onKeydown}
        @focusin=${this.#onFocus}
        @av-form-close=${() => this.#closeForm()}
      >
        ${repeat(
          indices,
          (index) => clues[index]!.id,
          (index) => this.#renderEntry(index, index === tabIndex, list),
        )}
      </ol>
    </div>`;
  }

  #renderEntry(index: number, isInTabOrder: boolean, list: ListWindow | null): TemplateResult {
    const reviewed = this.clues[index]!;
    const isFormOpen = this.editable && reviewed.id === this.adjusting;
    const isEditable = this.editable;
    const isCurrent = index === this.current;
    const row = { reviewed, index, isCurrent, isInTabOrder, isEditable, isFormOpen };
    return html`<li
      data-verdict=${reviewed.verdict}
      data-index=${index}
      aria-setsize=${list ? list.count : nothing}
      aria-posinset=${list ? index + 1 : nothing}
      .style=${list ? `top:${topOf(list, index)}px` : ''}
    >
      <div class="entry ${isEditable ? 'editable' : ''}">
        ${renderRow(row, (wish) => this.#onWish(wish, index))}
      </div>
      ${
        isFormOpen
          ? html`<av-clue-form .clue=${reviewed} .endSeconds=${this.endSeconds}></av-clue-form>`
          : nothing
      }
    </li>`;
  }

  /** Measures of a list that is too long to be rendered as a whole; null for a shorter one. */
  get #window(): ListWindow | null {
    const count = this.clues.length;
    if (count <= longestPlain) return null;
    const open = this.adjusting === null ? -1 : this.#indexOf(this.adjusting);
    const rowHeight = (this.#rowHeight ||= rowRem * remPixels());
    return { count, rowHeight, open, extra: this.formHeight };
  }

  #inSight(list: ListWindow, tabIndex: number): number[] {
    const also = [tabIndex, list.open];
    return rowsInSight(list, this.#scrollTop, this.#height || 600, also);
  }

  /** Index of the entry that Tab reaches. */
  get #tabIndex(): number {
    if (this.focused === null) return 0;
    return Math.max(0, this.#indexOf(this.focused));
  }

  #onWish(wish: RowWish, index: number): void {
    const reviewed = this.clues[index];
    if (!reviewed) return;
    const { id, clue } = reviewed;
    if (wish === 'show') this.dispatchEvent(new SeekEvent(clueSpan(clue)[0], id));
    else if (wish === 'adjust') this.#openForm(id);
    else {
      const edit = toggled(reviewed, wish === 'accept' ? 'accepted' : 'rejected');
      this.#edit(id, { edit, seekSeconds: null });
    }
  }

  /** The focus stays where it is, unless the entry moves or goes. */
  #edit(id: number, { edit, seekSeconds }: KeyEdit): void {
    const place = this.#focusedPart;
    this.dispatchEvent(new EditEvent(edit));
    if (seekSeconds !== null) this.dispatchEvent(new SeekEvent(seekSeconds, id));
    void this.updateComplete.then(() => {
      if (this.#focusedPart === null && place !== null)
        this.#focusOn(this.#indexOf(this.focused ?? id));
    });
  }

  get #focusedPart(): Element | null {
    return this.shadowRoot?.activeElement ?? null;
  }

  #openForm(id: number): void {
    if (this.adjusting === id) {
      this.#closeForm();
      return;
    }
    this.adjusting = id;
    void this.updateComplete.then(() => this.form?.focus());
  }

  #closeForm(): void {
    this.#refocus = this.adjusting;
    this.adjusting = null;
  }

  #onFocus(event: FocusEvent): void {
    const reviewed = this.clues[indexOf(event)];
    if (reviewed) this.focused = reviewed.id;
  }

  #onKeydown(event: KeyboardEvent): void {
    const index = indexOf(event);
    const reviewed = this.clues[index];
    if (!reviewed) return;
    if (this.#onEditKey(event, reviewed) || this.#onWalkKey(event, index)) event.preventDefault();
  }

  #onEditKey(event: KeyboardEvent, reviewed: ReviewedClue): boolean {
    if (!this.editable) return false;
    const done = editForKey(event, reviewed, this.endSeconds);
    if (done) {
      this.#edit(reviewed.id, done);
      return true;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    if (event.key === 'e') this.#openForm(reviewed.id);
    else if (event.key === 'a') this.dispatchEvent(new AddClueEvent());
    else return false;
    return true;
  }

  #onWalkKey({ key, altKey, ctrlKey, metaKey }: KeyboardEvent, index: number): boolean {
    if (altKey || ctrlKey || metaKey) return false;
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      return this.#walkRow(index, key === 'ArrowRight' ? 1 : -1);
    }
    const last = this.clues.length - 1;
    const targets: Record<string, number> = {
      ...{ ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: last },
      ...{ PageDown: index + 8, PageUp: index - 8 },
    };
    const target = targets[key];
    if (target === undefined) return false;
    this.#focusOn(Math.min(last, Math.max(0, target)));
    return true;
  }

  /** Between the buttons of one entry. */
  #walkRow(index: number, by: 1 | -1): boolean {
    const buttons = [
      ...(this.#entry(index)?.querySelectorAll<HTMLButtonElement>('.entry button') ?? []),
    ];
    const at = buttons.indexOf(this.#focusedPart as HTMLButtonElement);
    buttons[at + by]?.focus();
    return buttons.length > 1;
  }

  #indexOf(id: number): number {
    return this.clues.findIndex((clue) => clue.id === id);
  }

  /** An entry out of sight is rendered first. */
  #focusOn(index: number): void {
    const reviewed = this.clues[index];
    if (!reviewed) return;
    this.focused = reviewed.id;
    this.#reveal(index);
    const button = this.#entry(index)?.querySelector<HTMLButtonElement>('.clue');
    if (button) button.focus();
    else this.#refocus = reviewed.id;
  }

  /** Not at every picture: where clues follow in quick succession, nobody could read that. */
  #followCurrent(): void {
    if (this.#following !== 0) return;
    this.#following = window.setTimeout(() => {
      this.#following = 0;
      if (this.current >= 0) this.#reveal(this.current);
    }, 200);
    if (this.current >= 0) this.#reveal(this.current);
  }

  #measure(): void {
    if (this.clues.length <= longestPlain) return;
    const { scrollTop = 0, clientHeight = 0 } = this.scroller ?? {};
    if (scrollTop === this.#scrollTop && clientHeight === this.#height) return;
    // The text may have another size now; to look at each row would cost a layout.
    if (clientHeight !== this.#height) this.#rowHeight = 0;
    this.#scrollTop = scrollTop;
    this.#height = clientHeight;
    this.requestUpdate();
  }

  /** Scrolls inside the list only: the page must not move while the video plays. */
  #reveal(index: number): void {
    const { scroller } = this;
    const list = this.#window;
    const entry = this.#entry(index);
    if (!scroller || (!list && !entry)) return;
    const above = list ? topOf(list, index) : (entry?.offsetTop ?? 0);
    const height = list ? list.rowHeight : (entry?.offsetHeight ?? 0);
    const [seen, room] = list
      ? [this.#scrollTop, this.#height || scroller.clientHeight]
      : [scroller.scrollTop, scroller.clientHeight];
    const target = Math.max(Math.min(seen, above), above + height - room);
    if (target === seen) return;
    scroller.scrollTop = target;
    if (list) this.#measure();
  }

  #entry(index: number): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`li[data-index="${index}"]`);
  }
}

/** Index of the entry that an event comes from, or −1. */
function indexOf(event: Event): number {
  const entry = (event.target as Element).closest<HTMLElement>('li');
  return Number(entry?.dataset['index'] ?? -1);
}

declare global {
  interface HTMLElementTagNameMap {
    'av-clues': AvClues;
  }
}
