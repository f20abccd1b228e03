import { svg, type SVGTemplateResult } from 'lit';

/** A box of a flow figure: its place in units of the view box, and its words. */
export interface FlowBox {
  readonly at: readonly [x: number, y: number, width: number, height: number];
  readonly title: string;
  readonly lines?: readonly string[];
  readonly look?: 'plain' | 'strong' | 'mark' | 'bare';
}

/** An arrow: through these points, the last of them its tip. */
export type FlowArrow = readonly (readonly [x: number, y: number])[];

const lineHeight = 17;

export function flowBox({ at, title, lines = [], look = 'plain' }: FlowBox): SVGTemplateResult {
  const [x, y, width, height] = at;
  const middle = x + width / 2;
  const top = y + height / 2 - (lines.length * lineHeight) / 2 + 5;
  return svg`<g class="box ${look}">
    <rect x=${x} y=${y} width=${width} height=${height} rx="10" />
    <text class="title" x=${middle} y=${top} text-anchor="middle">${title}</text>
    ${lines.map(
      (line, row) =>
        svg`<text x=${middle} y=${top + (row + 1) * lineHeight} text-anchor="middle">${line}</text>`,
    )}
  </g>`;
}

export function flowArrow(points: FlowArrow): SVGTemplateResult {
  const [tip, before] = [points.at(-1)!, points.at(-2)!];
  const angle = Math.atan2(tip[1] - before[1], tip[0] - before[0]);
  const wing = (turn: number): string =>
    `${tip[0] - 7 * Math.cos(angle + turn)} ${tip[1] - 7 * Math.sin(angle + turn)}`;
  return svg`<path class="arrow" d=${`M${points.map((point) => point.join(' ')).join('L')}M${wing(0.5)}L${tip.join(' ')}L${wing(-0.5)}`} />`;
}

/** Small squares side by side, as the tokens of a sequence are drawn. */
export function tokenRow(
  kinds: readonly string[],
  place: (at: number) => readonly [x: number, y: number],
  size: number,
): SVGTemplateResult {
  return svg`<g class="tokens">${kinds.map((kind, at) => {
    const [x, y] = place(at);
    return svg`<rect class=${kind} x=${x} y=${y} width=${size} height=${size} rx="2.5" />`;
  })}</g>`;
}
