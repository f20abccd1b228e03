import { css } from 'lit';

/** What the parts of the benchmark's page have in common: fields, segments, switches, cards. */
export const benchmarkStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-5);
  }
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  legend {
    padding: 0 0 var(--space-2);
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-3) var(--space-4);
  }
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    padding: var(--space-5);
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--surface);
  }
  @media (max-width: 30rem) {
    .card {
      padding: var(--space-4);
    }
  }
  .segments {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }
  .segments label {
    position: relative;
  }
  .segments input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .segments span {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-2);
    min-width: 3.25rem;
    min-height: 2.25rem;
    padding-inline: var(--space-3);
    border: 1.5px solid var(--line-strong);
    border-radius: 999px;
    font-size: var(--text-s);
    font-weight: 550;
    transition: background var(--quick);
  }
  @media (pointer: coarse) {
    .segments span {
      min-height: 2.75rem;
    }
  }
  .segments label:hover span {
    background: var(--sunken);
  }
  .segments input:checked + span {
    background: var(--action);
    border-color: var(--action);
    color: var(--on-action);
  }
  .segments input:focus-visible + span {
    outline: 2.5px solid var(--focus);
    outline-offset: 2px;
  }
  .switch {
    display: inline-flex;
    align-items: center;
    gap: var(--space-3);
    min-height: 2.75rem;
    font-size: var(--text-s);
    font-weight: 550;
    cursor: pointer;
  }
  .switch input {
    appearance: none;
    position: relative;
    flex: none;
    width: 2.5rem;
    height: 1.5rem;
    margin: 0;
    border: 1.5px solid var(--line-strong);
    border-radius: 999px;
    cursor: pointer;
    transition: background var(--quick);
  }
  .switch input::before {
    content: '';
    position: absolute;
    inset: 0.2rem auto 0.2rem 0.2rem;
    aspect-ratio: 1;
    border-radius: 50%;
    background: var(--line-strong);
    transition: translate var(--quick);
  }
  .switch input:checked {
    background: var(--action);
    border-color: var(--action);
  }
  .switch input:checked::before {
    background: var(--on-action);
    translate: 1rem;
  }
  .field {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    font-size: var(--text-s);
  }
  .field input,
  .field select,
  select {
    min-height: 2.25rem;
    padding: 0 var(--space-3);
    border: 1.5px solid var(--line-strong);
    border-radius: 999px;
    background: var(--surface);
    color: inherit;
    font: inherit;
    font-size: var(--text-s);
  }
  .field input[type='number'] {
    width: 5.5rem;
  }
  @media (pointer: coarse) {
    .field input,
    .field select,
    select {
      min-height: 2.75rem;
    }
  }
  fieldset:disabled > :not(legend) {
    opacity: 0.55;
  }
  .browse:has(:disabled),
  .button:is(:disabled, [aria-disabled='true']) {
    opacity: 0.5;
    cursor: default;
  }
  .button.quiet {
    border-color: transparent;
    font-size: var(--text-s);
  }
  .button.quiet:hover {
    border-color: var(--line-strong);
  }
  .browse {
    position: relative;
  }
  .browse input {
    position: absolute;
    inset: 0;
    width: 100%;
    opacity: 0;
    font-size: 0;
    cursor: pointer;
  }
  .browse input::file-selector-button {
    cursor: pointer;
  }
  .browse:has(input:focus-visible) {
    outline: 2.5px solid var(--focus);
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    .segments input:checked + span {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .switch input:checked::before {
      background: ButtonText;
    }
  }
`;
