import { localized, msg, str } from '@lit/localize';
import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { tabulate, type ScoreTable } from '../../benchmark/score-table';
import type { ScoredItem } from '../../benchmark/score-replies';
import { locate } from '../../benchmark/settings';
import type { Benchmark } from '../../state/benchmark/benchmark';
import {
  chosenItems,
  countItems,
  missingVideos,
  type BenchmarkState,
  type RunCounts,
} from '../../state/benchmark/benchmark-state';
import { knownModel, type ModelState } from '../../state/state';
import './av-benchmark-choose';
import { benchmarkPageStyles } from './av-benchmark-page.styles';
import { dropStyles } from '../drop.styles';
import './av-benchmark-import';
import './av-benchmark-results';
import './av-benchmark-review';
import type { ItemMatter } from './av-benchmark-review';
import './av-benchmark-run';
import './av-benchmark-runs';
import './av-benchmark-setup';
import './av-benchmark-stored';
import '../av-leaderboard';
import { catchDrops } from './benchmark-drop';
import type { BenchmarkEvent, BenchmarkWish } from './benchmark-events';
import type { ItemRow } from './benchmark-rows';
import { takeAwayScores } from './benchmark-takeaway';
import { questionsOf } from './benchmark-words';
import { benchmarkStyles } from '../benchmark.styles';
import { paperType } from '../paper-type.styles';
import { writableFolderDialog } from '../pick-folder';
import { controls } from '../theme';

/** What of the page follows from the answers, made anew only when these change. */
interface Derived {
  readonly counts: RunCounts;
  readonly missing: readonly string[];
  readonly rows: readonly ItemRow[];
  readonly scores: readonly ScoredItem[];
  readonly table: ScoreTable | null;
}

const nothingYet: Derived = {
  counts: { total: 0, done: 0, missing: 0, failed: 0 },
  missing: [],
  rows: [],
  scores: [],
  table: null,
};

/** The page that runs CG-AV-Counting, or any annotation file, on the visitor's device. */
@customElement('av-benchmark-page')
@localized()
export class AvBenchmarkPage extends LitElement {
  static override styles = [controls, paperType, benchmarkStyles, benchmarkPageStyles, dropStyles];

  /** Null until its code is here. */
  @property({ attribute: false }) benchmark: Benchmark | null = null;
  @property({ attribute: false }) model: ModelState = { kind: 'waiting', info: null };

