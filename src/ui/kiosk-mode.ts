import { msg } from '@lit/localize';
import { css, html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { IdleTimer, type IdleState } from '../state/idle';
import { KioskLoop, type KioskStep } from '../state/kiosk';
import type { KioskSettings } from '../state/kiosk-settings';
import type { Session } from '../state/session';
import type { AppState } from '../state/state';
import './av-code';
import './av-kiosk';
import './av-still-there';
import { icon } from './icons';
import { currentLanguage, switchLanguage } from './language';
import { restoreTheme, storedTheme } from './theme';
import { keepAwake } from './wake-lock';
import { closeWaysOut } from './ways-out';

const warningSeconds = 10;

/** A player tells every frame, so this long without a word is a pause. */
const playingMs = 2000;

/** A visitor reads one sentence in this time; then the error makes room. */
const errorMs = 12_000;

/** After so many turns that came to nothing, only a new page helps. */
const hopelessTurns = 6;

const inputEvents = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'input', 'touchmove'];

const rootStyles = css`
  :root {
    /* Read standing, at arm's length and beyond. */
    font-size: clamp(118%, 0.72rem + max(0.74vw, 0.62vh), 240%);
    overscroll-behavior: none;
    -webkit-tap-highlight-color: transparent;
    --error-detail: none;
    /* A file on this machine would outlive its visitor; the code beside the number does not. */
    --take-away: none;
  }
  :root[data-kiosk='samples'] {
    --own-file: none;
  }
`;

/**
 * The page at a booth: a loop of samples until somebody comes, then the page itself, in large type and
 * without ways out, and the loop again once they have gone. Nothing of a visitor stays.
 */
export class KioskMode {
  /** True while nobody is there: the page shows nothing but the loop. */
  isAttracting = true;
  readonly settings: KioskSettings;

  readonly #host: ReactiveControllerHost;
  readonly #session: Session;
  readonly #loop: KioskLoop;
  readonly #idle: IdleTimer;
  readonly #living = new AbortController();
  readonly #theme = storedTheme();
  readonly #language = currentLanguage();
  #step: KioskStep = { kind: 'loading' };
  #secondsLeft: number | null = null;
  #playedAt = -Infinity;
  #errorTimer: ReturnType<typeof setTimeout> | undefined;

  /** Beside a finished answer, as large as there is room: what a visitor takes away. */
  renderCode(app: AppState): TemplateResult {
    return html`<av-code .app=${app}></av-code>`;
  }

