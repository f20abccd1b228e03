import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Analysis, ModelInfo, Stage } from '../protocol/api';
import type { DoneRun, RunState } from '../state/state';
import { agreementWords, usedWords } from './answer-words';
import { countOf, isChanged } from '../clues/review';
import { EditEvent } from './events';
import { icon } from './icons';
import { labelWords } from './label-words';
import { controls } from './theme';
import { trustWords } from './trust-words';

/**
 * The count. While the model writes, it ticks up with the clues; the finished answer is what the
 * model said, until the visitor changes the evidence: then the count follows, and the model's own
 * stays beside it. A question outside the model's reach gets words, never a number of the model's.
 *
 * @event av-edit - back to the model's answer
 */
@localized()
@customElement('av-answer')
export class AvAnswer extends LitElement {
  static override styles = [
    controls,
    css`
      .question {
        color: var(--ink-soft);
        overflow-wrap: anywhere;
      }
      .count {
        position: relative;
        isolation: isolate;
        display: inline-block;
        min-width: 0.85em;
        margin-block: var(--space-3) var(--space-4);
        padding: 0.02em 0.16em 0.04em 0.12em;
        text-align: center;
        font-size: var(--text-count);
        font-weight: 700;
        line-height: 0.95;
        letter-spacing: -0.055em;
        font-variant-numeric: tabular-nums;
      }
      .final {
        color: var(--on-accent);
      }
      .final::before {
        content: '';
        position: absolute;
        inset: 0;
        z-index: -1;
        border-radius: 0.06em 0.1em 0.05em 0.09em;
        rotate: -1.4deg;
        background: var(--accent);
      }
      @media (prefers-reduced-motion: no-preference) {
        .final::before {
          animation: mark 180ms cubic-bezier(0.2, 0, 0, 1);
          transform-origin: left;
        }
        @keyframes mark {
          from {
            transform: scaleX(0);
          }
        }
      }
      @media (forced-colors: active) {
        .final {
          forced-color-adjust: none;
          color: HighlightText;
        }
        .final::before {
          background: Highlight;
        }
      }
      .tentative {
        color: var(--ink-soft);
        background: var(--sunken);
        border-radius: 0.06em 0.1em 0.05em 0.09em;
      }
      .note {
        color: var(--ink-soft);
        font-size: var(--text-s);
        text-wrap: pretty;
      }
      h2 {
        font-size: var(--text-xl);
        line-height: 1.2;
        letter-spacing: -0.02em;
        font-weight: 650;
        margin-block: var(--space-3);
        text-wrap: balance;
      }
      .words {
        text-wrap: pretty;
        margin-bottom: var(--space-4);
      }
      .by-hand {
        font-weight: 600;
        color: var(--ink);
      }
      .yours {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-2) var(--space-4);
        margin-bottom: var(--space-3);
      }
      .yours .button {
        font-size: var(--text-s);
        min-height: 2.25rem;
      }
      @media (pointer: coarse) {
        .yours .button {
          min-height: 2.75rem;
        }
      }
      ul {
        display: flex;
        margin-block: var(--space-2);
        flex-wrap: wrap;
        gap: var(--space-1) var(--space-2);
        font-size: var(--text-s);
      }
      li {
        padding: 0.15rem 0.65rem;
        border-radius: 999px;
        background: var(--sunken);
      }
    `,
  ];

  @property({ attribute: false }) run: RunState = { kind: 'idle' };
  @property({ attribute: false }) model: ModelInfo | null = null;
  /** The true count of a sample's own question; null for anything else. */
  @property({ attribute: false }) byHand: number | null = null;

  protected override render(): TemplateResult | typeof nothing {
    const { run } = this;
    if (run.kind === 'idle') return nothing;
    return html`
      <p class="question">${run.question}</p>
      ${this.#renderResult(run)}
    `;
  }

