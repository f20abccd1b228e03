import { css } from 'lit';

export const playerStyles = css`
  :host {
    --focus: var(--accent);
    background: var(--screen);
    color: var(--screen-ink);
    border-radius: var(--radius-l);
    overflow: clip;
    color-scheme: dark;
  }
  .stage {
    position: relative;
    aspect-ratio: 16 / 9;
    max-height: var(--stage-height, max(13rem, 100dvh - 29rem));
    width: 100%;
    display: grid;
    place-items: stretch;
    overflow: clip;
  }
  .stage > * {
    grid-area: 1 / 1;
    min-width: 0;
    min-height: 0;
  }
  .stage.bare {
    height: 0;
    aspect-ratio: auto;
  }
  video,
  canvas,
  img {
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
  video {
    cursor: pointer;
  }
  canvas {
    pointer-events: none;
  }
  .unpainted {
    visibility: hidden;
  }
  .unseen {
    visibility: hidden;
    position: absolute;
    width: 1px;
    height: 1px;
  }
  slot[name='overlay']::slotted(*) {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .big-play {
    place-self: center;
    pointer-events: none;
    display: grid;
    place-items: center;
    width: 4.5rem;
    height: 4.5rem;
    border-radius: 999px;
    background: rgb(10 9 8 / 62%);
    backdrop-filter: blur(6px);
    color: var(--screen-ink);
    font-size: 1.6rem;
    z-index: 0;
  }
  .big-play svg {
    fill: currentColor;
    translate: 0.08em 0;
  }
  .notice {
    display: flex;
    gap: var(--space-3);
    margin: var(--space-3) var(--space-4) 0;
    font-size: var(--text-s);
    color: var(--screen-soft);
    text-wrap: pretty;
  }
  .notice .icon {
    color: var(--accent);
    font-size: 1.25em;
  }
  .notice strong {
    color: var(--screen-ink);
    font-weight: 600;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    padding: var(--space-1) var(--space-3) var(--space-2);
  }
  .cluster {
    display: flex;
    align-items: center;
  }
  .play svg {
    fill: currentColor;
  }
  .toggle[aria-pressed='true'] {
    color: var(--accent);
    background: color-mix(in oklab, var(--accent) 16%, transparent);
  }
  .speed {
    appearance: none;
    height: 2.75rem;
    padding-inline: var(--space-3);
    border: 0;
    border-radius: 999px;
    background: none;
    color: inherit;
    font: 550 var(--text-s) / 1 var(--font);
    font-variant-numeric: tabular-nums;
    text-align: center;
    text-align-last: center;
    cursor: pointer;
    transition: background var(--quick);
  }
  .speed:hover {
    background: color-mix(in oklab, currentColor 12%, transparent);
  }
  .speed:disabled {
    opacity: 0.35;
    cursor: default;
  }
  .speed option {
    background: var(--screen-raised);
    color: var(--screen-ink);
  }
  .time {
    margin-inline: var(--space-2);
    white-space: nowrap;
    font-size: var(--text-s);
    font-weight: 550;
  }
  .of,
  .note {
    color: var(--screen-soft);
    font-weight: 400;
  }
  /* Two rows, each from edge to edge. */
  @media (max-width: 34rem) {
    .cluster {
      flex: 1 0 100%;
      justify-content: space-between;
    }
    .time {
      margin-inline: auto var(--space-3);
    }
  }
  /* Where nobody listens for keys, as in somebody else's page, there is no sheet of them. */
  .keys {
    display: var(--player-keys, inline-grid);
  }
  /* Where there is no keyboard, there are no keys to explain. */
  @media (hover: none) and (pointer: coarse) {
    .keys {
      display: none;
    }
  }
  .note {
    white-space: nowrap;
    font-size: var(--text-s);
    padding-inline: var(--space-3);
  }
  .full {
    display: flex;
    flex-direction: column;
    width: 100%;
    height: 100%;
    background: var(--screen);
    color: var(--screen-ink);
    padding-bottom: env(safe-area-inset-bottom);
  }
  .full .stage {
    flex: 1;
    min-height: 0;
    grid-template-rows: minmax(0, 1fr);
    max-height: none;
    aspect-ratio: auto;
  }
  .full .stage.bare {
    flex: none;
  }
  .full:has(.bare) {
    justify-content: center;
  }
`;