  constructor(host: ReactiveControllerHost, session: Session, settings: KioskSettings) {
    this.#host = host;
    this.#session = session;
    this.settings = settings;
    this.#loop = new KioskLoop(session, {
      showSeconds: settings.showSeconds,
      tell: (step) => {
        this.#step = step;
        host.requestUpdate();
      },
      stuck: (turns) => void (turns >= hopelessTurns && renewPage()),
    });
    this.#idle = new IdleTimer({
      idleSeconds: settings.idleSeconds,
      warningSeconds,
      isBusy: () => this.#isBusy,
      tell: (state) => this.#onIdle(state),
    });
    this.#install();
    this.#loop.start();
    void session.start();
  }

  /** Takes the mode off the page; for tests. */
  dispose(): void {
    this.#living.abort();
    this.#loop.stop();
    this.#idle.stop();
    clearTimeout(this.#errorTimer);
    delete document.documentElement.dataset['kiosk'];
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(
      (sheet) => sheet !== rootStyles.styleSheet,
    );
  }

  /** Somebody is there. */
  begin(): void {
    if (!this.isAttracting) return;
    this.isAttracting = false;
    this.#loop.stop();
    this.#session.wipe();
    this.#idle.start();
    void this.#session.start();
    goFullScreen();
    this.#host.requestUpdate();
  }

  /** Nobody is: takes everything of the visitor off the page. */
  reset(): void {
    this.#idle.stop();
    this.#secondsLeft = null;
    this.#session.wipe();
    restoreTheme(this.#theme);
    if (currentLanguage() !== this.#language) void switchLanguage(this.#language);
    if (location.hash.length > 2) location.replace('#/');
    window.getSelection()?.removeAllRanges();
    window.scrollTo({ top: 0, behavior: 'instant' });
    this.isAttracting = true;
    this.#host.requestUpdate();
    this.#loop.start();
  }

  /** The whole page while nobody is there; else what lies over it. */
  render(app: AppState): TemplateResult {
    return this.isAttracting
      ? html`<av-kiosk
          role="main"
          .step=${this.#step}
          .video=${app.video}
          .run=${app.run}
          @av-begin=${() => this.begin()}
        ></av-kiosk>`
      : html`<av-still-there
          .secondsLeft=${this.#secondsLeft}
          .warningSeconds=${warningSeconds}
          @av-stay=${() => this.#idle.touch()}
        ></av-still-there>`;
  }

  /** A button for the header while the page does not fill the screen. */
  renderFullScreen(): TemplateResult | typeof nothing {
    if (!document.fullscreenEnabled || document.fullscreenElement) return nothing;
    return html`<button
      id="full-screen"
      class="icon-button"
      aria-label=${msg('Fill the screen')}
      @click=${goFullScreen}
    >
      ${icon('maximize')}
    </button>`;
  }

  #install(): void {
    const { signal } = this.#living;
    document.documentElement.dataset['kiosk'] = this.settings.samplesOnly ? 'samples' : '';
    if (rootStyles.styleSheet) document.adoptedStyleSheets.push(rootStyles.styleSheet);
    keepAwake(signal);
    closeWaysOut(signal);
    for (const name of inputEvents) {
      window.addEventListener(name, (event) => this.#onInput(event), {
        ...{ signal, capture: true, passive: true },
      });
    }
    window.addEventListener('av-playback', () => (this.#playedAt = performance.now()), { signal });
    document.addEventListener('fullscreenchange', () => this.#host.requestUpdate(), { signal });
    const unsubscribe = this.#session.store.subscribe((app) => this.#watchErrors(app));
    signal.addEventListener('abort', unsubscribe);
  }

  get #isBusy(): boolean {
    const { run, video } = this.#session.store.state;
    const isPlaying = performance.now() - this.#playedAt < playingMs;
    return run.kind === 'running' || video.kind === 'opening' || isPlaying;
  }

  #onInput(event: Event): void {
    // A mouse on a table that somebody leans on is nobody.
    if (event instanceof PointerEvent && event.type === 'pointermove') {
      if (Math.abs(event.movementX) + Math.abs(event.movementY) < 3) return;
    }
    this.#idle.touch();
  }

  #onIdle(state: IdleState): void {
    if (state.kind === 'over') return this.reset();
    this.#secondsLeft = state.kind === 'warning' ? state.secondsLeft : null;
    this.#host.requestUpdate();
  }

  /** An error goes by itself, and what can be tried again by itself is. The loop has its own ways. */
  #watchErrors({ video, run, model }: AppState): void {
    const isWrong = video.kind === 'failed' || run.kind === 'failed' || model.kind === 'failed';
    if (!isWrong || this.isAttracting) {
      clearTimeout(this.#errorTimer);
      this.#errorTimer = undefined;
      return;
    }
    this.#errorTimer ??= setTimeout(() => {
      this.#errorTimer = undefined;
      this.#session.dismiss();
      if (this.#session.store.state.model.kind === 'failed') void this.#session.start();
    }, errorMs);
  }
}

function goFullScreen(): void {
  if (document.fullscreenElement || !document.fullscreenEnabled) return;
  document.documentElement.requestFullscreen({ navigationUI: 'hide' }).catch(() => undefined);
}

/** Only where the page can be had again: a dead network must not leave an empty screen. */
async function renewPage(): Promise<void> {
  const { ok } = await fetch(location.href, { cache: 'no-store' }).catch(() => ({ ok: false }));
  if (ok) location.reload();
}
