import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { countOf, isChanged } from '../clues/review';
import type { HistoryEntry } from '../state/state';
import { RevisitEvent } from './events';
import { labelWords } from './label-words';
import { controls } from './theme';

/**
 * The answers of this visit, the newest first. They go when the page closes.
 *
 * @event av-revisit
 */
@localized()
@customElement('av-history')
export class AvHistory extends LitElement {
  static override styles = [
    controls,
    css`
      section {
        padding-block: var(--space-6);
        border-top: 1px solid var(--line);
      }
      h2 {
        margin-bottom: var(--space-4);
        font-size: var(--text-l);
        font-weight: 650;
        letter-spacing: -0.015em;
      }
      ol {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr));
        gap: var(--space-3);
      }
      button {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: var(--space-3);
        width: 100%;
        min-height: 3.5rem;
        padding: var(--space-3);
        text-align: start;
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--surface);
        transition: border-color var(--quick);
      }
      button:hover {
        border-color: var(--ink);
      }
      .number {
        min-width: 1.6em;
        padding: 0.1em 0.3em;
        border-radius: var(--radius-s);
        background: var(--accent);
        color: var(--on-accent);
        font-size: var(--text-xl);
        font-weight: 700;
        line-height: 1.25;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }
      .none {
        background: var(--sunken);
        color: var(--ink-soft);
      }
      .words,
      .words span {
        display: block;
        overflow: hidden;
        white-space: nowrap;
        text-overflow: ellipsis;
      }
      .words strong {
        font-weight: 550;
      }
    `,
  ];

  @property({ attribute: false }) entries: readonly HistoryEntry[] = [];

  protected override render(): TemplateResult | typeof nothing {
    // One answer is on the screen already.
    if (this.entries.length < 2) return nothing;
    return html`<section aria-labelledby="history-title">
      <h2 id="history-title">${msg('This visit')}</h2>
      <ol id="history">
        ${this.entries.map((entry) => this.#renderEntry(entry))}
      </ol>
    </section>`;
  }

  #renderEntry(entry: HistoryEntry): TemplateResult {
    const { video, run } = entry;
    const { analysis, review } = run;
    const count = isChanged(review) ? countOf(review, analysis.category) : analysis.count;
    return html`<li>
      <button @click=${() => this.dispatchEvent(new RevisitEvent(entry))}>
        <span class="number ${count === null ? 'none' : ''}">${count ?? '–'}</span>
        <span class="words">
          <strong>${run.question}</strong>
          <span class="soft small">${labelWords(video.title)}</span>
        </span>
        <span class="visually-hidden">${msg('Show this answer again')}</span>
      </button>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-history': AvHistory;
  }
}
