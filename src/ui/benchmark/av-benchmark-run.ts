import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BenchmarkPhase, CurrentItem, RunCounts } from '../../state/benchmark/benchmark-state';
import type { AppError } from '../../errors';
import { knownModel, type ModelState } from '../../state/state';
import '../av-error';
import '../av-load-bar';
import { BenchmarkEvent } from './benchmark-events';
import { benchmarkStyles } from '../benchmark.styles';
import { errorText } from '../error-text';
import { ModelLoadEvent, ModelsEvent } from '../events';
import { formatWait } from '../format';
import { icon } from '../icons';
import { paperType } from '../paper-type.styles';
import { bar, controls } from '../theme';

const mostFailures = 20;

/**
 * The run itself: start, pause, how far it is, what failed.
 *
 * @event av-benchmark
 * @event av-model-load
 * @event av-models
 */
@customElement('av-benchmark-run')
@localized()
export class AvBenchmarkRun extends LitElement {
  static override styles = [
    controls,
    paperType,
    bar,
    benchmarkStyles,
    css`
      .numbers {
        font-size: clamp(2rem, 1.6rem + 1vw, 2.75rem);
        font-weight: 680;
        letter-spacing: -0.03em;
        line-height: 1.1;
      }
      .numbers small {
        font-size: 0.45em;
        font-weight: 500;
        letter-spacing: 0;
        color: var(--ink-soft);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        justify-content: space-between;
        gap: var(--space-3) var(--space-5);
      }
      .bar {
        height: 0.5rem;
      }
      .bar i {
        background: var(--ink);
      }
      .current {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-1);
        min-height: 3.6rem;
      }
      .question {
        font-weight: 550;
        overflow-wrap: anywhere;
      }
      .current .bar {
        height: 0.2rem;
        max-width: 20rem;
      }
      .failures li {
        padding: var(--space-2) 0;
        border-top: 1px solid var(--line);
        font-size: var(--text-s);
        overflow-wrap: anywhere;
      }
      .place {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-3);
      }
    `,
  ];

  @property({ attribute: false }) phase: BenchmarkPhase = { kind: 'idle' };
  @property({ attribute: false }) current: CurrentItem | null = null;
  @property({ attribute: false }) counts: RunCounts = { total: 0, done: 0, missing: 0, failed: 0 };
  @property({ attribute: false }) failures: ReadonlyMap<string, AppError> = new Map();
  @property({ attribute: false }) model: ModelState = { kind: 'waiting', info: null };
  /** Name of the visitor's folder that runs go to; null: this device. */
  @property({ attribute: false }) folder: string | null = null;
  @property({ type: Boolean }) keeps = true;
  /** The browser has a dialog of its own for folders. */
  @property({ type: Boolean }) picks = false;

  protected override render(): TemplateResult {
    const { phase, counts } = this;
    const { total, done } = counts;
    const isBusy = phase.kind === 'running' || phase.kind === 'preparing';
    const askable = total - done - counts.missing;
    const isAllDone = total > 0 && done === total;
    return html`
      <div class="card">
        ${this.#renderModel()}
        <div class="head">
          <p class="numbers tabular">${done}<small> ${msg(str`of ${total} answered`)}</small></p>
          <button
            id="go"
            class="button ${isBusy || isAllDone ? '' : 'primary'}"
            data-do=${isBusy ? 'pause' : 'start'}
            aria-disabled=${!isBusy && askable === 0 ? 'true' : 'false'}
            @click=${() => this.#onGo(isBusy, askable)}
          >
            ${icon(isBusy ? 'pause' : isAllDone ? 'check' : 'play')}
            ${
              isBusy
                ? msg('Pause')
                : isAllDone
                  ? msg('All answered')
                  : done > 0
                    ? msg('Resume')
                    : msg('Start')
            }
          </button>
        </div>
        <div
          class="bar"
          role="progressbar"
          aria-label=${msg('Answered')}
          aria-valuemin="0"
          aria-valuemax=${total}
          aria-valuenow=${done}
        >
          <i .style=${`--share:${total > 0 ? done / total : 0}`}></i>
        </div>
        <div class="current">${this.#renderNow()}</div>
        <p class="visually-hidden" role="status">${this.#standing}</p>
        ${this.#renderPlace()}
      </div>
      ${
        phase.kind === 'failed'
          ? html`<av-error
              .error=${phase.error}
              retry=${msg('Try again')}
              @av-retry=${() => this.dispatchEvent(new BenchmarkEvent({ to: 'start' }))}
            ></av-error>`
          : nothing
      }
      ${this.#renderFailures()}
    `;
  }

