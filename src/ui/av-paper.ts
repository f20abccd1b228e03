import { localized, msg } from '@lit/localize';
import { LitElement, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Sample } from '../state/samples';
import './av-paper-benchmark';
import './av-citation';
import './av-clue-example';
import './av-leaderboard';
import './av-measured';
import './av-method';
import { paperStyles } from './av-paper.styles';
import './av-privacy-counter';
import { icon } from './icons';
import { paperType } from './paper-type.styles';
import { controls } from './theme';

const addresses = {
  paper: 'https://arxiv.org/abs/2506.05328',
  site: 'https://av-reasoner.github.io',
  code: 'https://github.com/AV-Reasoner/AV-Reasoner',
} as const;

/**
 * The page about the paper: what it asks, how its model answers, what both were measured to do, and
 * what this site is beside it.
 *
 * @event av-sample - to have the example counted
 */
@customElement('av-paper')
@localized()
export class AvPaper extends LitElement {
  static override styles = [controls, paperType, paperStyles];

  /** The first of them that has clues is the example. */
  @property({ attribute: false }) samples: readonly Sample[] = [];
  /** Address of nano's `measured.json`. */
  @property({ attribute: false }) measuredUrl = new URL(
    `${import.meta.env.BASE_URL}nano/measured.json`,
    document.baseURI,
  ).href;

  protected override render(): TemplateResult {
    return html`<article>
      ${this.#renderTitle()} ${this.#renderClues()}
      ${this.#renderSection(
        'method',
        msg('How the paper’s model answers'),
        html`<av-method></av-method>`,
      )}
      ${this.#renderSection(
        'benchmark',
        msg('The benchmark at a glance'),
        html`<av-paper-benchmark></av-paper-benchmark>`,
      )}
      ${this.#renderSection(
        'leaderboard',
        msg('Leaderboard'),
        html`<av-leaderboard></av-leaderboard>`,
      )}
      ${this.#renderMeasured()} ${this.#renderCitation()} ${this.#renderPrivacy()}
    </article>`;
  }

