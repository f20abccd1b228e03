import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { countOf, isChanged, keptClues } from '../clues/review';
import type { FileKind, TakeAway } from '../results/take-away';
import type { LeftOut } from '../results/share-link';
import type { ModelInfo } from '../protocol/api';
import type { AbsentVideo, DoneRun, OpenVideo } from '../state/state';
import './av-render';
import { dialogStyles } from './dialog.styles';
import { takeawayStyles } from './av-takeaway.styles';
import { downloadFile } from './download-file';
import { icon } from './icons';
import { controls } from './theme';

/** A button says so long that it has done its work. */
const doneMs = 2500;

type Done = 'text' | 'link' | FileKind;

/**
 * Ways to take an answer along: words, a link, a code for a phone, files. All of it is made on this
 * device, and none of it holds the video.
 */
@localized()
@customElement('av-takeaway')
export class AvTakeaway extends LitElement {
  static override styles = [controls, dialogStyles, takeawayStyles];

  @property({ attribute: false }) video: OpenVideo | AbsentVideo | null = null;
  @property({ attribute: false }) run: DoneRun | null = null;
  /** The model of this page; names the one that answered where they are the same. */
  @property({ attribute: false }) model: ModelInfo | null = null;

  /** Made when the dialog opens. */
  @state() private made: TakeAway | null = null;
  @state() private done: Done | null = null;
  /** What could not be copied, for the visitor's own hand. */
  @state() private byHand = '';
  @state() private failed = false;
  @query('dialog') private dialog!: HTMLDialogElement;
  /** A click that comes before everything is made waits for it. */
  #making: Promise<TakeAway | null> = Promise.resolve(null);
  #timer = 0;

  /** Opens the dialog; what it offers is the answer as it is now. */
  async open(): Promise<void> {
    this.done = null;
    this.byHand = '';
    if (!this.dialog.open) this.dialog.showModal();
    this.#making = this.#make();
    await this.#making;
  }

  close(): void {
    this.dialog.close();
  }

