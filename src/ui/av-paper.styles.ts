import { css } from 'lit';

export const paperStyles = css`
  :host {
    container-type: inline-size;
  }
  article {
    max-width: 74rem;
    margin-inline: auto;
  }
  .hero {
    padding-block: clamp(2rem, 8vh, 6rem) clamp(2.5rem, 9vh, 6.5rem);
  }
  .venue {
    font-size: var(--text-s);
    font-weight: 550;
    color: var(--ink-soft);
  }
  h1 {
    display: grid;
    gap: var(--space-4);
    margin-block: var(--space-3) var(--space-5);
    font-size: var(--text-display);
    font-weight: 700;
    line-height: 1;
    letter-spacing: -0.045em;
  }
  h1 .rest {
    max-width: 24em;
    font-size: clamp(1.375rem, 1rem + 1.6vw, 2.25rem);
    font-weight: 500;
    line-height: 1.2;
    letter-spacing: -0.025em;
    text-wrap: balance;
  }
  .rest span {
    white-space: nowrap;
  }
  sup {
    line-height: 0;
  }
  .abstract {
    max-width: 36em;
    margin-block: var(--space-6);
    font-size: var(--text-l);
    line-height: 1.6;
  }
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3);
    max-width: none;
    margin-bottom: var(--space-5);
  }
  .links a {
    text-decoration: none;
  }
  .links .icon svg {
    width: 1em;
    height: 1em;
  }

  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-5) var(--space-7);
    padding-block: clamp(2.5rem, 8vh, 5.5rem);
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
      grid-template-columns: 14rem minmax(0, 1fr);
    }
    h2 {
      position: sticky;
      top: var(--space-5);
      align-self: start;
    }
  }
  .lead {
    font-size: var(--text-l);
    max-width: 34em;
  }
  .kinds,
  .licences {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
    gap: var(--space-4) var(--space-5);
  }
  .kinds > div,
  .licences > div {
    padding-top: var(--space-3);
    border-top: 2px solid var(--ink);
  }
  dt {
    font-weight: 650;
  }
  dd {
    color: var(--ink-soft);
  }
  .licences {
    font-size: var(--text-s);
  }
  .licences > div {
    border-top: 1px solid var(--line-strong);
  }
  .aside {
    display: grid;
    gap: var(--space-2);
    padding: var(--space-4) var(--space-5);
    border-radius: var(--radius-m);
    background: var(--sunken);
  }
`;
