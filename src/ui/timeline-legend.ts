import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { MarkLayout, MarkTrait } from './timeline-marks';

/** What the marks on the timeline mean: only what is there. */
export function renderLegend({ traits }: MarkLayout): TemplateResult | typeof nothing {
  if (traits.size === 0) return nothing;
  const words: Readonly<Record<MarkTrait, string>> = {
    heard: msg('heard'),
    movement: msg('movement'),
    object: msg('thing'),
    unsure: msg('unsure'),
    accepted: msg('accepted'),
    rejected: msg('rejected'),
    added: msg('yours'),
  };
  const shown = (Object.keys(words) as MarkTrait[]).filter((trait) => traits.has(trait));
  return html`<ul class="legend" aria-label=${msg('What the marks mean')}>
    ${shown.map(
      (trait) => html`<li><i class="key ${trait}" aria-hidden="true"></i>${words[trait]}</li>`,
    )}
  </ul>`;
}

export const legendStyles = css`
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-3);
    align-items: center;
    font-size: var(--text-s);
    color: var(--screen-soft);
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    white-space: nowrap;
  }
  .key {
    position: relative;
    display: grid;
    place-items: center;
    width: 1.1rem;
    height: 0.65rem;
    forced-color-adjust: none;
    color: var(--screen-ink);
    font: 700 0.7rem / 1 var(--font);
  }
  .heard {
    background: var(--accent);
    border-radius: 999px;
  }
  .movement {
    background: var(--movement);
    clip-path: polygon(20% 0, 100% 0, 80% 100%, 0 100%);
  }
  .object {
    background:
      linear-gradient(var(--object), var(--object)) 0 0 / 0.65rem 100% no-repeat,
      linear-gradient(var(--object), var(--object)) 0 80% / 100% 0.15rem no-repeat;
  }
  .unsure {
    border: 1px dashed currentColor;
    border-radius: 999px;
    background: repeating-linear-gradient(
      -45deg,
      transparent 0 2px,
      rgb(246 244 234 / 55%) 2px 3.5px
    );
  }
  .accepted::before {
    content: '✓';
  }
  .rejected {
    border: 1px dashed var(--screen-soft);
    border-radius: 999px;
  }
  .rejected::before {
    content: '';
    position: absolute;
    inset: calc(50% - 1px) -0.2rem auto;
    height: 2px;
    background: currentColor;
  }
  @media (forced-colors: active) {
    .key {
      --accent: CanvasText;
      --movement: CanvasText;
      --object: CanvasText;
      --screen-ink: CanvasText;
      --screen-soft: CanvasText;
    }
  }
  .added::before {
    content: '+';
    font-size: 0.95rem;
  }
`;
