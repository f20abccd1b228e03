import type { Box } from '../clues/clue';
import { boxAt, isClueAt, latestClueIndex } from '../clues/clue-time';
import { colours } from '../ui/colours';
import { counterPad, countAt, lineHeight, placeTag, stripShare, weights } from './layout';
import type { Layout, MeasureIn } from './layout';
import { ellipsize } from './text-fit';

/** A canvas of the page or of a worker. */
export type Context = Omit<OffscreenCanvasRenderingContext2D, 'canvas'>;

/** With more boxes than this at once, only the current one keeps its word; the others their number. */
const mostLabels = 8;

/** The counter lights up this long when a clue begins. */
const flashSeconds = 0.5;

const accent = colours.accent[1];
const onAccent = colours['on-accent'][1];
const ink = colours['screen-ink'][1];
const soft = colours['screen-soft'][1];
const screen = colours.screen[0];
const shade = 'rgb(0 0 0 / 60%)';

const fontOf = (pixels: number, weight: number): string =>
  `${weight} ${pixels}px 'Geist Variable', ui-sans-serif, system-ui, sans-serif`;

/** Widths of texts as this canvas draws them. */
export function measureOn(context: Context): MeasureIn {
  return (pixels, weight) => (text) => {
    context.font = fontOf(pixels, weight);
    return context.measureText(text).width;
  };
}

/**
 * Draws what is known at a moment of the media's clock: boxes over the picture that the canvas holds
 * already, and everything else below it.
 */
export function drawFrame(context: Context, layout: Layout, timeSeconds: number): void {
  const { scene, picture } = layout;
  context.save();
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  const current = latestClueIndex(scene.clues, timeSeconds);
  drawBoxes(context, layout, timeSeconds, current);
  context.fillStyle = screen;
  context.fillRect(0, picture.height, layout.width, layout.height - picture.height);
  drawQuestion(context, layout);
  drawCounter(context, layout, timeSeconds);
  drawHeard(context, layout, timeSeconds);
  drawStrip(context, layout, timeSeconds, current);
  context.restore();
}

function drawBoxes(context: Context, layout: Layout, timeSeconds: number, current: number): void {
  const { scene, sizes, picture } = layout;
  const { frame, clues } = scene;
  if (!frame) return;
  const { width, height } = picture;
  const across = width / frame.width;
  const down = height / frame.height;
  const shown = clues.flatMap((clue, index) => {
    const box = boxAt(clue, timeSeconds);
    if (!box) return [];
    const [x1, y1, x2, y2] = box;
    const scaled: Box = [x1 * across, y1 * down, x2 * across, y2 * down];
    return [{ index, label: clue.label, box: scaled }];
  });
  // The current one comes last, so that it lies on top.
  shown.sort((a, b) => Number(a.index === current) - Number(b.index === current));
  for (const { index, label, box } of shown) {
    const isCurrent = index === current;
    const line = isCurrent ? Math.round(sizes.line * 1.4) : sizes.line;
    const at = clampBox(box, width, height, line / 2);
    const [x1, y1, x2, y2] = at;
    context.beginPath();
    context.roundRect(x1, y1, x2 - x1, y2 - y1, Math.min(1.6 * sizes.line, (x2 - x1) / 2));
    if (isCurrent) {
      context.fillStyle = 'rgb(255 212 58 / 14%)';
      context.fill();
    }
    context.strokeStyle = 'rgb(0 0 0 / 45%)';
    context.lineWidth = line + Math.max(2, sizes.line / 2);
    context.stroke();
    context.strokeStyle = accent;
    context.lineWidth = line;
    context.stroke();
    const words = isCurrent || shown.length <= mostLabels ? label : '';
    const size = tagSize(context, layout, index, words, width);
    const corner = [x1 - line / 2, y1 - line / 2, x2, y2] as const;
    drawTag(context, layout, index, words, { ...placeTag(corner, size, picture), ...size });
  }
}

/** Keeps the line of a box that reaches over the edge inside of the frame. */
function clampBox(
  [x1, y1, x2, y2]: Box,
  width: number,
  height: number,
  inset: number,
): [number, number, number, number] {
  const fit = (value: number, end: number): number =>
    Math.round(Math.max(inset, Math.min(value, end - inset)));
  return [fit(x1, width), fit(y1, height), fit(x2, width), fit(y2, height)];
}

function tagSize(
  context: Context,
  { sizes }: Layout,
  index: number,
  words: string,
  room: number,
): { width: number; height: number } {
  const measure = measureOn(context);
  const number = measure(sizes.label, weights.strong)(String(index + 1));
  const label = words ? measure(sizes.label, weights.label)(words) + 0.4 * sizes.label : 0;
  return {
    width: Math.min(Math.ceil(number + label + sizes.label), room),
    height: Math.round(sizes.label * 1.5),
  };
}

