import { msg } from '@lit/localize';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { MarkLayout } from './timeline-marks';

/** What the marks on the timeline mean: only what is there. */
export function renderLegend({ marks }: MarkLayout): TemplateResult | typeof nothing {
  if (marks.length === 0) return nothing;
  const has = (test: (mark: MarkLayout['marks'][number]) => boolean): boolean => marks.some(test);
  const entries = [
    { key: 'heard', words: msg('heard'), shown: has(({ kind }) => kind === 'heard') },
    { key: 'movement', words: msg('movement'), shown: has(({ kind }) => kind === 'movement') },
    { key: 'object', words: msg('thing'), shown: has(({ kind }) => kind === 'object') },
    { key: 'unsure', words: msg('unsure'), shown: has(({ isUncertain }) => isUncertain) },
    { key: 'accepted', words: msg('accepted'), shown: has((mark) => mark.verdict === 'accepted') },
    { key: 'rejected', words: msg('rejected'), shown: has((mark) => mark.verdict === 'rejected') },
    { key: 'added', words: msg('yours'), shown: has(({ isByVisitor }) => isByVisitor) },
  ];
  return html`<ul class="legend" aria-label=${msg('What the marks mean')}>
    ${entries
      .filter(({ shown }) => shown)
      .map(
        ({ key, words }) => html`<li><i class="key ${key}" aria-hidden="true"></i>${words}</li>`,
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
  .added::before {
    content: '+';
    font-size: 0.95rem;
  }
`;
