import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Capabilities, Figure, ModelInfo } from '../protocol/api';
import type { LoadProgress, ModelState, Refused } from '../state/state';
import './av-error';
import './av-load-bar';
import { modelStyles } from './av-model.styles';
import { ModelLoadEvent, ModelStopEvent, ModelsEvent, RetryEvent } from './events';
import { formatBytes } from '../format-bytes';
import { icon } from './icons';
import { labelWords, languageOf } from './label-words';
import { controls } from './theme';

/** Of each kind; the rest unfolds. */
const mostLabels = 9;

/**
 * Which model runs here, what it can count, and whether it is ready. Plain about all of it.
 *
 * @event av-models - to choose another
 * @event av-model-stop
 * @event av-retry - to go on with one that was stopped
 */
@localized()
@customElement('av-model')
export class AvModel extends LitElement {
  static override styles = [controls, modelStyles];

  @property({ attribute: false }) model: ModelState = { kind: 'waiting', info: null };
  @property({ attribute: false }) capabilities: Capabilities | null = null;
  /** True once the page itself is kept on this device. */
  @property({ type: Boolean }) offline = false;

  protected override render(): TemplateResult | typeof nothing {
    const { model } = this;
    switch (model.kind) {
      case 'waiting':
        return model.info ? this.#renderInfo(model.info, 'waiting', null) : this.#renderOffer();
      case 'loading':
        return this.#renderLoading(model.title, model.progress, model.previous);
      case 'ready':
        return this.#renderInfo(model.info, 'ready', model.refused);
      case 'stopped':
        return this.#renderStopped(model.title);
      case 'failed':
        return nothing;
    }
  }

