import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Annotation, Modality } from '../../benchmark/annotations';
import { settings, type Setting } from '../../benchmark/settings';
import { everything, isInSubset, type Subset } from '../../benchmark/subset';
import type { Category } from '../../clues/clue';
import { BenchmarkEvent, type BenchmarkWish } from './benchmark-events';
import { categoryName, modalityName, settingName, settingNote } from './benchmark-words';
import { benchmarkStyles } from '../benchmark.styles';
import { paperType } from '../paper-type.styles';
import { controls } from '../theme';

const categories: readonly Category[] = ['object', 'event', 'attribute'];
const modalities: readonly Modality[] = ['V', 'A', 'AV', 'A2V', 'V2A'];

/**
 * How the questions are asked, and which of them.
 *
 * @event av-benchmark
 */
@customElement('av-benchmark-setup')
@localized()
export class AvBenchmarkSetup extends LitElement {
  static override styles = [
    controls,
    paperType,
    benchmarkStyles,
    css`
      .settings {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
        gap: var(--space-3);
      }
      .settings label {
        position: relative;
        display: grid;
        align-content: start;
        gap: var(--space-1);
        padding: var(--space-4);
        border: 1.5px solid var(--line-strong);
        border-radius: var(--radius-m);
        cursor: pointer;
        transition: background var(--quick);
      }
      .settings label:hover {
        background: var(--sunken);
      }
      .settings label:has(:checked) {
        border-color: var(--ink);
        box-shadow: inset 0 0 0 1px var(--ink);
        background: var(--surface);
      }
      .settings label:has(:focus-visible) {
        outline: 2.5px solid var(--focus);
        outline-offset: 2px;
      }
      .settings input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      .settings b {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        font-weight: 650;
      }
      .settings b::before {
        content: '';
        flex: none;
        width: 0.9rem;
        height: 0.9rem;
        border: 1.5px solid var(--line-strong);
        border-radius: 50%;
      }
      .settings label:has(:checked) b::before {
        border: 0.28rem solid var(--ink);
        background: var(--accent);
        forced-color-adjust: none;
      }
      .settings small {
        font-size: var(--text-s);
        color: var(--ink-soft);
        text-wrap: pretty;
      }
      .filters {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
        gap: var(--space-4) var(--space-5);
      }
      .left {
        font-weight: 550;
      }
    `,
  ];

  @property({ attribute: false }) annotations: readonly Annotation[] = [];
  @property({ attribute: false }) setting: Setting = 'long';
  @property({ attribute: false }) thinks = false;
  /** Whether the model is asked in words, and so may think first. */
  @property({ type: Boolean }) reasons = false;
  /** While a run goes on. */
  @property({ type: Boolean }) disabled = false;
  @property({ attribute: false }) subset: Subset = everything;

  protected override render(): TemplateResult {
    return html`
      <fieldset ?disabled=${this.disabled}>
        <legend>${msg('Setting')}</legend>
        <div class="settings">
          ${settings.map(
            (setting) =>
              html`<label>
                <input
                  type="radio"
                  name="setting"
                  value=${setting}
                  .checked=${setting === this.setting}
                  @change=${() => this.#wish({ to: 'set-setting', setting })}
                />
                <b>${settingName(setting)}</b>
                <small>${settingNote(setting)}</small>
              </label>`,
          )}
        </div>
      </fieldset>
      ${
        this.reasons
          ? html`<label class="switch">
              <input
                id="thinks"
                ?disabled=${this.disabled}
                type="checkbox"
                role="switch"
                .checked=${this.thinks}
                @change=${() => this.#wish({ to: 'set-thinks', thinks: !this.thinks })}
              />
              <span>${msg('Let the model think before it answers')}</span>
            </label>`
          : nothing
      }
      ${this.#renderSubset()}
    `;
  }

  #renderSubset(): TemplateResult {
    const { subset, annotations } = this;
    const left = annotations.filter((one) => isInSubset(one, subset)).length;
    const present = <T>(all: readonly T[], of: (one: Annotation) => T): T[] =>
      all.filter((value) => annotations.some((one) => of(one) === value));
    return html`<div class="filters">
        ${this.#renderChips(
          msg('What is counted'),
          present(categories, ({ category }) => category),
          subset.categories,
          categoryName,
          (list) => this.#narrow({ categories: list }),
        )}
        ${this.#renderChips(
          msg('By which sense'),
          present(modalities, ({ modality }) => modality),
          subset.modalities,
          (modality) => modality,
          (list) => this.#narrow({ modalities: list }),
          modalityName,
        )}
        <fieldset ?disabled=${this.disabled}>
          <legend>${msg('True count')}</legend>
          <div class="row">
            ${this.#renderBound('least', msg('from'))} ${this.#renderBound('most', msg('to'))}
          </div>
        </fieldset>
      </div>
      <p id="left" class="left tabular" role="status">
        ${msg(str`${left} of ${annotations.length} questions`)}
      </p>`;
  }

  #renderChips<T extends string>(
    title: string,
    all: readonly T[],
    chosen: readonly T[],
    name: (value: T) => string,
    change: (list: readonly T[]) => void,
    note: (value: T) => string = name,
  ): TemplateResult {
    const toggle = (value: T): void =>
      change(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
    return html`<fieldset ?disabled=${this.disabled}>
      <legend>${title}</legend>
      <div class="segments">
        ${all.map(
          (value) =>
            html`<label title=${note(value)}
              ><input
                type="checkbox"
                value=${value}
                aria-label=${note(value)}
                .checked=${chosen.includes(value)}
                @change=${() => toggle(value)}
              /><span>${name(value)}</span></label
            >`,
        )}
      </div>
    </fieldset>`;
  }

  #renderBound(bound: 'least' | 'most', words: string): TemplateResult {
    return html`<label class="field">
      ${words}
      <input
        id=${bound}
        type="number"
        min="0"
        inputmode="numeric"
        placeholder=${bound === 'least' ? '0' : '∞'}
        .value=${String(this.subset[bound] ?? '')}
        @change=${({ target }: Event) => {
          const { value } = target as HTMLInputElement;
          this.#narrow({ [bound]: value === '' ? null : Number(value) });
        }}
      />
    </label>`;
  }

  #narrow(changes: Partial<Subset>): void {
    this.#wish({ to: 'set-subset', subset: { ...this.subset, ...changes } });
  }

  #wish(wish: BenchmarkWish): void {
    this.dispatchEvent(new BenchmarkEvent(wish));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-setup': AvBenchmarkSetup;
  }
}