  #renderTitle(): TemplateResult {
    return html`<div class="hero">
      <p class="venue" lang="en">arXiv 2506.05328 · CVPR 2026</p>
      <h1 lang="en">
        <span>AV-Reasoner<span class="visually-hidden">:</span></span>
        <span class="rest">
          Improving and Benchmarking <span>Clue-Grounded</span> <span>Audio-Visual</span> Counting
          for MLLMs
        </span>
      </h1>
      <p class="authors">
        Lidong Lu, Guo Chen, Zhu Wei<sup>*</sup>, Zhiqi Li, Yicheng Liu, Tong Lu
        <br /><span class="soft">${msg('Nanjing University')}</span>
      </p>
      <p class="abstract">
        ${msg(
          'Ask a model how often something happens in half an hour of video, and it will name a number. The paper wants the reasons, too: for every thing that is counted, the moment or the place where it is seen or heard. It brings a benchmark that checks such clues, on long videos where eyes alone are often not enough, and a 7B model trained step by step to give them. On the stretch that a question is about, that model finds the exact count for 35.8 % of the questions, where the model it started from finds 25.3 %. People find it for 91.5 %.',
        )}
      </p>
      <p class="links">
        ${this.#renderLink(addresses.paper, msg('Read the paper'), 'button primary')}
        ${this.#renderLink(addresses.site, msg('Project site'), 'button')}
        ${this.#renderLink(addresses.code, msg('Authors’ code'), 'button')}
      </p>
      <p class="note">
        ${msg(
          'This site is a separate work. The model that answers here by default is nano, a small one of our own; whoever has the weights of the paper’s model can load them instead.',
        )}
        ${msg('* Author of the CVPR 2026 version.')}
      </p>
    </div>`;
  }

  #renderClues(): TemplateResult {
    const sample = this.samples.find(({ clues }) => (clues?.length ?? 0) > 0) ?? null;
    return this.#renderSection(
      'clues',
      msg('What clue-grounded counting means'),
      html`<p class="lead">
          ${msg(
            'A count is believed when it can be checked. Each unit of the answer points at its clue, and there are exactly as many clues as the answer says.',
          )}
        </p>
        <dl class="kinds">
          <div>
            <dt>${msg('An event')}</dt>
            <dd>${msg('points at a stretch of time: it starts here and ends there.')}</dd>
          </div>
          <div>
            <dt>${msg('An object')}</dt>
            <dd>
              ${msg('points at a box where it first appears, and never again when it comes back.')}
            </dd>
          </div>
          <div>
            <dt>${msg('An attribute')}</dt>
            <dd>${msg('points at a group of boxes: three colours are three groups.')}</dd>
          </div>
        </dl>
        ${sample ? html`<av-clue-example .sample=${sample}></av-clue-example>` : ''}`,
    );
  }

  #renderMeasured(): TemplateResult {
    return this.#renderSection(
      'measured',
      msg('How often nano is right'),
      html`<p class="lead">
          ${msg(
            'Nano is the model of this page. We asked it about everything we have with a known count.',
          )}
        </p>
        <av-measured url=${this.measuredUrl}></av-measured>
        <div class="aside">
          <h3>${msg('What these numbers may be compared with')}</h3>
          <p>
            ${msg(
              'With each other, and with another run of the same command on the same files. Not with the leaderboard: nano answered short clips, photographs and generated scenes with simple questions that it covers, while the benchmark asks anything about videos of half an hour. Neither nano nor this site has been scored on it, so the two never share a chart here.',
            )}
          </p>
        </div>`,
    );
  }

  #renderCitation(): TemplateResult {
    return this.#renderSection(
      'citation',
      msg('Cite and reuse'),
      html`<p>${msg('If the ideas on this page help your work, cite the paper:')}</p>
        <av-citation></av-citation>
        <dl class="licences">
          <div>
            <dt>${msg('Code of this site')}</dt>
            <dd>${msg('Apache-2.0.')}</dd>
          </div>
          <div>
            <dt>${msg('Work of others in it')}</dt>
            <dd>
              ${msg(
                'Named in the file NOTICE. The sources of nano’s training sounds stand in models/CREDITS.md, each with its licence.',
              )}
            </dd>
          </div>
          <div>
            <dt>${msg('Weights of the paper’s model')}</dt>
            <dd>${msg('Not ours to hand on, and not on this site.')}</dd>
          </div>
        </dl>`,
    );
  }

  #renderPrivacy(): TemplateResult {
    return this.#renderSection(
      'privacy',
      msg('Your video stays with you'),
      html`<p class="lead">
          ${msg(
            'Decoding, listening, looking and counting happen in this browser. These numbers are counted while you read:',
          )}
        </p>
        <av-privacy-counter large></av-privacy-counter>
        <p class="note">
          ${msg(
            'What they see: every request in the browser’s own record for this page, from its first one on, and every request with something inside, as an upload has; that is what the files sent are counted by. What they do not see: requests of the worker in which the model runs. The same security policy binds it, and that policy lets neither of them talk to any other site than this one, unless whoever put this site up has named a further one for models. Requests that the policy stopped are counted as blocked. A link that you click opens the other site as usual.',
          )}
        </p>`,
    );
  }

  #renderSection(id: string, title: string, body: TemplateResult): TemplateResult {
    return html`<section aria-labelledby=${`${id}-title`} id=${id}>
      <h2 id=${`${id}-title`}>${title}</h2>
      <div class="body">${body}</div>
    </section>`;
  }

  #renderLink(href: string, words: string, look: string): TemplateResult {
    return html`<a class=${look} href=${href} target="_blank" rel="noreferrer noopener">
      ${words} ${icon('externalLink')}
      <span class="visually-hidden">${msg('(opens another site)')}</span>
    </a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-paper': AvPaper;
  }
}
