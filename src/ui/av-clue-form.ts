import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { adjusted, timesProblem, type TimesProblem } from '../clues/adjust';
import type { Clue } from '../clues/clue';
import { clueSpan } from '../clues/clue-time';
import type { ReviewedClue } from '../clues/review';
import { EditEvent } from './events';
import { formatTime } from './format';
import { controls } from './theme';

type Problem = TimesProblem | 'no-label';

/**
 * A clue's times and label as numbers and words. Saves as one edit.
 *
 * @event av-edit
 * @event av-form-close - saved or given up; for the list around it
 */
@localized()
@customElement('av-clue-form')
export class AvClueForm extends LitElement {
  static override styles = [
    controls,
    css`
      form {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-2) var(--space-3);
        padding: var(--space-1) var(--space-3) var(--space-3);
      }
      label {
        display: grid;
        gap: 0.15rem;
        font-size: var(--text-s);
        color: var(--ink-soft);
        min-width: 0;
      }
      .wide {
        grid-column: 1 / -1;
      }
      input {
        font: inherit;
        font-size: var(--text-m);
        color: var(--ink);
        background: var(--surface);
        border: 1.5px solid var(--line-strong);
        border-radius: var(--radius-s);
        padding: 0 var(--space-3);
        height: 2.75rem;
        width: 100%;
        min-width: 0;
        font-variant-numeric: tabular-nums;
      }
      [aria-invalid='true'] {
        border-color: var(--danger);
      }
      .problem {
        color: var(--danger);
        font-size: var(--text-s);
      }
      .buttons {
        display: flex;
        gap: var(--space-2);
      }
      .button {
        min-height: 2.5rem;
        font-size: var(--text-s);
      }
      @media (pointer: coarse) {
        .button {
          min-height: 2.75rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) clue!: ReviewedClue;
  @property({ attribute: false }) endSeconds = 0;

  @state() private problem: Problem | null = null;
  @query('#from') private fromInput!: HTMLInputElement;
  @query('#to') private toInput!: HTMLInputElement | null;
  @query('#label') private labelInput!: HTMLInputElement;

  override focus(): void {
    void this.updateComplete.then(() => this.fromInput.select());
  }

  protected override render(): TemplateResult {
    const { clue } = this.clue;
    const [from, to] = clueSpan(clue);
    const isEvent = clue.kind === 'event';
    return html`<form
      novalidate
      aria-label=${msg('Change the clue')}
      @submit=${this.#onSubmit}
      @keydown=${this.#onKeydown}
    >
      ${this.#renderTime('from', isEvent ? msg('Start, in seconds') : msg('First seen, in seconds'), from)}
      ${isEvent ? this.#renderTime('to', msg('End, in seconds'), to) : nothing}
      <label class="wide">
        ${msg('What it is')}
        <input
          id="label"
          type="text"
          maxlength="80"
          autocomplete="off"
          .value=${clue.label}
          aria-invalid=${this.problem === 'no-label'}
          aria-describedby="problem"
        />
      </label>
      <p id="problem" class="problem wide" role="alert" data-problem=${this.problem ?? nothing}>
        ${this.problem ? this.#problemWords(this.problem) : nothing}
      </p>
      <div class="buttons wide">
        <button id="save" class="button primary" type="submit">${msg('Save')}</button>
        <button id="cancel" class="button" type="button" @click=${() => this.#close()}>
          ${msg('Cancel')}
        </button>
      </div>
    </form>`;
  }

  #renderTime(id: 'from' | 'to', words: string, seconds: number): TemplateResult {
    const isWrong = this.problem !== null && this.problem !== 'no-label';
    return html`<label class=${this.clue.clue.kind === 'event' ? '' : 'wide'}>
      ${words}
      <input
        id=${id}
        type="text"
        inputmode="decimal"
        autocomplete="off"
        .value=${String(Math.round(seconds * 1000) / 1000)}
        aria-invalid=${isWrong}
        aria-describedby="problem"
      />
    </label>`;
  }

  #problemWords(problem: Problem): string {
    switch (problem) {
      case 'not-a-time':
        return msg('Write the times as seconds, such as 12.5.');
      case 'end-before-start':
        return msg('The end lies before the start.');
      case 'outside':
        return msg(str`The clip goes from 0 to ${formatTime(this.endSeconds)}, in minutes.`);
      case 'no-label':
        return msg('Say what it is.');
    }
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    const from = secondsOf(this.fromInput.value);
    const to = this.toInput ? secondsOf(this.toInput.value) : from;
    const label = this.labelInput.value.trim();
    this.problem = timesProblem(from, to, this.endSeconds) ?? (label === '' ? 'no-label' : null);
    if (this.problem) {
      const wrong = this.problem === 'no-label' ? this.labelInput : this.fromInput;
      wrong.focus();
      return;
    }
    const { id, clue } = this.clue;
    const changed = withTimes({ ...clue, label }, from, to, this.endSeconds);
    if (JSON.stringify(changed) !== JSON.stringify(clue)) {
      this.dispatchEvent(new EditEvent({ kind: 'change', id, clue: changed }));
    }
    this.#close();
  }

  #onKeydown(event: KeyboardEvent): void {
    // The list and the player have keys of their own; a letter in a field is a letter.
    event.stopPropagation();
    if (event.key === 'Escape') this.#close();
  }

  #close(): void {
    this.dispatchEvent(new Event('av-form-close', { bubbles: true }));
  }
}

/** Takes a decimal comma as well. */
function secondsOf(text: string): number {
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' ? NaN : Number(trimmed);
}

function withTimes(clue: Clue, from: number, to: number, endSeconds: number): Clue {
  if (clue.kind === 'event') return { ...clue, startSeconds: from, endSeconds: to };
  return from === clue.timestampSeconds ? clue : adjusted(clue, 'start', from, endSeconds);
}

declare global {
  interface HTMLElementTagNameMap {
    'av-clue-form': AvClueForm;
  }
}