  #renderResult(run: Exclude<RunState, { kind: 'idle' }>): TemplateResult | typeof nothing {
    const found = run.clues.length;
    switch (run.kind) {
      case 'running':
        return run.progress?.stage === 'reason' || found > 0
          ? html`<p id="count" class="count tentative" data-state="running">${found}</p>
              <p class="note">${msg('found so far')}</p>`
          : html`<h2 id="stage">
              ${run.progress ? stageWords(run.progress.stage) : msg('Waiting for the model…')}
            </h2>`;
      case 'cancelled':
      case 'failed':
        return this.#renderCutShort(run);
      case 'done':
        return this.#renderDone(run);
    }
  }

  /** A run that ended early: what was found until then, as the visitor left it. */
  #renderCutShort(
    run: Extract<RunState, { kind: 'cancelled' | 'failed' }>,
  ): TemplateResult | typeof nothing {
    const { kind, review } = run;
    const changed = isChanged(review);
    const found = changed ? countOf(review, null) : run.clues.length;
    if (found === 0 && kind === 'failed' && !changed) return nothing;
    return html`<p id="count" class="count tentative" data-state=${kind}>${found}</p>
      ${changed ? this.#renderYours(run, msg(str`Your count. The model had found ${run.clues.length}.`)) : nothing}
      <p class="note">
        ${
          kind === 'failed'
            ? msg('Found before it stopped. This is not the whole count.')
            : msg('Found before you stopped. This is not the whole count.')
        }
      </p>`;
  }

  /** Beside the visitor's count: whose it is, and the way back. */
  #renderYours({ clues }: Exclude<RunState, { kind: 'idle' }>, words: string): TemplateResult {
    return html`<div class="yours">
      <p id="model-count" class="by-hand">${words}</p>
      <button
        id="reset"
        class="button"
        @click=${() => this.dispatchEvent(new EditEvent({ kind: 'reset', clues }))}
      >
        ${icon('restore')} ${msg("Back to the model's answer")}
      </button>
    </div>`;
  }

  /** The visitor's own count, where the model gave none. */
  #renderOwnCount(run: DoneRun, words: string): TemplateResult | typeof nothing {
    const { review, analysis } = run;
    if (!isChanged(review)) return nothing;
    const count = countOf(review, analysis.category);
    return html`<p id="count" class="count final" data-state="done">${count}</p>
      ${this.#renderYours(run, words)}`;
  }

  #renderDone(run: DoneRun): TemplateResult {
    const { analysis, review } = run;
    if (!analysis.covered) {
      return html`${this.#renderOwnCount(run, msg('Your count.'))}
      ${this.#renderNotCovered(analysis.answerText)}`;
    }
    if (analysis.count === null) {
      return html`${this.#renderOwnCount(run, msg('Your count. The model gave no number.'))}
        <h2 id="no-number">${msg('The model gave no number.')}</h2>
        <p class="words">
          ${analysis.unparsed ? msg('It answered, but not with a count. Its words are below.') : ''}
        </p>
        ${this.#renderAbout(analysis)}`;
    }
    const seconds = Object.values(analysis.timings).reduce((sum, ms) => sum + ms, 0) / 1000;
    const trust = this.model && trustWords(this.model, analysis);
    const changed = isChanged(review);
    const count = changed ? countOf(review, analysis.category) : analysis.count;
    return html`<p id="count" class="count final" data-state="done">${count}</p>
      ${
        changed
          ? this.#renderYours(run, msg(str`Your count. The model said ${analysis.count}.`))
          : nothing
      }
      ${
        this.byHand === null
          ? nothing
          : html`<p id="by-hand" class="by-hand">${msg(str`Counted by hand: ${this.byHand}`)}</p>`
      }
      <p class="note">
        ${evidenceWords(review.clues.length)}
        ${seconds > 0 ? msg(str`Took ${seconds.toFixed(1)} s.`) : nothing}
      </p>
      ${this.#renderAbout(analysis)}
      ${trust ? html`<p id="trust" class="note">${trust}</p>` : nothing}`;
  }

  /** What a reader must know beside the number. */
  #renderAbout(analysis: Analysis): TemplateResult {
    const agreement = agreementWords(analysis);
    return html`${agreement ? html`<p id="agreement" class="note">${agreement}</p>` : nothing}${
      analysis.used ? html`<p id="used" class="note">${usedWords(analysis.used)}</p>` : nothing
    }${
      this.model?.testWeights
        ? html`<p id="test-weights" class="note">
            ${msg('Test weights: the model is random numbers, and so is this answer.')}
          </p>`
        : nothing
    }`;
  }

  #renderNotCovered(words: string): TemplateResult {
    const reach = this.model?.reach;
    const lists = reach ? [reach.sound, reach.movement, reach.object] : [];
    const labels = lists.flatMap((all) => all.slice(0, 6));
    const total = lists.reduce((sum, all) => sum + all.length, 0);
    return html`<div id="not-covered">
      <h2>${msg('This model cannot count that.')}</h2>
      ${words ? html`<p class="words" lang="en">${words}</p>` : nothing}
      ${
        labels.length > 0
          ? html`<p class="note">${msg('What it can count:')}</p>
              <ul>
                ${labels.map((label) => html`<li>${labelWords(label)}</li>`)}
              </ul>
              ${
                total > labels.length
                  ? html`<p class="note">
                      ${msg(str`And ${total - labels.length} more, all listed below.`)}
                    </p>`
                  : nothing
              }`
          : nothing
      }
    </div>`;
  }
}

function stageWords(stage: Stage): string {
  const words: Record<Stage, string> = {
    probe: msg('Opening the file…'),
    listen: msg('Listening…'),
    look: msg('Looking…'),
    reason: msg('Reasoning…'),
  };
  return words[stage];
}

function evidenceWords(clues: number): string {
  if (clues === 0) return msg('Nothing of the kind was found.');
  return clues === 1 ? msg('One moment to check.') : msg(str`${clues} moments to check.`);
}

declare global {
  interface HTMLElementTagNameMap {
    'av-answer': AvAnswer;
  }
}
