import { css } from 'lit';

export const appStyles = css`
  :host {
    --gutter: clamp(1rem, 4vw, 4rem);
    min-height: 100dvh;
    display: grid;
    grid-template-rows: auto 1fr auto;
  }
  header,
  main,
  footer {
    width: 100%;
    max-width: 104rem;
    margin-inline: auto;
    padding-inline: var(--gutter);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-1) var(--space-4);
    padding-block: var(--space-2);
  }
  .brand {
    display: inline-flex;
    align-items: center;
    gap: var(--space-3);
    margin-inline-end: auto;
    color: inherit;
    text-decoration: none;
    font-weight: 650;
    font-size: var(--text-l);
    letter-spacing: -0.02em;
    color: inherit;
    text-decoration: none;
  }
  .quiet {
    border-color: transparent;
    font-size: var(--text-s);
    padding-inline: var(--space-3);
  }
  .tally {
    width: 1.9rem;
    height: 1.9rem;
    flex: none;
  }
  .privacy {
    display: inline-flex;
    align-items: center;
    gap: var(--space-2);
    font-size: var(--text-s);
    font-weight: 550;
  }
  @media (max-width: 36rem) {
    nav {
      order: 1;
      width: 100%;
      margin-inline: calc(-1 * var(--space-3));
    }
    .privacy {
      order: 2;
      width: 100%;
      padding-bottom: var(--space-2);
      border-bottom: 1px solid var(--line);
    }
  }
  @media (max-width: 22rem) {
    header {
      column-gap: var(--space-1);
    }
  }

  .welcome {
    padding-block: clamp(2rem, 7vh, 5.5rem) var(--space-7);
  }
  .welcome h1 {
    font-size: var(--text-display);
    font-weight: 700;
    line-height: 1;
    letter-spacing: -0.045em;
    max-width: 14em;
    text-wrap: balance;
  }
  .marked {
    position: relative;
    isolation: isolate;
    display: inline-block;
    padding-inline: 0.12em;
    white-space: nowrap;
    color: var(--on-accent);
  }
  .marked::before {
    content: '';
    position: absolute;
    inset: 0.06em 0 -0.1em;
    z-index: -1;
    rotate: -0.8deg;
    border-radius: 0.08em 0.16em 0.06em 0.14em;
    background: var(--accent);
  }
  /* Chinese letters fill their line from top to bottom. */
  .welcome h1:lang(zh) {
    line-height: 1.25;
    word-break: keep-all;
  }
  .marked:lang(zh)::before {
    inset: 0.04em 0 -0.02em;
  }
  .lead {
    max-width: 34em;
    margin-block: var(--space-5) var(--space-6);
    font-size: var(--text-l);
    color: var(--ink-soft);
    text-wrap: pretty;
  }
  .welcome av-error,
  .opening {
    margin-bottom: var(--space-5);
    max-width: 40rem;
  }
  .opening {
    font-weight: 550;
  }

  nav {
    display: flex;
    gap: var(--space-1);
    font-size: var(--text-s);
    font-weight: 550;
  }
  nav a {
    display: inline-grid;
    align-items: center;
    min-height: 2.75rem;
    padding-inline: var(--space-3);
    border-radius: 999px;
    color: inherit;
    text-decoration: none;
    transition: background var(--quick);
  }
  nav a:hover {
    background: var(--sunken);
  }
  nav a[aria-current] {
    text-decoration: underline;
    text-decoration-color: var(--accent);
    text-decoration-thickness: 0.2em;
    text-underline-offset: 0.35em;
  }

  .more,
  .model {
    padding-block: var(--space-6);
    border-top: 1px solid var(--line);
  }
  .choose {
    margin-top: var(--space-3);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-5);
    padding-block: var(--space-4) var(--space-5);
    font-size: var(--text-s);
    color: var(--ink-soft);
  }
  footer a {
    color: inherit;
    text-underline-offset: 0.25em;
  }
  footer p + p {
    overflow-wrap: anywhere;
  }
`;
