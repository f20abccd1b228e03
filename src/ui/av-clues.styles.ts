import { css } from 'lit';

export const cluesStyles = css`
  :host {
    --row: 4.5rem;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 2.25rem;
    margin-bottom: var(--space-1);
  }
  h2 {
    font-size: var(--text-s);
    font-weight: 600;
    color: var(--ink-soft);
  }
  .history {
    display: flex;
    margin-inline-end: calc(-1 * var(--space-2));
  }
  .history .icon-button {
    width: 2.25rem;
    height: 2.25rem;
  }
  .scroller {
    position: relative;
    max-height: var(--clues-height, none);
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line-strong) transparent;
    margin-inline: calc(-1 * var(--space-3));
    padding-inline: 2px;
  }
  .long {
    height: var(--clues-height, min(36rem, 70dvh));
  }
  .long ol {
    position: relative;
    contain: layout;
  }
  .long li {
    position: absolute;
    inset-inline: 0;
  }
  .long .entry {
    height: var(--row);
  }
  .long .label,
  .long .how {
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  .entry {
    position: relative;
    display: grid;
  }
  .clue {
    display: grid;
    grid-template: 'number label when' auto 'number how how' auto / 2rem minmax(0, 1fr) auto;
    gap: 0 var(--space-3);
    align-content: center;
    align-items: center;
    width: 100%;
    min-height: 3.5rem;
    padding: var(--space-2) var(--space-3);
    text-align: start;
    border-radius: var(--radius-s);
    transition: background var(--quick);
  }
  .clue:hover {
    background: var(--sunken);
  }
  .clue:focus-visible,
  .tool:focus-visible {
    outline-offset: -3px;
  }
  .number {
    grid-area: number;
    position: relative;
    display: grid;
    place-items: center;
    min-width: 2rem;
    height: 2rem;
    border-radius: 999px;
    background: var(--sunken);
    font-size: var(--text-s);
    font-weight: 650;
    transition: background var(--quick);
  }
  .unsure .number {
    background: none;
    box-shadow: none;
    border: 1.5px dashed var(--line-strong);
  }
  .badge {
    position: absolute;
    right: -0.35rem;
    bottom: -0.25rem;
    display: grid;
    place-items: center;
    width: 1.05rem;
    height: 1.05rem;
    border-radius: 999px;
    background: var(--ink);
    color: var(--paper);
    font-size: 0.6rem;
  }
  .badge svg {
    stroke-width: 3.5;
  }
  .clue[aria-current] .number {
    background: var(--accent);
    color: var(--on-accent);
  }
  .clue[aria-current] {
    background: var(--sunken);
  }
  .label {
    grid-area: label;
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .clue[aria-current] .label {
    font-weight: 700;
    text-decoration: underline var(--accent) 0.18em;
    text-underline-offset: 0.12em;
    text-decoration-skip-ink: none;
  }
  .label::first-letter {
    text-transform: uppercase;
  }
  .how {
    grid-area: how;
    min-width: 0;
    font-size: var(--text-s);
    line-height: 1.4;
    color: var(--ink-soft);
  }
  .how strong {
    color: var(--ink);
    font-weight: 600;
  }
  .how strong + .known::before {
    content: '· ';
  }
  .known .icon {
    font-size: 0.8em;
    vertical-align: -0.1em;
  }
  .when {
    grid-area: when;
    font-size: var(--text-s);
    font-weight: 550;
    white-space: nowrap;
  }
  .to {
    color: var(--ink-soft);
    font-weight: 400;
  }
  [data-verdict='rejected'] :is(.label, .when, .number) {
    text-decoration: line-through;
    text-decoration-thickness: 2px;
    color: var(--ink-soft);
    font-weight: 400;
  }
  .tools {
    position: absolute;
    display: flex;
    inset: auto var(--space-2) 0.35rem auto;
  }
  .editable .how {
    padding-inline-end: 5.6rem;
  }
  .tool {
    display: grid;
    place-items: center;
    width: 1.85rem;
    height: 1.75rem;
    border-radius: var(--radius-s);
    color: var(--ink-soft);
    font-size: 0.8rem;
  }
  .tool:hover {
    background: color-mix(in oklab, currentColor 14%, transparent);
    color: var(--ink);
  }
  .tool[aria-pressed='true'],
  .tool[aria-expanded='true'] {
    background: var(--ink);
    color: var(--paper);
  }
  .add {
    width: 100%;
    margin-top: var(--space-3);
    border-style: dashed;
    font-size: var(--text-s);
  }

  /* With a mouse, what can be done with an entry appears where the mouse or the focus is. */
  @media (pointer: fine) {
    .tools {
      opacity: 0;
      transition: opacity var(--quick);
    }
    .entry:hover .tools,
    .entry:focus-within .tools,
    .clue[aria-current] + .tools {
      opacity: 1;
    }
  }
  @media (pointer: coarse) {
    .clue {
      padding-block: var(--space-1);
      grid-template: 'number label' auto 'number when' auto 'number how' auto / 2rem minmax(0, 1fr);
    }
    .editable .clue {
      padding-inline-end: 8.75rem;
    }
    .editable .how {
      padding-inline-end: 0;
    }
    .tools {
      inset: 0 0 0 auto;
      align-items: center;
    }
    .tool,
    .history .icon-button {
      width: 2.75rem;
      height: 2.75rem;
      font-size: 0.95rem;
    }
  }
  @media (forced-colors: active) {
    .clue[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .tool[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
