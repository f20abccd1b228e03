import type { Box, Clue } from '../clues/clue';
import { clueSpan } from '../clues/clue-time';
import { assignLanes } from '../clues/timeline-lanes';
import { wrapText, type Measure } from './text-fit';

/** What is drawn over a clip. */
export interface Scene {
  clues: readonly Clue[];
  question: string;
  /** Small words beside the running number; may be empty. */
  countWords: string;
  /** Size of the displayed frame, the space that boxes are given in; null for sound alone. */
  frame: { width: number; height: number } | null;
  /** Where the file begins and ends on its own clock. */
  startSeconds: number;
  endSeconds: number;
}

/** Font sizes and distances in pixels. All grow with the frame; text stays legible in a small one. */
export interface Sizes {
  margin: number;
  gap: number;
  line: number;
  label: number;
  question: number;
  number: number;
  lane: number;
}

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Mark extends Rect {
  index: number;
  fromSeconds: number;
}

/**
 * Everything about a scene that does not change from frame to frame. The picture is at the top left
 * and keeps its size; question, counter and timeline stand below it, where they hide nothing.
 */
export interface Layout {
  scene: Scene;
  sizes: Sizes;
  /** Size of the canvas; both even, as encoders want them. */
  width: number;
  height: number;
  /** Where the picture goes; without height where there is none. */
  picture: Rect;
  questionLines: readonly string[];
  /** Left end of the first line's baseline. */
  questionAt: { x: number; y: number };
  /** Holds the number and its words. */
  counter: Rect;
  /** Room for every number up to the last one, so that the words beside it stand still. */
  numberWidth: number;
  strip: Rect;
  marks: readonly Mark[];
  /** Where the names of what is only heard go: bottom left corner of the row, and its width. */
  heard: { x: number; y: number; width: number };
}

/** How wide a text is in a font of this many pixels and this weight. */
export type MeasureIn = (pixels: number, weight: number) => Measure;

export const weights = { label: 560, strong: 750, question: 620 };

/** Canvas of a file that is heard only. */
const soundSize = { width: 1280, height: 720 };

const mostLines = 2;
const mostLanes = 3;

/** Two clocks round differently: a clue has begun a little before its written time. */
const clockSlackSeconds = 0.001;

/** The running count: how many clues have begun by then. */
export function countAt(clues: readonly Clue[], timeSeconds: number): number {
  return clues.filter((clue) => clueSpan(clue)[0] <= timeSeconds + clockSlackSeconds).length;
}

export function frameSizes(width: number, height: number, isSound: boolean): Sizes {
  const unit = Math.min(width, height) / 100;
  const px = (units: number, least: number): number => Math.max(least, Math.round(units * unit));
  return {
    margin: px(3, 5),
    gap: px(1.6, 3),
    line: px(0.5, 2),
    label: px(isSound ? 4.4 : 3.2, 10),
    question: px(isSound ? 6.4 : 4, 11),
    number: px(isSound ? 36 : 9, 18),
    lane: px(isSound ? 5 : 1.2, 3),
  };
}

