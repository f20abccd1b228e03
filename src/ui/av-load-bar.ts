import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LoadProgress } from '../state/state';
import { formatBytes } from '../format-bytes';
import { formatWait } from './format';
import { bar, controls } from './theme';

function stageWords(stage: LoadProgress['stage']): string {
  const words: Record<LoadProgress['stage'], string> = {
    fetch: msg('Fetching the model'),
    verify: msg('Checking the files'),
    compile: msg('Preparing the model'),
    codec: msg('Preparing the video decoder'),
  };
  return words[stage];
}

/** How far a model is: one bar over all its files, and in words how much, how fast, how long yet. */
@localized()
@customElement('av-load-bar')
export class AvLoadBar extends LitElement {
  static override styles = [
    controls,
    bar,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
      }
      p {
        display: flex;
        flex-wrap: wrap;
        column-gap: var(--space-3);
        align-items: baseline;
      }
      .bar {
        height: 0.375rem;
      }
    `,
  ];

  @property({ attribute: false }) progress: LoadProgress | null = null;
  /** Of the model that is being loaded; empty for the one that the page starts with. */
  @property() name = '';

  protected override render(): TemplateResult {
    const { done = 0, total = 0, stage = 'fetch' } = this.progress ?? {};
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const words = stageWords(stage);
    return html`
      <p>
        <strong>${words}</strong>
        ${this.#figures ? html`<span class="soft small tabular">${this.#figures}</span>` : nothing}
      </p>
      <div
        class="bar"
        role="progressbar"
        aria-label=${this.name ? `${words}: ${this.name}` : words}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.round(share * 100)}
        aria-valuetext=${`${Math.round(share * 100)} %${this.#figures ? `, ${this.#figures}` : ''}`}
      >
        <i .style=${`--share:${share}`}></i>
      </div>
    `;
  }

  /** `1.2 of 5.0 GB · 34 MB/s · 2 min left`; only what is known, and only of bytes. */
  get #figures(): string {
    const { progress } = this;
    if (!progress || progress.total <= 1000) return '';
    const { stage, done, total, bytesPerSecond } = progress;
    if (stage !== 'fetch' && stage !== 'verify') return '';
    const moving = bytesPerSecond !== null && bytesPerSecond > 1000;
    return [
      msg(str`${formatBytes(done)} of ${formatBytes(total)}`),
      moving ? `${formatBytes(bytesPerSecond)}/s` : '',
      moving && done < total ? msg(str`${formatWait((total - done) / bytesPerSecond)} left`) : '',
    ]
      .filter(Boolean)
      .join(' · ');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-load-bar': AvLoadBar;
  }
}
