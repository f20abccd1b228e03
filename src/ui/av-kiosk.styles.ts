import { css } from 'lit';

/** Everything is measured in `--u`, a hundredth of a 16:9 screen's width: it is read from afar. */
export const kioskStyles = css`
  :host {
    --u: min(1vw, 1.78vh);
    display: grid;
    min-height: 100dvh;
    background: var(--paper);
    color: var(--ink);
    font-size: max(1rem, calc(1.5 * var(--u)));
    line-height: 1.25;
    cursor: pointer;
    touch-action: none;
    user-select: none;
  }
  .frame {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    gap: calc(2.2 * var(--u));
    width: 100%;
    height: 100dvh;
    padding: calc(2.6 * var(--u)) calc(3.6 * var(--u)) calc(3 * var(--u));
    overflow: clip;
  }
  .brand,
  .live,
  .privacy {
    display: flex;
    align-items: center;
    gap: 0.6em;
  }
  .top {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: calc(1.4 * var(--u)) 2em;
  }
  .brand {
    order: 1;
    font-size: 1.2em;
    font-weight: 650;
    letter-spacing: -0.02em;
  }
  .tally {
    width: 1.7em;
    height: 1.7em;
  }
  .live {
    font-weight: 550;
    color: var(--ink-soft);
  }
  .live i {
    width: 0.6em;
    height: 0.6em;
    border-radius: 50%;
    background: var(--accent);
    box-shadow: 0 0 0 0.12em var(--ink);
  }

  .scene {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr) calc(28 * var(--u));
    gap: calc(3.4 * var(--u));
    min-height: 0;
  }
  .waiting {
    align-self: center;
  }
  h1 {
    font-size: calc(4.7 * var(--u));
    font-weight: 700;
    line-height: 1.02;
    letter-spacing: -0.04em;
    text-wrap: balance;
  }
  .watch {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    min-height: 0;
    border-radius: calc(1.4 * var(--u));
    overflow: clip;
    background: var(--screen);
    color: var(--screen-ink);
    box-shadow: var(--shadow);
  }
  video,
  .still,
  av-overlay,
  .said {
    grid-area: 1 / 1;
    width: 100%;
    height: 100%;
    min-height: 0;
  }
  video,
  .still {
    object-fit: contain;
  }
  av-overlay {
    --text-s: calc(1.25 * var(--u));
    --box-line: max(3px, calc(0.28 * var(--u)));
    pointer-events: none;
  }
  .said {
    align-self: end;
    justify-self: center;
    width: auto;
    height: auto;
    margin-bottom: calc(1.4 * var(--u));
    padding: 0.2em 0.7em 0.24em;
    border-radius: 0.35em;
    background: var(--accent);
    color: var(--on-accent);
    font-size: calc(2.1 * var(--u));
    font-weight: 650;
    z-index: 1;
  }
  .track {
    position: relative;
    grid-area: 2 / 1;
    height: calc(4.2 * var(--u));
    margin-inline: calc(1.6 * var(--u));
  }
  .track::before,
  .swept {
    content: '';
    position: absolute;
    inset-block: calc(50% - 0.14 * var(--u));
    inset-inline: 0;
    border-radius: 999px;
    background: var(--screen-line);
  }
  .swept {
    width: calc(var(--share) * 100%);
    background: var(--screen-soft);
  }
  .mark {
    position: absolute;
    left: calc(var(--at) * 100%);
    top: 50%;
    width: calc(1.5 * var(--u));
    height: calc(1.5 * var(--u));
    translate: -50% -50%;
    border-radius: 50%;
    background: var(--accent);
  }
  .mark.now {
    scale: 1.5;
    box-shadow: 0 0 0 calc(0.35 * var(--u)) rgb(255 212 58 / 30%);
  }
  .head {
    position: absolute;
    left: calc(var(--at) * 100%);
    inset-block: calc(0.5 * var(--u));
    width: max(2px, calc(0.2 * var(--u)));
    border-radius: 999px;
    background: var(--screen-ink);
  }

  .tell {
    display: grid;
    align-content: center;
    justify-items: start;
    gap: calc(1.6 * var(--u));
    min-height: 0;
  }
  .count {
    position: relative;
    isolation: isolate;
    min-width: 1.02em;
    padding: 0.02em 0.15em 0.05em 0.11em;
    text-align: center;
    font-size: calc(22 * var(--u));
    font-weight: 720;
    line-height: 0.92;
    letter-spacing: -0.055em;
    font-variant-numeric: tabular-nums;
    color: var(--ink-soft);
  }
  .count.long {
    font-size: calc(16 * var(--u));
  }
  .count::before {
    content: '';
    position: absolute;
    inset: 0;
    z-index: -1;
    border-radius: 0.06em 0.1em 0.05em 0.09em;
    background: var(--sunken);
  }
  .count.final {
    color: var(--on-accent);
  }
  .count.final::before {
    rotate: -1.6deg;
    background: var(--accent);
  }
  .words {
    font-size: calc(2.3 * var(--u));
    font-weight: 600;
    letter-spacing: -0.015em;
    min-height: 2.5em;
    text-wrap: balance;
  }
  .words small {
    display: block;
    margin-top: 0.3em;
    font-size: 0.72em;
    font-weight: 450;
    letter-spacing: 0;
    color: var(--ink-soft);
  }

  .invite {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(1.2 * var(--u)) calc(2.4 * var(--u));
    font-size: calc(2 * var(--u));
  }
  .privacy {
    font-weight: 550;
  }
  #begin {
    display: inline-flex;
    align-items: center;
    gap: 0.6em;
    min-height: 3.1em;
    padding: 0 1.5em 0 1.25em;
    border-radius: 999px;
    background: var(--action);
    color: var(--on-action);
    font-weight: 650;
    letter-spacing: -0.01em;
  }

  @media (prefers-reduced-motion: no-preference) {
    .count.final::before {
      animation: mark 180ms cubic-bezier(0.2, 0, 0, 1);
      transform-origin: left;
    }
    .mark {
      animation: land 180ms cubic-bezier(0.2, 0, 0, 1);
    }
    @keyframes mark {
      from {
        transform: scaleX(0);
      }
    }
    @keyframes land {
      from {
        scale: 3;
        opacity: 0;
      }
    }
  }
  /* Nothing moves, but one still follows the other: slowly, as in a slide show. */
  @media (prefers-reduced-motion: reduce) {
    .fades {
      animation: appear 1.6s ease;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  }

  /* A tall screen: the picture over the number. */
  @media (max-aspect-ratio: 1/1) {
    :host {
      --u: min(1.62vw, 0.95vh);
    }
    .top {
      grid-template-columns: minmax(0, 1fr);
      gap: calc(3 * var(--u));
    }
    .brand {
      order: 0;
    }
    .scene {
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    }
    .live {
      grid-column: 1 / -1;
      align-self: end;
    }
    h1 {
      font-size: calc(5.4 * var(--u));
    }
    .watch {
      grid-template-rows: auto auto;
      aspect-ratio: auto;
    }
    video,
    .still {
      aspect-ratio: 16 / 9;
      height: auto;
    }
    .tell {
      grid-template-columns: auto minmax(0, 1fr);
      align-items: center;
      gap: calc(3 * var(--u));
    }
    .count {
      font-size: calc(24 * var(--u));
    }
    .count.long {
      font-size: calc(18 * var(--u));
    }
    .words {
      font-size: calc(3 * var(--u));
    }
    .invite {
      justify-content: center;
      text-align: center;
      flex-direction: column;
      font-size: calc(2.5 * var(--u));
    }
  }
  @media (forced-colors: active) {
    .mark,
    .said,
    .count::before,
    #begin {
      forced-color-adjust: none;
    }
    .count {
      border: 3px solid CanvasText;
    }
    .count.final {
      color: #17160f;
    }
  }
`;
