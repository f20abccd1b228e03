import { localized } from '@lit/localize';
import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { AppError, toAppError } from '../errors';
import { connect, type ReasonerClient } from '../protocol/client';
import { Session } from '../state/session';
import { activeModel, initialState, type AppState, type SeekRequest } from '../state/state';
import { loadPeaks } from '../ui/peaks';
import { addFonts, controls, hostTokens } from '../ui/theme';
import { counterStyles } from './av-counter.styles';
import { fetchClip, guessMime } from './clip';
import { noPlayback, renderCounter, type CounterView } from './counter-view';
import type { AvCounterElement, AvCounterEventMap, CounterResult } from './public-types';

/** Slices of the sound's outline. */
const peakCount = 600;

/** The module's own address: `dist/embed/av-counter.js`. */
const here = import.meta.url;

interface Engine {
  client: ReasonerClient;
  session: Session;
}

/**
 * A player that counts, for other people's pages: docs/embed.md. Its worker and its model come from
 * the module's own origin, and only when they are needed.
 *
 * @slot footer - the line below everything
 * @fires av-counter-ready av-counter-clue av-counter-count av-counter-error - public-types.d.ts
 */
@customElement('av-counter')
// Below the name: those in the document are made while that is given.
@localized()
export class AvCounter extends LitElement implements AvCounterElement {
  static override styles = [controls, hostTokens, counterStyles];

  @property() src = '';
  @property() question = '';
  @property({ type: Boolean }) autoload = false;
  @property({ type: Boolean }) controls = false;
  @property() model = '';
  @property({ reflect: true }) theme: AvCounterElement['theme'] = '';
  @property({ type: Boolean }) fonts = false;

  @state() private app: AppState = initialState;
  @state() private playback = noPlayback;
  @state() private seekWish: SeekRequest | null = null;
  @state() private picked: number | null = null;
  @state() private peaks: Float32Array | null = null;
  /** Address of the clip's bytes, once they are here: a host need not be able to send parts of a file. */
  @state() private clipUrl = '';
  @state() private mime = '';
  /** Between the question and the clip's arrival. */
  @state() private isFetching = false;
  @state() private clipError: AppError | null = null;

