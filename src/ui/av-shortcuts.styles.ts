import { css } from 'lit';

export const shortcutsStyles = css`
  /* A closed dialog takes no place in the layout around it. */
  :host {
    display: contents;
  }
  dialog {
    --dialog-width: 44rem;
    padding: 0;
  }
  .frame {
    display: grid;
    gap: var(--space-4);
    padding: var(--space-4) clamp(var(--space-4), 4vw, var(--space-6)) var(--space-6);
  }
  h3 {
    font-size: var(--text-m);
    font-weight: 650;
    padding-bottom: var(--space-2);
  }
  .switch {
    display: flex;
    align-items: center;
    gap: var(--space-4);
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius-m);
    background: var(--sunken);
    cursor: pointer;
  }
  .switch > span {
    display: grid;
    text-wrap: pretty;
  }
  .switch strong {
    font-weight: 600;
  }
  .switch input {
    appearance: none;
    flex: none;
    position: relative;
    width: 2.75rem;
    height: 1.625rem;
    margin: 0;
    border: 1.5px solid var(--ink-soft);
    border-radius: 999px;
    background: var(--paper);
    cursor: pointer;
    transition:
      background var(--quick),
      border-color var(--quick);
  }
  .switch input::before {
    content: '';
    position: absolute;
    inset-block: 0.1875rem;
    left: 0.1875rem;
    aspect-ratio: 1;
    border-radius: 999px;
    background: var(--ink-soft);
    transition: translate var(--quick);
  }
  .switch input:checked {
    background: var(--action);
    border-color: var(--action);
  }
  .switch input:checked::before {
    translate: 1.125rem 0;
    background: var(--on-action);
  }
  .groups {
    display: grid;
    gap: var(--space-5) var(--space-6);
    transition: opacity var(--quick);
  }
  .off dd {
    opacity: 0.45;
  }
  @media (min-width: 44rem) {
    .groups {
      grid-template-columns: 1.2fr 1fr;
    }
    .groups section:first-child {
      grid-row: span 4;
    }
  }
  section {
    align-self: start;
  }
  dl > div {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-4);
    min-height: 2.25rem;
    border-top: 1px solid var(--line);
  }
  dd {
    display: flex;
    gap: var(--space-1);
  }
  kbd {
    min-width: 1.75rem;
    padding: 0.1em 0.5em;
    border: 1px solid var(--line-strong);
    border-bottom-width: 2px;
    border-radius: var(--radius-s);
    background: var(--paper);
    font: 600 var(--text-s) / 1.5 var(--font);
    text-align: center;
    white-space: nowrap;
  }
  @media (forced-colors: active) {
    .switch input::before {
      background: ButtonText;
      forced-color-adjust: none;
    }
    .switch input:checked {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
