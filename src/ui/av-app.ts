import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Benchmark } from '../state/benchmark/benchmark';
import type { OfflineState } from '../state/offline';
import type { Session } from '../state/session';
import type { Sample } from '../state/samples';
import { initialState, type AppState } from '../state/state';
import { announcement } from './announce';
import { appStyles } from './av-app.styles';
import { dropStyles } from './drop.styles';
import './av-error';
import './av-history';
import './av-model';
import './av-models';
import type { AvModels } from './av-models';
import './av-picker';
import './av-privacy-counter';
import type { AvPicker } from './av-picker';
import './av-workspace';
import type { AskEvent, AttachEvent, DraftEvent, EditEvent, FileChosenEvent } from './events';
import type { ModelAddressEvent, ModelEvent, ModelFolderEvent, RevisitEvent } from './events';
import type { SampleChosenEvent, SeekEvent } from './events';
import { icon, tallyMark } from './icons';
import type { KioskMode } from './kiosk-mode';
import { currentLanguage, switchLanguage } from './language';
import { isResultFile, isResultHash, readResult } from './open-result';
import { pages, routeOf, type Route } from './pages';
import { chooseTheme, controls, currentTheme } from './theme';

/** The page. The only element that knows the session: state goes down, events come up. */
@customElement('av-app')
// Below the name: the one in the document is made while that is given.
@localized()
export class AvApp extends LitElement {
  static override styles = [controls, appStyles, dropStyles];

  /** Set once, by `main.ts`; scripts that drive the page use it, too. */
  @property({ attribute: false }) session: Session | null = null;

  /** What works without a network; set by `main.ts`. */
  @property({ attribute: false }) offline: OfflineState = { ready: false, updateReady: false };

  /** Where the page stands at a booth: set by `main.ts`, which fetches it only for that. */
  @property({ attribute: false }) kiosk: KioskMode | null = null;

  @state() private app: AppState = initialState;
  /** Null until the list is here. */
  @state() private samples: readonly Sample[] | null = null;
  @state() private benchmark: Benchmark | null = null;
  @state() private dropping = false;
  @state() private route: Route = routeOf(location.hash);
  @query('av-picker') private picker!: AvPicker | null;
  @query('av-models') private models!: AvModels;
  @query('.model') private modelSection!: HTMLElement | null;
  #unsubscribe: (() => void) | null = null;
  #listening = new AbortController();
  #seen: IntersectionObserver | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // The whole page takes drops and pastes, wherever the focus is.
    window.addEventListener('dragover', (event) => this.#onDrag(event), { signal });
    window.addEventListener('dragleave', (event) => this.#onDrag(event), { signal });
    window.addEventListener('drop', (event) => this.#onDrop(event), { signal });
    window.addEventListener('paste', (event) => this.#openFirst(event.clipboardData), { signal });
    window.addEventListener('hashchange', () => this.#onRoute(), { signal });
    const redraw = (): void => this.requestUpdate();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw, { signal });
    this.#subscribe();
    this.#onRoute();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#seen?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session')) this.#subscribe();
  }

  /** What the model covers is found out when the visitor comes to read it. */
  #watchModel(): void {
    if (!this.modelSection) return;
    this.#seen?.disconnect();
    this.#seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        this.#seen?.disconnect();
        void this.session?.introduce();
      },
      // A first line at the window's edge is not reading.
      { rootMargin: '0px 0px -20% 0px' },
    );
    this.#seen.observe(this.modelSection);
  }