/** A clue's number and, where there is room, its label, on the accent. */
function drawTag(
  context: Context,
  { sizes }: Layout,
  index: number,
  words: string,
  at: { x: number; y: number; width: number; height: number },
): void {
  const measure = measureOn(context);
  const pad = sizes.label / 2;
  const baseline = at.y + at.height / 2 + sizes.label * 0.35;
  const x = Math.round(at.x);
  context.fillStyle = accent;
  context.beginPath();
  context.roundRect(x, Math.round(at.y), at.width, at.height, sizes.label / 4);
  context.fill();
  context.fillStyle = onAccent;
  const numberWidth = measure(sizes.label, weights.strong)(String(index + 1));
  context.fillText(String(index + 1), x + pad, baseline);
  if (!words) return;
  const start = pad + numberWidth + 0.4 * sizes.label;
  const text = ellipsize(words, at.width - start - pad + 1, measure(sizes.label, weights.label));
  context.font = fontOf(sizes.label, weights.label);
  context.fillText(text, x + start, baseline);
}

function drawQuestion(context: Context, { sizes, questionLines, questionAt }: Layout): void {
  context.font = fontOf(sizes.question, weights.question);
  context.fillStyle = ink;
  questionLines.forEach((line, row) => {
    context.fillText(line, questionAt.x, questionAt.y + row * lineHeight(sizes));
  });
}

function drawCounter(context: Context, layout: Layout, timeSeconds: number): void {
  const { scene, sizes, counter, numberWidth } = layout;
  const count = countAt(scene.clues, timeSeconds);
  const isNew = count > countAt(scene.clues, timeSeconds - flashSeconds);
  const measure = measureOn(context);
  const pad = counterPad(sizes);
  const wordsRoom = counter.width - numberWidth - sizes.gap - 2 * pad + 1;
  const words = ellipsize(scene.countWords, wordsRoom, measure(sizes.label, weights.label));
  const wordsWidth = words ? measure(sizes.label, weights.label)(words) + sizes.gap : 0;
  const content = numberWidth + wordsWidth;
  const x = Math.round(counter.x + (counter.width - content) / 2);
  const baseline = counter.y + counter.height / 2 + sizes.number * 0.355;
  if (isNew) {
    context.fillStyle = accent;
    context.beginPath();
    const radius = Math.min(sizes.gap * 1.5, counter.height / 4);
    const width = content + 2 * pad;
    context.roundRect(x - pad, counter.y, width, counter.height, radius);
    context.fill();
  }
  context.font = fontOf(sizes.number, weights.strong);
  context.fillStyle = isNew ? onAccent : accent;
  context.textAlign = 'right';
  context.fillText(String(count), x + numberWidth, baseline);
  context.textAlign = 'left';
  context.font = fontOf(sizes.label, weights.label);
  context.fillStyle = isNew ? onAccent : soft;
  context.fillText(words, x + numberWidth + sizes.gap, baseline);
}

/** Tags in a row for what goes on at this moment and has no place in the picture. */
function drawHeard(context: Context, layout: Layout, timeSeconds: number): void {
  const { scene, sizes, heard } = layout;
  const end = heard.x + heard.width;
  let { x } = heard;
  for (const [index, clue] of scene.clues.entries()) {
    if (!isClueAt(clue, timeSeconds)) continue;
    if (scene.frame && boxAt(clue, timeSeconds)) continue;
    const size = tagSize(context, layout, index, clue.label, heard.width);
    if (x + size.width > end) break;
    drawTag(context, layout, index, clue.label, { x, y: heard.y - size.height, ...size });
    x += size.width + sizes.gap;
  }
}

function drawStrip(context: Context, layout: Layout, timeSeconds: number, current: number): void {
  const { scene, sizes, strip, marks } = layout;
  const radius = Math.min(sizes.lane / 2, 2 * sizes.line);
  context.fillStyle = 'rgb(246 244 234 / 22%)';
  context.beginPath();
  context.roundRect(strip.x, strip.y, strip.width, strip.height, radius);
  context.fill();
  context.fillStyle = accent;
  for (const mark of marks) {
    const begun = mark.fromSeconds <= timeSeconds + 0.001;
    context.globalAlpha = begun ? (mark.index === current ? 1 : 0.85) : 0.4;
    context.beginPath();
    context.roundRect(mark.x, mark.y, mark.width, mark.height, radius);
    context.fill();
  }
  context.globalAlpha = 1;
  const head = Math.max(2, Math.round(sizes.line * 0.8));
  const over = Math.round(sizes.gap * 0.7);
  const x = Math.round(strip.x + strip.width * stripShare(scene, timeSeconds) - head / 2);
  const at = Math.max(strip.x, Math.min(x, strip.x + strip.width - head));
  context.fillStyle = shade;
  context.fillRect(at - 1, strip.y - over - 1, head + 2, strip.height + 2 * over + 2);
  context.fillStyle = ink;
  context.fillRect(at, strip.y - over, head, strip.height + 2 * over);
  context.beginPath();
  context.arc(at + head / 2, strip.y - over, 1.6 * head, 0, 2 * Math.PI);
  context.fill();
}
