import { css } from 'lit';

export const modelStyles = css`
  .loading {
    display: grid;
    gap: var(--space-2);
    max-width: 32rem;
  }
  .bar {
    height: 0.375rem;
    border-radius: 999px;
    background: var(--line);
    overflow: clip;
  }
  .bar i {
    display: block;
    height: 100%;
    width: calc(var(--share) * 100%);
    border-radius: inherit;
    background: var(--ink);
    transition: width var(--quick);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    align-items: baseline;
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
