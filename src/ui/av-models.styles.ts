import { css } from 'lit';

export const modelsStyles = css`
  .lead {
    max-width: 36em;
    margin-bottom: var(--space-5);
    text-wrap: pretty;
  }
  av-error {
    margin-bottom: var(--space-4);
  }
  ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
  }
  ul > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-2);
    padding: var(--space-4) var(--space-5);
    border: 1px solid var(--line);
    border-radius: var(--radius-m);
    background: var(--surface);
  }
  ul > li.in-use {
    border-color: var(--ink);
    background: linear-gradient(90deg, var(--accent) 0.35rem, var(--surface) 0.35rem);
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-3);
  }
  h3 {
    font-size: var(--text-l);
    font-weight: 650;
    letter-spacing: -0.015em;
  }
  .size {
    margin-inline-start: auto;
  }
  @media (max-width: 36rem) {
    .chip ~ .size {
      margin-inline-start: 0;
    }
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: var(--space-1);
    padding: 0.1rem 0.65rem;
    border: 1px solid var(--line-strong);
    border-radius: 999px;
    font-size: var(--text-s);
    font-weight: 550;
  }
  .chip.used {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-2) var(--space-4);
  }
  .facts {
    display: flex;
    flex: 1 1 16rem;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    color: var(--ink-soft);
  }
  .facts > span {
    display: inline-flex;
    gap: var(--space-2);
  }
  .facts .icon {
    padding-top: 0.15em;
  }
  .problem {
    color: var(--danger);
    font-weight: 550;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
  }
  .actions .button {
    min-height: 2.5rem;
    font-size: var(--text-s);
  }
  .actions:not(:has(*)) {
    display: none;
  }
  .button.quiet {
    border-color: transparent;
    color: var(--ink-soft);
  }
  .button.quiet:hover {
    border-color: var(--line-strong);
    color: var(--ink);
  }
  .button .icon svg {
    width: 1.1em;
    height: 1.1em;
  }
  av-load-bar {
    margin-block: var(--space-2);
  }
  details {
    font-size: var(--text-s);
  }
  summary {
    width: fit-content;
    padding-block: var(--space-1);
    font-weight: 550;
    cursor: pointer;
  }
  ol {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    margin-block: var(--space-1) var(--space-2);
    padding-inline-start: 1.25em;
    list-style: decimal;
  }
  code {
    display: block;
    margin-top: var(--space-1);
    padding: var(--space-2) var(--space-3);
    border-radius: var(--radius-s);
    background: var(--sunken);
    font: 0.9375em / 1.5 var(--font-mono);
    white-space: pre;
    overflow-x: auto;
    scrollbar-width: thin;
  }
  section {
    display: grid;
    gap: var(--space-3);
    margin-top: var(--space-5);
    padding-top: var(--space-5);
    border-top: 1px solid var(--line);
  }
  .other {
    display: grid;
    gap: var(--space-2);
    justify-items: start;
  }
  .other av-load-bar {
    justify-self: stretch;
  }
  form {
    display: grid;
    gap: var(--space-2);
  }
  label {
    font-size: var(--text-s);
    font-weight: 550;
  }
  input[type='url'] {
    flex: 1 1 16rem;
    min-width: 0;
    min-height: 2.75rem;
    padding: 0 var(--space-4);
    border: 1.5px solid var(--line-strong);
    border-radius: 999px;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
  }
  input::placeholder {
    color: var(--ink-soft);
    opacity: 1;
  }
`;
