import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { activeModel, type ModelState, type ShelfItem } from '../state/state';
import './av-error';
import './av-load-bar';
import { dialogStyles } from './dialog.styles';
import { modelsStyles } from './av-models.styles';
import { ModelAddressEvent, ModelEvent, ModelFolderEvent, ModelStopEvent } from './events';
import { formatBytes } from '../format-bytes';
import { icon } from './icons';
import { labelWords, languageOf } from './label-words';
import { folderDialog, folderOf, type PickedFolder } from './pick-folder';
import { controls } from './theme';

/**
 * The models to choose from, in a dialog: what each is, what it takes, whether it runs here and how
 * much of it is on this device.
 *
 * @event av-model - use one, or take it off this device
 * @event av-model-folder
 * @event av-model-address
 * @event av-model-stop
 */
@localized()
@customElement('av-models')
export class AvModels extends LitElement {
  static override styles = [controls, dialogStyles, modelsStyles];

  @property({ attribute: false }) shelf: readonly ShelfItem[] = [];
  @property({ attribute: false }) model: ModelState = { kind: 'waiting', info: null };
  /** Other origins that models may come from. */
  @property({ attribute: false }) origins: readonly string[] = [];
  /** Id of the model whose deletion waits for a second click. */
  @state() private doomed = '';
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('#folder') private folder!: HTMLInputElement;
  @query('#address') private address!: HTMLInputElement | null;

  open(): void {
    this.doomed = '';
    if (!this.dialog.open) this.dialog.showModal();
  }

  close(): void {
    this.dialog.close();
  }

  protected override render(): TemplateResult {
    return html`<dialog id="models" aria-labelledby="models-title" closedby="any">
      <header>
        <h2 id="models-title">${msg('Choose a model')}</h2>
        <button
          id="close"
          class="icon-button"
          aria-label=${msg('Close')}
          @click=${() => this.close()}
        >
          ${icon('close')}
        </button>
      </header>
      <p class="soft lead">
        ${msg('Every model runs on this device. A large one is fetched once and kept; what has arrived stays when you stop.')}
      </p>
      ${this.#renderTrouble()}
      <ul>
        ${repeat(
          this.shelf,
          ({ model }) => model.id,
          (item) => this.#renderItem(item),
        )}
      </ul>
      ${this.#renderOwn()}
    </dialog>`;
  }