  /** Not every browser focuses a button that is clicked, and so knows where the focus was. */
  #onClose(): void {
    this.made = null;
    this.renderRoot.querySelector<HTMLButtonElement>('#takeaway')?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('run') && changed.get('run') && this.dialog.open) this.#making = this.#make();
  }

  async #make(): Promise<TakeAway | null> {
    const { video, run, model } = this;
    if (!video || !run) return null;
    this.failed = false;
    try {
      const { takeAway } = await import('../results/take-away');
      this.made = takeAway({ video, run, model }, location.origin + location.pathname);
      return this.made;
    } catch {
      // The code for it could not be fetched: the page was closed to the network, or has moved on.
      this.failed = true;
      return null;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.video || !this.run) return nothing;
    return html`
      <button id="takeaway" class="button" aria-haspopup="dialog" @click=${() => void this.open()}>
        ${icon('share')} ${msg('Take it away')}
      </button>
      <dialog aria-labelledby="takeaway-title" closedby="any" @close=${() => this.#onClose()}>
        <header>
          <h2 id="takeaway-title">${msg('Take it away')}</h2>
          <button
            id="close"
            class="icon-button"
            aria-label=${msg('Close')}
            @click=${() => this.close()}
          >
            ${icon('close')}
          </button>
        </header>
        <p class="soft lead">
          ${msg('The question, the count and every moment behind it. The video stays on this device.')}
        </p>
        ${
          this.failed
            ? html`<p id="failed" role="alert">
                ${msg('This could not be prepared. Check the connection, then open it again.')}
              </p>`
            : this.#renderWays(this.made)
        }
        <p id="said" class="visually-hidden" role="status">${this.#said}</p>
      </dialog>
    `;
  }

  #renderWays(made: TakeAway | null): TemplateResult {
    return html`<div class="ways" aria-busy=${made === null}>
      ${this.#renderCode(made)}
      <section aria-labelledby="say-title">
        <h3 id="say-title">${msg('Pass it on')}</h3>
        <div class="link">
          <input
            id="link"
            type="text"
            readonly
            aria-label=${msg('Link to this result')}
            .value=${made?.link.url ?? ''}
            @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
          />
          ${this.#renderButton('link', 'link', msg('Copy link'), () => this.#copy('link'))}
        </div>
        ${made ? this.#renderLeftOut(made) : nothing}
        <div class="row">
          ${this.#renderButton('text', 'copy', msg('Copy as text'), () => this.#copy('text'))}
          ${
            'share' in navigator
              ? html`<button id="share" class="button" @click=${() => void this.#share()}>
                  ${icon('share')} ${msg('Share…')}
                </button>`
              : nothing
          }
        </div>
        ${
          this.byHand
            ? html`<label class="by-hand">
                ${msg('The browser did not allow copying. Copy it from here:')}
                <textarea id="by-hand" readonly rows="5" .value=${this.byHand}></textarea>
              </label>`
            : nothing
        }
      </section>
      <section aria-labelledby="keep-title">
        <h3 id="keep-title">${msg('Keep it as a file')}</h3>
        <ul>
          ${this.#renderFile('json', 'fileBraces', 'JSON', msg('Opens on this page again, with everything in it'))}
          ${this.#renderFile('csv', 'table', 'CSV', msg('A table of the moments, for a spreadsheet'))}
          ${this.#renderFile('vtt', 'captions', 'WebVTT', msg('Subtitles that name each moment as it comes'))}
          ${this.#renderVideo()}
        </ul>
      </section>
    </div>`;
  }

  /** The video with its evidence drawn in, where the video is here. */
  #renderVideo(): TemplateResult | typeof nothing {
    const { video, run } = this;
    if (video?.kind !== 'open' || !run) return nothing;
    const { review, analysis } = run;
    return html`<li>
      <av-render
        .file=${video.file}
        .clues=${keptClues(review).map(({ clue }) => clue)}
        .question=${run.question}
        .count=${isChanged(review) ? countOf(review, analysis.category) : analysis.count}
      ></av-render>
    </li>`;
  }

  #renderCode(made: TakeAway | null): TemplateResult {
    if (made && !made.qr) {
      return html`<p class="no-code soft small">
        ${msg('There are too many moments here for a code that a phone could read. The link and the files hold them all.')}
      </p>`;
    }
    const { size = 1, path = '', leftOut = [] } = made?.qr ?? {};
    return html`<figure>
      <svg
        id="code"
        .style=${`--squares: ${size}`}
        viewBox="0 0 ${size} ${size}"
        role="img"
        aria-label=${msg('QR code of the link')}
      >
        <path d=${path} shape-rendering="crispEdges"></path>
      </svg>
      <figcaption class="soft small">
        ${msg('Scan it to see this result on another device.')}
        ${leftOut.length > 0 ? this.#leftOutWords(leftOut) : nothing}
      </figcaption>
    </figure>`;
  }

  #renderLeftOut({ link }: TakeAway): TemplateResult | typeof nothing {
    const words = [
      ...(link.leftOut.length > 0 ? [this.#leftOutWords(link.leftOut)] : []),
      ...(link.url.length > 2000
        ? [msg(str`With ${link.url.length} characters it is long: some programs cut such links.`)]
        : []),
    ];
    return words.length === 0
      ? nothing
      : html`<p id="left-out" class="soft small">${words.join(' ')}</p>`;
  }

  #leftOutWords(leftOut: readonly LeftOut[]): string {
    const names: Record<LeftOut, string> = {
      thinking: msg('the model’s thinking'),
      'some-positions': msg('some of the boxes along the way'),
      positions: msg('the boxes along the way'),
      beliefs: msg('how sure the model was'),
    };
    const list = leftOut.map((what) => names[what]).join(msg(', '));
    return msg(str`Left out, so that it stays short: ${list}.`);
  }

  #renderFile(
    kind: FileKind,
    mark: 'fileBraces' | 'table' | 'captions',
    name: string,
    what: string,
  ): TemplateResult {
    return html`<li>
      <button id=${kind} class="file" @click=${() => void this.#download(kind)}>
        ${icon(mark)}
        <span><strong>${name}</strong> <span class="soft small">${what}</span></span>
        <span class="get">${icon(this.done === kind ? 'check' : 'download')}</span>
      </button>
    </li>`;
  }

  #renderButton(
    kind: 'text' | 'link',
    mark: 'link' | 'copy',
    words: string,
    act: () => Promise<void>,
  ): TemplateResult {
    const isDone = this.done === kind;
    return html`<button id="copy-${kind}" class="button" @click=${() => void act()}>
      ${icon(isDone ? 'check' : mark)} ${isDone ? msg('Copied') : words}
    </button>`;
  }

  async #copy(kind: 'text' | 'link'): Promise<void> {
    const made = await this.#making;
    if (!made) return;
    const text = kind === 'text' ? made.text : made.link.url;
    this.byHand = '';
    try {
      await navigator.clipboard.writeText(text);
      this.#say(kind);
    } catch {
      this.byHand = text;
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLTextAreaElement>('#by-hand')?.select();
    }
  }

  async #share(): Promise<void> {
    const { run } = this;
    const made = await this.#making;
    if (!made || !run) return;
    // Turned down by the visitor, mostly; the other ways are still there.
    await navigator.share({ title: run.question, url: made.link.url }).catch(() => undefined);
  }

  async #download(kind: FileKind): Promise<void> {
    const made = await this.#making;
    if (!made) return;
    downloadFile(made.file(kind));
    this.#say(kind);
  }

  #say(done: Done): void {
    this.done = done;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.done = null), doneMs);
  }

  get #said(): string {
    const { done } = this;
    if (done === null) return '';
    return done === 'text' || done === 'link' ? msg('Copied') : msg('Saved to your downloads');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'av-takeaway': AvTakeaway;
  }
}