  #engine: Engine | null = null;
  #clip: { src: string; file: Promise<File> } | null = null;
  #fetching = new AbortController();
  #told: unknown = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved is back at once.
    queueMicrotask(() => !this.isConnected && this.#dispose());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) {
      this.#forgetClip();
      this.mime = guessMime(this.src);
    }
    if (changed.has('model') && this.#engine) this.#dispose();
    if (changed.has('fonts') && this.fonts) addFonts();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.autoload || !(changed.has('autoload') || changed.has('src') || changed.has('model')))
      return;
    this.#start();
    if (this.src) void this.#open().catch(() => undefined);
  }

  protected override render(): TemplateResult {
    const view: CounterView = {
      ...{ app: this.app, playback: this.playback, peaks: this.peaks, picked: this.picked },
      ...{ seek: this.seekWish, mime: this.mime, question: this.question },
      src: this.clipUrl || (this.src && new URL(this.src, document.baseURI).href),
      isFetching: this.isFetching,
      hasControls: this.controls,
      clipError: this.clipError,
    };
    return renderCounter(view, {
      ask: (question) => void this.count(question).catch(() => undefined),
      draft: (question) => void this.#engine?.session.draft(question),
      stop: () => this.stop(),
      seek: (timeSeconds, clue) => {
        this.picked = clue;
        this.seek(timeSeconds);
      },
      played: (playback) => (this.playback = playback),
      retryModel: () => void this.#engine?.session.start(),
    });
  }

  async count(question = this.question): Promise<CounterResult> {
    this.stop();
    const { session } = this.#start();
    this.picked = null;
    await this.#open();
    await session.count(question);
    const { run } = session.store.state;
    if (run.kind === 'done') return resultOf(run);
    if (run.kind === 'failed') throw run.error;
    throw new DOMException('The count was stopped.', 'AbortError');
  }

  stop(): void {
    if (this.app.run.kind === 'running') this.#engine?.session.cancel();
    if (this.isFetching) this.#forgetClip();
  }

  seek(timeSeconds: number): void {
    this.seekWish = { timeSeconds, serial: (this.seekWish?.serial ?? 0) + 1 };
  }

  /** The worker and its model, begun at the first call. */
  #start(): Engine {
    if (this.#engine) return this.#engine;
    const client = connect();
    const manifestUrl = this.model
      ? new URL(this.model, document.baseURI).href
      : new URL('../nano/manifest.json', here).href;
    const session = new Session(client, {
      model: { kind: 'url', manifestUrl },
      modelsUrl: new URL('../models.json', here).href,
      samplesUrl: new URL('../samples/samples.json', here).href,
    });
    const engine = (this.#engine = { client, session });
    session.store.subscribe((next) => this.#onState(engine, next));
    void session.start();
    return engine;
  }

  /** Hands the clip to the session, once. @throws AppError `file-unreadable`, AbortError */
  async #open(): Promise<void> {
    const { session } = this.#start();
    const { src } = this;
    if (this.#clip?.src !== src) {
      this.#forgetClip();
      this.#clip = { src, file: fetchClip(src, this.#fetching.signal) };
    }
    const clip = this.#clip;
    this.isFetching = true;
    try {
      const file = await clip.file;
      const { video } = session.store.state;
      if (clip !== this.#clip) throw new DOMException('Another clip was set.', 'AbortError');
      if (video.kind === 'open' && video.file === file) return;
      session.open(file);
      this.mime = file.type;
      this.#show(session);
      void loadPeaks(file, peakCount).then((peaks) => {
        if (clip === this.#clip) this.peaks = peaks;
      });
    } catch (error) {
      if (clip === this.#clip) this.#clip = null;
      if (error instanceof AppError) {
        this.clipError = error;
        this.#tellError(error);
      }
      throw error;
    } finally {
      this.isFetching = false;
    }
  }

  /** Goes on from the bytes, where the player was. */
  #show(session: Session): void {
    const { video } = session.store.state;
    if (video.kind === 'open') this.clipUrl = video.url;
    if (this.playback.timeSeconds > 0) this.seek(this.playback.timeSeconds);
  }

  #forgetClip(): void {
    this.#fetching.abort();
    this.#fetching = new AbortController();
    this.#clip = null;
    this.clipUrl = '';
    this.clipError = null;
    this.peaks = null;
    this.picked = null;
    const { app } = this;
    if (app.run.kind !== 'idle' || app.video.kind !== 'none') {
      this.#engine?.session.cancel();
      this.app = { ...app, run: initialState.run, video: initialState.video };
    }
  }

  #onState(engine: Engine, next: AppState): void {
    if (engine !== this.#engine) return;
    const before = this.app;
    this.app = next;
    const info = activeModel(next.model);
    if (info && info !== activeModel(before.model)) {
      const { id, title, version, testWeights } = info;
      this.#tell('av-counter-ready', { model: { id, title, version, testWeights } });
    }
    const { run, model } = next;
    if (run.kind !== 'idle') {
      const { run: last } = before;
      const known = last.kind !== 'idle' && last.id === run.id ? last.clues.length : 0;
      run.clues
        .slice(known)
        .forEach((clue, offset) => this.#tell('av-counter-clue', { clue, index: known + offset }));
    }
    if (run.kind === 'done' && before.run !== run) this.#tell('av-counter-count', resultOf(run));
    if (run.kind === 'failed' && before.run !== run) this.#tellError(run.error);
    if (model.kind === 'failed' && before.model !== model) this.#tellError(model.error);
  }

  /** Once, where the model's failure is also that of the question that waited for it. */
  #tellError(error: AppError): void {
    if (this.#told === error) return;
    this.#told = error;
    const { code, message } = toAppError(error);
    this.#tell('av-counter-error', { code, message });
  }

  #tell<K extends keyof AvCounterEventMap>(name: K, detail: AvCounterEventMap[K]['detail']): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  #dispose(): void {
    this.#fetching.abort();
    this.#fetching = new AbortController();
    this.#clip = null;
    const engine = this.#engine;
    this.#engine = null;
    this.clipUrl = '';
    engine?.session.dispose();
    engine?.client.dispose();
    this.app = initialState;
  }
}

function resultOf(run: Extract<AppState['run'], { kind: 'done' }>): CounterResult {
  const { count, covered, answerConfidence, answerText, clues, model } = run.analysis;
  const sure = answerConfidence === undefined ? {} : { answerConfidence };
  return { question: run.question, count, covered, ...sure, answerText, clues, model };
}
