import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { OfflineState } from '../state/offline';
import type { Session } from '../state/session';
import type { Sample } from '../state/samples';
import { activeModel, initialState, type AppState, type OpenVideo } from '../state/state';
import { announcement } from './announce';
import { appStyles } from './av-app.styles';
import './av-answer';
import './av-clues';
import './av-error';
import './av-model';
import './av-models';
import type { AvModels } from './av-models';
import './av-overlay';
import './av-picker';
import type { AvPicker } from './av-picker';
import './av-player';
import './av-progress';
import './av-question';
import type { AvQuestion } from './av-question';
import './av-thinking';
import './av-timeline';
import { currentClueIndex } from './clue-time';
import type { AskEvent, FileChosenEvent, Playback, PlaybackEvent } from './events';
import type { ModelAddressEvent, ModelEvent, ModelFolderEvent } from './events';
import type { SampleChosenEvent, SeekEvent } from './events';
import { describeVideo } from './describe-video';
import { icon, tallyMark } from './icons';
import { namedPlace } from './named-place';
import { loadPeaks } from './peaks';
import { suggestQuestions } from './suggestions';
import { chooseTheme, controls, currentTheme } from './theme';

const noPlayback: Playback = { timeSeconds: 0, endSeconds: 0, width: 0, height: 0 };

/** Slices of the sound's outline: about one per pixel of a phone, two of a desktop's track. */
const peakCount = 600;

/** The page. The only element that knows the session: state goes down, events come up. */
@customElement('av-app')
export class AvApp extends LitElement {
  static override styles = [controls, appStyles];

  /** Set once, by `main.ts`; scripts that drive the page use it, too. */
  @property({ attribute: false }) session: Session | null = null;

  /** What works without a network; set by `main.ts`. */
  @property({ attribute: false }) offline: OfflineState = { ready: false, updateReady: false };

  @state() private app: AppState = initialState;
  @state() private samples: readonly Sample[] = [];
  @state() private playback = noPlayback;
  @state() private peaks: Float32Array | null = null;
  @state() private picked: number | null = null;
  @state() private dropping = false;
  @query('av-picker') private picker!: AvPicker | null;
  @query('av-models') private models!: AvModels;
  @query('av-question') private question!: AvQuestion | null;
  #unsubscribe: (() => void) | null = null;
  #listening = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    // The whole page takes drops and pastes, wherever the focus is.
    window.addEventListener('dragover', (event) => this.#onDrag(event), { signal });
    window.addEventListener('dragleave', (event) => this.#onDrag(event), { signal });
    window.addEventListener('drop', (event) => this.#onDrop(event), { signal });
    window.addEventListener('paste', (event) => this.#openFirst(event.clipboardData), { signal });
    const redraw = (): void => this.requestUpdate();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw, { signal });
    window.addEventListener('hashchange', redraw, { signal });
    this.#subscribe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('session')) this.#subscribe();
  }

  #subscribe(): void {
    const { session } = this;
    this.#unsubscribe?.();
    this.#unsubscribe = session?.store.subscribe((next) => this.#onState(next)) ?? null;
    if (!session) return;
    this.#onState(session.store.state);
    void session.samples().then((samples) => (this.samples = samples));
  }

  #onState(next: AppState): void {
    const before = this.app;
    this.app = next;
    if (next.run.kind === 'running' && before.run.kind !== 'running') this.picked = null;
    const isNewVideo =
      next.video.kind === 'open' &&
      (before.video.kind !== 'open' || before.video.url !== next.video.url);
    if (!isNewVideo) return;
    this.playback = noPlayback;
    this.picked = null;
    this.peaks = null;
    void this.#drawSound(next.video);
    void this.updateComplete.then(() => this.#welcomeVideo());
  }

  async #drawSound({ file, url }: OpenVideo): Promise<void> {
    const peaks = await loadPeaks(file, peakCount);
    const { video } = this.app;
    if (video.kind === 'open' && video.url === url) this.peaks = peaks;
  }

