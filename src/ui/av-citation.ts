import { localized, msg } from '@lit/localize';
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { icon } from './icons';
import { paperType } from './paper-type.styles';
import { controls } from './theme';

export const bibtex = `@misc{lu2025avreasoner,
  title         = {{AV-Reasoner}: Improving and Benchmarking Clue-Grounded
                   Audio-Visual Counting for {MLLMs}},
  author        = {Lu, Lidong and Chen, Guo and Li, Zhiqi and Liu, Yicheng and Lu, Tong},
  year          = {2025},
  eprint        = {2506.05328},
  archivePrefix = {arXiv},
  url           = {https://arxiv.org/abs/2506.05328}
}`;

/** How long the button says that it has copied. */
const copiedMs = 2500;

/** The paper's BibTeX entry, to copy. */
@customElement('av-citation')
@localized()
export class AvCitation extends LitElement {
  static override styles = [
    controls,
    paperType,
    css`
      :host {
        position: relative;
      }
      pre {
        margin: 0;
        padding: var(--space-4) var(--space-5);
        padding-inline-end: 8rem;
        border-radius: var(--radius-m);
        background: var(--sunken);
        font: var(--text-s) / 1.65 var(--font-mono);
        overflow-x: auto;
        scrollbar-width: thin;
      }
      .button {
        position: absolute;
        inset: var(--space-3) var(--space-3) auto auto;
        min-height: 2.5rem;
        padding-inline: var(--space-3) var(--space-4);
        background: var(--sunken);
        font-size: var(--text-s);
      }
      .button:hover {
        background: var(--surface);
      }
      @media (pointer: coarse) {
        .button {
          min-height: 2.75rem;
        }
      }
      @media (max-width: 40rem) {
        .button {
          position: static;
          margin-bottom: var(--space-3);
        }
        pre {
          padding: var(--space-4);
        }
      }
    `,
  ];

  @state() private outcome: 'none' | 'copied' | 'selected' = 'none';
  @query('code') private code!: HTMLElement;
  #timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render(): TemplateResult {
    const isCopied = this.outcome === 'copied';
    return html`
      <button id="copy" class="button" @click=${this.#copy}>
        ${icon(isCopied ? 'check' : 'copy')} ${isCopied ? msg('Copied') : msg('Copy')}
        <span class="visually-hidden">${isCopied ? '' : msg('the BibTeX entry')}</span>
      </button>
      <pre role="region" tabindex="0" aria-label="BibTeX"><code>${bibtex}</code></pre>
      <p class="visually-hidden" role="status">${this.#said}</p>
    `;
  }

  get #said(): string {
    if (this.outcome === 'copied') return msg('The BibTeX entry is on the clipboard.');
    return this.outcome === 'selected' ? msg('Copying is not allowed; the entry is selected.') : '';
  }

  async #copy(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await navigator.clipboard.writeText(bibtex);
      this.outcome = 'copied';
    } catch {
      // Without leave to write, the visitor's own copy command finds the text selected.
      getSelection()?.selectAllChildren(this.code);
      this.outcome = 'selected';
    }
    this.#timer = window.setTimeout(() => (this.outcome = 'none'), copiedMs);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-citation': AvCitation;
  }
}
