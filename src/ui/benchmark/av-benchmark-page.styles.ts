import { css } from 'lit';

export const benchmarkPageStyles = css`
  :host {
    container-type: inline-size;
  }
  article {
    width: 100%;
    max-width: 80rem;
    margin-inline: auto;
  }
  .hero {
    padding-block: clamp(1.5rem, 5vh, 4rem) clamp(1.5rem, 5vh, 3.5rem);
  }
  h1 {
    font-size: var(--text-display);
    font-weight: 700;
    line-height: 1;
    letter-spacing: -0.045em;
    text-wrap: balance;
  }
  .hero p {
    max-width: 36em;
    margin-top: var(--space-5);
    font-size: var(--text-l);
    line-height: 1.6;
    color: var(--ink-soft);
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-5) var(--space-7);
    padding-block: clamp(2rem, 6vh, 4rem);
    border-top: 1px solid var(--line);
    scroll-margin-top: var(--space-5);
  }
  h2 {
    font-size: clamp(1.5rem, 1.2rem + 1vw, 2rem);
    font-weight: 650;
    line-height: 1.15;
    letter-spacing: -0.03em;
    text-wrap: balance;
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-5);
  }
  @container (min-width: 64rem) {
    section {
      grid-template-columns: 13rem minmax(0, 1fr);
    }
    h2 {
      position: sticky;
      top: var(--space-5);
      align-self: start;
    }
  }
  .out {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-2) var(--space-3);
  }
  .out .button {
    font-size: var(--text-s);
  }
  .notice {
    padding: var(--space-3) var(--space-4);
    border-radius: var(--radius-m);
    background: var(--sunken);
    max-width: none;
  }
`;
