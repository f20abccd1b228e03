import { localized, msg } from '@lit/localize';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { leaderboardTableStyles } from './av-leaderboard-table.styles';
import {
  columns,
  formatValue,
  leaderboard,
  lowerIsBetter,
  rowName,
  shortNames,
  sortRows,
} from './leaderboard';
import type { Column, Metric } from './leaderboard';
import { paperType } from './paper-type.styles';
import { controls } from './theme';

/** Every number of the leaderboard; a click on a column's head sorts by it. */
@customElement('av-leaderboard-table')
@localized()
export class AvLeaderboardTable extends LitElement {
  static override styles = [controls, paperType, leaderboardTableStyles];

  /** Null: the paper's own order. */
  @state() private sort: { by: Column | 'model'; descending: boolean } | null = null;

  protected override render(): TemplateResult {
    const { sort } = this;
    const { by, descending } = sort ?? {};
    const rows = by
      ? sortRows(leaderboard, (row) => (by === 'model' ? row.model : row.values[by]), descending)
      : leaderboard;
    return html`<div
      class="scroll"
      role="region"
      tabindex="0"
      aria-label=${msg('Leaderboard, scrolls sideways')}
    >
      <table>
        <thead>
          <tr>
            <td colspan="2"></td>
            <th scope="colgroup" colspan="4">${msg('Whole video')}</th>
            <th scope="colgroup" colspan="4">${msg('Reference stretch')}</th>
            <th scope="colgroup" colspan="2">${msg('Clues')}</th>
          </tr>
          <tr>
            ${this.#renderHead('model', msg('Model'))}
            <th scope="col">${msg('Input')}</th>
            ${columns.map((column) =>
              this.#renderHead(column, shortNames[column.replace(/.*\./, '') as Metric]),
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ model, modality, role, isLater, values }) =>
              html`<tr class=${role}>
                <th scope="row"><span>${rowName(model)}${isLater ? ' †' : ''}</span></th>
                <td>${modality ?? '—'}</td>
                ${columns.map((column) => html`<td>${formatValue(values[column])}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #renderHead(by: Column | 'model', title: string): TemplateResult {
    const isSorted = this.sort?.by === by;
    const order = !isSorted ? 'none' : this.sort?.descending ? 'descending' : 'ascending';
    const arrow = { none: '', descending: '↓', ascending: '↑' }[order];
    return html`<th scope="col" aria-sort=${order}>
      <button data-sort=${by} @click=${() => this.#sortBy(by)}>
        ${arrow ? html`<span class="arrow" aria-hidden="true">${arrow}</span>` : nothing}
        <span class="visually-hidden">${this.#groupOf(by)}</span> ${title}
      </button>
    </th>`;
  }

  /** Which of the columns of the same name it is, for those who hear the heads one by one. */
  #groupOf(by: Column | 'model'): string {
    if (by.startsWith('long')) return msg('Whole video');
    return by.startsWith('ref') ? msg('Reference stretch') : '';
  }

  /** The better end first; a second click turns it round. */
  #sortBy(by: Column | 'model'): void {
    const first = by !== 'model' && !lowerIsBetter(by);
    const { sort } = this;
    this.sort = { by, descending: sort?.by === by ? !sort.descending : first };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-leaderboard-table': AvLeaderboardTable;
  }
}
