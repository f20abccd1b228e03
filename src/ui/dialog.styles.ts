import { css } from 'lit';

/**
 * Every dialog of the page: a sheet in the middle, on phones one from below. `--dialog-width` and
 * `--dialog-height` are its most; the padding is the dialog's own.
 */
export const dialogStyles = css`
  dialog {
    width: min(var(--dialog-width, 46rem), 100% - 2 * var(--space-4));
    max-width: none;
    max-height: min(var(--dialog-height, 90dvh), 60rem);
    padding: var(--space-5) clamp(var(--space-4), 4vw, var(--space-6)) var(--space-6);
    border: 1px solid var(--line);
    border-radius: var(--radius-l);
    background: var(--paper);
    color: var(--ink);
    box-shadow: var(--shadow);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: rgb(10 9 8 / 55%);
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog[open] {
      animation: rise 180ms cubic-bezier(0.2, 0, 0, 1);
    }
    @keyframes rise {
      from {
        translate: 0 0.75rem;
        opacity: 0;
      }
    }
  }
  @media (max-width: 36rem) {
    dialog {
      width: 100%;
      margin-bottom: 0;
      border-width: 1px 0 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-inline-end: calc(-1 * var(--space-3));
  }
  h2 {
    font-size: var(--text-xl);
    font-weight: 650;
    letter-spacing: -0.02em;
  }
`;
