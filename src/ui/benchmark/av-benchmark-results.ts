import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ScoreTable } from '../../benchmark/score-table';
import type { ScoredItem } from '../../benchmark/score-replies';
import type { Setting } from '../../benchmark/settings';
import type { ScoreOrigin } from '../../state/benchmark/benchmark-state';
import type { ModelInfo } from '../../protocol/api';
import './av-benchmark-charts';
import './av-benchmark-scores';
import { BenchmarkEvent, type BenchmarkWish } from './benchmark-events';
import { questionsOf, settingName } from './benchmark-words';
import { icon } from '../icons';
import { paperType } from '../paper-type.styles';
import { controls } from '../theme';

type Form = (BenchmarkWish & { to: 'take-away' })['as'];

/**
 * What a run is worth so far, as table and charts, and the ways to take it away.
 *
 * @event av-benchmark - it is to be taken away
 */
@customElement('av-benchmark-results')
@localized()
export class AvBenchmarkResults extends LitElement {
  static override styles = [
    controls,
    paperType,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-5);
      }
      #of {
        max-width: none;
      }
      #of b {
        font-weight: 650;
      }
      .out {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
      }
      .out .button {
        font-size: var(--text-s);
      }
    `,
  ];

  @property({ attribute: false }) table: ScoreTable | null = null;
  @property({ attribute: false }) scores: readonly ScoredItem[] = [];
  @property({ attribute: false }) origin: ScoreOrigin | null = null;
  @property({ attribute: false }) setting: Setting = 'long';
  /** Name of the annotation file. */
  @property() name = '';
  /** The model that would answer now. */
  @property({ attribute: false }) model: ModelInfo | null = null;

  protected override render(): TemplateResult {
    return html`<p id="of">${this.#renderOrigin()}</p>
      <av-benchmark-scores .table=${this.table} .setting=${this.setting}></av-benchmark-scores>
      <av-benchmark-charts .items=${this.scores}></av-benchmark-charts>
      <div class="out" role="group" aria-label=${msg('Take it away')}>
        ${
          this.origin?.kind === 'run'
            ? html`${this.#renderWay('zip', msg('Predictions, zip'))}
              ${this.#renderWay('jsonl', msg('Predictions, JSONL'))}`
            : nothing
        }
        ${this.#renderWay('csv', msg('Scores, CSV'))}
        ${this.#renderWay('items', msg('Questions, CSV'))}
        ${this.#renderWay('json', msg('All, JSON'))}
      </div>`;
  }

  #renderOrigin(): TemplateResult {
    const { origin, model } = this;
    const about = msg(
      str`${questionsOf(this.scores.length)} of ${this.name}, ${settingName(this.setting)}.`,
    );
    const isOther =
      model && origin?.kind === 'run' && origin.model !== `${model.id} ${model.sha256}`;
    return html`<b>${about}</b> ${
        origin?.kind === 'run'
          ? msg(str`Answered by ${origin.title}.`)
          : origin
            ? msg(str`Predictions from ${origin.name}.`)
            : nothing
      }
      ${
        origin?.kind === 'import' && origin.strangers > 0
          ? msg(str`${origin.strangers} lines are about questions that the file does not have.`)
          : nothing
      }
      ${
        isOther
          ? msg(
              str`The model here now is ${`${model.title} ${model.version}`}: to start is to ask it anew.`,
            )
          : nothing
      }`;
  }

  #renderWay(as: Form, words: string): TemplateResult {
    const signs = { zip: 'download', jsonl: 'download', json: 'fileBraces' } as const;
    return html`<button
      class="button"
      data-as=${as}
      @click=${() => this.dispatchEvent(new BenchmarkEvent({ to: 'take-away', as }))}
    >
      ${icon(as in signs ? signs[as as keyof typeof signs] : 'table')} ${words}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-results': AvBenchmarkResults;
  }
}
