import { msg, str } from '@lit/localize';
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** A stage of the paper's training and the accuracy on reference stretches after it, in per cent. */
export interface Stage {
  readonly id: 'base' | 'sft' | 'qa' | 'grounding' | 'counting' | 'all';
  readonly refAccuracy: number;
  /** Thousands of examples, and of repeated ones from earlier stages. */
  readonly thousands: number | null;
  readonly reviewThousands?: number;
}

/** The paper's stages (section on training) with its ablation, version 2. */
export const stages: readonly Stage[] = [
  { id: 'base', refAccuracy: 25.33, thousands: null },
  { id: 'sft', refAccuracy: 23.89, thousands: 78 },
  { id: 'qa', refAccuracy: 24.76, thousands: 72 },
  { id: 'grounding', refAccuracy: 28.4, thousands: 72, reviewThousands: 14 },
  { id: 'counting', refAccuracy: 34, thousands: 6, reviewThousands: 1 },
  { id: 'all', refAccuracy: 34.08, thousands: 10 },
];

function nameOf(id: Stage['id']): string {
  switch (id) {
    case 'base':
      return msg('Ola (base)');
    case 'sft':
      return msg('Cold start');
    case 'qa':
      return msg('Questions');
    case 'grounding':
      return msg('Grounding');
    case 'counting':
      return msg('Counting');
    case 'all':
      return msg('All tasks');
  }
}

function sizeOf({ thousands, reviewThousands }: Stage): string {
  if (thousands === null) return msg('as it was');
  return reviewThousands === undefined
    ? msg(str`${thousands}K examples`)
    : msg(str`${thousands}K + ${reviewThousands}K review`);
}

const title = (): string => msg('The training curriculum');

function description(): string {
  return stages
    .map((stage) => `${nameOf(stage.id)}, ${sizeOf(stage)}: ${stage.refAccuracy.toFixed(2)} %`)
    .join('; ');
}

const lookOf = ({ id }: Stage): string =>
  id === 'base' ? 'bar hollow' : id === 'all' ? 'bar own' : 'bar';

export function renderCurriculum(): TemplateResult {
  const floor = 176;
  const step = 940 / stages.length;
  const column = (stage: Stage, at: number): SVGTemplateResult => {
    const [x, middle, height] = [at * step, (at + 0.5) * step, stage.refAccuracy * 4];
    const top = floor - height;
    return svg`
      <rect class=${lookOf(stage)} x=${x} y=${top} width=${step} height=${height} />
      <path class=${stage.id === 'base' ? 'tread dashed' : 'tread'} d=${`M${x} ${top}h${step}`} />
      <text class="value" x=${middle} y=${top - 10} text-anchor="middle">${stage.refAccuracy.toFixed(1)}</text>
      <text class="title" x=${middle} y=${floor + 24} text-anchor="middle">${nameOf(stage.id)}</text>
      <text x=${middle} y=${floor + 43} text-anchor="middle">${sizeOf(stage)}</text>`;
  };
  return html`<svg viewBox="0 0 940 262" role="img" aria-labelledby="plan-t plan-d">
    <title id="plan-t">${title()}</title>
    <desc id="plan-d">${description()}</desc>
    ${svg`${stages.map(column)}
      ${brace(166, 304, msg('SFT'))} ${brace(322, 931, msg('GRPO, with thinking'))}`}
  </svg>`;
}

function brace(from: number, to: number, words: string): SVGTemplateResult {
  return svg`<path class="brace" d=${`M${from} 232v6h${to - from}v-6`} />
    <text class="label" x=${(from + to) / 2} y="257" text-anchor="middle">${words}</text>`;
}

export function renderCurriculumNarrow(): TemplateResult {
  const row = (stage: Stage, at: number): SVGTemplateResult => {
    const y = at * 60;
    const width = stage.refAccuracy * 7.4;
    const how = stage.id === 'base' ? '' : stage.id === 'sft' ? 'SFT · ' : 'GRPO · ';
    return svg`
      <text class="title" x="0" y=${y + 16}>${nameOf(stage.id)}</text>
      <text x="320" y=${y + 16} text-anchor="end">${how}${sizeOf(stage)}</text>
      <rect class=${lookOf(stage)} x="1" y=${y + 25} width=${width} height="18" rx="5" />
      <text class="value" x=${width + 9} y=${y + 39}>${stage.refAccuracy.toFixed(1)}</text>`;
  };
  return html`<svg viewBox="0 0 320 350" role="img" aria-labelledby="plan-nt plan-nd">
    <title id="plan-nt">${title()}</title>
    <desc id="plan-nd">${description()}</desc>
    ${svg`${stages.map(row)}`}
  </svg>`;
}
