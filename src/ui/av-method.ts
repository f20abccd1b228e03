import { localized, msg } from '@lit/localize';
import { LitElement, html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { methodStyles } from './av-method.styles';
import { renderCurriculum, renderCurriculumNarrow } from './curriculum-figure';
import { flowArrow, flowBox, tokenRow, type FlowBox } from './flow-figure';
import { paperType } from './paper-type.styles';
import { controls } from './theme';

/** A sequence as it is laid out: text, pictures, sound, text. */
const sequence = [
  ...['text', 'seen', 'seen', 'seen', 'seen', 'seen', 'seen'],
  ...['heard', 'heard', 'heard', 'text', 'text'],
];

type Part =
  | 'video'
  | 'sound'
  | 'question'
  | 'frames'
  | 'mel'
  | 'vision'
  | 'hearing'
  | 'decoder'
  | 'think'
  | 'answer';

/** The paper's method in two figures of our own: how an answer is made, and how the model was trained. */
@customElement('av-method')
@localized()
export class AvMethod extends LitElement {
  static override styles = [controls, paperType, methodStyles];

  protected override render(): TemplateResult {
    return html`
      <figure>
        <div class="wide">${this.#renderWide()}</div>
        <div class="narrow">${this.#renderNarrow()}</div>
        <figcaption class="note">
          ${msg(
            'How an answer is made. The tokens of pictures come first, then those of the sound, then the question; the decoder writes its clues before it writes the count.',
          )}
        </figcaption>
      </figure>
      <figure>
        <div class="wide">${renderCurriculum()}</div>
        <div class="narrow">${renderCurriculumNarrow()}</div>
        <figcaption class="note">
          ${msg(
            'How it was trained, and what each stage did to the accuracy on reference stretches (per cent, the paper’s ablation). Each later stage keeps a fifth of the earlier ones’ examples in the mix. Training on everything at once, without the order, made counting collapse: 10.4 on whole videos.',
          )}
        </figcaption>
      </figure>
    `;
  }

  get #title(): string {
    return msg('From a video and its sound to a count');
  }

  get #description(): string {
    return msg(
      'The video becomes 64 frames, which a vision encoder turns into tokens. The sound becomes spectrograms of 30 seconds, which two encoders, Whisper and BEATs, turn into tokens. Together with the question they go to a language model, which writes the clues between think tags and the count between answer tags.',
    );
  }

  #words(part: Part): Pick<FlowBox, 'title' | 'lines' | 'look'> {
    switch (part) {
      case 'video':
        return { title: msg('Video'), look: 'bare' };
      case 'sound':
        return { title: msg('Sound'), look: 'bare' };
      case 'question':
        return { title: msg('“How many …?”'), look: 'bare' };
      case 'frames':
        return { title: msg('Frames'), lines: [msg('64, evenly spaced')] };
      case 'mel':
        return { title: msg('Mel spectrogram'), lines: [msg('30 s at a time')] };
      case 'vision':
        return { title: msg('Vision encoder'), lines: ['OryxViT'] };
      case 'hearing':
        return { title: msg('Sound encoders'), lines: ['Whisper + BEATs'] };
      case 'decoder':
        return { title: msg('Decoder'), lines: [msg('Ola-Omni,'), 'Qwen2.5 7B'], look: 'strong' };
      case 'think':
        return { title: '<think>', lines: ['0:01 … 0:03 …', msg('clue by clue'), '</think>'] };
      case 'answer':
        return { title: '<answer>5</answer>', look: 'mark' };
    }
  }

  #box(part: Part, ...at: [number, number, number, number]): SVGTemplateResult {
    return flowBox({ at, ...this.#words(part) });
  }

  #renderWide(): TemplateResult {
    return html`<svg viewBox="0 0 940 298" role="img" aria-labelledby="flow-t flow-d">
      <title id="flow-t">${this.#title}</title>
      <desc id="flow-d">${this.#description}</desc>
      ${svg`
        ${filmStrip(14, 22)} ${this.#box('video', 0, 62, 96, 30)}
        ${waveform(14, 132)} ${this.#box('sound', 0, 164, 96, 30)}
        ${this.#box('question', 0, 236, 128, 36)}
        ${this.#box('frames', 134, 16, 140, 72)} ${this.#box('mel', 134, 118, 140, 72)}
        ${this.#box('vision', 308, 16, 140, 72)} ${this.#box('hearing', 308, 118, 140, 72)}
        ${tokenRow(sequence, (at) => [512, 14 + at * 22], 17)}
        <text class="label" x="520" y="294" text-anchor="middle">${msg('tokens')}</text>
        ${this.#box('decoder', 582, 14, 136, 259)}
        ${this.#box('think', 762, 30, 176, 116)} ${this.#box('answer', 762, 176, 176, 56)}
        ${[
          flowArrow([
            [92, 52],
            [128, 52],
          ]),
          flowArrow([
            [92, 154],
            [128, 154],
          ]),
          flowArrow([
            [274, 52],
            [302, 52],
          ]),
          flowArrow([
            [274, 154],
            [302, 154],
          ]),
          flowArrow([
            [448, 52],
            [500, 92],
          ]),
          flowArrow([
            [448, 154],
            [500, 198],
          ]),
          flowArrow([
            [128, 254],
            [500, 254],
          ]),
          flowArrow([
            [538, 144],
            [576, 144],
          ]),
          flowArrow([
            [718, 88],
            [756, 88],
          ]),
          flowArrow([
            [850, 146],
            [850, 170],
          ]),
        ]}`}
    </svg>`;
  }

  #renderNarrow(): TemplateResult {
    return html`<svg viewBox="0 0 320 642" role="img" aria-labelledby="flow-nt flow-nd">
      <title id="flow-nt">${this.#title}</title>
      <desc id="flow-nd">${this.#description}</desc>
      ${svg`
        ${filmStrip(42, 4)} ${this.#box('video', 0, 40, 152, 30)}
        ${waveform(210, 4)} ${this.#box('sound', 168, 40, 152, 30)}
        ${this.#box('frames', 0, 96, 152, 64)} ${this.#box('mel', 168, 96, 152, 64)}
        ${this.#box('vision', 0, 186, 152, 64)} ${this.#box('hearing', 168, 186, 152, 64)}
        ${tokenRow(sequence, (at) => [18 + at * 24, 282], 18)}
        <text class="label" x="14" y="328">${msg('tokens')}</text>
        ${this.#box('question', 172, 310, 148, 30)}
        ${this.#box('decoder', 0, 362, 320, 84)}
        ${this.#box('think', 40, 472, 240, 92)} ${this.#box('answer', 40, 590, 240, 50)}
        ${[
          flowArrow([
            [76, 72],
            [76, 90],
          ]),
          flowArrow([
            [244, 72],
            [244, 90],
          ]),
          flowArrow([
            [76, 160],
            [76, 180],
          ]),
          flowArrow([
            [244, 160],
            [244, 180],
          ]),
          flowArrow([
            [76, 250],
            [96, 276],
          ]),
          flowArrow([
            [244, 250],
            [222, 276],
          ]),
          flowArrow([
            [282, 312],
            [282, 304],
          ]),
          flowArrow([
            [160, 306],
            [160, 356],
          ]),
          flowArrow([
            [160, 446],
            [160, 466],
          ]),
          flowArrow([
            [160, 564],
            [160, 584],
          ]),
        ]}`}
    </svg>`;
  }
}

/** Three frames, 68 by 36. */
function filmStrip(x: number, y: number): SVGTemplateResult {
  return svg`<g class="source">${[0, 1, 2].map(
    (at) => svg`<rect x=${x + at * 10} y=${y + at * 3} width="48" height="30" rx="4" />`,
  )}</g>`;
}

/** A sound's outline, 68 wide. */
function waveform(x: number, y: number): SVGTemplateResult {
  const heights = [6, 14, 24, 10, 30, 18, 8, 22, 12, 5];
  return svg`<g class="wave">${heights.map(
    (height, at) => svg`<path d=${`M${x + 3 + at * 7} ${y + 17 - height / 2}v${height}`} />`,
  )}</g>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'av-method': AvMethod;
  }
}
