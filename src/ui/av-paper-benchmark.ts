import { localized, msg } from '@lit/localize';
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { benchmarkTotals, modalities, targets, type Share } from './benchmark-facts';
import { paperType } from './paper-type.styles';
import { controls } from './theme';

/** CG-AV-Counting at a glance. */
@customElement('av-paper-benchmark')
@localized()
export class AvPaperBenchmark extends LitElement {
  static override styles = [
    controls,
    paperType,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-6);
      }
      .totals {
        display: grid;
        grid-template-columns: repeat(3, auto);
        justify-content: space-between;
        gap: var(--space-4);
      }
      .totals div {
        display: flex;
        flex-direction: column-reverse;
      }
      .totals dd {
        font-size: clamp(1.75rem, 1rem + 4vw, 4.5rem);
        font-weight: 700;
        letter-spacing: -0.045em;
        line-height: 1.05;
      }
      .totals dt {
        color: var(--ink-soft);
      }
      .shares {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
        gap: var(--space-5) var(--space-6);
        align-items: start;
      }
      caption {
        font-size: var(--text-m);
        font-weight: 650;
        color: var(--ink);
      }
      th {
        text-align: start;
        padding-inline: 0 var(--space-3);
        white-space: normal;
      }
      td {
        width: 4rem;
        padding-inline: 0;
        font-weight: 550;
      }
      td.share {
        width: 34%;
      }
      i {
        display: block;
        height: 0.6rem;
        width: max(calc(var(--share) * 100%), 2px);
        background: var(--ink);
      }
      @media (forced-colors: active) {
        i {
          background: CanvasText;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    const number = (value: number): string => value.toLocaleString(document.documentElement.lang);
    const { videos, questions, clues } = benchmarkTotals;
    return html`
      <dl class="totals tabular">
        <div>
          <dt>${msg('long videos')}</dt>
          <dd>${number(videos)}</dd>
        </div>
        <div>
          <dt>${msg('questions')}</dt>
          <dd>${number(questions)}</dd>
        </div>
        <div>
          <dt>${msg('clues, by hand')}</dt>
          <dd>${number(clues)}</dd>
        </div>
      </dl>
      <div class="shares">
        ${this.#renderShares(msg('What is counted'), targets, this.#targetNames)}
        ${this.#renderShares(msg('By which sense'), modalities, this.#modalityNames)}
      </div>
      <p>
        ${msg(
          'Every video is longer than ten minutes, most are twenty to thirty. Counts go from 1 to 76, most of them below 20, with 5.7 clues a question on average. About 38 % of the questions cannot be answered without listening.',
        )}
      </p>
    `;
  }

  get #targetNames() {
    return { object: msg('Objects'), event: msg('Events'), attribute: msg('Attributes') };
  }

  get #modalityNames() {
    return {
      V: msg('Found and counted by sight'),
      AV: msg('Both senses at once'),
      A2V: msg('Found by sound, counted by sight'),
      V2A: msg('Found by sight, counted by sound'),
      A: msg('Found and counted by sound'),
    };
  }

  #renderShares<Key extends string>(
    title: string,
    shares: readonly Share<Key>[],
    names: Readonly<Record<Key, string>>,
  ): TemplateResult {
    const most = Math.max(...shares.map(({ questions }) => questions));
    return html`<table>
      <caption>
        ${title}
      </caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">${title}</th>
          <td></td>
          <th scope="col">${msg('Questions')}</th>
        </tr>
      </thead>
      <tbody>
        ${shares.map(
          ({ key, questions }) =>
            html`<tr data-key=${key}>
              <th scope="row">${names[key]}</th>
              <td class="share"><i .style=${`--share: ${questions / most}`}></i></td>
              <td>${questions}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-paper-benchmark': AvPaperBenchmark;
  }
}
