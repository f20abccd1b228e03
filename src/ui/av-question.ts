import { localized, msg } from '@lit/localize';
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Category } from '../clues/clue';
import type { ErrorCode } from '../errors';
import type { Draft } from '../state/state';
import { maxQuestionLength } from '../clues/question';
import { errorText } from './error-text';
import { AskEvent, DraftEvent, StopEvent } from './events';
import { icon } from './icons';
import { controls } from './theme';

/** Half a word is no question: what is typed is looked at when the fingers rest. */
const pauseMs = 350;

/**
 * The question: a text box, a few suggestions, and one button that asks or stops. An empty or too
 * long question is answered on the spot, so that it does not clear the result on the screen.
 *
 * @slot - what stands in the place of the suggestions while a run goes on
 * @event av-ask
 * @event av-stop
 */
@localized()
@customElement('av-question')
export class AvQuestion extends LitElement {
  /** Focus on the element is focus on the box. */
  static override shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };
  static override styles = [
    controls,
    css`
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--space-2);
        align-items: end;
        padding: var(--space-2);
        border: 1.5px solid var(--line-strong);
        border-radius: var(--radius-l);
        background: var(--surface);
        box-shadow: var(--shadow);
        transition: border-color var(--quick);
      }
      form:focus-within {
        border-color: var(--focus);
        outline: 1.5px solid var(--focus);
      }
      textarea {
        grid-area: 1 / 1;
        font: 500 var(--text-l) / 1.4 var(--font);
        color: var(--ink);
        background: none;
        border: 0;
        outline: 0;
        resize: none;
        width: 100%;
        min-height: 2.75rem;
        max-height: 9rem;
        padding: 0.5rem var(--space-3);
        field-sizing: content;
      }
      textarea:focus-visible {
        outline: 0;
      }
      textarea::placeholder {
        color: var(--ink-soft);
        opacity: 1;
        font-weight: 400;
      }
      .stop svg {
        fill: currentColor;
        width: 0.9em;
        height: 0.9em;
      }
      .problem {
        display: flex;
        gap: var(--space-2);
        margin: var(--space-3) var(--space-2) 0;
        color: var(--danger);
        font-size: var(--text-s);
        font-weight: 550;
      }
      .reach {
        display: flex;
        gap: var(--space-2);
        margin: var(--space-3) var(--space-2) 0;
        color: var(--ink-soft);
        font-size: var(--text-s);
        text-wrap: pretty;
      }
      .reach .icon {
        margin-top: 0.15em;
      }
      .suggestions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        margin-top: var(--space-3);
      }
      .suggestion {
        min-height: 2.25rem;
        padding: var(--space-1) var(--space-3);
        text-align: start;
        border-radius: var(--radius-l);
        border: 1px solid var(--line);
        background: var(--surface);
        font-size: var(--text-s);
        transition: border-color var(--quick);
      }
      .suggestion:hover {
        border-color: var(--ink);
      }
      @media (max-width: 40rem) {
        .suggestions {
          flex-wrap: nowrap;
          overflow-x: auto;
          margin-inline: calc(-1 * var(--gutter, 0px));
          padding-inline: var(--gutter, 0px);
          scroll-padding-inline: var(--gutter, 0px);
          scroll-snap-type: x proximity;
          scrollbar-width: none;
        }
        .suggestions li {
          flex: none;
          scroll-snap-align: start;
        }
      }
      @media (pointer: coarse) {
        .suggestion {
          min-height: 2.75rem;
        }
      }
    `,
  ];

  /** What the box starts with; a new value replaces what stands there. */
  @property() value = '';
  @property({ attribute: false }) suggestions: readonly string[] = [];
  @property({ type: Boolean }) running = false;

  /** Whether the model can count what stands in the box; null where that is unknown. */
  @property({ attribute: false }) draft: Draft | null = null;

  /** What is to be known before one asks; stands under the box. */
  @property() hint = '';

  @state() private problem: ErrorCode | null = null;
  @query('textarea') private box!: HTMLTextAreaElement;
  #pause: ReturnType<typeof setTimeout> | undefined;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('value')) {
      this.box.value = this.value;
      this.problem = null;
    }
  }

  protected override render(): TemplateResult {
    const { problem } = this;
    const suggestions = this.suggestions.filter((text) => text !== this.value);
    return html`
      <form @submit=${this.#onSubmit} aria-label=${msg('Question')}>
        <label class="visually-hidden" for="question">${msg('Your counting question')}</label>
        <textarea
          id="question"
          rows="1"
          placeholder=${msg('How many…?')}
          aria-invalid=${problem ? 'true' : 'false'}
          aria-describedby=${problem ? 'problem' : this.hint ? 'hint' : nothing}
          enterkeyhint="go"
          autocomplete="off"
          @keydown=${this.#onKeydown}
          @input=${this.#onInput}
        ></textarea>
        ${
          this.running
            ? html`<button id="stop" type="button" class="button stop" @click=${this.#stop}>
                ${icon('stop')} ${msg('Stop')}
              </button>`
            : html`<button id="ask" type="submit" class="button primary">
                ${msg('Count')} ${icon('arrowRight')}
              </button>`
        }
      </form>
      <div role="alert">
        ${
          problem
            ? html`<p id="problem" class="problem" data-code=${problem}>
                ${icon('triangleAlert')}
                <span>${errorText(problem).title}. ${errorText(problem).hint}</span>
              </p>`
            : nothing
        }
      </div>
      ${this.hint ? html`<p id="hint" class="reach">${this.hint}</p>` : nothing}
      ${this.#renderReach()}
      <slot></slot>
      ${
        suggestions.length === 0 || this.running
          ? nothing
          : html`<ul class="suggestions" aria-label=${msg('Suggested questions')}>
              ${suggestions.map(
                (text) =>
                  html`<li>
                    <button
                      type="button"
                      class="suggestion"
                      lang="en"
                      @click=${() => this.#ask(text)}
                    >
                      ${text}
                    </button>
                  </li>`,
              )}
            </ul>`
      }
    `;
  }

  /** Says while the visitor types what would only disappoint later. */
  #renderReach(): TemplateResult {
    const { draft } = this;
    const stands = draft && this.box?.value.trim() === draft.question && !this.running;
    return html`<div role="status">
      ${
        stands
          ? html`<p id="reach" class="reach" data-covered=${draft.reach.covered}>
              ${icon(draft.reach.covered ? 'check' : 'triangleAlert')}
              <span
                >${
                  draft.reach.covered
                    ? coveredWords(draft.reach.category ?? 'event')
                    : html`<span lang="en">${draft.reach.reason}</span>`
                }</span
              >
            </p>`
          : nothing
      }
    </div>`;
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#ask(this.box.value);
  }

  #onInput(): void {
    this.problem = null;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.dispatchEvent(new DraftEvent(this.box.value)), pauseMs);
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    this.#ask(this.box.value);
  }

  #ask(text: string): void {
    const question = text.trim();
    this.box.value = question;
    if (question === '') this.problem = 'question-empty';
    else if (question.length > maxQuestionLength) this.problem = 'question-too-long';
    else this.problem = null;
    if (this.problem) this.box.focus();
    else this.dispatchEvent(new AskEvent(question));
  }

  #stop(): void {
    this.dispatchEvent(new StopEvent());
    // The button is about to become another one; the box keeps the keyboard's place.
    this.box.focus();
  }
}

function coveredWords(category: Category): string {
  const words: Record<Category, string> = {
    event: msg('This model can count that: moments, one by one.'),
    object: msg('This model can count that: things, each one once.'),
    attribute: msg('This model can count that: how many kinds there are.'),
  };
  return words[category];
}

declare global {
  interface HTMLElementTagNameMap {
    'av-question': AvQuestion;
  }
}
