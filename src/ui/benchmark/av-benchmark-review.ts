import { localized } from '@lit/localize';
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Setting } from '../../benchmark/settings';
import './av-benchmark-item';
import type { AvBenchmarkItem } from './av-benchmark-item';
import './av-benchmark-items';
import type { AvBenchmarkItems } from './av-benchmark-items';
import type { BenchmarkEvent } from './benchmark-events';
import type { ItemRow } from './benchmark-rows';
import { controls } from '../theme';

/** What of an item is not held while the page runs: it is read when somebody opens the item. */
export interface ItemMatter {
  /** Null where there is no reply. */
  readonly reply: string | null;
  /** Null where the video is not there. */
  readonly file: File | null;
  /** What is added to a time of the annotation for one of the file. */
  readonly offsetSeconds: number;
}

/** The answers one by one: the list, and below it the question that was opened. */
@customElement('av-benchmark-review')
@localized()
export class AvBenchmarkReview extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-5);
      }
      .shown {
        padding: clamp(var(--space-4), 2.5vw, var(--space-5));
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--surface);
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly ItemRow[] = [];
  @property({ attribute: false }) setting: Setting = 'long';
  @property({ attribute: false }) read: (row: ItemRow) => Promise<ItemMatter> = () =>
    Promise.resolve({ reply: null, file: null, offsetSeconds: 0 });

  /** Index of the item that is shown. */
  @state() private open: string | null = null;
  @state() private matter: ItemMatter | null = null;
  @query('av-benchmark-item') private item!: AvBenchmarkItem | null;
  @query('av-benchmark-items') private items!: AvBenchmarkItems;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { open } = this;
    if (!changed.has('rows') || open === null) return;
    if (!this.#rowOf(open)) this.open = null;
  }

  protected override render(): TemplateResult {
    return html`<div @av-benchmark=${(event: BenchmarkEvent) => this.#onWish(event)}>
        <av-benchmark-items .rows=${this.rows} .open=${this.open ?? ''}></av-benchmark-items>
      </div>
      ${this.#renderItem()}`;
  }

  #renderItem(): TemplateResult | typeof nothing {
    const row = this.open === null ? undefined : this.#rowOf(this.open);
    if (!row) return nothing;
    const { listed } = this.items;
    const at = listed.findIndex(({ annotation }) => annotation.id === this.open);
    const idAt = (index: number): string | null => listed[index]?.annotation.id ?? null;
    return html`<div class="shown" @av-benchmark=${(event: BenchmarkEvent) => this.#onWish(event)}>
      <av-benchmark-item
        .row=${row}
        .setting=${this.setting}
        .file=${this.matter?.file}
        .offsetSeconds=${this.matter?.offsetSeconds ?? 0}
        .reply=${this.matter?.reply}
        .previous=${at > 0 ? idAt(at - 1) : null}
        .next=${idAt(at + 1)}
      ></av-benchmark-item>
    </div>`;
  }

  #rowOf(index: string): ItemRow | undefined {
    return this.rows.find(({ annotation }) => annotation.id === index);
  }

  #onWish(event: BenchmarkEvent): void {
    if (event.wish.to !== 'show-item') return;
    event.stopPropagation();
    void this.#show(event.wish.index);
  }

  async #show(index: string | null): Promise<void> {
    const before = this.open;
    this.open = index;
    const row = index === null ? undefined : this.#rowOf(index);
    if (!row) {
      if (before !== null) this.items.focusOn(before);
      return;
    }
    this.matter = null;
    const matter = await this.read(row);
    if (this.open !== index) return;
    this.matter = matter;
    await this.updateComplete;
    if (before !== null) return;
    this.item?.focus();
    this.item?.scrollIntoView({ block: 'nearest' });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-review': AvBenchmarkReview;
  }
}
