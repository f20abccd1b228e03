import { css } from 'lit';

export const leaderboardTableStyles = css`
  thead tr:first-child > * {
    border-bottom: 0;
    padding-bottom: 0;
  }
  th[scope='colgroup'] {
    text-align: start;
    padding-inline: var(--space-3);
    color: var(--ink);
    font-weight: 550;
  }
  tbody th,
  thead tr + tr th:first-child {
    position: sticky;
    inset-inline-start: 0;
    background: var(--paper);
  }
  th button {
    display: inline-flex;
    align-items: center;
    justify-content: end;
    min-height: 2rem;
    font-weight: 550;
  }
  @media (pointer: coarse) {
    th button {
      min-height: 2.75rem;
      min-width: 2.75rem;
    }
  }
  th:first-child button {
    justify-content: start;
  }
  th button:hover {
    color: var(--ink);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  th[aria-sort='ascending'],
  th[aria-sort='descending'] {
    color: var(--ink);
  }
  thead th {
    vertical-align: middle;
    padding-block: var(--space-1);
  }
  .arrow {
    padding-inline-end: 0.2em;
  }
  tr.bound > * {
    color: var(--ink-soft);
  }
  tr.paper > * {
    font-weight: 650;
  }
  tr.paper th span {
    padding: 0.1em 0.4em;
    margin-inline-start: -0.4em;
    border-radius: 0.2em;
    background: var(--accent);
    color: var(--on-accent);
  }
  tr.paper th {
    padding-inline-start: 0.4em;
  }
`;