  #subscribe(): void {
    const { session } = this;
    this.#unsubscribe?.();
    this.#unsubscribe = session?.store.subscribe((next) => this.#onState(next)) ?? null;
    if (!session) return;
    this.#onState(session.store.state);
    this.#openLink();
    if (this.route === 'benchmark') void this.#openBenchmark();
    void session.samples().then(async (samples) => {
      this.samples = samples;
      // Before, nothing stood between the top of the page and the model.
      await this.updateComplete;
      this.#watchModel();
    });
  }

  #onState(next: AppState): void {
    const { video } = this.app;
    this.app = next;
    // A video that opens is what the visitor wants to see, whichever page is on the screen.
    if (next.video.kind !== video.kind && next.video.kind !== 'none' && this.route !== 'count') {
      location.hash = '#/';
    }
  }

  /** Pages other than the counting itself are fetched when they are asked for. */
  #onRoute(): void {
    this.#openLink();
    this.route = routeOf(location.hash);
    void pages[this.route]?.load().then(() => this.requestUpdate());
    if (this.route === 'benchmark') void this.#openBenchmark();
  }

  async #openBenchmark(): Promise<void> {
    this.benchmark = (await this.session?.benchmark()) ?? null;
    void this.session?.introduce();
  }

  protected override render(): TemplateResult {
    const { kiosk } = this;
    const { video, run } = this.app;
    if (kiosk?.isAttracting) return kiosk.render(this.app);
    const isOpen = video.kind === 'open' || video.kind === 'absent';
    const page = pages[this.route];
    return html`
      ${this.#renderHeader()}
      <main
        @av-file=${(event: FileChosenEvent) => this.#open(event.file)}
        @av-browse=${() => this.#takesFiles && this.picker?.browse()}
        @av-attach=${(event: AttachEvent) => this.session?.attach(event.file)}
        @av-sample=${(event: SampleChosenEvent) => void this.session?.openSample(event.sample)}
        @av-record=${this.#record}
        @av-ask=${(event: AskEvent) => void this.session?.count(event.question)}
        @av-draft=${(event: DraftEvent) => void this.session?.draft(event.question)}
        @av-edit=${(event: EditEvent) => this.session?.edit(event.edit)}
        @av-revisit=${(event: RevisitEvent) => this.session?.revisit(event.entry)}
        @av-stop=${() => this.session?.cancel()}
        @av-seek=${(event: SeekEvent) => this.session?.seek(event.timeSeconds)}
        @av-models=${this.#showModels}
        @av-model=${this.#onModel}
        @av-model-folder=${this.#onModelFolder}
        @av-model-address=${this.#onModelAddress}
        @av-model-load=${() => void this.session?.start()}
        @av-model-stop=${() => this.session?.cancelLoad()}
      >
        ${page ? page.render({ app: this.app, samples: this.samples ?? [], benchmark: this.benchmark }) : nothing}
        <div class="count" ?hidden=${page !== undefined}>
          ${
            isOpen
              ? html`<av-workspace .app=${this.app}>
                    ${kiosk ? html`<div slot="takeaway">${kiosk.renderCode(this.app)}</div>` : nothing}
                  </av-workspace>
                  <av-picker
                    class="more"
                    compact
                    .samples=${this.samples}
                    .open=${(video.kind === 'open' && video.sample?.id) || ''}
                  ></av-picker>`
              : this.#renderWelcome()
          }
          <av-history .entries=${this.app.history}></av-history>
          ${this.#renderModel()}
        </div>
        <av-models
          .shelf=${this.app.shelf}
          .model=${this.app.model}
          .origins=${this.app.device.kind === 'ready' ? this.app.device.capabilities.modelOrigins : []}
        ></av-models>
        <av-recorder></av-recorder>
      </main>
      ${this.#renderFooter()}
      <p id="status" class="visually-hidden" role="status">${announcement(run)}</p>
      ${kiosk?.render(this.app) ?? nothing}
      ${
        this.dropping
          ? html`<div class="drop" aria-hidden="true"><p>${msg('Drop it to open it')}</p></div>`
          : nothing
      }
    `;
  }

  #renderHeader(): TemplateResult {
    const isDark = currentTheme() === 'dark';
    const isEnglish = currentLanguage() === 'en';
    return html`<header>
      <a class="brand" href="#/">${tallyMark()} <span>AV-Reasoner</span></a>
      <nav aria-label=${msg('Pages')}>
        ${this.#renderLink('count', '#/', msg('Count'))}
        ${this.#renderLink('paper', '#/paper', msg('Paper'))}
        ${
          // Its runs stay on the device; at a booth, nothing of a visitor does.
          this.kiosk ? nothing : this.#renderLink('benchmark', '#/benchmark', msg('Benchmark'))
        }
      </nav>
      <p id="privacy" class="privacy">
        ${icon('lock')} ${msg('Your video never leaves this device')}
      </p>
      <button
        id="language"
        class="button quiet"
        lang=${isEnglish ? 'zh-Hans' : 'en'}
        aria-label=${isEnglish ? '切换到简体中文' : 'Switch to English'}
        @click=${() => void switchLanguage(isEnglish ? 'zh-Hans' : 'en')}
      >
        ${isEnglish ? '中文' : 'English'}
      </button>
      ${this.kiosk?.renderFullScreen() ?? nothing}
      <button
        id="theme"
        class="icon-button"
        aria-label=${isDark ? msg('Use the light theme') : msg('Use the dark theme')}
        @click=${() => {
          chooseTheme(isDark ? 'light' : 'dark');
          this.requestUpdate();
        }}
      >
        ${icon(isDark ? 'sun' : 'moon')}
      </button>
    </header>`;
  }

  #renderLink(route: Route, href: string, words: string): TemplateResult {
    return html`<a href=${href} aria-current=${this.route === route ? 'page' : nothing}
      >${words}</a
    >`;
  }

  #renderWelcome(): TemplateResult {
    const { video } = this.app;
    return html`<section class="welcome" aria-labelledby="headline">
      <h1 id="headline">${msg(html`Count what you see <span class="marked">and hear.</span>`)}</h1>
      <p class="lead">
        ${msg('Ask “how many” about a video. The answer comes with every moment behind it, so that you can check the count yourself.')}
      </p>
      ${video.kind === 'failed' ? html`<av-error .error=${video.error}></av-error>` : nothing}
      ${
        video.kind === 'opening'
          ? html`<p role="status" class="opening">${msg(str`Opening ${video.title}…`)}</p>`
          : nothing
      }
      <av-picker .samples=${this.samples}></av-picker>
    </section>`;
  }

  #renderModel(): TemplateResult | typeof nothing {
    const { model, device } = this.app;
    const error =
      model.kind === 'failed' ? model.error : device.kind === 'failed' ? device.error : null;
    // A booth has one model, and says only where it does not come.
    if (this.kiosk && !error) return nothing;
    const capabilities = device.kind === 'ready' ? device.capabilities : null;
    return html`<section
      class="model"
      aria-label=${msg('Model')}
      ?hidden=${
        // The question that waited for the model has said it already.
        error !== null && this.app.run.kind === 'failed'
      }
    >
      ${
        error
          ? html`<av-error
                .error=${error}
                retry=${msg('Try again')}
                @av-retry=${() => void this.session?.start()}
              ></av-error>
              ${
                this.kiosk
                  ? nothing
                  : html`<button class="button choose" @click=${this.#showModels}>
                      ${icon('layers')} ${msg('Choose a model')}
                    </button>`
              }`
          : html`<av-model
              .model=${model}
              .capabilities=${capabilities}
              ?offline=${this.offline.ready}
              @av-retry=${() => void this.session?.start()}
            ></av-model>`
      }
    </section>`;
  }

  #renderFooter(): TemplateResult {
    const { video } = this.app;
    const credit = video.kind === 'open' ? video.sample?.credit : '';
    return html`<footer>
      <p>${msg('Everything runs in this browser: decoding, listening, looking, counting.')}</p>
      <av-privacy-counter></av-privacy-counter>
      <p><a href="#/storage">${msg('What is kept on this device')}</a></p>
      ${
        this.offline.updateReady
          ? html`<p id="update" role="status">
              ${msg('A newer version of this page is there the next time you open it.')}
            </p>`
          : nothing
      }
      ${credit ? html`<p>${msg(str`Clip: ${credit}`)}</p>` : nothing}
    </footer>`;
  }

  /** The recorder is fetched when somebody wants to record. */
  readonly #record = (): Promise<void> =>
    import('./av-recorder').then(() => this.renderRoot.querySelector('av-recorder')?.open());

  /** False at a booth that shows its own clips only. */
  get #takesFiles(): boolean {
    return !this.kiosk?.settings.samplesOnly;
  }

  readonly #showModels = (): void => {
    this.models.open();
    void this.session?.lookAtShelf();
  };

  #onModel({ wish, model }: ModelEvent): void {
    if (wish === 'use') void this.session?.useServed(model);
    else void this.session?.deleteModel(model);
  }

  #onModelFolder({ files, title }: ModelFolderEvent): void {
    void this.session?.useModel({ kind: 'folder', files }, title);
  }

  #onModelAddress({ manifestUrl }: ModelAddressEvent): void {
    void this.session?.useModel({ kind: 'url', manifestUrl }, manifestUrl);
  }

  #onDrag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (this.kiosk?.isAttracting || !this.#takesFiles) return;
    // A leave without a related target is a leave of the window.
    this.dropping = event.type === 'dragover' || event.relatedTarget !== null;
  }

  #onDrop(event: DragEvent): void {
    this.dropping = false;
    if (this.#openFirst(event.dataTransfer)) event.preventDefault();
  }

  /** A video, a sound, a picture; or a result that was taken away. */
  #open(file: File): void {
    if (isResultFile(file)) void this.session?.restoreFrom(file.name, () => readResult(file));
    else this.session?.open(file);
  }

  /** A result in the address is shown and then taken out of it: what the visitor does next is not in it. */
  #openLink(): void {
    const { hash, pathname, search } = location;
    if (!this.session || !isResultHash(hash)) return;
    history.replaceState(history.state, '', pathname + search);
    void this.session.restoreFrom(msg('the shared result'), () => readResult(hash));
  }

  #openFirst(data: DataTransfer | null): boolean {
    const file = data?.files[0];
    if (!file) return false;
    if (this.#takesFiles) {
      this.kiosk?.begin();
      this.#open(file);
    }
    return true;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-app': AvApp;
  }
}
