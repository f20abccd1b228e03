import { css } from 'lit';

export const takeawayStyles = css`
  :host {
    display: var(--take-away, block);
  }
  dialog {
    --dialog-width: 60rem;
    --dialog-height: 92dvh;
  }
  h3 {
    font-size: var(--text-m);
    font-weight: 650;
  }
  .lead {
    max-width: 44em;
    margin-bottom: var(--space-5);
    text-wrap: pretty;
  }
  #failed {
    padding: var(--space-4);
    border-radius: var(--radius-m);
    background: var(--danger-tint);
  }

  .ways {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-6);
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--space-3);
  }
  .no-code {
    padding: var(--space-4);
    border-radius: var(--radius-m);
    background: var(--sunken);
    text-wrap: pretty;
  }
  figure {
    --squares: 1;
    display: grid;
    justify-items: center;
    align-content: start;
    gap: var(--space-3);
    margin: 0;
    text-align: center;
    text-wrap: balance;
  }
  /* Dark on white in every theme: some readers know no other codes. */
  #code {
    forced-color-adjust: none;
    /* Whole pixels for every square, where the browser can round. */
    width: min(23rem, 100%);
    width: round(down, min(23rem, 100%), var(--squares) * 1px);
    aspect-ratio: 1;
    border-radius: var(--radius-s);
    background: #fff;
    fill: #000;
  }
  @media (min-width: 48rem) {
    .ways {
      grid-template-columns: minmax(0, 4fr) minmax(0, 5fr);
      column-gap: var(--space-6);
    }
    figure,
    .no-code {
      grid-row: 1 / 3;
      align-self: start;
    }
  }
  /* On a phone the code is for somebody else's: the nearer ways come first. */
  @media (max-width: 47.99rem) {
    figure,
    .no-code {
      order: 1;
    }
  }

  .link {
    display: flex;
    gap: var(--space-2);
  }
  #link,
  #by-hand {
    min-width: 0;
    font: var(--text-s) / 1.5 var(--font-mono);
    color: var(--ink);
    background: var(--surface);
    border: 1.5px solid var(--line-strong);
  }
  #link {
    flex: 1;
    min-height: 2.75rem;
    padding: 0 var(--space-4);
    border-radius: 999px;
    text-overflow: ellipsis;
  }
  .link .button {
    min-width: 8.5rem;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
  .by-hand {
    display: grid;
    gap: var(--space-2);
    font-size: var(--text-s);
  }
  #by-hand {
    width: 100%;
    padding: var(--space-3);
    border-radius: var(--radius-s);
    resize: vertical;
  }

  ul {
    display: grid;
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface);
    overflow: clip;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  .file {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--space-4);
    width: 100%;
    min-height: 3.75rem;
    padding: var(--space-2) var(--space-4);
    text-align: start;
    transition: background var(--quick);
  }
  .file:hover {
    background: var(--sunken);
  }
  .file:focus-visible {
    outline-offset: -3px;
    border-radius: var(--radius-m);
  }
  .file strong {
    display: block;
    font-weight: 600;
  }
  .file .small {
    display: block;
    text-wrap: pretty;
  }
  .get {
    color: var(--ink-soft);
  }
  @media (forced-colors: active) {
    .file {
      border: 1px solid ButtonText;
    }
  }
  li:has(av-render) {
    padding: var(--space-3) var(--space-4);
  }
`;
