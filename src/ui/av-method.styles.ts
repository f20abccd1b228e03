import { css } from 'lit';

export const methodStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-7);
    container-type: inline-size;
  }
  figure {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-4);
    margin: 0;
  }
  svg {
    display: block;
    width: 100%;
    height: auto;
    overflow: visible;
  }
  .narrow {
    display: none;
    max-width: 26rem;
  }
  @container (max-width: 42rem) {
    .wide {
      display: none;
    }
    .narrow {
      display: block;
    }
  }
  text {
    font: 400 14px var(--font);
    fill: var(--ink-soft);
  }
  .title {
    font-weight: 600;
    fill: var(--ink);
  }
  .label {
    font-weight: 550;
  }
  .value {
    font-weight: 650;
    fill: var(--ink);
    font-variant-numeric: tabular-nums;
  }
  .box rect {
    fill: var(--surface);
    stroke: var(--line-strong);
    stroke-width: 1.25;
  }
  .box.bare rect {
    fill: none;
    stroke: none;
  }
  .box.strong rect {
    fill: var(--ink);
    stroke: var(--ink);
  }
  .box.strong .title {
    fill: var(--paper);
    font-size: 16px;
  }
  .box.strong text {
    fill: var(--paper);
  }
  .box.mark rect {
    fill: var(--accent);
    stroke: none;
  }
  .box.mark text {
    fill: var(--on-accent);
  }
  .arrow,
  .brace {
    fill: none;
    stroke: var(--line-strong);
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .source rect {
    fill: var(--paper);
    stroke: var(--ink);
    stroke-width: 1.5;
  }
  .tread {
    stroke: var(--ink);
    stroke-width: 2.5;
  }
  .tread.dashed {
    stroke: var(--line-strong);
    stroke-dasharray: 5 5;
  }
  .wide .bar {
    fill: color-mix(in srgb, var(--line) 50%, transparent);
    stroke: none;
  }
  .wide .bar.hollow {
    fill: none;
  }
  .wide .bar.own {
    fill: var(--accent);
  }
  .wave path {
    stroke: var(--ink);
    stroke-width: 3;
    stroke-linecap: round;
  }
  .tokens .text {
    fill: var(--paper);
    stroke: var(--line-strong);
    stroke-width: 1.25;
  }
  .tokens .seen {
    fill: var(--ink);
  }
  .tokens .heard {
    fill: var(--accent);
    stroke: var(--ink);
    stroke-width: 1.25;
  }
  .bar {
    fill: var(--line);
  }
  .bar.hollow {
    fill: none;
    stroke: var(--line-strong);
    stroke-width: 1.5;
    stroke-dasharray: 4 4;
  }
  .bar.own {
    fill: var(--accent);
  }
  @media (forced-colors: active) {
    text {
      fill: CanvasText;
    }
    .box rect {
      stroke: CanvasText;
    }
    .box.strong rect,
    .box.mark rect {
      fill: Canvas;
      stroke: Highlight;
      stroke-width: 2.5;
    }
    .box.strong text,
    .box.strong .title,
    .box.mark text {
      fill: CanvasText;
    }
    .wide .bar.own,
    .bar.own {
      fill: none;
      stroke: Highlight;
      stroke-width: 2.5;
    }
  }
`;