  #renderLoading(
    title: string,
    progress: LoadProgress | null,
    previous: ModelInfo | null,
  ): TemplateResult {
    return html`<div id="model" class="loading" data-state="loading">
      ${title ? html`<h2>${title}</h2>` : nothing}
      <av-load-bar .progress=${progress} .name=${title}></av-load-bar>
      <p class="soft small">
        ${
          previous
            ? msg(str`Until it is there, ${previous.title} answers.`)
            : msg('Pick a video meanwhile; a question waits until the model is there.')
        }
      </p>
      <div class="buttons">
        ${
          title
            ? html`<button
                id="stop-load"
                class="button"
                @click=${() => this.dispatchEvent(new ModelStopEvent())}
              >
                ${icon('stop')} ${msg('Stop')}
              </button>`
            : nothing
        }
        ${this.#renderChoose()}
      </div>
    </div>`;
  }

  #renderStopped(title: string): TemplateResult {
    return html`<div id="model" class="loading" data-state="stopped">
      <h2>${msg(str`${title || msg('The model')} was stopped`)}</h2>
      <p class="soft">${msg('What has arrived is kept. Going on starts where it stopped.')}</p>
      <div class="buttons">
        <button class="button primary" @click=${() => this.dispatchEvent(new RetryEvent())}>
          ${msg('Go on')}
        </button>
        ${this.#renderChoose()}
      </div>
    </div>`;
  }

  #renderChoose(): TemplateResult {
    return html`<button
      id="choose"
      class="button"
      aria-haspopup="dialog"
      @click=${() => this.dispatchEvent(new ModelsEvent())}
    >
      ${icon('layers')} ${msg('Choose a model')}
    </button>`;
  }

  /** Nobody has asked for it yet, and its manifest is on its way. */
  #renderOffer(): TemplateResult {
    return html`<div id="model" class="loading" data-state="waiting">
      <p class="soft">${msg('The model is loaded when you open a video.')}</p>
      <div class="buttons">${this.#renderLoadNow()} ${this.#renderChoose()}</div>
    </div>`;
  }

  #renderLoadNow(): TemplateResult {
    return html`<button
      id="load-now"
      class="button"
      @click=${() => this.dispatchEvent(new ModelLoadEvent())}
    >
      ${icon('download')} ${msg('Load it now')}
    </button>`;
  }

  #renderInfo(
    info: ModelInfo,
    state: 'waiting' | 'ready',
    refused: Refused | null,
  ): TemplateResult {
    const { sound, movement, object, colour } = info.reach;
    return html`<div id="model" data-state=${state}>
      <div class="head">
        <h2>${info.title} <span class="version">${info.version}</span></h2>
        <p class="status">
          ${
            state === 'waiting'
              ? msg(str`${formatBytes(info.bytes)}, loaded when you open a video`)
              : html`${icon('check')}
                ${this.offline ? msg('Ready · works offline from now on') : msg('Ready')}`
          }
        </p>
        <div class="buttons">
          ${state === 'waiting' ? this.#renderLoadNow() : nothing} ${this.#renderChoose()}
        </div>
      </div>
      ${
        info.testWeights
          ? html`<p id="test-weights" class="warning">
              ${icon('flask')} ${msg('Test weights: random numbers; the answers mean nothing.')}
            </p>`
          : nothing
      }
      ${
        refused
          ? html`<av-error class="refused" .error=${refused.error}></av-error>
              <p class="soft small">${msg(str`${info.title} stays in use.`)}</p>`
          : nothing
      }
      <div class="about">
        <div class="reach">
          ${this.#renderReach(msg('Hears'), 'audioLines', sound)}
          ${this.#renderReach(msg('Follows'), 'repeat', movement)}
          ${this.#renderReach(msg('Sees'), 'eye', object)}
          ${this.#renderReach(msg('Tells apart'), 'palette', colour)}
        </div>
        ${info.figures.length > 0 ? this.#renderFigures(info.figures) : nothing}
      </div>
      <dl>
        <div>
          <dt>${msg('Runs on')}</dt>
          <dd>
            ${info.backend === 'webgpu' ? msg('graphics processor') : msg('processor')}
            (${info.backend})
          </dd>
        </div>
        <div>
          <dt>${msg('Size')}</dt>
          <dd>${formatBytes(info.bytes)}</dd>
        </div>
        <div>
          <dt>${msg('Licence')}</dt>
          <dd>${info.licence}</dd>
        </div>
        <div>
          <dt>${msg('Fingerprint')}</dt>
          <dd><code title=${info.sha256}>${info.sha256.slice(0, 12)}</code></dd>
        </div>
      </dl>
      ${
        this.capabilities?.webgpuMissing
          ? html`<p class="soft small" lang="en">${this.capabilities.webgpuMissing}</p>`
          : nothing
      }
    </div>`;
  }

  #renderFigures(figures: readonly Figure[]): TemplateResult {
    return html`<table id="figures">
      <caption>
        ${msg('How often it is right, in its own test')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${msg('Test')}</th>
          <th scope="col">${msg('Exact')}</th>
          <th scope="col">${msg('Within one')}</th>
          <th scope="col">${msg('Answers')}</th>
        </tr>
      </thead>
      <tbody class="tabular">
        ${figures.map(
          ({ label, exact, withinOne, n }) =>
            html`<tr>
              <th scope="row" lang=${languageOf(label)}>${labelWords(label)}</th>
              <td>${Math.round(exact)} %</td>
              <td>${Math.round(withinOne)} %</td>
              <td>${n}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #renderReach(
    title: string,
    name: 'audioLines' | 'repeat' | 'eye' | 'palette',
    labels: readonly string[],
  ): TemplateResult | typeof nothing {
    if (labels.length === 0) return nothing;
    const words = labels.map(labelWords);
    const [first, rest] = [words.slice(0, mostLabels), words.slice(mostLabels)];
    const comma = msg(', ');
    return html`<section>
      <h3>${icon(name)} ${title}</h3>
      <p>${first.join(comma)}${rest.length > 0 ? msg(',') : ''}</p>
      ${
        rest.length > 0
          ? html`<details>
              <summary>${msg(str`and ${rest.length} more`)}</summary>
              <p>${rest.join(comma)}</p>
            </details>`
          : nothing
      }
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-model': AvModel;
  }
}
