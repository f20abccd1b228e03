import { clueSpan } from '../clues/clue-time';
import type { CountResult } from './result-schema';

/** A lone sighting is shown this long. */
const leastSeconds = 0.5;

/**
 * The evidence as subtitles: a cue per clue that counts, named by its number on the page, on the
 * media's clock. A NOTE at the top says what was asked and who answered.
 */
export function toWebVtt(result: CountResult): string {
  const { question, review, model, video } = result;
  const note = [
    'NOTE',
    `Question: ${question}`,
    `Count: ${review.count ?? 'none'}`,
    `Video: ${video.title}`,
    `Counted by: ${model.title} ${model.version} (${model.sha256})`,
  ];
  const blocks = review.clues.flatMap(({ clue, verdict }, index) => {
    if (verdict === 'rejected') return [];
    const [start, end] = clueSpan(clue);
    const from = Math.max(0, start);
    const to = Math.max(end, from + leastSeconds);
    const words = `${index + 1}. ${clue.label}`;
    return [[String(index + 1), `${clock(from)} --> ${clock(to)}`, escaped(words)].join('\n')];
  });
  return `${['WEBVTT', note.map(noteLine).join('\n'), ...blocks].join('\n\n')}\n`;
}

/** `3723.5` → `01:02:03.500` */
function clock(seconds: number): string {
  const whole = Math.round(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value) % 60).padStart(2, '0');
  const hours = String(Math.floor(whole / 3_600_000)).padStart(2, '0');
  const rest = String(whole % 1000).padStart(3, '0');
  return `${hours}:${two(whole / 60_000)}:${two(whole / 1000)}.${rest}`;
}

/** An arrow would make a cue of it. */
function noteLine(text: string): string {
  return oneLine(text).replaceAll('-->', '→');
}

/** An empty line would end the block. */
function oneLine(text: string): string {
  return text.replace(/[\s\0]+/g, ' ').trim();
}

function escaped(text: string): string {
  return oneLine(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
