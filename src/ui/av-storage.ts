import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { formatBytes } from '../format-bytes';
import {
  deviceStorage,
  type DeviceStorage,
  type StorageReport,
  type StoredItem,
} from '../state/storage';
import { storageStyles } from './av-storage.styles';
import { StorageChangedEvent } from './events';
import { icon } from './icons';
import { controls } from './theme';

const kindIcons = {
  app: 'appWindow',
  samples: 'film',
  model: 'layers',
  runs: 'table',
  other: 'hardDrive',
} as const;

/**
 * What this page keeps on this device, and how to get rid of it.
 *
 * @event av-storage-changed - something was deleted
 */
@localized()
@customElement('av-storage')
export class AvStorage extends LitElement {
  static override styles = [controls, storageStyles];

  /** The device; a test hands in another. */
  @property({ attribute: false }) storage: DeviceStorage = deviceStorage;

  /** Null until it has been read. */
  @state() private report: StorageReport | null = null;
  /** Id of the item whose deletion waits for a second click. */
  @state() private doomed = '';
  @state() private isBusy = false;
  /** What the last click came to; for the eye and for a screen reader. */
  @state() private outcome: 'none' | 'deleted' | 'in-use' | 'promised' | 'not-promised' = 'none';
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('#outcome') private outcomeLine!: HTMLElement;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.refresh();
  }

  /** Looks again. */
  async refresh(): Promise<void> {
    this.report = await this.storage.read();
  }

  protected override render(): TemplateResult {
    const { report } = this;
    return html`
      <div class="page" aria-busy=${report ? 'false' : 'true'}>
        <h1>${msg('Kept on this device')}</h1>
        <p class="lead">
          ${msg('So that the next visit is quick and needs no network. Your own videos are never among it, and nothing here was ever sent anywhere.')}
        </p>
        ${report ? this.#renderReport(report) : html`<p class="soft">${msg('Looking…')}</p>`}
        <p id="outcome" class="outcome" role="status" tabindex="-1">${this.#outcomeWords}</p>
      </div>
    `;
  }

  #renderReport(report: StorageReport): TemplateResult {
    const { items } = report;
    const total = items.reduce((sum, { bytes }) => sum + bytes, 0);
    return html`
      ${this.#renderTotal(report, total)}
      ${
        items.length === 0
          ? html`<p class="empty">
              ${icon('check')}
              ${msg('Nothing is kept here. The next visit fetches all of it anew.')}
            </p>`
          : html`<ul aria-label=${msg('What is kept')}>
              ${repeat(
                items,
                ({ id }) => id,
                (item) => this.#renderItem(item, total),
              )}
            </ul>`
      }
      ${this.#renderPromise(report)}
      ${
        items.length > 0
          ? html`<section class="end" aria-labelledby="all-title">
              <div>
                <h2 id="all-title">${msg('Start over')}</h2>
                <p class="soft">
                  ${msg('Takes everything above off this device. The page itself stays open.')}
                </p>
              </div>
              <button id="delete-all" class="button" @click=${() => this.dialog.showModal()}>
                ${icon('trash')} ${msg('Delete everything')}
              </button>
            </section>`
          : nothing
      }
      ${this.#renderDialog(total)}
    `;
  }

  #renderTotal({ items, usedBytes, quotaBytes }: StorageReport, total: number): TemplateResult {
    return html`<div class="total">
      <p class="figure tabular">${formatBytes(total)}</p>
      <p class="soft small tabular">
        ${
          usedBytes !== null && quotaBytes !== null
            ? msg(
                str`The browser counts ${formatBytes(usedBytes)} for this site and would give it up to ${formatBytes(quotaBytes)}.`,
              )
            : msg('This browser does not say how much it would give this site.')
        }
      </p>
      ${
        total > 0
          ? html`<div class="parts" aria-hidden="true">
              ${items.map(
                ({ id, kind, bytes }) =>
                  html`<i
                    class=${kind}
                    data-part=${id}
                    .style=${`flex-grow:${bytes / total}`}
                  ></i>`,
              )}
            </div>`
          : nothing
      }
    </div>`;
  }

  #renderItem(item: StoredItem, total: number): TemplateResult {
    const { id, kind, bytes, isWhole } = item;
    const name = this.#nameOf(item);
    const isDoomed = this.doomed === id;
    const share = total > 0 ? Math.round((100 * bytes) / total) : 0;
    return html`<li data-item=${id} data-kind=${kind}>
      <span class="sign ${kind}">${icon(kindIcons[kind])}</span>
      <div class="what">
        <h2>${name} ${isWhole ? nothing : html`<span class="chip">${msg('A part')}</span>`}</h2>
        <p class="soft small">${this.#describe(item)}</p>
      </div>
      <p class="size tabular">
        ${formatBytes(bytes)}<span class="soft small"> ${msg(str`${share} %`)}</span>
      </p>
      <button
        class="button quiet"
        data-do="delete"
        aria-label=${isDoomed ? msg(str`Really delete: ${name}`) : msg(str`Delete: ${name}`)}
        ?disabled=${this.isBusy}
        @blur=${() => (this.doomed = '')}
        @click=${() => this.#onDelete(id)}
      >
        ${icon('trash')} ${isDoomed ? msg('Really delete?') : msg('Delete')}
      </button>
    </li>`;
  }

  #nameOf({ kind, title }: StoredItem): string {
    switch (kind) {
      case 'app':
        return msg('This page');
      case 'samples':
        return msg('Sample clips');
      case 'model':
        return title ? msg(str`Model ${title}`) : msg('Leftovers of models');
      case 'runs':
        return msg('Benchmark runs');
      case 'other':
        return msg('Other files');
    }
  }

  #describe({ kind, files, origin }: StoredItem): string {
    const count = files === 1 ? msg('1 file') : msg(str`${files} files`);
    switch (kind) {
      case 'app':
        return msg(str`Its parts, the video decoder and the model runtime, ${count}`);
      case 'samples':
        return msg(str`Those that you have opened, ${count}`);
      case 'model':
        return origin ? msg(str`From ${origin}, ${count}`) : count;
      case 'runs':
        return msg(str`Answers and scores, ${count}`);
      case 'other':
        return count;
    }
  }

  #renderPromise({ persisted }: StorageReport): TemplateResult {
    return html`<section class="promise" aria-labelledby="promise-title">
      ${icon(persisted ? 'shieldCheck' : 'hardDrive')}
      <div>
        <h2 id="promise-title">
          ${persisted ? msg('The browser keeps it for you') : msg('The browser may clear it')}
        </h2>
        <p class="soft">
          ${
            persisted
              ? msg('It goes only when you delete it, here or in the browser’s own settings.')
              : msg(
                  'When the disk fills up, a browser clears sites that were not used for long. You can ask it not to.',
                )
          }
          ${msg(
            'Safari clears what a site keeps after seven days without a visit, unless the site was added to the Home Screen or the Dock.',
          )}
        </p>
      </div>
      ${
        persisted === false
          ? html`<button id="persist" class="button" @click=${() => void this.#onPersist()}>
              ${msg('Ask the browser to keep it')}
            </button>`
          : nothing
      }
    </section>`;
  }

  #renderDialog(total: number): TemplateResult {
    return html`<dialog aria-labelledby="confirm-title" closedby="any">
      <h2 id="confirm-title">${msg('Delete everything?')}</h2>
      <p>
        ${msg(
          str`${formatBytes(total)} go from this device: this page, its models, its clips. Anything of it that you use again is fetched again.`,
        )}
      </p>
      <form method="dialog">
        <button class="button" autofocus>${msg('Keep it')}</button>
        <button
          id="confirm"
          class="button danger"
          type="button"
          @click=${() => {
            this.dialog.close();
            void this.#delete(() => this.storage.removeAll());
          }}
        >
          ${icon('trash')} ${msg('Delete everything')}
        </button>
      </form>
    </dialog>`;
  }

  get #outcomeWords(): string {
    switch (this.outcome) {
      case 'none':
        return '';
      case 'deleted':
        return msg('Deleted.');
      case 'in-use':
        return msg('A part is being written at this moment and stays. Stop the download first.');
      case 'promised':
        return msg('The browser will keep it.');
      case 'not-promised':
        return msg(
          'The browser made no promise. Visit often, install the page, or bookmark it, then ask again.',
        );
    }
  }

  #onDelete(id: string): void {
    if (this.doomed === id) void this.#delete(() => this.storage.remove(id));
    else this.doomed = id;
  }

  async #delete(remove: () => Promise<boolean>): Promise<void> {
    this.isBusy = true;
    const isGone = await remove().catch(() => false);
    this.isBusy = false;
    this.doomed = '';
    this.dispatchEvent(new StorageChangedEvent());
    await this.refresh();
    this.#tell(isGone ? 'deleted' : 'in-use');
  }

  async #onPersist(): Promise<void> {
    const isPromised = await this.storage.persist();
    await this.refresh();
    this.#tell(isPromised ? 'promised' : 'not-promised');
  }

  /** The button that was pressed may be gone; the keyboard goes to what it came to. */
  #tell(outcome: AvStorage['outcome']): void {
    this.outcome = outcome;
    if (this.shadowRoot?.activeElement === null) this.outcomeLine.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-storage': AvStorage;
  }
}
