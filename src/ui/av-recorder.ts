import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { localized, msg, str } from '@lit/localize';
import './av-level';
import './av-record-clip';
import './av-record-settings';
import { dialogStyles } from './dialog.styles';
import { recorderStyles } from './av-recorder.styles';
import { isBeside } from './beside-dialog';
import { FileChosenEvent, type RecordSettingsEvent } from './events';
import { icon } from './icons';
import { countdownFrom, firstSettings, type Phase } from './recorder-phase';
import { askingWords, secondsWords, statusWords, troubleText } from './recorder-words';
import { Capture, RecordingError, listDevices, wait, withDuration } from './recording';
import type { Devices, Take, Trouble } from './recording';
import { controls } from './theme';

/** What can be interrupted without a loss: a click beside the dialog then closes it. */
const isIdle = (kind: Phase['kind']): boolean =>
  kind === 'asking' || kind === 'ready' || kind === 'failed';

/**
 * Records a clip from the camera and the microphone, in a dialog. The devices are on only while the
 * dialog shows them: every way out turns them off.
 *
 * @event av-file - the clip
 */
@localized()
@customElement('av-recorder')
export class AvRecorder extends LitElement {
  static override styles = [controls, dialogStyles, recorderStyles];

  @state() private phase: Phase = { kind: 'closed' };
  @state() private settings = firstSettings;
  @state() private devices: Devices = { cameras: [], microphones: [] };
  /** Whole seconds that the recording still takes. */
  @state() private secondsLeft = 0;
  @query('dialog') private dialog!: HTMLDialogElement | null;
  @query('#main') private main!: HTMLButtonElement;
  @query('.ring') private ring!: SVGElement | null;
  #capture: Capture | null = null;
  #take: Take | null = null;
  /** Ends whatever goes on: a question to the browser, a countdown, a recording. */
  #going = new AbortController();
  #listening = new AbortController();

  /** Shows the dialog and asks for the camera. */
  async open(): Promise<void> {
    await this.updateComplete;
    const { dialog } = this;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const onHide = (): void => {
      if (document.hidden) this.close();
    };
    document.addEventListener('visibilitychange', onHide, { signal });
    window.addEventListener('pagehide', () => this.close(), { signal });
    await this.#prepare();
  }

  /** Turns the devices off and goes. */
  close(): void {
    this.#leave();
    this.dialog?.close();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  protected override render(): TemplateResult {
    const { kind } = this.phase;
    return html`<dialog
      id="recorder"
      data-phase=${kind}
      aria-labelledby="recorder-title"
      closedby=${isIdle(kind) ? 'any' : 'closerequest'}
      @close=${this.#onClose}
      @click=${this.#onClick}
    >
      <header>
        <h2 id="recorder-title">${msg('Record a clip')}</h2>
        <button
          id="close-recorder"
          class="icon-button"
          aria-label=${msg('Close')}
          @click=${() => this.close()}
        >
          ${icon('close')}
        </button>
      </header>
      ${kind === 'closed' ? nothing : this.#renderInside()}
      <p id="recorder-status" class="visually-hidden" role="status">
        ${statusWords(this.phase, this.settings)}
      </p>
    </dialog>`;
  }

  #renderInside(): TemplateResult {
    const { phase } = this;
    return html`
      ${phase.kind === 'failed' ? this.#renderTrouble(phase.trouble) : this.#renderStage()}
      ${this.#renderMeter()}
      <av-record-settings
        .settings=${this.settings}
        .devices=${this.devices}
        ?disabled=${!isIdle(phase.kind)}
        @av-record-settings=${this.#onSettings}
      ></av-record-settings>
      <footer>
        ${this.#renderActions()}
        <p class="soft small">${icon('lock')} ${msg('The clip stays on this device')}</p>
      </footer>
    `;
  }