  #onGo(isBusy: boolean, askable: number): void {
    if (isBusy) this.dispatchEvent(new BenchmarkEvent({ to: 'pause' }));
    else if (askable > 0) this.dispatchEvent(new BenchmarkEvent({ to: 'start' }));
  }

  #renderModel(): TemplateResult {
    const { model } = this;
    const info = knownModel(model);
    const name = info ? `${info.title} ${info.version}` : msg('the model');
    return html`<div class="row">
        <p>
          ${msg('Model:')} <b id="model-name">${name}</b>
          ${info?.testWeights ? html`(${msg('Test weights')})` : nothing}
        </p>
        ${
          model.kind === 'waiting' || model.kind === 'stopped'
            ? html`<button
                id="load"
                class="button quiet"
                @click=${() => this.dispatchEvent(new ModelLoadEvent())}
              >
                ${icon('download')} ${msg('Load it')}
              </button>`
            : nothing
        }
        <button
          id="models"
          class="button quiet"
          @click=${() => this.dispatchEvent(new ModelsEvent())}
        >
          ${icon('layers')} ${msg('Choose a model')}
        </button>
      </div>
      ${
        model.kind === 'loading'
          ? html`<av-load-bar .progress=${model.progress} .name=${model.title}></av-load-bar>`
          : nothing
      }
      ${model.kind === 'failed' && this.phase.kind !== 'failed' ? html`<av-error .error=${model.error}></av-error>` : nothing}`;
  }

  #renderNow(): TemplateResult {
    const { phase, current } = this;
    if (phase.kind !== 'running' || !current) {
      return html`<p class="soft" aria-hidden="true">${this.#standing}</p>`;
    }
    const { annotation, progress } = current;
    const share = progress && progress.total > 0 ? progress.done / progress.total : 0;
    return html`<p class="question" lang="en">${annotation.question}</p>
      <p class="soft small tabular">
        ${annotation.file}${
          phase.secondsLeft === null
            ? nothing
            : html` · ${msg(str`${formatWait(phase.secondsLeft)} left`)}`
        }
      </p>
      <div class="bar" aria-hidden="true">
        <i .style=${`--share:${Math.min(1, share)}`}></i>
      </div>`;
  }

  get #standing(): string {
    const { phase, counts } = this;
    const { total, done, missing } = counts;
    switch (phase.kind) {
      case 'idle':
      case 'failed':
        if (total > 0 && missing === total - done && done < total)
          return msg('Choose the videos first.');
        return msg('Answers are kept as they come: a pause, a reload or a crash loses none.');
      case 'preparing':
        return msg('Getting ready…');
      case 'running':
        return phase.isWaiting ? msg('Another tab is at what is left. Waiting for it…') : '';
      case 'paused':
        return msg('Paused. Go on whenever you like.');
      case 'done':
        return missing > 0
          ? msg(str`Done, but for ${missing} whose video is not there.`)
          : msg('Done.');
    }
  }

  #renderPlace(): TemplateResult {
    const { folder } = this;
    const isBusy = this.phase.kind === 'running' || this.phase.kind === 'preparing';
    return html`<div class="place small">
      <p class="soft">
        ${
          folder !== null
            ? msg(str`Results go to your folder ${folder}.`)
            : this.keeps
              ? msg('Results are kept on this device.')
              : msg(
                  'This browser keeps nothing for the page: take the results away before you leave.',
                )
        }
      </p>
      ${
        folder !== null
          ? html`<button
              class="button quiet"
              ?disabled=${isBusy}
              @click=${() => this.dispatchEvent(new BenchmarkEvent({ to: 'use-device' }))}
            >
              ${msg('Keep them on this device')}
            </button>`
          : this.picks
            ? html`<button
                id="folder"
                class="button quiet"
                ?disabled=${isBusy}
                @click=${() => this.dispatchEvent(new BenchmarkEvent({ to: 'choose-folder' }))}
              >
                ${icon('folderOpen')} ${msg('Write to a folder instead')}
              </button>`
            : nothing
      }
    </div>`;
  }

  #renderFailures(): TemplateResult | typeof nothing {
    const { failures } = this;
    if (failures.size === 0) return nothing;
    const more = failures.size - mostFailures;
    return html`<details id="failures" class="card" open>
      <summary>${icon('chevronRight')} ${msg(str`Without an answer: ${failures.size}`)}</summary>
      <p class="note">${msg('The run goes on without them. Start again to ask them once more.')}</p>
      <ul class="failures">
        ${[...failures].slice(0, mostFailures).map(
          ([index, { code, message }]) =>
            html`<li>
              <b class="tabular">${index}</b> ${errorText(code).title}
              <span class="soft" lang="en">${message}</span>
            </li>`,
        )}
      </ul>
      ${more > 0 ? html`<p class="soft small">${msg(str`and ${more} more`)}</p>` : nothing}
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-run': AvBenchmarkRun;
  }
}
