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
  .head .button {
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
  .reach {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    gap: var(--space-5);
    margin-block: var(--space-4) var(--space-5);
  }
  .reach:not(:has(section)) {
    display: none;
  }
  h3 {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    font-size: var(--text-s);
    font-weight: 600;
    margin-bottom: var(--space-2);
  }
  ul {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-2);
  }
  li {
    padding: 0.15rem 0.65rem;
    border: 1px solid var(--line);
    border-radius: 999px;
    background: var(--surface);
    font-size: var(--text-s);
  }
  table {
    border-collapse: collapse;
    margin-bottom: var(--space-5);
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
