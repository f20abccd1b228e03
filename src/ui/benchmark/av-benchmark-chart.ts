import { localized, msg } from '@lit/localize';
import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Bar } from '../../benchmark/chart-bins';
import { questionsOf } from './benchmark-words';
import { readLook, watchTheme } from '../canvas-look';
import { icon } from '../icons';
import { paperType } from '../paper-type.styles';
import { controls } from '../theme';

/** Bars, and the same numbers as a table. */
@customElement('av-benchmark-chart')
@localized()
export class AvBenchmarkChart extends LitElement {
  static override styles = [
    controls,
    paperType,
    css`
      figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-2);
        margin: 0;
      }
      figcaption {
        font-weight: 650;
      }
      figcaption span {
        display: block;
        font-size: var(--text-s);
        font-weight: 400;
        color: var(--ink-soft);
      }
      .chart {
        position: relative;
        height: 14rem;
      }
      summary {
        font-size: var(--text-s);
      }
    `,
  ];

  /** What it shows, as a heading. */
  @property() name = '';
  @property() note = '';
  /** Head of the table's first column. */
  @property() axis = '';
  @property({ attribute: false }) bars: readonly Bar[] = [];
  /** True: the values are per cent; false: numbers of questions. */
  @property({ type: Boolean }) share = false;
  /** Label of the bar that is the goal, as “0” off. */
  @property() goal = '';
  @query('canvas') private canvas!: HTMLCanvasElement;
  #chart: { destroy(): void } | null = null;
  #listening = new AbortController();
  #drawing = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    watchTheme(() => void this.#draw(), this.#listening.signal);
    if (this.hasUpdated) void this.#draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    this.#clear();
  }

  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    // The same bars again, as after an answer that changes none of them.
    const before = changed.get('bars');
    return changed.size !== 1 || !before || JSON.stringify(before) !== JSON.stringify(this.bars);
  }

  protected override updated(): void {
    void this.#draw();
  }

  #clear(): void {
    this.#drawing += 1;
    this.#chart?.destroy();
    this.#chart = null;
  }

  async #draw(): Promise<void> {
    const turn = (this.#drawing += 1);
    const { drawBars } = await import('./benchmark-chart');
    await document.fonts.ready;
    if (turn !== this.#drawing || !this.isConnected) return;
    this.#chart?.destroy();
    const { bars } = this;
    this.#chart = drawBars(
      this.canvas,
      {
        labels: bars.map(({ label }) => label),
        values: bars.map(({ value }) => value),
        words: bars.map((one) => (one.value === null ? '—' : this.#short(one.value))),
        notes: bars.map((one) => this.#words(one)),
        marked: bars.map(({ label }) => label === this.goal),
        most: this.share ? 100 : null,
      },
      readLook(this),
    );
  }

  #short(value: number): string {
    return this.share ? String(Math.round(value)) : value === 0 ? '' : String(value);
  }

  #words({ value, n }: Bar): string {
    if (value === null) return msg('no question');
    return this.share ? `${value.toFixed(1)} % · ${questionsOf(n)}` : questionsOf(n);
  }

  protected override render(): TemplateResult {
    const { bars, name } = this;
    const facts = bars.map((one) => `${one.label}: ${this.#words(one)}`).join('; ');
    return html`<figure>
        <figcaption>${name}<span>${this.note}</span></figcaption>
        <div class="chart">
          <canvas role="img" aria-label=${`${name}. ${facts}`}></canvas>
        </div>
      </figure>
      <details>
        <summary>${icon('chevronRight')} ${msg('As a table')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">${this.axis}</th>
              ${this.share ? html`<th scope="col">%</th>` : ''}
              <th scope="col">${msg('Questions')}</th>
            </tr>
          </thead>
          <tbody>
            ${bars.map(
              ({ label, value, n }) =>
                html`<tr>
                  <th scope="row">${label}</th>
                  ${this.share ? html`<td>${value === null ? '—' : value.toFixed(1)}</td>` : ''}
                  <td>${n}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-chart': AvBenchmarkChart;
  }
}
