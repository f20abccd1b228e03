import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { BenchmarkEvent } from './benchmark-events';
import { benchmarkStyles } from '../benchmark.styles';
import { icon } from '../icons';
import { paperType } from '../paper-type.styles';
import { controls } from '../theme';

/**
 * Predictions that are there already, to be scored without a model.
 *
 * @event av-benchmark
 */
@customElement('av-benchmark-import')
@localized()
export class AvBenchmarkImport extends LitElement {
  static override styles = [
    controls,
    paperType,
    benchmarkStyles,
    css`
      .notice {
        padding: var(--space-3) var(--space-4);
        border-radius: var(--radius-m);
        background: var(--danger-tint);
      }
    `,
  ];

  /** The last files held no predictions. */
  @property({ type: Boolean }) empty = false;
  @property({ type: Boolean }) disabled = false;

  protected override render(): TemplateResult {
    return html`<div class="row">
        <label class="button browse">
          ${icon('upload')} ${msg('Score predictions you have')}
          <input
            id="import"
            type="file"
            multiple
            accept=".txt,.jsonl,.zip"
            ?disabled=${this.disabled}
            @change=${(event: Event) => this.#onFiles(event)}
          />
        </label>
        <p class="soft small">
          ${msg('A zip, .jsonl, or the .txt files of the release. No model is needed.')}
        </p>
      </div>
      ${
        this.empty
          ? html`<p class="notice" role="alert">${msg('No predictions were found in there.')}</p>`
          : nothing
      }`;
  }

  #onFiles({ target }: Event): void {
    const input = target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length > 0) this.dispatchEvent(new BenchmarkEvent({ to: 'import', files }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-import': AvBenchmarkImport;
  }
}
