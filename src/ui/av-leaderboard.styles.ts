import { css } from 'lit';

export const leaderboardStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: var(--space-3) var(--space-5);
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
  .segments {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
  }
  .segments label {
    position: relative;
  }
  input[type='radio'] {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .segments span {
    display: grid;
    place-items: center;
    min-width: 3.25rem;
    min-height: 2.25rem;
    padding-inline: var(--space-3);
    border: 1.5px solid transparent;
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
  input[type='radio']:checked + span {
    background: var(--action);
    color: var(--on-action);
  }
  input[type='radio']:focus-visible + span {
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
  .meaning {
    padding-top: var(--space-3);
    border-top: 1px solid var(--line);
    max-width: none;
  }
  figure {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-3);
    margin: 0;
  }
  .chart {
    position: relative;
    height: calc(var(--rows) * 1.65rem + 2.5rem);
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
    color: var(--ink-soft);
  }
  .key li {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
  }
  .mark {
    width: 0.65rem;
    height: 0.65rem;
    border: 1.75px solid var(--ink);
    border-radius: 50%;
    background: var(--ink);
    forced-color-adjust: none;
  }
  .mark.hollow {
    background: none;
  }
  .mark.diamond {
    border-radius: 0;
    rotate: 45deg;
    scale: 0.85;
  }
  .mark.triangle {
    border: 0;
    border-radius: 0;
    clip-path: polygon(50% 0, 100% 100%, 0 100%);
  }
  .join {
    width: 1.1rem;
    height: 2px;
    margin-inline: calc(-1 * var(--space-2));
    background: var(--line-strong);
    forced-color-adjust: none;
  }
  .own {
    height: 0.45rem;
    margin: 0;
    background: var(--accent);
  }
  @media (forced-colors: active) {
    .mark:not(.hollow) {
      background: CanvasText;
    }
    .mark {
      border-color: CanvasText;
    }
    .own {
      background: Highlight;
    }
    input[type='radio']:checked + span {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .switch input:checked::before {
      background: ButtonText;
    }
  }
`;
