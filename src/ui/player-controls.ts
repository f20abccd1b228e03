import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { MediaInfo } from '../media/media';
import { ShortcutsEvent } from './events';
import { formatTime } from './format';
import { icon } from './icons';

export const speeds = [0.25, 0.5, 1, 1.5, 2] as const;

/** The next faster or slower one. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  return speeds[speeds.findIndex((known) => known === speed) + direction] ?? speed;
}

/** What the row of controls shows. */
export interface ControlsState {
  readonly timeSeconds: number;
  /** 0 while the length is unknown. */
  readonly endSeconds: number;
  readonly canPlay: boolean;
  readonly paused: boolean;
  readonly speed: number;
  readonly canLoop: boolean;
  readonly looping: boolean;
  readonly muted: boolean;
  /** The file has no sound at all. */
  readonly silent: boolean;
  /** Null where the browser cannot fill the screen with a part of the page. */
  readonly full: boolean | null;
}

/** What the controls, and the keys, do to the player. */
export interface PlayerActions {
  toggle(): void;
  step(direction: 1 | -1): void;
  setSpeed(speed: number): void;
  toggleLoop(): void;
  toggleSound(): void;
  toggleFull(): void;
}

export function renderControls(state: ControlsState, act: PlayerActions): TemplateResult {
  const still = state.endSeconds === 0;
  return html`<div class="controls" role="group" aria-label=${msg('Playback')}>
    <div class="cluster">
      <button
        id="play"
        class="icon-button play"
        aria-label=${state.paused ? msg('Play') : msg('Pause')}
        ?disabled=${!state.canPlay}
        @click=${() => act.toggle()}
      >
        ${icon(state.paused ? 'play' : 'pause')}
      </button>
      <button
        id="frame-back"
        class="icon-button"
        aria-label=${msg('One frame back')}
        ?disabled=${still}
        @click=${() => act.step(-1)}
      >
        ${icon('chevronLeft')}
      </button>
      <button
        id="frame-forward"
        class="icon-button"
        aria-label=${msg('One frame forward')}
        ?disabled=${still}
        @click=${() => act.step(1)}
      >
        ${icon('chevronRight')}
      </button>
      <p class="time tabular">
        <span class="visually-hidden">${msg('Time')} </span>${formatTime(state.timeSeconds)}
        <span class="of"> / ${formatTime(state.endSeconds)}</span>
      </p>
    </div>
    <div class="cluster">
      ${renderSpeed(state, act)}
      <button
        id="loop"
        class="icon-button toggle"
        aria-label=${msg('Loop this clue')}
        aria-pressed=${state.looping}
        ?disabled=${!state.canLoop && !state.looping}
        @click=${() => act.toggleLoop()}
      >
        ${icon('repeat')}
      </button>
      ${renderSound(state, act)}
      <button
        id="shortcuts"
        class="icon-button keys"
        aria-label=${msg('Keyboard shortcuts')}
        aria-haspopup="dialog"
        @click=${(event: Event) => event.currentTarget?.dispatchEvent(new ShortcutsEvent())}
      >
        ${icon('keyboard')}
      </button>
      ${renderFull(state, act)}
    </div>
  </div>`;
}

function renderSpeed({ speed, canPlay }: ControlsState, act: PlayerActions): TemplateResult {
  return html`<select
    id="speed"
    class="speed tabular"
    aria-label=${msg('Speed')}
    ?disabled=${!canPlay}
    @change=${(event: Event) => act.setSpeed(Number((event.target as HTMLSelectElement).value))}
  >
    ${speeds.map(
      (value) => html`<option value=${value} .selected=${value === speed}>${value}×</option>`,
    )}
  </select>`;
}

function renderSound(
  { silent, muted, canPlay }: ControlsState,
  act: PlayerActions,
): TemplateResult {
  if (silent) return html`<p class="note">${msg('No sound')}</p>`;
  return html`<button
    id="mute"
    class="icon-button"
    aria-label=${msg('Mute')}
    aria-pressed=${muted}
    ?disabled=${!canPlay}
    @click=${() => act.toggleSound()}
  >
    ${icon(muted ? 'volumeOff' : 'volume')}
  </button>`;
}

function renderFull({ full }: ControlsState, act: PlayerActions): TemplateResult | typeof nothing {
  if (full === null) return nothing;
  return html`<button
    id="full"
    class="icon-button"
    aria-label=${full ? msg('Leave full screen') : msg('Full screen')}
    @click=${() => act.toggleFull()}
  >
    ${icon(full ? 'minimize' : 'maximize')}
  </button>`;
}

/** What stands in for the picture of a format that the browser does not know. */
export function renderNotice(info: MediaInfo | null): TemplateResult {
  const codec = info?.video?.codec ?? info?.audio?.codec;
  const format = codec ? `${codec.toUpperCase()}, ${info?.container}` : '';
  return html`<p class="notice" role="note">
    ${icon('videoOff')}
    <span>
      <strong>
        ${
          format
            ? msg(str`This browser cannot play this file (${format}).`)
            : msg('This browser cannot play this file.')
        }
      </strong>
      ${
        info
          ? msg('It can still be counted here: the timeline and the list work as usual.')
          : msg('If it holds pictures or sound, it can still be counted here.')
      }
    </span>
  </p>`;
}
