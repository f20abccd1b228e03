import { css } from 'lit';

export const workspaceStyles = css`
  .workspace {
    display: grid;
    gap: var(--space-6) var(--space-7);
    padding-block: var(--space-1) var(--space-7);
  }
  .watch,
  .result {
    display: grid;
    align-content: start;
    gap: var(--space-4);
    min-width: 0;
  }
  .result {
    gap: var(--space-5);
  }
  .title {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto auto;
    column-gap: var(--space-2);
    align-items: center;
  }
  .title h1 {
    font-size: var(--text-l);
    font-weight: 650;
    letter-spacing: -0.015em;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .title p {
    grid-area: 2 / 1;
  }
  .title .icon-button {
    grid-area: 1 / 2 / 3 / 3;
  }
  .title .button {
    grid-area: 1 / 3 / 3 / 4;
    font-size: var(--text-s);
  }
  /* None at a booth that shows its own clips only. */
  #open-another {
    display: var(--own-file, inline-flex);
  }
  /* The number, and beside it the code to take it away with, where there is one. */
  .verdict {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-5);
    align-items: start;
  }
  .verdict av-answer {
    flex: 1 1 9rem;
    min-width: 0;
  }
  ::slotted([slot='takeaway']) {
    flex: 0 1 auto;
  }
  av-progress {
    margin: var(--space-4) var(--space-2) 0;
  }
  @media (max-width: 30rem) {
    .roomy {
      display: none;
    }
  }
  .await {
    display: grid;
    gap: var(--space-4);
    align-content: center;
    min-height: 8rem;
    color: var(--ink-soft);
    max-width: 22em;
  }
  .await .tally {
    width: 3.5rem;
    height: 3.5rem;
    color: var(--line-strong);
  }
  @media (min-width: 62rem) {
    .workspace {
      grid-template-columns: minmax(0, 1fr) clamp(19rem, 29vw, 30rem);
    }
    .result {
      --clues-height: min(26rem, 46vh);
      padding-top: var(--space-2);
    }
    .await {
      min-height: 50vh;
    }
  }
  .tally {
    flex: none;
  }
`;
