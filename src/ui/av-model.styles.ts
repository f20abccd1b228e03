import { css } from 'lit';

export const modelStyles = css`
  .loading {
    display: grid;
    gap: var(--space-2);
    max-width: 32rem;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-3);
    margin-top: var(--space-2);
  }
  .button {
    min-height: 2.5rem;
    font-size: var(--text-s);
  }
  .button .icon svg {
    width: 1.1em;
    height: 1.1em;
  }
  .head .buttons {
    margin: 0;
    margin-inline-start: auto;
  }
  .warning {
    display: flex;
    gap: var(--space-2);
    width: fit-content;
    margin-block: var(--space-4) var(--space-5);
    padding: var(--space-2) var(--space-4);
    border-radius: var(--radius-s);
    background: var(--danger-tint);
    font-weight: 550;
  }
  .warning .icon {
    color: var(--danger);
    padding-top: 0.15em;
  }
  .refused {
    margin-top: var(--space-4);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    align-items: center;
  }
  h2 {
    font-size: var(--text-xl);
    font-weight: 650;
    letter-spacing: -0.02em;
  }
  .version {
    font-size: var(--text-s);
    font-weight: 500;
    letter-spacing: 0;
    color: var(--ink-soft);
  }
  .status {
    display: inline-flex;
    gap: var(--space-1);
    align-items: center;
    font-size: var(--text-s);
    font-weight: 550;
  }
  .about {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr));
    gap: var(--space-5) var(--space-7);
    align-items: start;
    margin-block: var(--space-5);
  }
  .reach {
    display: grid;
    gap: var(--space-4);
    font-size: var(--text-s);
  }
  .reach:not(:has(section)) {
    display: none;
  }
  .reach section {
    display: grid;
    grid-template-columns: 8.5rem minmax(0, 1fr);
    column-gap: var(--space-4);
  }
  @media (max-width: 30rem) {
    .reach section {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  .reach section > :not(h3) {
    grid-column: -2;
  }
  .reach p {
    text-wrap: pretty;
  }
  h3 {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    align-self: start;
    font-size: inherit;
    font-weight: 600;
  }
  summary {
    display: flex;
    align-items: center;
    width: fit-content;
    min-height: 1.75rem;
    color: var(--ink-soft);
    text-decoration: underline;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 0.25em;
    cursor: pointer;
  }
  summary:hover {
    color: var(--ink);
  }
  [open] summary {
    display: none;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--text-s);
  }
  caption {
    text-align: start;
    font-weight: 600;
    padding-bottom: var(--space-1);
  }
  th,
  td {
    padding: var(--space-1) var(--space-5) var(--space-1) 0;
    text-align: end;
    border-bottom: 1px solid var(--line);
  }
  th {
    font-weight: 400;
    color: var(--ink-soft);
  }
  th:first-child {
    text-align: start;
  }
  tbody th {
    color: var(--ink);
  }
  td {
    font-weight: 550;
  }
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-6);
    padding-top: var(--space-4);
    border-top: 1px solid var(--line);
    font-size: var(--text-s);
  }
  dl + p {
    margin-top: var(--space-3);
  }
  dt {
    color: var(--ink-soft);
  }
  dd {
    font-weight: 550;
  }
  code {
    font: 0.95em var(--font-mono);
  }
`;