  #renderTrouble(): TemplateResult | typeof nothing {
    const { model } = this;
    const error =
      model.kind === 'failed'
        ? model.error
        : model.kind === 'ready'
          ? (model.refused?.error ?? null)
          : null;
    return error ? html`<av-error .error=${error}></av-error>` : nothing;
  }

  #renderItem(item: ShelfItem): TemplateResult {
    const { model, inspection, inUse, isLoading } = item;
    const name = `model-${model.id}`;
    const bytes = inspection?.bytes ?? model.bytes;
    return html`<li
      data-model=${model.id}
      class=${inUse ? 'in-use' : ''}
      aria-labelledby=${name}
      aria-current=${inUse ? 'true' : nothing}
    >
      <div class="title">
        <h3 id=${name}>${model.title}</h3>
        ${inUse ? html`<span class="chip used">${icon('check')} ${msg('In use')}</span>` : nothing}
        ${
          model.testWeights
            ? html`<span class="chip">${icon('flask')} ${msg('Test weights')}</span>`
            : nothing
        }
        <span class="size soft tabular">
          ${
            bytes === null
              ? ''
              : model.manifestUrl === null
                ? msg(str`about ${formatBytes(bytes)}`)
                : formatBytes(bytes)
          }
        </span>
      </div>
      <p lang=${languageOf(model.line)}>${labelWords(model.line)}</p>
      ${model.commands.length > 0 ? this.#renderCommands(item) : nothing}
      ${
        isLoading && this.model.kind === 'loading'
          ? html`<av-load-bar .progress=${this.model.progress} .name=${model.title}></av-load-bar>`
          : nothing
      }
      <div class="foot">
        ${
          isLoading
            ? nothing
            : html`<p class="facts small">${this.#renderFit(item)} ${this.#renderKept(item)}</p>`
        }
        <div class="actions">${this.#renderActions(item)}</div>
      </div>
    </li>`;
  }

  #renderFit({ inspection, error }: ShelfItem): TemplateResult | typeof nothing {
    if (error)
      return html`<span class="problem"
        >${icon('triangleAlert')} <span lang="en">${error.message}</span></span
      >`;
    if (!inspection) return nothing;
    const [problem] = inspection.problems;
    return problem
      ? html`<span class="problem">
          ${icon('triangleAlert')} <span>${msg(str`Not on this device. ${problem.message}`)}</span>
        </span>`
      : html`<span>${icon('check')} ${msg('Runs on this device')}</span>`;
  }

  #renderKept({ inspection }: ShelfItem): TemplateResult | typeof nothing {
    const { bytes = 0, cachedBytes = 0 } = inspection ?? {};
    if (cachedBytes === 0) return nothing;
    const share =
      cachedBytes < bytes ? msg(str`${formatBytes(cachedBytes)} kept here`) : msg('Kept here');
    return html`<span class="kept tabular">${icon('download')} ${share}</span>`;
  }

  #renderCommands({ model }: ShelfItem): TemplateResult {
    return html`<details>
      <summary>${msg('How to get it')}</summary>
      <ol>
        ${model.commands.map(
          ({ does, command }) =>
            html`<li>
              <span lang=${languageOf(does)}>${labelWords(does)}</span
              ><code tabindex="0">${command}</code>
            </li>`,
        )}
      </ol>
    </details>`;
  }

  #renderActions(item: ShelfItem): TemplateResult | typeof nothing {
    const { model, inspection, inUse, isLoading, isStart } = item;
    if (isLoading) {
      return html`<button
        class="button"
        data-do="stop"
        aria-label=${msg(str`Stop loading ${model.title}`)}
        @click=${() => this.dispatchEvent(new ModelStopEvent())}
      >
        ${icon('stop')} ${msg('Stop')}
      </button>`;
    }
    if (model.manifestUrl === null) return this.#renderFolderButton();
    const { bytes = 0, cachedBytes = 0, problems = [] } = inspection ?? {};
    const missing = bytes - cachedBytes;
    const canUse = !inUse && inspection !== null && problems.length === 0;
    const words =
      missing <= 0
        ? msg('Use')
        : cachedBytes > 0
          ? msg(str`Go on, ${formatBytes(missing)} left`)
          : msg('Fetch and use');
    return html`${
      canUse
        ? html`<button
            class="button primary"
            data-do="use"
            aria-label=${`${words}: ${model.title}`}
            @click=${() => this.dispatchEvent(new ModelEvent('use', model))}
          >
            ${words}
          </button>`
        : nothing
    }
    ${cachedBytes > 0 && !(inUse && isStart) ? this.#renderDelete(item) : nothing}`;
  }

  #renderDelete({ model, inspection }: ShelfItem): TemplateResult {
    const isDoomed = this.doomed === model.id;
    return html`<button
      class="button quiet"
      data-do="delete"
      aria-label=${
        isDoomed
          ? msg(str`Really delete ${model.title} from this device`)
          : msg(str`Delete ${model.title} from this device`)
      }
      @blur=${() => (this.doomed = '')}
      @click=${() => {
        this.doomed = isDoomed ? '' : model.id;
        if (isDoomed) this.dispatchEvent(new ModelEvent('delete', model));
      }}
    >
      ${icon('trash')}
      ${
        isDoomed
          ? msg(str`Really delete ${formatBytes(inspection?.cachedBytes ?? 0)}?`)
          : msg('Delete')
      }
    </button>`;
  }

  #renderFolderButton(): TemplateResult {
    return html`<button class="button" data-do="folder" @click=${() => void this.#browse()}>
      ${icon('folderOpen')} ${msg('Open a folder…')}
    </button>`;
  }

  /** A bundle that the page does not list, and the load of one. */
  #renderOwn(): TemplateResult {
    const { model } = this;
    const isOther = model.kind === 'loading' && !this.shelf.some(({ isLoading }) => isLoading);
    return html`<section aria-labelledby="own-title">
      <h3 id="own-title">${msg('A bundle of your own')}</h3>
      ${
        isOther
          ? html`<div class="other">
              <p><strong>${model.title}</strong></p>
              <av-load-bar .progress=${model.progress} .name=${model.title}></av-load-bar>
              <button
                class="button"
                data-do="stop"
                @click=${() => this.dispatchEvent(new ModelStopEvent())}
              >
                ${icon('stop')} ${msg('Stop')}
              </button>
            </div>`
          : nothing
      }
      <div class="actions">
        ${this.#renderFolderButton()}
        <input
          id="folder"
          class="visually-hidden"
          type="file"
          webkitdirectory
          tabindex="-1"
          aria-label=${msg('Folder with a model bundle')}
          @change=${this.#onFolder}
        />
      </div>
      ${
        this.origins.length > 0
          ? html`<form @submit=${this.#onAddress}>
              <label for="address">${msg('Address of a manifest.json')}</label>
              <div class="actions">
                <input id="address" type="url" required placeholder=${`${this.origins[0]}/…`} />
                <button class="button">${icon('download')} ${msg('Fetch and use')}</button>
              </div>
              <p class="soft small">
                ${msg(str`This site may ask ${this.origins.join(', ')} for models, and nobody else.`)}
              </p>
            </form>`
          : html`<p class="soft small">
              ${msg('This site loads models from its own address only.')}
            </p>`
      }
      <p class="soft small">${this.#nowWords}</p>
    </section>`;
  }

  get #nowWords(): string {
    const active = activeModel(this.model);
    return active ? msg(str`Questions are answered by ${active.title} ${active.version} now.`) : '';
  }

  async #browse(): Promise<void> {
    const dialog = folderDialog();
    if (!dialog) return this.folder.click();
    this.#use(await dialog());
  }

  #onFolder(): void {
    const picked = folderOf(this.folder);
    this.folder.value = '';
    this.#use(picked);
  }

  #use(picked: PickedFolder | null): void {
    if (picked) this.dispatchEvent(new ModelFolderEvent(picked.files, picked.title));
  }

  #onAddress(event: SubmitEvent): void {
    event.preventDefault();
    if (this.address) this.dispatchEvent(new ModelAddressEvent(this.address.value.trim()));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-models': AvModels;
  }
}
