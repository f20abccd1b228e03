import { css, unsafeCSS } from 'lit';
import { bodyPadding, filmHeight, laneHeight, rulerHeight } from './timeline-paint';

/** As `rem`, so that the timeline grows with the text. */
const rem = (pixels: number) => unsafeCSS(`${pixels / 16}rem`);

export const timelineStyles = css`
  :host {
    padding: var(--space-3) var(--space-4) 0;
    background: var(--screen);
    color: var(--screen-ink);
    --focus: var(--accent);
  }
  .track {
    --body: max(2.75rem, calc(var(--lanes) * ${rem(laneHeight)} + ${rem(2 * bodyPadding)}));
    position: relative;
    height: calc(${rem(rulerHeight)} + var(--film) * ${rem(filmHeight)} + var(--body));
    cursor: pointer;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }
  .ground,
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .ground {
    top: ${rem(rulerHeight)};
    height: auto;
    border-radius: var(--radius-s);
    background: var(--screen-raised);
    overflow: clip;
  }
  .swept {
    position: absolute;
    inset-block: 0;
    left: 0;
    width: calc(var(--swept) * 100%);
    background: var(--screen-line);
    transition: width var(--quick);
  }
  .clip {
    position: absolute;
    inset: 0 -0.35rem;
    padding-inline: 0.35rem;
    overflow: clip;
    pointer-events: none;
  }
  .lane {
    position: relative;
    height: 100%;
  }
  .head {
    position: absolute;
    inset-block: 0.25rem -0.2rem;
    left: calc(var(--now) * 100%);
    width: 2px;
    margin-left: -1px;
    background: var(--screen-ink);
    box-shadow: 0 0 0 1px rgb(0 0 0 / 50%);
    border-radius: 2px;
  }
  .head::before {
    content: '';
    position: absolute;
    top: 0;
    left: 50%;
    width: 0.7rem;
    height: 0.7rem;
    translate: -50% -30%;
    border-radius: 999px;
    background: inherit;
  }
  .track[data-grip='start'],
  .track[data-grip='end'] {
    cursor: ew-resize;
  }
  .track[data-grip='move'] {
    cursor: grab;
  }
  .track[data-dragging] {
    cursor: grabbing;
  }
  .bubble {
    position: absolute;
    z-index: 2;
    bottom: calc(100% - ${rem(rulerHeight)} + 0.2rem);
    left: clamp(4rem, calc(var(--at) * 100%), calc(100% - 4rem));
    translate: -50% 0;
    max-width: 100%;
    padding: 0.15rem 0.55rem;
    border-radius: 0.4rem;
    background: var(--screen-ink);
    color: var(--screen);
    font-size: var(--text-s);
    font-weight: 550;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    pointer-events: none;
  }

  /* The whole file, with the part that the view shows. */
  .overview {
    position: relative;
    height: 0.9rem;
    margin-top: 0.35rem;
    border-radius: 999px;
    background: var(--screen-raised);
    cursor: grab;
    touch-action: none;
  }
  .overview i {
    position: absolute;
    inset-block: 0.2rem;
    left: calc(var(--from) * 100%);
    width: max(0.75rem, calc(var(--share) * 100%));
    border-radius: inherit;
    background: var(--screen-soft);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--space-3);
    min-height: 2.5rem;
    margin-inline: -0.5rem;
  }
  .tools .icon-button {
    width: 2.25rem;
    height: 2.25rem;
  }
  .group {
    display: flex;
    align-items: center;
  }
  .legend {
    flex: 1;
  }
  .zoom {
    margin-inline-start: auto;
  }
  .whole {
    min-width: 3.2rem;
    height: 2.25rem;
    border-radius: 999px;
    font-size: var(--text-s);
    font-weight: 550;
  }
  .whole:not(:disabled):hover {
    background: color-mix(in oklab, currentColor 12%, transparent);
  }
  .whole:disabled {
    color: var(--screen-soft);
    cursor: default;
  }
  @media (pointer: coarse) {
    .tools .icon-button,
    .whole {
      min-width: 2.75rem;
      height: 2.75rem;
    }
    .overview {
      height: 1.5rem;
    }
    .overview i {
      inset-block: 0.5rem;
    }
  }
  @media (max-width: 40rem) {
    .tools {
      column-gap: var(--space-1);
    }
    .legend {
      order: 1;
      flex-basis: 100%;
      padding-inline: 0.5rem;
    }
  }

  @media (forced-colors: active) {
    .head,
    .overview i {
      forced-color-adjust: none;
      background: Highlight;
    }
    .overview,
    .bubble {
      border: 1px solid CanvasText;
    }
  }

  /* Sound alone: there is no picture, so the sound takes its place. */
  :host([tall]) {
    padding-top: var(--space-5);
  }
  :host([tall]) .track {
    height: clamp(11rem, 34vh, 22rem);
  }
`;