  @state() private now: BenchmarkState | null = null;
  @state() private dropping = false;
  @state() private refused = false;
  /** The files that were to be imported held no predictions. */
  @state() private isEmpty = false;
  #unsubscribe: (() => void) | null = null;
  #derived = nothingYet;
  #listening = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#subscribe();
    this.#listening = new AbortController();
    catchDrops(
      this,
      (isOver) => (this.dropping = isOver),
      ({ files, title }) => void this.#onWish({ to: 'open-files', files, title }),
      this.#listening.signal,
    );
  }

  /** Who leaves the page pauses the run. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.benchmark?.pause();
    this.#listening.abort();
  }

  #subscribe(): void {
    const { benchmark } = this;
    this.#unsubscribe?.();
    if (!benchmark) return;
    this.#unsubscribe = benchmark.subscribe(() => (this.now = benchmark.state));
    this.now = benchmark.state;
    void benchmark.lookAtRuns();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('benchmark')) this.#subscribe();
    if (changed.has('now')) this.#derive(changed.get('now') as BenchmarkState | null | undefined);
  }

  #derive(before: BenchmarkState | null | undefined): void {
    const { now } = this;
    if (!now) return;
    const parts = [
      'source',
      'videos',
      'setting',
      'thinks',
      'subset',
      'scores',
      'failures',
    ] as const;
    if (before && parts.every((part) => before[part] === now[part])) return;
    const rows = chosenItems(now).flatMap((annotation): ItemRow[] => {
      const score = now.scores.get(annotation.id);
      return score ? [{ annotation, score }] : [];
    });
    const scores = rows.map(({ score }) => score);
    const table = scores.length > 0 ? tabulate(scores) : null;
    const missing = missingVideos(now);
    this.#derived = { counts: countItems(now), missing, rows, scores, table };
  }

  protected override render(): TemplateResult {
    const { now } = this;
    return html`<article @av-benchmark=${(event: BenchmarkEvent) => void this.#onWish(event.wish)}>
      <div class="hero">
        <h1>${msg('Benchmark')}</h1>
        <p>
          ${msg(
            'Run CG-AV-Counting, or any annotation file of your own, on this machine: every question, with the model of this page or one that you load. Results come in the layout of the release, so that its scripts read them, too.',
          )}
        </p>
      </div>
      ${now ? this.#renderAll(now) : html`<p class="soft">${msg('Looking…')}</p>`}
      ${
        this.dropping
          ? html`<div class="drop" aria-hidden="true"><p>${msg('Drop it to open it')}</p></div>`
          : nothing
      }
    </article>`;
  }

  #renderAll(now: BenchmarkState): TemplateResult {
    const { source } = now;
    return html`
      ${this.#renderSection('choose', msg('What is asked'), this.#renderChoose(now))}
      ${
        source && source.annotations.length > 0
          ? html`${this.#renderSection(
              'setup',
              msg('How it is asked'),
              html`<av-benchmark-setup
                .annotations=${source.annotations}
                .setting=${now.setting}
                .thinks=${now.thinks}
                .subset=${now.subset}
                ?reasons=${this.#reasons}
                ?disabled=${this.#isBusy}
              ></av-benchmark-setup>`,
            )}
            ${this.#renderSection('run', msg('Run'), this.#renderRun(now))}`
          : nothing
      }
      ${this.#derived.table ? this.#renderResults(now, this.#derived.table) : nothing}
      ${
        now.keptRuns && now.keptRuns.length > 0
          ? this.#renderSection(
              'kept',
              msg('Kept runs'),
              html`<av-benchmark-runs
                .runs=${now.keptRuns}
                ?refused=${this.refused}
                ?disabled=${this.#isBusy}
              ></av-benchmark-runs>`,
            )
          : nothing
      }
      <av-benchmark-stored
        url=${new URL(`${import.meta.env.BASE_URL}nano/benchmark.json`, document.baseURI).href}
      ></av-benchmark-stored>
      ${this.#renderSection(
        'leaderboard',
        msg('Beside it: the paper’s leaderboard'),
        html`<p class="notice">
            ${
              this.#derived.table && source
                ? msg(
                    str`These were measured on the full CG-AV-Counting. Yours above is measured on ${questionsOf(this.#derived.scores.length)} of ${source.name}. Only a run over all 1,027 questions may be compared with them.`,
                  )
                : msg(
                    'These were measured on the full CG-AV-Counting. A run of yours may be compared with them only where it is over all of its 1,027 questions.',
                  )
            }
          </p>
          <av-leaderboard></av-leaderboard>`,
      )}
    `;
  }

  #renderChoose(now: BenchmarkState): TemplateResult {
    return html`<av-benchmark-choose
        .source=${now.source}
        .videos=${now.videos}
        .missing=${this.#derived.missing}
        .boxUnit=${now.boxUnit}
        ?disabled=${this.#isBusy}
        ?picks=${writableFolderDialog('videos') !== undefined}
      ></av-benchmark-choose>
      ${
        now.phase.kind === 'failed' && !now.source
          ? html`<av-error .error=${now.phase.error}></av-error>`
          : nothing
      }`;
  }

  get #isBusy(): boolean {
    const { kind } = this.now?.phase ?? { kind: 'idle' };
    return kind === 'running' || kind === 'preparing';
  }

  #renderRun(now: BenchmarkState): TemplateResult {
    return html`<av-benchmark-run
        .phase=${now.phase}
        .current=${now.current}
        .counts=${this.#derived.counts}
        .failures=${now.failures}
        .model=${this.model}
        .folder=${now.folder}
        ?keeps=${now.canKeep}
        ?picks=${writableFolderDialog('runs') !== undefined}
      ></av-benchmark-run>
      <av-benchmark-import ?empty=${this.isEmpty} ?disabled=${this.#isBusy}></av-benchmark-import>`;
  }

  #renderResults(now: BenchmarkState, table: ScoreTable): TemplateResult {
    const { rows, scores } = this.#derived;
    return html`${this.#renderSection(
      'results',
      msg('Results'),
      html`<av-benchmark-results
        .table=${table}
        .scores=${scores}
        .origin=${now.origin}
        .setting=${now.setting}
        name=${now.source?.name ?? ''}
        .model=${knownModel(this.model)}
      ></av-benchmark-results>`,
    )}
    ${this.#renderSection(
      'items',
      msg('Question by question'),
      html`<av-benchmark-review
        .rows=${rows}
        .setting=${now.setting}
        .read=${this.#readItem}
      ></av-benchmark-review>`,
    )}`;
  }

  #renderSection(id: string, title: string, body: TemplateResult): TemplateResult {
    return html`<section aria-labelledby=${`${id}-title`} id=${id}>
      <h2 id=${`${id}-title`}>${title}</h2>
      <div class="body">${body}</div>
    </section>`;
  }

  get #reasons(): boolean {
    return knownModel(this.model)?.asksInWords ?? false;
  }

  async #onWish(wish: BenchmarkWish): Promise<void> {
    const { benchmark } = this;
    if (!benchmark) return;
    this.isEmpty = false;
    this.refused = false;
    switch (wish.to) {
      case 'try-samples':
        return benchmark.openSamples(msg('our samples'));
      case 'open-annotations':
        return benchmark.openAnnotations(wish.file);
      case 'open-files':
        return this.#openFiles(benchmark, wish.files, wish.title);
      case 'set-unit':
        return benchmark.setBoxUnit(wish.unit);
      case 'set-setting':
        return benchmark.setSetting(wish.setting);
      case 'set-thinks':
        return benchmark.setThinks(wish.thinks);
      case 'set-subset':
        return benchmark.setSubset(wish.subset);
      case 'start':
        return benchmark.start();
      case 'pause':
        return benchmark.pause();
      case 'choose-folder': {
        const folder = await writableFolderDialog('runs')?.();
        if (folder) benchmark.setFolder(folder);
        return;
      }
      case 'use-device':
        return benchmark.setFolder(null);
      case 'open-run':
        return benchmark.openRun(wish.key);
      case 'delete-run':
        this.refused = !(await benchmark.deleteRun(wish.key));
        return;
      case 'import':
        return this.#import(benchmark, wish.files);
      case 'take-away':
        return this.#takeAway(benchmark, wish.as);
      case 'show-item':
        return;
    }
  }

  async #openFiles(benchmark: Benchmark, files: readonly File[], title: string): Promise<void> {
    await benchmark.openFiles(files, title);
    const { isPredictionFile } = await import('../../results/predictions-file');
    const predictions = files.filter(isPredictionFile);
    if (predictions.length > 0 && benchmark.state.source) {
      await this.#import(benchmark, predictions, true);
    }
  }

  async #import(benchmark: Benchmark, files: readonly File[], isAside = false): Promise<void> {
    const { readPredictionFiles } = await import('../../results/predictions-file');
    const found = await readPredictionFiles(files);
    if (found.length > 0) {
      const name = files.length === 1 ? files[0]!.name : msg(str`${files.length} files`);
      benchmark.importPredictions(found, name);
    } else if (!isAside) this.isEmpty = true;
  }

  async #takeAway(
    benchmark: Benchmark,
    as: (BenchmarkWish & { to: 'take-away' })['as'],
  ): Promise<void> {
    const { table, scores } = this.#derived;
    if (table) await takeAwayScores(benchmark, table, scores, as);
  }

  readonly #readItem = async ({ annotation }: ItemRow): Promise<ItemMatter> => {
    const { benchmark } = this;
    if (!benchmark) return { reply: null, file: null, offsetSeconds: 0 };
    const { setting, thinks, videos } = benchmark.state;
    const located = locate(annotation, setting, thinks, videos.has);
    const isCut = located !== null && located.file !== annotation.file;
    const { signal } = new AbortController();
    const [reply, file] = await Promise.all([
      benchmark.readReply(annotation.id).catch(() => null),
      located ? videos.get(located.file, signal).catch(() => null) : null,
    ]);
    return { reply, file, offsetSeconds: isCut ? -(annotation.referenceSeconds?.[0] ?? 0) : 0 };
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'av-benchmark-page': AvBenchmarkPage;
  }
}
