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
    max-height: max(13rem, 100dvh - 29rem);
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
  img {
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
  video {
    cursor: pointer;
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
    align-items: center;
    padding: var(--space-1) var(--space-3) var(--space-2);
  }
  .play svg {
    fill: currentColor;
  }
  .time {
    margin-inline: var(--space-2) auto;
    white-space: nowrap;
    font-size: var(--text-s);
    font-weight: 550;
  }
  .of,
  .note {
    color: var(--screen-soft);
    font-weight: 400;
  }
  @media (max-width: 24rem) {
    .of {
      display: none;
    }
  }
  .note {
    white-space: nowrap;
    font-size: var(--text-s);
    padding-inline: var(--space-3);
  }
`;
