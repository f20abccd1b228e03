import { localized, msg } from '@lit/localize';
import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { controls } from './theme';

/** What the model writes, as it writes it. Open while it writes; the visitor may fold it. */
@localized()
@customElement('av-thinking')
export class AvThinking extends LitElement {
  static override styles = [
    controls,
    css`
      details {
        border: 1px solid var(--line);
        border-radius: var(--radius-m);
        background: var(--sunken);
      }
      summary {
        padding: var(--space-3) var(--space-4);
        min-height: 2.75rem;
        cursor: pointer;
        font-size: var(--text-s);
        font-weight: 600;
        border-radius: var(--radius-m);
      }
      summary::marker {
        color: var(--ink-soft);
      }
      pre {
        margin: 0;
        padding: 0 var(--space-4) var(--space-4);
        max-height: 13rem;
        overflow: auto;
        font: 0.8125rem/1.65 var(--font-mono);
        color: var(--ink-soft);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        scrollbar-width: thin;
        scrollbar-color: var(--line-strong) transparent;
      }
      .writing::after {
        content: '';
        display: inline-block;
        width: 0.55em;
        height: 1.1em;
        margin-left: 0.15em;
        vertical-align: text-bottom;
        background: var(--accent);
        outline: 1px solid var(--ink);
      }
    `,
  ];

  @property() text = '';
  @property({ type: Boolean }) writing = false;
  @query('pre') private page!: HTMLPreElement;
  @query('details') private fold!: HTMLDetailsElement;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('writing')) this.fold.open = this.writing;
    if (changed.has('text') && this.writing) this.page.scrollTop = this.page.scrollHeight;
  }

  protected override render(): TemplateResult {
    return html`<details>
      <summary>${this.writing ? msg('Thinking') : msg('How it got there')}</summary>
      <pre
        id="thinking"
        lang="en"
        tabindex="0"
        role="region"
        aria-label=${msg('What the model wrote')}
        class=${this.writing ? 'writing' : ''}
      >
${withoutTags(this.text)}</pre>
    </details>`;
  }
}

/** The words without `<think>`, `<answer>` and a tag that has only half arrived. */
function withoutTags(text: string): string {
  return text
    .replace(/<\/?(think|answer)>/g, '')
    .replace(/<[/a-z]*$/, '')
    .trim();
}

declare global {
  interface HTMLElementTagNameMap {
    'av-thinking': AvThinking;
  }
}