/** Measures the texts once and decides where everything goes that does not move. */
export function layOut(scene: Scene, measureIn: MeasureIn): Layout {
  const { frame, clues, countWords } = scene;
  const isSound = frame === null;
  const { width, height } = evenSize(frame ?? soundSize);
  const sizes = frameSizes(width, height, isSound);
  const { margin, gap, label, number } = sizes;
  const inner = width - 2 * margin;

  const numberWidth = widestNumber(clues.length, measureIn(number, weights.strong));
  const wordsWidth = countWords ? measureIn(label, weights.label)(countWords) + gap : 0;
  const counterSize = {
    width: isSound ? inner : Math.min(inner, numberWidth + wordsWidth + 2 * counterPad(sizes)),
    height: number,
  };
  const questionRoom = isSound ? inner : Math.max(0, inner - counterSize.width - 2 * gap);
  const measure = measureIn(sizes.question, weights.question);
  const questionLines = wrapText(scene.question, questionRoom, mostLines, measure);
  const questionHeight = questionLines.length * lineHeight(sizes);
  const { lanes, laneCount } = stripLanes(scene, inner);
  const stripHeight = laneCount * laneStep(sizes) - laneStep(sizes) + sizes.lane;

  if (isSound) {
    const strip = {
      ...at(margin, height - margin - stripHeight),
      width: inner,
      height: stripHeight,
    };
    return {
      ...{ scene, sizes, width, height, questionLines, numberWidth, strip },
      picture: { ...at(0, 0), width, height: 0 },
      questionAt: at(margin, margin + sizes.question),
      counter: { ...at(margin, Math.round((height - counterSize.height) / 2)), ...counterSize },
      marks: placeMarks(scene, sizes, strip, lanes),
      heard: { ...at(margin, strip.y - 3 * gap), width: inner },
    };
  }
  const row = Math.max(questionHeight, counterSize.height);
  const top = frame.height + Math.round(margin * 0.7);
  const strip = {
    ...at(margin, top + row + Math.round(gap * 1.5)),
    ...{ width: inner, height: stripHeight },
  };
  return {
    ...{ scene, sizes, width, questionLines, numberWidth, strip },
    height: evenSize({ width, height: strip.y + stripHeight + margin }).height,
    picture: { ...at(0, 0), width, height: frame.height },
    questionAt: at(
      margin,
      Math.round(
        top + (row - questionHeight) / 2 + lineHeight(sizes) * 0.5 + sizes.question * 0.35,
      ),
    ),
    counter: {
      ...at(width - margin - counterSize.width, Math.round(top + (row - number) / 2)),
      ...counterSize,
    },
    marks: placeMarks(scene, sizes, strip, lanes),
    heard: { ...at(margin, frame.height - gap), width: inner },
  };
}

/** Room at either side of what the counter says. */
export function counterPad({ gap, number }: Sizes): number {
  return Math.max(gap, Math.round(number * 0.11));
}

/** In a font whose digits differ in width. */
function widestNumber(last: number, measure: Measure): number {
  const digit = Math.max(...[...'0123456789'].map(measure));
  return Math.ceil(digit * String(last).length);
}

/** From one line of the question to the next. */
export function lineHeight({ question }: Sizes): number {
  return Math.round(question * 1.25);
}

function laneStep({ lane }: Sizes): number {
  return lane + Math.max(1, Math.round(lane / 3));
}

function at(x: number, y: number): { x: number; y: number } {
  return { x, y };
}

/** Encoders halve the colour's resolution; a column more than the picture has is not seen. */
function evenSize(size: { width: number; height: number }): { width: number; height: number } {
  return { width: 2 * Math.ceil(size.width / 2), height: 2 * Math.ceil(size.height / 2) };
}

function placeMarks(scene: Scene, sizes: Sizes, strip: Rect, lanes: readonly number[]): Mark[] {
  const least = Math.min(sizes.lane, strip.width);
  return scene.clues.map((clue, index) => {
    const [from, to] = clueSpan(clue);
    const left = strip.x + strip.width * stripShare(scene, from);
    const right = strip.x + strip.width * stripShare(scene, to);
    return {
      index,
      fromSeconds: from,
      x: Math.min(left, strip.x + strip.width - least),
      y: strip.y + (lanes[index] ?? 0) * laneStep(sizes),
      width: Math.max(least, right - left),
      height: sizes.lane,
    };
  });
}

/** 0…1 along the strip. */
export function stripShare({ startSeconds, endSeconds }: Scene, timeSeconds: number): number {
  const length = endSeconds - startSeconds;
  return length > 0 ? Math.min(1, Math.max(0, (timeSeconds - startSeconds) / length)) : 0;
}

/** Corner of a tag over its box; inside the box where there is no room above, never off the frame. */
export function placeTag(
  [x1, y1]: Box,
  tag: { width: number; height: number },
  canvas: { width: number; height: number },
): { x: number; y: number } {
  const y = y1 - tag.height < 0 ? y1 : y1 - tag.height;
  return {
    x: Math.max(0, Math.min(x1, canvas.width - tag.width)),
    y: Math.max(0, Math.min(y, canvas.height - tag.height)),
  };
}

function stripLanes(
  scene: Scene,
  stripWidth: number,
): { lanes: readonly number[]; laneCount: number } {
  const length = Math.max(0, scene.endSeconds - scene.startSeconds);
  return assignLanes(scene.clues, (length * 3) / Math.max(1, stripWidth), mostLanes);
}
