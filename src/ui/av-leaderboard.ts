import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { leaderboardStyles } from './av-leaderboard.styles';
import './av-leaderboard-table';
import { readLook, watchTheme } from './canvas-look';
import { icon } from './icons';
import {
  columnsOf,
  formatValue,
  leaderboard,
  lowerIsBetter,
  metrics,
  shortNames,
} from './leaderboard';
import { settledValue, sortRows } from './leaderboard';
import type { LeaderboardRow, Metric } from './leaderboard';
import type { ChartContent, ChartSeries } from './leaderboard-chart';
import { paperType } from './paper-type.styles';
import { measureNote } from './benchmark/benchmark-words';
import { controls } from './theme';

/** The paper's leaderboard: a chart of one metric at a time, and every number in a table. */
@customElement('av-leaderboard')
@localized()
export class AvLeaderboard extends LitElement {
  static override styles = [controls, paperType, leaderboardStyles];

  @state() private metric: Metric = 'acc';
  /** Whether people and chance are drawn, too: they stand far from every model, which costs room. */
  @state() private bounds = !matchMedia('(max-width: 36rem)').matches;
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

  protected override updated(changed: PropertyValues): void {
    if (changed.size === 0 || changed.has('metric') || changed.has('bounds')) void this.#draw();
  }

  #clear(): void {
    this.#drawing += 1;
    this.#chart?.destroy();
    this.#chart = null;
  }

  async #draw(): Promise<void> {
    this.#clear();
    const turn = this.#drawing;
    const { drawLeaderboard } = await import('./leaderboard-chart');
    await document.fonts.ready;
    if (turn !== this.#drawing || !this.isConnected) return;
    this.#chart = drawLeaderboard(this.canvas, this.#content, readLook(this));
  }

  /** The rows that have a number in this metric, the best on top. */
  get #shown(): LeaderboardRow[] {
    const { metric } = this;
    const drawn = leaderboard.filter(
      (row) => (this.bounds || row.role !== 'bound') && settledValue(row, metric) !== null,
    );
    return sortRows(drawn, (row) => settledValue(row, metric), !lowerIsBetter(metric));
  }

  get #content(): ChartContent {
    const rows = this.#shown;
    const names = this.#settingNames;
    const series = columnsOf(this.metric).map((column, at): ChartSeries => {
      const name = column.includes('.') ? names[at]! : shortNames[this.metric];
      return { name, values: rows.map(({ values }) => values[column]) };
    });
    const digits = lowerIsBetter(this.metric) || this.metric === 'wcs' ? 2 : 1;
    return { rows, series: series as unknown as ChartContent['series'], digits };
  }

  get #settingNames(): readonly string[] {
    return [msg('Whole video (Long)'), msg('Reference stretch (Ref)')];
  }

  protected override render(): TemplateResult {
    const shown = this.#shown;
    const isPair = columnsOf(this.metric).length === 2;
    return html`
      <div class="choices">
        <fieldset>
          <legend>${msg('Metric')}</legend>
          <div class="segments">
            ${metrics.map(
              (metric) =>
                html`<label>
                  <input
                    type="radio"
                    name="metric"
                    value=${metric}
                    .checked=${metric === this.metric}
                    @change=${() => (this.metric = metric)}
                  />
                  <span>${shortNames[metric]}</span>
                </label>`,
            )}
          </div>
        </fieldset>
        <label class="switch">
          <input
            id="bounds"
            type="checkbox"
            role="switch"
            .checked=${this.bounds}
            @change=${() => (this.bounds = !this.bounds)}
          />
          <span>${msg('With people and chance')}</span>
        </label>
      </div>
      <p id="meaning" class="meaning">${measureNote(this.metric)}</p>
      <figure>
        ${this.#renderKey(isPair)}
        <div class="chart" .style=${`--rows: ${shown.length}`}>
          <canvas role="img" aria-label=${this.#describe(shown)}></canvas>
        </div>
        <figcaption class="note">${this.#renderSource()}</figcaption>
      </figure>
      <details>
        <summary>
          ${icon('chevronRight')} ${msg(str`All numbers, ${leaderboard.length} rows`)}
        </summary>
        <av-leaderboard-table></av-leaderboard-table>
      </details>
    `;
  }

  #renderKey(isPair: boolean): TemplateResult {
    return html`<ul class="key small" aria-label=${msg('How to read the chart')}>
      ${
        isPair
          ? html`<li>
              ${msg('whole video')} <i class="mark hollow"></i><i class="join"></i
              ><i class="mark"></i>
              ${msg('reference stretch')}
            </li>`
          : nothing
      }
      <li><i class="mark"></i> ${msg('sees only')}</li>
      <li><i class="mark diamond"></i> ${msg('sees and hears')}</li>
      <li><i class="mark triangle"></i> ${msg('neither, or not stated')}</li>
      <li><i class="join own"></i> ${msg('the paper’s model')}</li>
    </ul>`;
  }

  #renderSource(): TemplateResult {
    return html`${msg(
      'Source: paper, version 2 of 22 July 2025, Table 2. These are the authors’ measurements, not ours. Numbers published before that date used faulty clue times; their Ref and WCS columns differ.',
    )}
    ${msg(
      '† Only in the CVPR 2026 version, which gives three numbers for it. “Thinking” asks the same weights for their reasoning first.',
    )}`;
  }

  #describe(shown: readonly LeaderboardRow[]): string {
    const [best] = shown.filter(({ role }) => role !== 'bound');
    const own = leaderboard.find(({ model }) => model === 'AV-Reasoner')!;
    const numbers = (row: LeaderboardRow): string =>
      columnsOf(this.metric)
        .map((column) => formatValue(row.values[column]))
        .join(' / ');
    const head = msg(str`Chart of ${shown.length} rows. ${measureNote(this.metric)}`);
    if (!best) return head;
    const facts = msg(
      str`Best model: ${best.model}, ${numbers(best)}. AV-Reasoner: ${numbers(own)}. Every number is in the table below.`,
    );
    return `${head} ${facts}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-leaderboard': AvLeaderboard;
  }
}
