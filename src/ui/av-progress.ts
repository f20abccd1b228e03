import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Stage } from '../protocol/api';
import type { RunProgress } from '../state/state';
import { formatWait } from './format';
import { icon } from './icons';
import { bar, controls } from './theme';

const stages: readonly Stage[] = ['probe', 'listen', 'look', 'reason'];

function stageName(stage: Stage): string {
  const names: Record<Stage, string> = {
    probe: msg('Open'),
    listen: msg('Listen'),
    look: msg('Look'),
    reason: msg('Reason'),
  };
  return names[stage];
}

/** The four stages of a run on one calm line, with the real numbers of the one at work. */
@localized()
@customElement('av-progress')
export class AvProgress extends LitElement {
  static override styles = [
    controls,
    bar,
    css`
      ol {
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        gap: var(--space-2);
      }
      li {
        display: grid;
        gap: var(--space-2);
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
      .name {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        column-gap: var(--space-2);
      }
      .now {
        color: var(--ink);
        font-weight: 600;
      }
      .figure {
        font-weight: 400;
        color: var(--ink-soft);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .icon {
        font-size: 0.8em;
      }
    `,
  ];

  /** Null while the run waits for the model. */
  @property({ attribute: false }) progress: RunProgress | null = null;

  protected override render(): TemplateResult {
    const at = stages.findIndex((stage) => stage === this.progress?.stage);
    return html`<ol aria-label=${msg('Progress')}>
      ${stages.map((stage, index) => this.#renderStage(stage, index - at, at))}
    </ol>`;
  }

  #renderStage(stage: Stage, offset: number, at: number): TemplateResult {
    const isNow = at !== -1 && offset === 0;
    const isPast = at !== -1 && offset < 0;
    const isDone = isPast && (this.progress?.seen.includes(stage) ?? false);
    const share = isDone ? 1 : isNow ? this.#share : 0;
    return html`<li class=${isNow ? 'now' : ''} aria-current=${isNow ? 'step' : nothing}>
      <span class="bar"><i .style=${`--share:${share}`}></i></span>
      <span class="name">
        ${stageName(stage)} ${isDone ? icon('check') : nothing}
        ${
          isPast && !isDone
            ? html`<span class="visually-hidden">${msg('not needed')}</span>
                <span class="figure" aria-hidden="true">–</span>`
            : nothing
        }
        ${
          isNow
            ? html`<span class="figure">${this.#figure}</span
                ><span class="figure">${this.#left}</span>`
            : nothing
        }
      </span>
    </li>`;
  }

  get #share(): number {
    const { done = 0, total = 0 } = this.progress ?? {};
    return total > 0 ? Math.min(1, done / total) : 0;
  }

  get #left(): string {
    const left = this.progress?.secondsLeft ?? 0;
    return left > 1.5 ? msg(str`${formatWait(left)} left`) : '';
  }

  /** Whole numbers as they are (`12 of 48` frames), anything else as a share. */
  get #figure(): string {
    const { done = 0, total = 0 } = this.progress ?? {};
    if (total <= 1) return '';
    const whole = Number.isInteger(done) && Number.isInteger(total) && total < 10_000;
    return whole ? msg(str`${done} of ${total}`) : `${Math.round(100 * this.#share)} %`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-progress': AvProgress;
  }
}
