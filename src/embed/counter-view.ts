import { msg } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { AppError } from '../errors';
import { activeModel, type AppState, type SeekRequest } from '../state/state';
import { announcement } from '../ui/announce';
import '../ui/av-answer';
import '../ui/av-clues';
import '../ui/av-error';
import '../ui/av-load-bar';
import '../ui/av-overlay';
import '../ui/av-player';
import '../ui/av-progress';
import '../ui/av-question';
import '../ui/av-timeline';
import { currentClueIndex, isSeen } from '../clues/clue-time';
import type { AskEvent, DraftEvent, Playback, PlaybackEvent, SeekEvent } from '../ui/events';
import { icon } from '../ui/icons';
import { suggestQuestions } from '../ui/suggestions';

/*
 * How `<av-counter>` uses the elements of the page: what each is given, and which of their events
 * are heard. Nothing else in the embed knows them.
 */

export const noPlayback: Playback = {
  ...{ timeSeconds: 0, frameSeconds: 0, frameUntilSeconds: 0 },
  ...{ endSeconds: 0, width: 0, height: 0 },
};

export interface CounterView {
  app: AppState;
  /** Absolute address of the clip; '' for none. */
  src: string;
  mime: string;
  question: string;
  playback: Playback;
  peaks: Float32Array | null;
  picked: number | null;
  seek: SeekRequest | null;
  isFetching: boolean;
  hasControls: boolean;
  clipError: AppError | null;
}

export interface CounterVerbs {
  ask(question: string): void;
  draft(question: string): void;
  stop(): void;
  seek(timeSeconds: number, clueId: number | null): void;
  played(playback: Playback): void;
  retryModel(): void;
}

export function renderCounter(view: CounterView, verbs: CounterVerbs): TemplateResult {
  const { run } = view.app;
  const clues = run.kind === 'idle' ? [] : run.review.clues;
  const current = currentClueIndex(clues, view.playback.timeSeconds, view.picked);
  const inner =
    <E extends Event>(act: (event: E) => void) =>
    (event: E): void => {
      // The elements' own events stay inside: the page hears those of the counter.
      event.stopPropagation();
      act(event);
    };
  return html`<div
    class="counter"
    @av-playback=${inner((event: PlaybackEvent) => verbs.played(event.playback))}
    @av-seek=${inner((event: SeekEvent) => verbs.seek(event.timeSeconds, event.clueId))}
    @av-ask=${inner((event: AskEvent) => verbs.ask(event.question))}
    @av-draft=${inner((event: DraftEvent) => verbs.draft(event.question))}
    @av-stop=${inner(() => verbs.stop())}
  >
    <div class="watch">
      ${view.src ? renderPlayer(view, clues, current) : nothing} ${renderQuestion(view, verbs)}
    </div>
    ${renderResult(view, verbs, current)}
    <p class="visually-hidden" role="status">${announcement(run)}</p>
    <footer part="footer"><slot name="footer">${footerWords()}</slot></footer>
  </div>`;
}

type Clues = Exclude<AppState['run'], { kind: 'idle' }>['review']['clues'];

function renderPlayer(view: CounterView, clues: Clues, current: number): TemplateResult {
  const { timeSeconds, frameSeconds, frameUntilSeconds } = view.playback;
  const { endSeconds, width, height } = view.playback;
  const { video, run } = view.app;
  const info = video.kind === 'open' ? video.info : null;
  const progress = run.kind === 'running' ? run.progress : null;
  const isSweeping = progress?.stage === 'listen' || progress?.stage === 'look';
  const swept = isSweeping && progress.total > 0 ? progress.done / progress.total : 0;
  return html`<av-player
    part="player"
    .foreign=${new URL(view.src).origin !== location.origin}
    .src=${view.src}
    .mime=${view.mime}
    .name=${msg('The clip')}
    .info=${info}
    .seek=${view.seek}
    ?marked=${clues.some(({ clue }) => isSeen(clue))}
  >
    <av-overlay
      slot="overlay"
      part="overlay"
      .clues=${clues}
      .timeSeconds=${frameSeconds}
      .untilSeconds=${frameUntilSeconds}
      .width=${width}
      .height=${height}
      .current=${current}
    ></av-overlay>
    ${
      endSeconds > 0
        ? html`<av-timeline
            slot="timeline"
            part="timeline"
            .clues=${clues}
            .timeSeconds=${timeSeconds}
            .endSeconds=${endSeconds}
            .current=${current}
            .swept=${swept}
            .peaks=${view.peaks}
            ?tall=${view.mime.startsWith('audio/')}
          ></av-timeline>`
        : nothing
    }
  </av-player>`;
}

function renderQuestion(view: CounterView, verbs: CounterVerbs): TemplateResult {
  const { app, question, mime, isFetching, hasControls } = view;
  const { video, run, model } = app;
  const isRunning = run.kind === 'running' || isFetching;
  const progress = isRunning
    ? html`<av-progress
        part="progress"
        .progress=${run.kind === 'running' ? run.progress : null}
      ></av-progress>`
    : nothing;
  if (!hasControls) {
    return html`<div class="ask" part="question">
        <p class="asked">${question}</p>
        ${
          isRunning
            ? html`<button part="button" class="button" @click=${() => verbs.stop()}>
                ${icon('stop')} ${msg('Stop')}
              </button>`
            : html`<button
                id="count-button"
                part="button"
                class="button primary"
                ?disabled=${!question || !view.src}
                @click=${() => verbs.ask(question)}
              >
                ${msg('Count')} ${icon('arrowRight')}
              </button>`
        }
      </div>
      ${progress}`;
  }
  const reach = activeModel(model)?.reach ?? null;
  const { info = null, glimpse = null } = video.kind === 'open' ? video : {};
  return html`<av-question
    part="question"
    .value=${question}
    .suggestions=${suggestQuestions({ sample: null, reach, info, glimpse, mime }, 3)}
    .draft=${app.draft}
    ?running=${isRunning}
    >${progress}</av-question
  >`;
}

function renderResult(
  { app, clipError }: CounterView,
  verbs: CounterVerbs,
  current: number,
): TemplateResult | typeof nothing {
  const { run, model } = app;
  const error = clipError ?? (run.kind === 'failed' ? run.error : null);
  const isWaiting = model.kind === 'loading' && model.previous === null;
  if (run.kind === 'idle' && !error && model.kind !== 'failed' && !isWaiting) return nothing;
  return html`<div class="result" part="result">
    ${
      isWaiting
        ? html`<av-load-bar part="loading" .progress=${model.progress}></av-load-bar>`
        : nothing
    }
    ${
      run.kind === 'idle'
        ? nothing
        : html`<av-answer part="answer" .run=${run} .model=${activeModel(model)}></av-answer>`
    }
    ${error ? html`<av-error part="error" .error=${error}></av-error>` : nothing}
    ${
      model.kind === 'failed' && !error
        ? html`<av-error
            part="error"
            .error=${model.error}
            retry=${msg('Try again')}
            @av-retry=${() => verbs.retryModel()}
          ></av-error>`
        : nothing
    }
    ${
      run.kind === 'idle'
        ? nothing
        : html`<av-clues part="clues" .clues=${run.review.clues} .current=${current}></av-clues>`
    }
  </div>`;
}

function footerWords(): string {
  return msg('Counted in your browser by AV-Reasoner. The clip is not uploaded.');
}
