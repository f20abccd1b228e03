import { css } from 'lit';

/** What the parts of the paper's page have in common: words, tables, figures. */
export const paperType = css`
  h3 {
    font-size: var(--text-m);
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  p,
  li,
  dd {
    text-wrap: pretty;
  }
  p {
    max-width: 40em;
  }
  a {
    color: inherit;
    font-weight: 550;
    text-decoration-color: var(--line-strong);
    text-underline-offset: 0.2em;
    text-decoration-thickness: 1.5px;
  }
  a:hover {
    text-decoration-color: var(--ink);
  }
  .note {
    font-size: var(--text-s);
    color: var(--ink-soft);
    max-width: 52em;
  }
  .scroll {
    overflow-x: auto;
    scrollbar-width: thin;
    overscroll-behavior-x: contain;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--text-s);
    font-variant-numeric: tabular-nums;
  }
  caption {
    text-align: start;
    padding-bottom: var(--space-2);
    color: var(--ink-soft);
  }
  th,
  td {
    padding: var(--space-2) var(--space-3);
    text-align: end;
    font-weight: 400;
    border-bottom: 1px solid var(--line);
    white-space: nowrap;
  }
  th:first-child {
    text-align: start;
    padding-inline-start: 0;
  }
  td:last-child,
  th:last-child {
    padding-inline-end: 0;
  }
  thead th {
    color: var(--ink-soft);
    border-bottom-color: var(--line-strong);
  }
  details > summary {
    display: flex;
    align-items: center;
    gap: var(--space-2);
    width: fit-content;
    min-height: 2.75rem;
    font-weight: 550;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary .icon {
    transition: rotate var(--quick);
  }
  details[open] > summary .icon {
    rotate: 90deg;
  }
`;
