import { css } from 'lit';

export const storageStyles = css`
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
    width: 100%;
    max-width: 54rem;
    margin-inline: auto;
    padding-block: var(--space-5) var(--space-7);
  }
  h1 {
    font-size: clamp(1.9rem, 1.4rem + 2vw, 3rem);
    font-weight: 680;
    line-height: 1.08;
    letter-spacing: -0.035em;
    text-wrap: balance;
  }
  h2 {
    font-size: var(--text-l);
    font-weight: 650;
    letter-spacing: -0.015em;
    overflow-wrap: anywhere;
  }
  .lead {
    max-width: 38em;
    color: var(--ink-soft);
    text-wrap: pretty;
  }
  .total {
    display: grid;
    gap: var(--space-2);
    margin-top: var(--space-3);
  }
  .figure {
    font-size: clamp(2.5rem, 2rem + 2.5vw, 4rem);
    font-weight: 700;
    line-height: 1;
    letter-spacing: -0.045em;
  }
  /* One accent: what answers questions is marked, the rest are shades of ink. */
  .app {
    --part: var(--ink);
  }
  .model {
    --part: var(--accent);
  }
  .samples {
    --part: var(--line-strong);
  }
  .runs,
  .other {
    --part: var(--line);
  }
  .parts {
    display: flex;
    gap: 2px;
    height: 0.75rem;
    margin-top: var(--space-2);
    border-radius: 999px;
    overflow: clip;
  }
  .parts i {
    flex: 1 1 0;
    min-width: 3px;
    background: var(--part);
  }
  ul {
    display: grid;
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--surface);
  }
  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto auto;
    align-items: center;
    gap: var(--space-1) var(--space-4);
    padding: var(--space-4) var(--space-5);
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  .sign {
    position: relative;
    display: grid;
    place-items: center;
    width: 2.5rem;
    height: 2.5rem;
    border-radius: var(--radius-s);
    background: var(--sunken);
  }
  .sign::after {
    content: '';
    position: absolute;
    inset-block-end: -3px;
    inset-inline-end: -3px;
    width: 0.8rem;
    height: 0.8rem;
    border: 2px solid var(--surface);
    border-radius: 50%;
    background: var(--part);
  }
  .what p {
    overflow-wrap: anywhere;
  }
  .chip {
    display: inline-block;
    padding: 0 0.6rem;
    border: 1px solid var(--line-strong);
    border-radius: 999px;
    font-size: var(--text-s);
    font-weight: 550;
    letter-spacing: 0;
  }
  .size {
    font-weight: 600;
    text-align: end;
    white-space: nowrap;
  }
  .size span {
    display: block;
    font-weight: 400;
  }
  .button.quiet {
    min-width: 8.5rem;
    border-color: transparent;
    color: var(--ink-soft);
    font-size: var(--text-s);
  }
  .button.quiet:hover,
  .button.quiet:focus-visible {
    border-color: var(--line-strong);
    color: var(--ink);
  }
  .button.danger {
    border-color: var(--danger);
    color: var(--danger);
  }
  .button.danger:hover {
    background: var(--danger-tint);
  }
  .button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  section {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-3) var(--space-4);
    padding: var(--space-4) var(--space-5);
    border-radius: var(--radius-l);
  }
  section > div {
    flex: 1 1 16rem;
    text-wrap: pretty;
  }
  .promise {
    background: var(--sunken);
  }
  .promise > .icon {
    font-size: 1.25em;
    place-self: start;
    padding-top: 0.1em;
  }
  .end {
    padding-block: var(--space-2);
  }
  .empty {
    display: flex;
    gap: var(--space-3);
    padding: var(--space-5);
    border: 1px dashed var(--line-strong);
    border-radius: var(--radius-l);
  }
  .outcome {
    min-height: 1.5em;
    font-weight: 550;
    outline: 0;
  }
  dialog {
    width: min(30rem, 100% - 2 * var(--space-4));
    padding: var(--space-5);
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--paper);
    color: var(--ink);
    box-shadow: var(--shadow);
  }
  dialog[open] {
    display: grid;
    gap: var(--space-3);
  }
  dialog::backdrop {
    background: rgb(10 9 8 / 55%);
  }
  form {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: var(--space-3);
    margin-top: var(--space-3);
  }
  @media (max-width: 40rem) {
    li {
      grid-template-columns: auto minmax(0, 1fr) auto;
      padding: var(--space-4);
    }
    .size {
      grid-column: 3;
      grid-row: 1;
    }
    .button.quiet {
      grid-column: 2 / -1;
      justify-self: start;
      justify-content: start;
      margin-inline-start: calc(-1 * var(--space-4));
    }
    section {
      padding-inline: var(--space-4);
    }
  }
  @media (forced-colors: active) {
    .parts i,
    .sign::after {
      forced-color-adjust: none;
      border-color: Canvas;
    }
  }
`;
