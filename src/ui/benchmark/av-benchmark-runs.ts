import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { KeptRun } from '../../state/benchmark/benchmark-folder';
import { BenchmarkEvent } from './benchmark-events';
import { settingName } from './benchmark-words';
import { benchmarkStyles } from '../benchmark.styles';
import { icon } from '../icons';
import { paperType } from '../paper-type.styles';
import { controls } from '../theme';

/**
 * The runs that are kept.
 *
 * @event av-benchmark
 */
@customElement('av-benchmark-runs')
@localized()
export class AvBenchmarkRuns extends LitElement {
  static override styles = [
    controls,
    paperType,
    benchmarkStyles,
    css`
      ul {
        display: grid;
        border: 1px solid var(--line);
        border-radius: var(--radius-l);
        background: var(--surface);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-4);
        padding: var(--space-4) var(--space-5);
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      .what {
        flex: 1 1 14rem;
        min-width: 0;
      }
      .what h3 {
        overflow-wrap: anywhere;
      }
      .done {
        font-weight: 600;
        white-space: nowrap;
      }
      @media (max-width: 30rem) {
        li {
          padding: var(--space-4);
        }
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly KeptRun[] = [];
  /** Set where the last deletion found a run in use. */
  @property({ type: Boolean }) refused = false;
  @property({ type: Boolean }) disabled = false;
  /** Key of the run whose deletion waits for a second click. */
  @state() private doomed = '';

  protected override render(): TemplateResult | typeof nothing {
    if (this.runs.length === 0) return nothing;
    return html`<ul aria-label=${msg('Kept runs')}>
        ${repeat(
          this.runs,
          ({ key }) => key,
          (run) => this.#renderRun(run),
        )}
      </ul>
      ${
        this.refused
          ? html`<p role="status" class="note">
              ${msg('Another tab works on that run. Pause it there first.')}
            </p>`
          : nothing
      }`;
  }

  #renderRun(run: KeptRun): TemplateResult {
    const { key, annotations, modelTitle, setting, thinks, done, items, changedMs } = run;
    const isDoomed = this.doomed === key;
    const day = new Date(changedMs).toLocaleDateString(document.documentElement.lang);
    const about = `${annotations}, ${settingName(setting)}`;
    return html`<li data-run=${key}>
      <div class="what">
        <h3>${annotations}</h3>
        <p class="soft small">
          ${[settingName(setting), thinks && msg('with thinking'), modelTitle, changedMs > 0 && day]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <p class="done tabular">${msg(str`${done} of ${items}`)}</p>
      <div class="row">
        <button
          class="button"
          data-do="continue"
          aria-label=${done < items ? msg(str`Continue: ${about}`) : msg(str`Open: ${about}`)}
          ?disabled=${this.disabled}
          @click=${() => this.dispatchEvent(new BenchmarkEvent({ to: 'open-run', key }))}
        >
          ${done < items ? msg('Continue') : msg('Open')}
        </button>
        <button
          class="button quiet"
          data-do="delete"
          aria-label=${isDoomed ? msg(str`Really delete: ${about}`) : msg(str`Delete: ${about}`)}
          ?disabled=${this.disabled}
          @blur=${() => (this.doomed = '')}
          @click=${() => this.#onDelete(key)}
        >
          ${icon('trash')} ${isDoomed ? msg('Really delete?') : msg('Delete')}
        </button>
      </div>
    </li>`;
  }

  #onDelete(key: string): void {
    if (this.doomed !== key) {
      this.doomed = key;
      return;
    }
    this.doomed = '';
    this.dispatchEvent(new BenchmarkEvent({ to: 'delete-run', key }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-runs': AvBenchmarkRuns;
  }
}
