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
  .mark {
    position: absolute;
    left: calc(var(--from) * 100%);
    top: calc(50% + (var(--lane) - (var(--lanes) - 1) / 2) * 0.75rem);
    width: max(0.4rem, calc(var(--share) * 100%));
    height: 0.55rem;
    border-radius: 999px;
    background: var(--accent);
    translate: 0 -50%;
    box-shadow: 0 0 0 1px var(--screen);
    transition: scale var(--quick);
  }
  .mark.current {
    scale: 1 1.25;
    box-shadow: 0 0 0 2px var(--screen-ink);
    z-index: 1;
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

  /* Sound alone: each clue is a band over the whole height, and the sound in it lights up. */
  :host([tall]) {
    padding-top: var(--space-5);
  }
  :host([tall]) .track {
    height: clamp(11rem, 34vh, 22rem);
  }
  :host([tall]) .wave {
    fill: color-mix(in srgb, var(--screen-soft) 75%, transparent);
  }
  :host([tall]) .lit {
    fill: var(--accent);
  }
  :host([tall]) .mark {
    top: 0;
    height: 100%;
    translate: none;
    border-radius: 0;
    background: color-mix(in srgb, var(--accent) 16%, transparent);
    box-shadow: inset 0 0.3rem 0 var(--accent);
  }
  :host([tall]) .mark:hover {
    background: color-mix(in srgb, var(--accent) 26%, transparent);
  }
  :host([tall]) .mark.current {
    scale: none;
    background: color-mix(in srgb, var(--accent) 36%, transparent);
  }
`;
