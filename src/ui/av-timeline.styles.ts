import { css } from 'lit';

export const timelineStyles = css`
  :host {
    display: flex;
    align-items: center;
    padding: var(--space-3) var(--space-3) 0;
    color: var(--screen-ink);
    --focus: var(--accent);
  }
  .track {
    position: relative;
    flex: 1;
    height: max(3.25rem, calc(var(--lanes) * 0.75rem + 1.5rem));
    margin-inline: var(--space-3);
    border-radius: var(--radius-s);
    background: var(--screen-raised);
    cursor: pointer;
    touch-action: none;
  }
  .swept {
    position: absolute;
    inset: 0;
    width: calc(var(--swept) * 100%);
    border-radius: inherit;
    background: var(--screen-line);
    transition: width var(--quick);
  }
  .wave {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    fill: color-mix(in srgb, var(--screen-soft) 45%, transparent);
    pointer-events: none;
  }
  .lit {
    fill: var(--accent);
  }
  .mark {
    position: absolute;
    left: calc(var(--from) * 100%);
    width: max(0.4rem, calc(var(--share) * 100%));
    transition:
      scale var(--quick),
      background var(--quick);
  }
  .bar {
    top: calc(50% + (var(--lane) - (var(--lanes) - 1) / 2) * 0.75rem);
    height: 0.55rem;
    translate: 0 -50%;
    border-radius: 999px;
    background: var(--accent);
    box-shadow: 0 0 0 1px var(--screen);
  }
  .bar.current {
    scale: 1 1.25;
    box-shadow: 0 0 0 2px var(--screen-ink);
    z-index: 1;
  }
  .band {
    inset-block: 0;
    background: color-mix(in srgb, var(--accent) 16%, transparent);
    box-shadow: inset 0 0.25rem 0 var(--accent);
  }
  .band:hover {
    background: color-mix(in srgb, var(--accent) 26%, transparent);
  }
  .band.current {
    background: color-mix(in srgb, var(--accent) 40%, transparent);
    box-shadow:
      inset 0 0.25rem 0 var(--accent),
      0 0 0 1.5px var(--screen-ink);
  }
  .head {
    position: absolute;
    inset-block: -0.3rem;
    left: calc(var(--now) * 100%);
    width: 2px;
    margin-left: -1px;
    background: var(--screen-ink);
    box-shadow: 0 0 0 1px rgb(0 0 0 / 50%);
    border-radius: 2px;
    pointer-events: none;
    z-index: 2;
  }
  .head::before {
    content: '';
    position: absolute;
    top: 0;
    left: 50%;
    width: 0.7rem;
    height: 0.7rem;
    translate: -50% -40%;
    border-radius: 999px;
    background: inherit;
  }

  /* Sound alone: there is no picture, so the sound takes its place. */
  :host([tall]) {
    padding-top: var(--space-5);
  }
  :host([tall]) .track {
    height: clamp(11rem, 34vh, 22rem);
  }
`;
