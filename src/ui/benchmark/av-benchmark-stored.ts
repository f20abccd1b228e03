import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { settings } from '../../benchmark/settings';
import { fetchStoredScores, type StoredScores } from '../../state/benchmark/stored-scores';
import './av-benchmark-scores';
import { benchmarkPageStyles } from './av-benchmark-page.styles';
import { settingName } from './benchmark-words';
import { paperType } from '../paper-type.styles';
import { controls } from '../theme';

/** Nano's own scores that came with the page, where there are any. */
@customElement('av-benchmark-stored')
@localized()
export class AvBenchmarkStored extends LitElement {
  static override styles = [controls, paperType, benchmarkPageStyles];

  /** Address of `benchmark.json`. */
  @property() url = '';
  @state() private stored: StoredScores | null = null;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('url') && this.url) void this.#load(this.url);
  }

  async #load(url: string): Promise<void> {
    const stored = await fetchStoredScores(url);
    if (url === this.url) this.stored = stored;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { stored } = this;
    if (!stored) return nothing;
    return html`<section aria-labelledby="stored-title">
      <h2 id="stored-title">${msg('Nano, measured by us')}</h2>
      <div class="body">
        <p class="notice">
          ${msg(
            str`${stored.model} on ${stored.questions} questions about ${stored.clips} clips of ours, by npm run evaluate. Not CG-AV-Counting, and nano was tuned on such clips.`,
          )}
        </p>
        ${settings.map((setting) => {
          const table = stored.tables[setting];
          return table
            ? html`<div data-setting=${setting}>
                <h3>${settingName(setting)}</h3>
                <av-benchmark-scores
                  .table=${table}
                  .setting=${setting}
                  .name=${settingName(setting)}
                ></av-benchmark-scores>
              </div>`
            : nothing;
        })}
      </div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-stored': AvBenchmarkStored;
  }
}
