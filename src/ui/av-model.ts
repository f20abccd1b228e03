import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Capabilities, Figure, LoadEvent, ModelInfo } from '../protocol/api';
import type { ModelState } from '../state/state';
import { modelStyles } from './av-model.styles';
import { formatBytes } from './format';
import { icon } from './icons';
import { controls } from './theme';

const loadWords: Record<LoadEvent['stage'], string> = {
  fetch: 'Fetching the model',
  compile: 'Preparing the model',
  codec: 'Preparing the video decoder',
};

/** Which model runs here, what it can count, and whether it is ready. Plain about all of it. */
@customElement('av-model')
export class AvModel extends LitElement {
  static override styles = [controls, modelStyles];

  @property({ attribute: false }) model: ModelState = { kind: 'waiting' };
  @property({ attribute: false }) capabilities: Capabilities | null = null;
  /** True once the page itself is kept on this device. */
  @property({ type: Boolean }) offline = false;

  protected override render(): TemplateResult | typeof nothing {
    switch (this.model.kind) {
      case 'waiting':
        return this.#renderLoading(null);
      case 'loading':
        return this.#renderLoading(this.model.progress);
      case 'ready':
        return this.#renderReady(this.model.info);
      case 'failed':
        return nothing;
    }
  }

  #renderLoading(progress: LoadEvent | null): TemplateResult {
    const { done = 0, total = 0, stage = 'fetch' } = progress ?? {};
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const figure =
      stage === 'fetch' && total > 1000 ? `${formatBytes(done)} of ${formatBytes(total)}` : '';
    return html`<div id="model" class="loading" data-state="loading">
      <p><strong>${loadWords[stage]}</strong> <span class="soft tabular">${figure}</span></p>
      <div
        class="bar"
        role="progressbar"
        aria-label=${loadWords[stage]}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Math.round(share * 100)}
      >
        <i .style=${`--share:${share}`}></i>
      </div>
      <p class="soft small">Pick a video meanwhile; a question waits until the model is there.</p>
    </div>`;
  }

  #renderReady(info: ModelInfo): TemplateResult {
    const { sound, movement, object, colour } = info.reach;
    return html`<div id="model" data-state="ready">
      <div class="head">
        <h2>${info.title} <span class="version">${info.version}</span></h2>
        <p class="status">
          ${icon('check')} Ready${this.offline ? ' · works offline from now on' : ''}
        </p>
      </div>
      <div class="reach">
        ${this.#renderReach('Hears', 'audioLines', sound)}
        ${this.#renderReach('Follows', 'repeat', movement)}
        ${this.#renderReach('Sees', 'eye', object)}
        ${this.#renderReach('Tells apart', 'palette', colour)}
      </div>
      ${info.figures.length > 0 ? this.#renderFigures(info.figures) : nothing}
      <dl>
        <div>
          <dt>Runs on</dt>
          <dd>
            ${info.backend === 'webgpu' ? 'graphics processor' : 'processor'} (${info.backend})
          </dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>${formatBytes(info.bytes)}</dd>
        </div>
        <div>
          <dt>Licence</dt>
          <dd>${info.licence}</dd>
        </div>
        <div>
          <dt>Fingerprint</dt>
          <dd><code title=${info.sha256}>${info.sha256.slice(0, 12)}</code></dd>
        </div>
      </dl>
      ${
        this.capabilities?.webgpuMissing
          ? html`<p class="soft small">${this.capabilities.webgpuMissing}</p>`
          : nothing
      }
    </div>`;
  }

  #renderFigures(figures: readonly Figure[]): TemplateResult {
    return html`<table id="figures">
      <caption>
        How often it is right, in its own test
      </caption>
      <thead>
        <tr>
          <th scope="col">Test</th>
          <th scope="col">Exact</th>
          <th scope="col">Within one</th>
          <th scope="col">Answers</th>
        </tr>
      </thead>
      <tbody class="tabular">
        ${figures.map(
          ({ label, exact, withinOne, n }) =>
            html`<tr>
              <th scope="row">${label}</th>
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
    return html`<section>
      <h3>${icon(name)} ${title}</h3>
      <ul>
        ${labels.map((label) => html`<li>${label}</li>`)}
      </ul>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-model': AvModel;
  }
}
