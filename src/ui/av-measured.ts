import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fetchMeasured, type Measured, type MeasuredLine } from '../state/measured';
import { icon } from './icons';
import { labelWords } from './label-words';
import { paperType } from './paper-type.styles';
import { controls } from './theme';

/** Nano's own measurements, read from the file that the evaluation wrote. */
@customElement('av-measured')
@localized()
export class AvMeasured extends LitElement {
  static override styles = [
    controls,
    paperType,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-4);
      }
      .lines {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr));
        gap: var(--space-4) var(--space-5);
      }
      .lines li {
        display: grid;
        align-content: start;
        gap: var(--space-1);
        padding-top: var(--space-3);
        border-top: 2px solid var(--ink);
      }
      .big {
        font-size: clamp(2rem, 1.6rem + 1vw, 2.75rem);
        font-weight: 650;
        letter-spacing: -0.03em;
        line-height: 1.15;
      }
      .big small {
        font-size: 0.5em;
        font-weight: 500;
        letter-spacing: 0;
      }
      tbody th {
        min-width: 11rem;
        white-space: normal;
      }
      tbody th span {
        display: block;
        max-width: 28em;
        color: var(--ink-soft);
        text-wrap: pretty;
      }
      .groups th[scope='rowgroup'] {
        padding-top: var(--space-4);
        font-weight: 600;
      }
      .groups th[scope='row'] {
        padding-inline-start: var(--space-3);
      }
    `,
  ];

  /** Address of `measured.json`. */
  @property() url = '';
  /** Undefined while it is on its way, null where there is none. */
  @state() private measured: Measured | null | undefined = undefined;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('url') && this.url) void this.#load(this.url);
  }

  async #load(url: string): Promise<void> {
    const measured = await fetchMeasured(url);
    if (url === this.url) this.measured = measured;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { measured } = this;
    if (measured === undefined) return html`<p class="note">${msg('Loading the numbers…')}</p>`;
    if (!measured) {
      return html`<p class="note">
        ${msg('This copy of the site comes without the measurements.')}
      </p>`;
    }
    return html`
      <ul class="lines">
        ${measured.lines.map(
          (line) =>
            html`<li data-line=${line.name}>
              <h3>${this.#categoryName(line.name)}</h3>
              <p class="big tabular">${line.exact.toFixed(1)} <small>${msg('% exact')}</small></p>
              <p class="note tabular">
                ${line.withinOne.toFixed(1)} % ${msg('within one')} · ${line.n} ${msg('answers')}
              </p>
            </li>`,
        )}
      </ul>
      <div class="scroll" role="region" tabindex="0" aria-label=${msg('What nano was asked')}>
        <table id="suites">
          ${this.#renderHead(msg('Test'))}
          <tbody>
            ${measured.suites.map((suite) =>
              this.#renderRow(suite, this.#suiteName(suite.name), this.#suiteNote(suite.name)),
            )}
          </tbody>
        </table>
      </div>
      <details>
        <summary>${icon('chevronRight')} ${msg('Every group of every test')}</summary>
        <div class="scroll" role="region" tabindex="0" aria-label=${msg('Every group')}>
          <table class="groups">
            ${this.#renderHead(msg('Group'))}
            ${measured.suites.map(
              ({ name, groups }) =>
                html`<tbody>
                  <tr>
                    <th scope="rowgroup" colspan="6">${this.#suiteName(name)}</th>
                  </tr>
                  ${groups.map((group) => this.#renderRow(group, labelWords(group.name.replaceAll('_', ' '))))}
                </tbody>`,
            )}
          </table>
        </div>
      </details>
    `;
  }

  #renderHead(first: string): TemplateResult {
    return html`<thead>
      <tr>
        <th scope="col">${first}</th>
        <th scope="col">${msg('Questions')}</th>
        <th scope="col">${msg('Exact')}</th>
        <th scope="col">${msg('Within one')}</th>
        <th scope="col"><abbr title=${msg('Mean absolute error')}>MAE</abbr></th>
        <th scope="col"><abbr title=${msg('White-box counting score')}>WCS</abbr></th>
      </tr>
    </thead>`;
  }

  #renderRow(line: MeasuredLine, name: string, note = ''): TemplateResult {
    return html`<tr>
      <th scope="row">${name}${note ? html`<span>${note}</span>` : nothing}</th>
      <td>${line.n.toLocaleString(document.documentElement.lang)}</td>
      <td>${line.exact.toFixed(1)} %</td>
      <td>${line.withinOne.toFixed(1)} %</td>
      <td>${line.mae?.toFixed(2) ?? '—'}</td>
      <td>${line.wcs ?? '—'}</td>
    </tr>`;
  }

  #categoryName(category: string): string {
    switch (category) {
      case 'event':
        return msg('Sounds and movements');
      case 'object':
        return msg('Objects');
      case 'attribute':
        return msg('Colours and kinds');
      default:
        return category;
    }
  }

  #suiteName(suite: string): string {
    switch (suite) {
      case 'clips':
        return msg('Real clips');
      case 'ESC-10, absent':
        return msg('ESC-10, sound absent');
      case 'generated, low noise':
        return msg('Generated, low noise');
      case 'generated, middle noise':
        return msg('Generated, middle noise');
      case 'generated, high noise':
        return msg('Generated, high noise');
      default:
        return suite;
    }
  }

  #suiteNote(suite: string): string {
    switch (suite) {
      case 'clips':
        return msg('Six videos that we looked at while we set thresholds, so these flatter.');
      case 'ESC-10':
        return msg('Recordings that the answering model was not trained on.');
      case 'ESC-10, absent':
        return msg('The same questions where the right answer is zero.');
      case 'COCO128':
        return msg('Photographs from the detector’s own training set, so these flatter, too.');
      case 'generated, low noise':
        return msg('Scenes with sound made for the test, with exact truth.');
      default:
        return '';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-measured': AvMeasured;
  }
}
