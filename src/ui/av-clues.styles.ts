import { css } from 'lit';

export const cluesStyles = css`
  h2 {
    font-size: var(--text-s);
    font-weight: 600;
    color: var(--ink-soft);
    margin-bottom: var(--space-2);
  }
  ol {
    position: relative;
    max-height: var(--clues-height, none);
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line-strong) transparent;
    margin-inline: calc(-1 * var(--space-3));
    padding-inline: 2px;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  .clue {
    display: grid;
    grid-template-columns: 2rem minmax(0, 1fr) auto;
    gap: var(--space-3);
    align-items: center;
    width: 100%;
    min-height: 3.25rem;
    padding: var(--space-2) var(--space-3);
    text-align: start;
    border-radius: var(--radius-s);
    transition: background var(--quick);
  }
  .clue:hover {
    background: var(--sunken);
  }
  .clue:focus-visible {
    outline-offset: -3px;
  }
  .number {
    display: grid;
    place-items: center;
    width: 2rem;
    height: 2rem;
    border-radius: 999px;
    background: var(--sunken);
    font-size: var(--text-s);
    font-weight: 650;
    transition: background var(--quick);
  }
  .clue[aria-current] .number {
    background: var(--accent);
    color: var(--on-accent);
  }
  .clue[aria-current] {
    background: var(--sunken);
  }
  .clue[aria-current] .label {
    font-weight: 700;
    background: linear-gradient(var(--accent), var(--accent)) 0 100% / 100% 0.18em no-repeat;
  }
  .what {
    display: grid;
    justify-items: start;
  }
  .label {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .label::first-letter {
    text-transform: uppercase;
  }
  .how {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .how .icon {
    font-size: 0.8em;
  }
  .belief {
    white-space: pre;
  }
  .when {
    font-size: var(--text-s);
    font-weight: 550;
    white-space: nowrap;
  }
  .to {
    color: var(--ink-soft);
    font-weight: 400;
  }
`;
