import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Clue } from '../clues/clue';
import { isAbort, toAppError, type AppError } from '../errors';
import { formatBytes } from '../format-bytes';
import './av-error';
import { formatWait } from './format';
import { icon } from './icons';
import { bar, controls } from './theme';

type Job =
  | { kind: 'idle' }
  | { kind: 'running'; done: number; total: number; sinceMs: number; abort: AbortController }
  | { kind: 'done'; name: string; bytes: number; url: string }
  | { kind: 'failed'; error: AppError };

/** Before this much of the work is done, nothing is said of how long it will take. */
const leastShareForWait = 0.04;

/**
 * Saves the clip as a video with boxes, timeline, question and running count drawn in. The work is
 * done in a worker of its own, and stops when the element leaves the page or gets another file.
 */
@localized()
@customElement('av-render')
export class AvRender extends LitElement {
  static override styles = [
    controls,
    bar,
    css`
      .job {
        display: grid;
        gap: var(--space-3);
        justify-items: start;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        column-gap: var(--space-3);
        overflow-wrap: anywhere;
      }
      .bar {
        width: 100%;
        height: 0.375rem;
      }
      a.button {
        color: inherit;
        text-decoration: none;
      }
      @media (forced-colors: active) {
        .bar {
          border: 1px solid CanvasText;
        }
        .bar i {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  /** The visitor's file; a still picture has no video, and nothing is shown for it. */
  @property({ attribute: false }) file: File | null = null;
  @property({ attribute: false }) clues: readonly Clue[] = [];
  @property() question = '';
  /** What the answer says in the end; null where it gave no number. */
  @property({ attribute: false }) count: number | null = null;

  @state() private job: Job = { kind: 'idle' };
  #hadFocus = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#reset();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('file') || changed.has('question')) this.#reset();
    this.#hadFocus = this.shadowRoot?.activeElement != null;
  }

  /** Each state has another button: who pressed the one before is led to the next. */
  protected override updated(): void {
    if (!this.#hadFocus || this.shadowRoot?.activeElement) return;
    this.renderRoot.querySelector<HTMLElement>('.next')?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.file || this.file.type.startsWith('image/')) return nothing;
    const { job } = this;
    switch (job.kind) {
      case 'idle':
        return this.#renderStart();
      case 'running':
        return this.#renderRunning(job);
      case 'done':
        return html`<div class="job">
          <p class="head" role="status">
            <strong>${msg('The video is saved')}</strong>
            <span class="soft small">${job.name} · ${formatBytes(job.bytes)}</span>
          </p>
          <a class="button next" id="again" href=${job.url} download=${job.name}>
            ${icon('download')} ${msg('Save again')}
          </a>
        </div>`;
      case 'failed':
        return html`<div class="job next" tabindex="-1">
          <av-error
            .error=${job.error}
            retry=${msg('Try again')}
            @av-retry=${(event: Event) => {
              // The retry of this element is no wish to ask the model again.
              event.stopPropagation();
              this.#start();
            }}
          ></av-error>
        </div>`;
    }
  }

  #renderStart(): TemplateResult {
    return html`<button id="save" class="button next" @click=${this.#start}>
      ${icon('film')} ${msg('Save as video')}
    </button>`;
  }

  #renderRunning(job: Extract<Job, { kind: 'running' }>): TemplateResult {
    const share = shareOf(job);
    const percent = Math.round(100 * share);
    const wait = waitOf(job);
    const left = wait === null ? '' : msg(str`${wait} left`);
    const label = msg('Making the video');
    return html`<div class="job">
      <p class="head">
        <strong>${label}</strong>
        <span class="soft small tabular">${percent} %${left ? ` · ${left}` : ''}</span>
      </p>
      <div
        class="bar"
        role="progressbar"
        aria-label=${label}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${percent}
        aria-valuetext=${`${percent} %${left ? `, ${left}` : ''}`}
      >
        <i .style=${`--share:${share}`}></i>
      </div>
      <button id="cancel" class="button next" @click=${this.#reset}>
        ${icon('close')} ${msg('Cancel')}
      </button>
    </div>`;
  }

  #start = (): void => {
    void this.#run();
  };

  async #run(): Promise<void> {
    const { file, clues, question, count } = this;
    if (!file) return;
    this.#reset();
    const abort = new AbortController();
    const sinceMs = performance.now();
    this.job = { kind: 'running', done: 0, total: 0, sinceMs, abort };
    try {
      const { startRender } = await import('../protocol/render-client');
      const result = await startRender(
        { file, clues, question, countWords: count === null ? '' : msg(str`of ${count}`) },
        (done, total) => {
          if (!abort.signal.aborted) this.job = { kind: 'running', done, total, sinceMs, abort };
        },
        abort.signal,
      );
      const url = URL.createObjectURL(result);
      this.job = { kind: 'done', name: result.name, bytes: result.size, url };
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLAnchorElement>('#again')?.click();
    } catch (error) {
      if (abort.signal.aborted || isAbort(error)) return;
      this.job = { kind: 'failed', error: toAppError(error) };
    }
  }

  /** Back to the button: stops what goes on, and lets go of what was made. */
  #reset = (): void => {
    const { job } = this;
    if (job.kind === 'running') job.abort.abort();
    if (job.kind === 'done') URL.revokeObjectURL(job.url);
    if (job.kind !== 'idle') this.job = { kind: 'idle' };
  };
}

function shareOf({ done, total }: { done: number; total: number }): number {
  return total > 0 ? Math.min(1, done / total) : 0;
}

/** How long it will take yet, in words; null while that cannot be told. */
function waitOf(job: { done: number; total: number; sinceMs: number }): string | null {
  const share = shareOf(job);
  if (share < leastShareForWait || share >= 1) return null;
  return formatWait((((performance.now() - job.sinceMs) / 1000) * (1 - share)) / share);
}

declare global {
  interface HTMLElementTagNameMap {
    'av-render': AvRender;
  }
}