  /** The control that opened the video may be gone, so the keyboard goes to what comes next. */
  #welcomeVideo(): void {
    window.scrollTo({ top: 0 });
    if (matchMedia('(pointer: fine)').matches) this.question?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { video, run } = this.app;
    return html`
      ${this.#renderHeader()}
      <main
        @av-file=${(event: FileChosenEvent) => this.session?.open(event.file)}
        @av-sample=${(event: SampleChosenEvent) => void this.session?.openSample(event.sample)}
        @av-ask=${(event: AskEvent) => void this.session?.count(event.question)}
        @av-stop=${() => this.session?.cancel()}
        @av-seek=${this.#onSeek}
        @av-playback=${(event: PlaybackEvent) => (this.playback = event.playback)}
        @av-models=${this.#showModels}
        @av-model=${this.#onModel}
        @av-model-folder=${this.#onModelFolder}
        @av-model-address=${this.#onModelAddress}
        @av-model-stop=${() => this.session?.cancelLoad()}
      >
        ${namedPlace() ?? (video.kind === 'open' ? this.#renderWorkspace(video) : this.#renderWelcome())}
        ${this.#renderModel()}
        <av-models
          .shelf=${this.app.shelf}
          .model=${this.app.model}
          .origins=${this.app.device.kind === 'ready' ? this.app.device.capabilities.modelOrigins : []}
        ></av-models>
      </main>
      ${this.#renderFooter()}
      <p id="status" class="visually-hidden" role="status">${announcement(run)}</p>
      ${
        this.dropping
          ? html`<div class="drop" aria-hidden="true"><p>Drop it to open it</p></div>`
          : nothing
      }
    `;
  }

  #renderHeader(): TemplateResult {
    const isDark = currentTheme() === 'dark';
    return html`<header>
      <p class="brand">${tallyMark()} <span>AV-Reasoner</span></p>
      <p id="privacy" class="privacy">${icon('lock')} Your video never leaves this device</p>
      <button
        id="theme"
        class="icon-button"
        aria-label=${isDark ? 'Use the light theme' : 'Use the dark theme'}
        @click=${() => {
          chooseTheme(isDark ? 'light' : 'dark');
          this.requestUpdate();
        }}
      >
        ${icon(isDark ? 'sun' : 'moon')}
      </button>
    </header>`;
  }

  #renderWelcome(): TemplateResult {
    const { video } = this.app;
    return html`<section class="welcome" aria-labelledby="headline">
      <h1 id="headline">Count what you see <span class="marked">and hear.</span></h1>
      <p class="lead">
        Ask “how many” about a video. The answer comes with every moment behind it, so that you can
        check the count yourself.
      </p>
      ${video.kind === 'failed' ? html`<av-error .error=${video.error}></av-error>` : nothing}
      ${
        video.kind === 'opening'
          ? html`<p role="status" class="opening">Opening ${video.title}…</p>`
          : nothing
      }
      <av-picker .samples=${this.samples}></av-picker>
    </section>`;
  }

  #renderWorkspace(video: OpenVideo): TemplateResult {
    const { run, model } = this.app;
    const clues = run.kind === 'idle' ? [] : run.clues;
    const { timeSeconds, endSeconds, width, height } = this.playback;
    const current = currentClueIndex(clues, timeSeconds, this.picked);
    const reach = activeModel(model)?.reach ?? null;
    const { sample, info, file } = video;
    const isSound = info ? info.video === null : file.type.startsWith('audio/');
    return html`
      <div class="workspace">
        <section class="watch" aria-labelledby="video-title">
          <div class="title">
            <h1 id="video-title">${video.title}</h1>
            <p class="soft small tabular">${describeVideo(video, this.playback)}</p>
            <button
              id="open-another"
              class="button"
              aria-label="Open another file"
              @click=${() => this.picker?.browse()}
            >
              ${icon('upload')} <span class="roomy">Open another</span>
            </button>
          </div>
          <av-player
            .src=${video.url}
            .mime=${file.type}
            .name=${video.title}
            .info=${info}
            .seek=${video.seek}
          >
            <av-overlay
              slot="overlay"
              .clues=${clues}
              .timeSeconds=${timeSeconds}
              .width=${width}
              .height=${height}
              .current=${current}
            ></av-overlay>
            ${
              endSeconds > 0
                ? html`<av-timeline
                    slot="timeline"
                    .clues=${clues}
                    .timeSeconds=${timeSeconds}
                    .endSeconds=${endSeconds}
                    .current=${current}
                    .swept=${this.#swept}
                    .peaks=${this.peaks}
                    ?tall=${isSound}
                  ></av-timeline>`
                : nothing
            }
          </av-player>
          <av-question
            .value=${sample?.question ?? ''}
            .suggestions=${suggestQuestions({ sample, reach, info, mime: file.type })}
            ?running=${run.kind === 'running'}
          >
            ${
              run.kind === 'running'
                ? html`<av-progress .progress=${run.progress}></av-progress>`
                : nothing
            }
          </av-question>
        </section>
        <section class="result" aria-label="Answer">${this.#renderResult(current)}</section>
      </div>
      <av-picker
        class="more"
        compact
        .samples=${this.samples}
        .open=${sample?.id ?? ''}
      ></av-picker>
    `;
  }

  #renderResult(current: number): TemplateResult {
    const { run, model } = this.app;
    if (run.kind === 'idle') {
      return html`<div class="await">
        ${tallyMark()}
        <p>Ask a question. The count appears here, with the moments that prove it.</p>
      </div>`;
    }
    const info = activeModel(model);
    return html`
      <av-answer .run=${run} .model=${info} .byHand=${this.#byHand}></av-answer>
      ${
        run.kind === 'failed'
          ? html`<av-error
              .error=${run.error}
              retry="Ask again"
              @av-retry=${() => void this.session?.count(run.question)}
            ></av-error>`
          : nothing
      }
      <av-clues .clues=${run.clues} .current=${current}></av-clues>
      ${
        run.text
          ? html`<av-thinking .text=${run.text} ?writing=${run.kind === 'running'}></av-thinking>`
          : nothing
      }
    `;
  }

  #renderModel(): TemplateResult | typeof nothing {
    const { model, device } = this.app;
    const error =
      model.kind === 'failed' ? model.error : device.kind === 'failed' ? device.error : null;
    // The question that waited for the model has said it already.
    if (error && this.app.run.kind === 'failed') return nothing;
    const capabilities = device.kind === 'ready' ? device.capabilities : null;
    return html`<section class="model" aria-label="Model">
      ${
        error
          ? html`<av-error
                .error=${error}
                retry="Try again"
                @av-retry=${() => void this.session?.start()}
              ></av-error>
              <button class="button choose" @click=${this.#showModels}>
                ${icon('layers')} Choose a model
              </button>`
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
      <p>Everything runs in this browser: decoding, listening, looking, counting.</p>
      ${credit ? html`<p>Clip: ${credit}</p>` : nothing}
    </footer>`;
  }

  /** How far the model has been through the file: of the sound, then of the picture. */
  get #swept(): number {
    const { run } = this.app;
    if (run.kind !== 'running' || !run.progress) return 0;
    const { stage, done, total } = run.progress;
    return (stage === 'listen' || stage === 'look') && total > 0 ? done / total : 0;
  }

  get #byHand(): number | null {
    const { video, run } = this.app;
    if (video.kind !== 'open' || run.kind === 'idle' || !video.sample) return null;
    return run.question === video.sample.question ? video.sample.count : null;
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

  #onSeek(event: SeekEvent): void {
    this.picked = event.clueIndex;
    this.session?.seek(event.timeSeconds);
  }

  #onDrag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    // A leave without a related target is a leave of the window.
    this.dropping = event.type === 'dragover' || event.relatedTarget !== null;
  }

  #onDrop(event: DragEvent): void {
    this.dropping = false;
    if (this.#openFirst(event.dataTransfer)) event.preventDefault();
  }

  #openFirst(data: DataTransfer | null): boolean {
    const file = data?.files[0];
    if (file) this.session?.open(file);
    return file !== undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-app': AvApp;
  }
}
