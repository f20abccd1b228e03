import { css } from 'lit';

export const recorderStyles = css`
  dialog {
    --dialog-width: 50rem;
    --dialog-height: 94dvh;
    padding: var(--space-4) clamp(var(--space-4), 3vw, var(--space-5)) var(--space-5);
  }
  dialog[open] {
    display: grid;
    gap: var(--space-4);
  }
  @media (prefers-reduced-motion: no-preference) {
    .count {
      animation: drop 160ms cubic-bezier(0.2, 0, 0, 1);
    }
    @keyframes drop {
      from {
        scale: 1.15;
        opacity: 0;
      }
    }
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin: calc(-1 * var(--space-1)) calc(-1 * var(--space-2)) calc(-1 * var(--space-1)) 0;
  }

  .stage {
    /* As a cinema, dark in both themes: the tokens inside follow. */
    color-scheme: dark;
    position: relative;
    display: grid;
    place-items: center;
    aspect-ratio: 16 / 9;
    max-height: 50dvh;
    width: 100%;
    border-radius: var(--radius-m);
    background: var(--screen);
    color: var(--screen-ink);
    overflow: clip;
  }
  .stage.bare {
    aspect-ratio: auto;
    height: 12rem;
  }
  .stage > * {
    grid-area: 1 / 1;
  }
  video {
    width: 100%;
    height: 100%;
    min-height: 0;
    object-fit: contain;
  }
  .mirrored {
    scale: -1 1;
  }
  .stage av-level {
    --line: var(--screen-line);
    --level-colour: var(--accent);
    width: calc(100% - 2 * var(--space-5));
  }
  .note {
    padding: var(--space-4);
    text-align: center;
    text-wrap: balance;
  }
  .bare .note {
    place-self: end center;
    padding: var(--space-3);
  }
  .count {
    z-index: 1;
    display: grid;
    place-items: center;
    width: min(9rem, 40dvh);
    aspect-ratio: 1;
    border-radius: 50%;
    background: var(--accent);
    color: var(--on-accent);
    font-size: min(5.5rem, 24dvh);
    font-weight: 700;
    line-height: 1;
    letter-spacing: -0.04em;
  }
  .dot {
    flex: none;
    width: 0.7em;
    height: 0.7em;
    border-radius: 50%;
    background: #ff5447;
  }
  .left {
    z-index: 1;
    place-self: start;
    width: calc(100% - 2 * var(--space-3));
    margin: var(--space-3);
    display: flex;
    align-items: center;
    gap: var(--space-2);
    font-size: var(--text-s);
    font-weight: 600;
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    padding: var(--space-1) var(--space-3);
    border-radius: 999px;
    background: rgb(10 9 8 / 82%);
  }
  .clock {
    position: relative;
    display: grid;
    place-items: center;
    width: 4.25rem;
    height: 4.25rem;
    margin-inline-start: auto;
    border-radius: 50%;
    background: rgb(10 9 8 / 82%);
    font-size: var(--text-xl);
    font-weight: 650;
  }
  .ring {
    position: absolute;
    inset: 0.15rem;
    rotate: -90deg;
    fill: none;
    stroke: var(--screen-line);
    stroke-width: 3;
  }
  .ring .time {
    stroke: var(--accent);
    stroke-linecap: round;
    stroke-dasharray: 1;
    stroke-dashoffset: calc(1 - var(--share, 1));
  }
  .stage :focus-visible {
    outline-color: var(--screen-ink);
  }

  .meter {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-3);
    align-items: center;
    min-height: 1.5em;
    font-size: var(--text-s);
  }
  .trouble {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-1) var(--space-3);
    padding: var(--space-5);
    border-radius: var(--radius-m);
    background: var(--danger-tint);
    text-wrap: pretty;
  }
  .trouble .icon {
    margin-top: 0.25em;
    color: var(--danger);
  }
  .trouble p {
    grid-column: 2;
  }
  h3 {
    font-size: var(--text-l);
    font-weight: 650;
    letter-spacing: -0.015em;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-3);
  }
  footer p {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    margin-inline-start: auto;
  }
  .button[aria-disabled='true'] {
    opacity: 0.45;
    cursor: default;
  }
  @media (max-width: 36rem) {
    footer .button {
      flex: 1 1 auto;
      min-height: 3rem;
    }
    footer p {
      flex: 1 1 100%;
      justify-content: center;
    }
  }
  /* A phone on its side: the picture beside the controls. */
  @media (max-height: 34rem) and (min-width: 38rem) {
    dialog {
      width: min(64rem, 100% - 2 * var(--space-3));
      padding-block: var(--space-2) var(--space-3);
    }
    dialog[open] {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: var(--space-2) var(--space-4);
    }
    header {
      grid-area: 1 / 1 / 2 / 3;
    }
    .stage,
    .trouble {
      grid-area: 2 / 1;
      align-self: start;
    }
    .meter {
      grid-area: 3 / 1;
    }
    av-record-settings {
      grid-area: 2 / 2 / 4 / 3;
    }
    footer {
      grid-column: 1 / 3;
    }
  }
  /* A small phone: while it records, the picture matters and the settings do not. */
  @media (max-height: 42rem) and (max-width: 38rem) {
    :is([data-phase='counting'], [data-phase='recording'], [data-phase='recorded'])
      av-record-settings {
      display: none;
    }
  }
`;

export const recordSettingsStyles = css`
  fieldset {
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .settings {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-5);
  }
  .settings:disabled :is(.segments, .select) {
    opacity: 0.45;
  }
  .row {
    display: grid;
    gap: var(--space-1);
    min-width: 0;
  }
  legend,
  .label {
    padding: 0;
    margin-bottom: var(--space-1);
    font-size: var(--text-s);
    font-weight: 550;
    color: var(--ink-soft);
  }
  .label {
    margin: 0;
  }
  .segments {
    display: flex;
    padding: 0.2rem;
    border: 1.5px solid var(--line-strong);
    border-radius: 999px;
    background: var(--surface);
  }
  .segments label {
    position: relative;
    flex: 1 1 auto;
  }
  .segments input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .segments span {
    display: grid;
    place-items: center;
    min-height: 2.25rem;
    padding: 0 var(--space-4);
    border-radius: 999px;
    font-size: var(--text-s);
    font-weight: 550;
    white-space: nowrap;
    transition: background var(--quick);
  }
  .segments label:hover span {
    background: var(--sunken);
  }
  .segments input:checked + span {
    background: var(--action);
    color: var(--on-action);
  }
  .segments input:focus-visible + span {
    outline: 2.5px solid var(--focus);
    outline-offset: 3px;
  }
  .select {
    position: relative;
    display: grid;
    align-items: center;
  }
  .select .icon {
    position: absolute;
    inset-inline-end: var(--space-3);
    pointer-events: none;
  }
  select {
    appearance: none;
    width: 100%;
    max-width: 19rem;
    min-height: 2.75rem;
    padding: 0 calc(var(--space-4) + 1.5em) 0 var(--space-4);
    border: 1.5px solid var(--line-strong);
    border-radius: 999px;
    background: var(--surface);
    color: var(--ink);
    font: 550 var(--text-s) / 1.5 var(--font);
    text-overflow: ellipsis;
  }
  :disabled input,
  :disabled select {
    cursor: default;
  }
  @media (pointer: coarse) {
    .segments span {
      min-height: 2.75rem;
    }
  }
  @media (max-width: 36rem) {
    .row {
      flex: 1 1 100%;
    }
    .segments span {
      padding: 0 var(--space-2);
    }
    select {
      max-width: none;
    }
  }
  @media (forced-colors: active) {
    .segments input:checked + span {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
