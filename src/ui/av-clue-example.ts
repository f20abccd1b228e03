import { localized, msg, str } from '@lit/localize';
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Sample } from '../state/samples';
import { SampleChosenEvent } from './events';
import { formatTime } from './format';
import { icon } from './icons';
import { labelWords } from './label-words';
import { paperType } from './paper-type.styles';
import { controls } from './theme';

/**
 * One clip with its hand-made clues in time, and the count that they add up to.
 *
 * @event av-sample - to have it counted by the model
 */
@customElement('av-clue-example')
@localized()
export class AvClueExample extends LitElement {
  static override styles = [
    controls,
    paperType,
    css`
      figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        margin: 0;
        border-radius: var(--radius-l);
        overflow: clip;
        background: var(--screen);
        color: var(--screen-ink);
      }
      img {
        display: block;
        width: 100%;
        aspect-ratio: 16 / 9;
        object-fit: cover;
      }
      .picture {
        position: relative;
      }
      .by-hand {
        position: absolute;
        inset: var(--space-3) auto auto var(--space-3);
        padding: 0.2rem 0.7rem;
        border-radius: 999px;
        background: var(--screen);
        font-size: var(--text-s);
        font-weight: 550;
      }
      .by-hand.alone {
        position: static;
        justify-self: start;
        margin: var(--space-4) 0 0 var(--space-4);
        border: 1px solid var(--screen-line);
      }
      figcaption {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--space-4);
        padding: var(--space-4) clamp(var(--space-4), 3vw, var(--space-5)) var(--space-5);
      }
      .question {
        font-size: var(--text-l);
        font-weight: 600;
        letter-spacing: -0.01em;
      }
      .strip {
        position: relative;
        height: 2.25rem;
        margin-inline: 0.9rem;
        border-bottom: 1.5px solid var(--screen-line);
      }
      .strip li {
        position: absolute;
        left: calc(var(--from) * 100%);
        width: max(calc((var(--to) - var(--from)) * 100%), 3px);
        inset-block: auto 0;
        height: 0.7rem;
        background: var(--accent);
        forced-color-adjust: none;
      }
      .strip b {
        position: absolute;
        left: 50%;
        bottom: 0.9rem;
        translate: -50%;
        font-size: var(--text-s);
        font-weight: 600;
        line-height: 1.2;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        max-width: none;
        margin-top: calc(-1 * var(--space-3));
        font-size: var(--text-s);
        color: var(--screen-soft);
      }
      .sum {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3) var(--space-5);
      }
      .equation {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        font-size: var(--text-xl);
        font-weight: 650;
        letter-spacing: -0.02em;
      }
      .equation output {
        padding: 0 0.3em;
        border-radius: 0.12em;
        background: var(--accent);
        color: var(--on-accent);
      }
      .button {
        border-color: var(--screen-soft);
      }
      .button:hover {
        border-color: var(--screen-ink);
        background: var(--screen-raised);
      }
      :focus-visible {
        outline-color: var(--accent);
      }
      .credit {
        font-size: var(--text-s);
        color: var(--screen-soft);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) sample: Sample | null = null;

  protected override render(): TemplateResult | typeof nothing {
    const { sample } = this;
    const clues = sample?.clues ?? [];
    if (!sample || clues.length === 0) return nothing;
    const { title, poster, question, count, credit } = sample;
    const endSeconds = Math.ceil(Math.max(...clues.map((clue) => clue.endSeconds)));
    const badge = msg('Labelled by hand');
    return html`<figure>
      ${
        poster
          ? html`<div class="picture">
              <img
                src=${poster}
                alt=${msg(str`A picture of the clip “${labelWords(title)}”`)}
                loading="lazy"
              />
              <span class="by-hand">${badge}</span>
            </div>`
          : html`<span class="by-hand alone">${badge}</span>`
      }
      <figcaption>
        <p class="question" lang="en">${question}</p>
        <ol class="strip tabular" aria-label=${msg('The clues, by hand')}>
          ${clues.map(
            ({ startSeconds, endSeconds: to, label }, at) =>
              html`<li
                .style=${`--from: ${startSeconds / endSeconds}; --to: ${to / endSeconds}`}
                title=${`${labelWords(label)}, ${formatTime(startSeconds)}`}
              >
                <b aria-hidden="true">${at + 1}</b>
                <span class="visually-hidden"
                  >${labelWords(label)}, ${formatTime(startSeconds)}</span
                >
              </li>`,
          )}
        </ol>
        <p class="ends tabular" aria-hidden="true">
          <span>${formatTime(0)}</span><span>${formatTime(endSeconds)}</span>
        </p>
        <div class="sum">
          <p class="equation">
            ${msg(str`${clues.length} clues`)} <span aria-hidden="true">→</span>
            <span class="visually-hidden">${msg('make')}</span> <output>${count}</output>
          </p>
          <button
            id="count-live"
            class="button"
            @click=${() => this.dispatchEvent(new SampleChosenEvent(sample))}
          >
            ${icon('play')} ${msg('Count it live')}
          </button>
        </div>
        <p class="credit">
          ${msg(
            'These marks were set by hand; no model made them. The button lets the model on this page try, and its answer may differ.',
          )}
          ${credit ? msg(str`Clip: ${credit}`) : nothing}
        </p>
      </figcaption>
    </figure>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-clue-example': AvClueExample;
  }
}
