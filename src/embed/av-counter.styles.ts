import { css } from 'lit';

export const counterStyles = css`
  :host {
    --player-keys: none;
    container-type: inline-size;
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='system']) {
    color-scheme: light dark;
  }
  .counter {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4) var(--space-5);
    padding: var(--space-4);
  }
  .watch,
  .result {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--space-4);
  }
  @container (min-width: 52rem) {
    .counter:has(.result) {
      grid-template-columns: minmax(0, 1.7fr) minmax(16rem, 1fr);
    }
    footer {
      grid-column: 1 / -1;
    }
  }
  .ask {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-3) var(--space-4);
  }
  .asked {
    flex: 1 1 14rem;
    font-size: var(--text-l);
    font-weight: 600;
    letter-spacing: -0.015em;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  footer {
    color: var(--ink-soft);
    font-size: var(--text-s);
  }
`;