  #renderTrouble(trouble: Trouble): TemplateResult {
    const { title, hint } = troubleText(trouble);
    return html`<div id="trouble" class="trouble" role="alert" data-trouble=${trouble}>
      ${icon('videoOff')}
      <h3>${title}</h3>
      <p>${hint}</p>
    </div>`;
  }

  #renderStage(): TemplateResult {
    const { phase } = this;
    return html`<div class="stage ${this.settings.soundOnly ? 'bare' : ''}">
      ${phase.kind === 'recorded' ? html`<av-record-clip .file=${phase.file}></av-record-clip>` : this.#renderPreview()}
      ${
        phase.kind === 'counting'
          ? html`<p class="count" aria-hidden="true">${phase.left}</p>`
          : nothing
      }
      ${phase.kind === 'recording' ? this.#renderRing() : nothing}
      ${phase.kind === 'asking' ? html`<p class="note">${askingWords(this.settings)}</p>` : nothing}
      ${phase.kind === 'saving' ? html`<p class="note">${msg('Saving…')}</p>` : nothing}
    </div>`;
  }

  #renderPreview(): TemplateResult {
    const capture = this.#capture;
    if (this.settings.soundOnly) return html`<av-level tall .source=${capture}></av-level>`;
    return html`<video
      id="preview"
      class=${!capture || capture.facesVisitor ? 'mirrored' : ''}
      aria-label=${msg('What the camera sees')}
      autoplay
      playsinline
      .muted=${true}
      .srcObject=${capture?.stream ?? null}
    ></video>`;
  }

  #renderRing(): TemplateResult {
    return html`<p class="left" role="timer">
      <span class="pill"><span class="dot" aria-hidden="true"></span> ${msg('Recording')}</span>
      <span class="clock">
        <svg class="ring" viewBox="0 0 36 36" aria-hidden="true">
          <circle cx="18" cy="18" r="16" pathLength="1" />
          <circle class="time" cx="18" cy="18" r="16" pathLength="1" />
        </svg>
        <span id="seconds-left" class="tabular">${this.secondsLeft}</span>
        <span class="visually-hidden">${msg('seconds left')}</span>
      </span>
    </p>`;
  }

  /** The line under the picture: how loud it is, then what was recorded. */
  #renderMeter(): TemplateResult | typeof nothing {
    const { phase } = this;
    if (phase.kind === 'recorded') {
      return html`<div class="meter">
        ${icon('check')}
        <p>${msg(str`Recorded ${secondsWords(phase.seconds)}.`)}</p>
      </div>`;
    }
    if (this.settings.soundOnly || phase.kind === 'failed') return nothing;
    const isMute = this.#capture !== null && !this.#capture.hasSound;
    return html`<div class="meter">
      ${icon(isMute ? 'micOff' : 'mic')}
      ${
        isMute
          ? html`<p>${msg('There is no microphone: the clip will have no sound.')}</p>`
          : html`<av-level .source=${this.#capture}></av-level>`
      }
    </div>`;
  }

  /**
   * The main button is one element in every phase, so that the keyboard stays on it. A double click
   * and a key that is held down are one press: the next phase's meaning is another.
   */
  #renderActions(): TemplateResult {
    const { phase } = this;
    const { words, act, isQuiet = false } = this.#mainAction;
    const again = phase.kind === 'recording' || phase.kind === 'recorded';
    const soundInstead = phase.kind === 'failed' && phase.trouble === 'no-camera';
    return html`<button
        id="main"
        class="button ${isQuiet ? '' : 'primary'}"
        aria-disabled=${act ? 'false' : 'true'}
        @keydown=${ignoreRepeat}
        @click=${({ detail }: MouseEvent) => detail < 2 && act?.()}
      >
        ${phase.kind === 'ready' ? html`<span class="dot" aria-hidden="true"></span>` : nothing}
        ${words}
      </button>
      ${
        again
          ? html`<button id="again" class="button" @click=${() => void this.#recordAgain()}>
              ${icon('repeat')} ${msg('Record again')}
            </button>`
          : nothing
      }
      ${
        soundInstead
          ? html`<button id="sound-instead" class="button" @click=${() => this.#recordSoundOnly()}>
              ${icon('mic')} ${msg('Record the sound only')}
            </button>`
          : nothing
      }`;
  }

  get #mainAction(): { words: string; act?: () => void; isQuiet?: boolean } {
    const { phase } = this;
    switch (phase.kind) {
      case 'closed':
      case 'asking':
      case 'ready': {
        const words = msg(str`Record ${secondsWords(this.settings.seconds)}`);
        return phase.kind === 'ready' ? { words, act: () => void this.#record() } : { words };
      }
      case 'counting':
        return { words: msg('Cancel'), act: () => this.#cancelCount(), isQuiet: true };
      case 'recording':
        return { words: msg('Stop and use'), act: () => this.#take?.stop() };
      case 'saving':
        return { words: msg('Saving…') };
      case 'recorded':
        return { words: msg('Use this clip'), act: () => this.#use(phase.file) };
      case 'failed':
        return { words: msg('Try again'), act: () => void this.#prepare() };
    }
  }

  #onSettings({ settings }: RecordSettingsEvent): void {
    const { seconds } = this.settings;
    this.settings = settings;
    // The length alone does not change what is recorded from.
    if (settings.seconds === seconds) void this.#prepare();
  }

  #recordSoundOnly(): void {
    this.settings = { ...this.settings, soundOnly: true };
    void this.#prepare();
  }

  async #prepare(): Promise<boolean> {
    const { signal } = this.#renew();
    this.#release();
    this.phase = { kind: 'asking' };
    try {
      const capture = await Capture.open(this.settings, signal);
      if (signal.aborted) {
        capture.close();
        return false;
      }
      this.#capture = capture;
      capture.onLost(() => this.#fail(new RecordingError('lost')));
      const devices = await listDevices();
      signal.throwIfAborted();
      this.devices = devices;
      this.phase = { kind: 'ready' };
      await this.updateComplete;
      // The keyboard is where it was put, or still on the way in.
      const { activeElement } = this.renderRoot as ShadowRoot;
      if (!activeElement || activeElement.id === 'close-recorder') this.main.focus();
      return true;
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
      return false;
    }
  }

  async #recordAgain(): Promise<void> {
    this.#take?.discard();
    this.#take = null;
    const isOn = this.#capture !== null;
    this.main.focus();
    if (isOn || (await this.#prepare())) await this.#record();
  }

  async #record(): Promise<void> {
    const { signal } = this.#renew();
    try {
      for (let left = countdownFrom; left > 0; left--) {
        this.phase = { kind: 'counting', left };
        await wait(1000, signal);
      }
      if (!this.#capture) return;
      const take = this.#capture.record(this.settings.seconds);
      this.#take = take;
      this.secondsLeft = this.settings.seconds;
      this.phase = { kind: 'recording' };
      this.#followTake(take);
      const raw = await take.file;
      signal.throwIfAborted();
      await this.#finish(take, raw, signal);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  /** Stopped by hand, the clip is used at once; at its full length it is shown first. */
  async #finish(take: Take, raw: File, signal: AbortSignal): Promise<void> {
    this.#release();
    this.phase = { kind: 'saving' };
    const file = await withDuration(raw);
    signal.throwIfAborted();
    const seconds = take.elapsedSeconds;
    if (take.isStopped) return this.#use(file);
    this.phase = { kind: 'recorded', file, seconds };
  }

  /** Drawn past Lit, as the ring turns with every refresh. */
  #followTake(take: Take): void {
    const follow = (): void => {
      if (this.#take !== take) return;
      const left = Math.max(0, take.seconds - take.elapsedSeconds);
      this.secondsLeft = Math.ceil(left);
      this.ring?.style.setProperty('--share', (left / take.seconds).toFixed(4));
      requestAnimationFrame(follow);
    };
    requestAnimationFrame(follow);
  }

  #cancelCount(): void {
    this.#renew();
    this.phase = { kind: 'ready' };
  }

  #use(file: File): void {
    this.close();
    this.dispatchEvent(new FileChosenEvent(file));
  }

  #fail(error: unknown): void {
    this.#renew();
    this.#release();
    const trouble = error instanceof RecordingError ? error.trouble : 'failed';
    this.phase = { kind: 'failed', trouble };
  }

  #renew(): AbortController {
    this.#going.abort();
    this.#going = new AbortController();
    return this.#going;
  }

  /** Turns the devices off. */
  #release(): void {
    this.#take?.discard();
    this.#take = null;
    this.#capture?.close();
    this.#capture = null;
  }

  /** The event comes late: by then the dialog may have been opened anew. */
  #onClose(): void {
    if (!this.dialog?.open) this.#leave();
  }

  /** A click beside the dialog, where the browser does not know `closedby`. */
  #onClick(event: MouseEvent): void {
    if (isIdle(this.phase.kind) && isBeside(this.dialog, event)) this.close();
  }

  #leave(): void {
    this.#going.abort();
    this.#listening.abort();
    this.#release();
    this.phase = { kind: 'closed' };
  }
}

function ignoreRepeat(event: KeyboardEvent): void {
  if (event.repeat && event.key !== 'Tab') event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'av-recorder': AvRecorder;
  }
}
