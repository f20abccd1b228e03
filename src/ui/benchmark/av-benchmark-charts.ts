import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  accuracyByCount,
  clueScoreHistogram,
  errorHistogram,
  type Bar,
} from '../../benchmark/chart-bins';
import type { ScoredItem } from '../../benchmark/score-replies';
import { tabulate } from '../../benchmark/score-table';
import type { Category } from '../../clues/clue';
import './av-benchmark-chart';
import { categoryName } from './benchmark-words';
import { controls } from '../theme';

/** What the scores come from: where the counts are right, how far off the others are. */
@customElement('av-benchmark-charts')
@localized()
export class AvBenchmarkCharts extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
        gap: var(--space-6) var(--space-6);
      }
    `,
  ];

  @property({ attribute: false }) items: readonly ScoredItem[] = [];

  protected override render(): TemplateResult {
    const { items } = this;
    const categories = Object.entries(tabulate(items).byCategory).map(
      ([category, { acc, n }]): Bar => ({
        label: categoryName(category as Category),
        value: acc,
        n,
      }),
    );
    const clueScores = clueScoreHistogram(items);
    return html`
      <av-benchmark-chart
        share
        name=${msg('Accuracy by what is counted')}
        note=${msg('Exact counts, per cent')}
        axis=${msg('What is counted')}
        .bars=${categories}
      ></av-benchmark-chart>
      <av-benchmark-chart
        share
        name=${msg('Accuracy by the true count')}
        note=${msg('Exact counts, per cent')}
        axis=${msg('True count')}
        .bars=${accuracyByCount(items)}
      ></av-benchmark-chart>
      <av-benchmark-chart
        name=${msg('How far the counts are off')}
        note=${msg('Questions by error; too few on the left, too many on the right')}
        axis=${msg('Error')}
        goal="0"
        .bars=${errorHistogram(items)}
      ></av-benchmark-chart>
      ${
        clueScores.length > 0
          ? html`<av-benchmark-chart
              name=${msg('How well the clues lie')}
              note=${msg('Questions by their clue score, 0 to 100')}
              axis=${msg('Clue score')}
              .bars=${clueScores}
            ></av-benchmark-chart>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-charts': AvBenchmarkCharts;
  }
}
