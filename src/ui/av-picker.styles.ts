import { css } from 'lit';

export const pickerStyles = css`
  .zone {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-4);
    color: var(--ink-soft);
  }
  .zone .button {
    color: var(--ink);
    min-height: 3.5rem;
    padding-inline: var(--space-6);
    font-size: var(--text-l);
  }
  .zone .primary {
    color: var(--on-action);
  }
  @media (max-width: 36rem) {
    .zone .button {
      flex: 1 1 100%;
    }
  }
  /* None at a booth that shows its own clips only. */
  #browse {
    display: var(--own-file, inline-flex);
  }
  .zone p {
    display: var(--own-file, block);
  }
  @media (pointer: coarse) {
    .pointer {
      display: none;
    }
  }
  .zone + section {
    margin-top: var(--space-7);
  }
  h2 {
    font-size: var(--text-s);
    font-weight: 600;
    color: var(--ink-soft);
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-2) var(--space-4);
    margin-bottom: var(--space-3);
  }
  .title .button {
    font-size: var(--text-s);
  }
  .samples {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
    gap: var(--space-4);
  }
  .sample {
    display: grid;
    grid-template-rows: auto 1fr;
    width: 100%;
    height: 100%;
    text-align: start;
    border-radius: var(--radius-m);
    overflow: clip;
    background: var(--surface);
    border: 1px solid var(--line);
    transition:
      border-color var(--quick),
      translate var(--quick);
  }
  .sample:hover {
    border-color: var(--ink);
    translate: 0 -2px;
  }
  .sample[aria-pressed='true'] {
    border-color: var(--ink);
    box-shadow: inset 0 -0.3rem 0 var(--accent);
  }
  .poster {
    display: grid;
    place-items: center;
    aspect-ratio: 16 / 9;
    background: var(--screen);
    color: var(--accent);
    font-size: 2rem;
    overflow: clip;
  }
  img {
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .placeholder {
    border-color: transparent;
    background: var(--sunken);
  }
  .placeholder .poster {
    background: var(--line);
  }
  .text {
    display: grid;
    grid-template-rows: auto auto 1fr;
    gap: var(--space-1);
    padding: var(--space-3) var(--space-4) var(--space-4);
  }
  strong {
    font-weight: 600;
  }
  .ask {
    align-self: end;
    font-weight: 550;
  }
  @media (max-width: 40rem) {
    .sample {
      grid-template: auto / 7.5rem 1fr;
      align-items: center;
    }
    .poster {
      height: 100%;
      aspect-ratio: auto;
      min-height: 5rem;
    }
  }
`;
