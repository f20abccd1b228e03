import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ScoreTable } from '../../benchmark/score-table';
import type { BenchmarkScore } from '../../benchmark/score-replies';
import type { Modality } from '../../benchmark/annotations';
import type { Setting } from '../../benchmark/settings';
import type { Category } from '../../clues/clue';
import {
  categoryName,
  formatScore,
  measureName,
  measureNote,
  measuresOf,
  modalityName,
} from './benchmark-words';
import { icon } from '../icons';
import { paperType } from '../paper-type.styles';
import { controls } from '../theme';

/** Every measure, of the whole and of its parts. */
@customElement('av-benchmark-scores')
@localized()
export class AvBenchmarkScores extends LitElement {
  static override styles = [
    controls,
    paperType,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-4);
      }
      tbody + tbody th[scope='rowgroup'] {
        padding-top: var(--space-4);
      }
      th[scope='rowgroup'] {
        font-weight: 600;
        text-align: start;
      }
      .total :is(th, td) {
        font-weight: 650;
        border-bottom-color: var(--line-strong);
      }
      .total td.lead span {
        padding: 0 0.35em;
        border-radius: 0.2em;
        background: var(--accent);
        color: var(--on-accent);
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
        gap: var(--space-3) var(--space-5);
        padding-block: var(--space-3);
        font-size: var(--text-s);
      }
      dt {
        font-weight: 650;
      }
      dd {
        color: var(--ink-soft);
      }
    `,
  ];

  @property({ attribute: false }) table: ScoreTable | null = null;
  @property({ attribute: false }) setting: Setting = 'long';
  /** Tells these scores from others on the page. */
  @property() name = '';

  protected override render(): TemplateResult | typeof nothing {
    const { table } = this;
    if (!table) return nothing;
    const measures = measuresOf[this.setting];
    return html`<div
        class="scroll"
        role="region"
        tabindex="0"
        aria-label=${this.name || msg('Scores')}
      >
        <table id="scores">
          <thead>
            <tr>
              <th scope="col"><span class="visually-hidden">${msg('Group')}</span></th>
              <th scope="col">${msg('Questions')}</th>
              ${measures.map(
                (measure) =>
                  html`<th scope="col">
                    <abbr title=${measureNote(measure)}>${measureName(measure)}</abbr>
                  </th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${this.#renderRow('total', msg('All'), table.overall)}
          </tbody>
          ${this.#renderGroup(
            msg('What is counted'),
            Object.entries(table.byCategory).map(([key, score]) => [
              key,
              categoryName(key as Category),
              score,
            ]),
          )}
          ${this.#renderGroup(
            msg('By which sense'),
            Object.entries(table.byModality).map(([key, score]) => [
              key,
              modalityName(key as Modality),
              score,
            ]),
          )}
        </table>
      </div>
      <details>
        <summary>${icon('chevronRight')} ${msg('What the measures mean')}</summary>
        <dl>
          ${measures.map(
            (measure) =>
              html`<div>
                <dt>${measureName(measure)}</dt>
                <dd>${measureNote(measure)}</dd>
              </div>`,
          )}
        </dl>
      </details>`;
  }

  #renderGroup(
    title: string,
    rows: readonly (readonly [key: string, name: string, score: BenchmarkScore])[],
  ): TemplateResult {
    return html`<tbody>
      <tr>
        <th scope="rowgroup" colspan=${measuresOf[this.setting].length + 2}>${title}</th>
      </tr>
      ${rows.map(([key, name, score]) => this.#renderRow(key, name, score))}
    </tbody>`;
  }

  #renderRow(key: string, name: string, score: BenchmarkScore): TemplateResult {
    return html`<tr data-row=${key} class=${key}>
      <th scope="row">${name}</th>
      <td>${score.n.toLocaleString(document.documentElement.lang)}</td>
      ${measuresOf[this.setting].map(
        (measure, at) =>
          html`<td class=${at === 0 ? 'lead' : ''} data-measure=${measure}>
            <span>${formatScore(score[measure])}</span>
          </td>`,
      )}
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-scores': AvBenchmarkScores;
  }
}
