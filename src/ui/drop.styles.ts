import { css } from 'lit';

/** Over the whole window while something is dragged onto it. */
export const dropStyles = css`
  .drop {
    position: fixed;
    inset: var(--space-3);
    z-index: 10;
    display: grid;
    place-items: center;
    border-radius: var(--radius-l);
    border: 3px dashed var(--on-accent);
    background: color-mix(in srgb, var(--accent) 94%, transparent);
    color: var(--on-accent);
    font-size: var(--text-xl);
    font-weight: 650;
    pointer-events: none;
  }
`;
