import { localized, msg } from '@lit/localize';
import { LitElement, html, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { dialogStyles } from './dialog.styles';
import { shortcutsStyles } from './av-shortcuts.styles';
import { icon } from './icons';
import { areShortcutsOn, keyCaps, switchShortcuts, type KeyNotes } from './shortcuts';
import { controls } from './theme';

/** What the keys do, in a dialog, with a switch for all of them. */
@localized()
@customElement('av-shortcuts')
export class AvShortcuts extends LitElement {
  static override styles = [controls, dialogStyles, shortcutsStyles];

  @state() private groups: readonly KeyNotes[] = [];
  @query('dialog') private dialog!: HTMLDialogElement;

  open(groups: readonly KeyNotes[]): void {
    this.groups = groups;
    if (!this.dialog.open) this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    const isOn = areShortcutsOn();
    return html`<dialog
      aria-labelledby="heading"
      @click=${(event: Event) => {
        // The backdrop belongs to the dialog, its content lies in the frame inside.
        if (event.target === this.dialog) this.dialog.close();
      }}
    >
      <div class="frame">
        <header>
          <h2 id="heading">${msg('Keyboard shortcuts')}</h2>
          <button
            id="close"
            class="icon-button"
            aria-label=${msg('Close')}
            @click=${() => this.dialog.close()}
          >
            ${icon('close')}
          </button>
        </header>
        <label class="switch">
          <input
            id="on"
            type="checkbox"
            role="switch"
            .checked=${isOn}
            @change=${(event: Event) => {
              switchShortcuts((event.target as HTMLInputElement).checked);
              this.requestUpdate();
            }}
          />
          <span>
            <strong>${msg('Use these keys')}</strong>
            <span class="soft small">
              ${msg('Switch them off if you speak to your computer, or press keys by accident.')}
            </span>
          </span>
        </label>
        <div class="groups ${isOn ? '' : 'off'}">
          ${this.groups.map((group) => this.#renderGroup(group))}
        </div>
      </div>
    </dialog>`;
  }

  #renderGroup({ words, shortcuts }: KeyNotes): TemplateResult {
    return html`<section>
      <h3>${words}</h3>
      <dl>
        ${shortcuts.map(
          (shortcut) =>
            html`<div>
              <dt>${shortcut.words}</dt>
              <dd>${keyCaps(shortcut).map((cap) => html`<kbd>${cap}</kbd>`)}</dd>
            </div>`,
        )}
      </dl>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-shortcuts': AvShortcuts;
  }
}
