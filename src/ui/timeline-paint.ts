import { colours } from './colours';
import { paintPiece, type Palette } from './mark-paint';
import { peaksBetween } from './peaks';
import { marksBetween, piecesOf, type Mark, type MarkLayout } from './timeline-marks';
import { shareAt, ticksOf, timeAt, viewLength, type View } from './timeline-view';

/** Heights in text-sized pixels, from the top: the ruler, the frames, the marks over the sound. */
export const rulerHeight = 20;
export const filmHeight = 36;
export const laneHeight = 20;
/** Above the first lane and below the last. */
export const bodyPadding = 8;

/** Everything that the canvas shows. Lengths are CSS pixels, times seconds. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** CSS pixels per text-sized pixel: 1 at the usual text size. */
  readonly unit: number;
  readonly view: View;
  readonly endSeconds: number;
  readonly layout: MarkLayout;
  readonly labels: (index: number) => string;
  /** Id of the clue on the stage, or null. */
  readonly current: number | null;
  readonly isEditable: boolean;
  readonly peaks: Float32Array | null;
  /** Frames along the view, each from one moment to the next; empty where there is no picture. */
  readonly film: readonly FilmTile[];
  readonly hasFilm: boolean;
}

export interface FilmTile {
  readonly from: number;
  readonly to: number;
  readonly picture: HTMLCanvasElement | null;
}

/** Where the marks begin, from the top of the canvas. */
export function bodyTop({ unit, hasFilm }: Pick<Scene, 'unit' | 'hasFilm'>): number {
  return unit * (rulerHeight + (hasFilm ? filmHeight : 0));
}

/** Top of the first lane: the lanes stand in the middle of the body. */
export function lanesTop(scene: Pick<Scene, 'unit' | 'hasFilm' | 'height' | 'layout'>): number {
  const top = bodyTop(scene);
  const lanes = scene.layout.laneCount * laneHeight * scene.unit;
  return top + Math.max(0, (scene.height - top - lanes) / 2);
}

/** Draws the scene and returns how many pieces stand for its marks. */
export function paintTimeline(
  context: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
): number {
  const { width, height, view, endSeconds, layout } = scene;
  const xOf = (seconds: number): number => shareAt(view, endSeconds, seconds) * width;
  context.clearRect(0, 0, width, height);
  paintFilm(context, scene, xOf, palette);
  paintRuler(context, scene, xOf, palette);
  const to = view.startSeconds + viewLength(view, endSeconds);
  // A narrow mark is drawn wider than it lasts, so a little is looked for before the edge.
  const slack = (viewLength(view, endSeconds) / Math.max(1, width)) * 16;
  const marks = marksBetween(layout, view.startSeconds - slack, to);
  paintSound(context, scene, marks, xOf, palette);
  return paintMarks(context, scene, marks, xOf, palette);
}

function paintFilm(
  context: CanvasRenderingContext2D,
  { film, unit }: Scene,
  xOf: (seconds: number) => number,
  palette: Palette,
): void {
  const [top, height] = [rulerHeight * unit, filmHeight * unit];
  for (const { from, to, picture } of film) {
    if (!picture) continue;
    const left = xOf(from);
    const width = xOf(to) - left;
    // The picture covers its tile; what is too wide or too high of it is cut off evenly.
    const scale = Math.max(width / picture.width, height / picture.height);
    const [cutWidth, cutHeight] = [width / scale, height / scale];
    context.drawImage(
      picture,
      ...([(picture.width - cutWidth) / 2, (picture.height - cutHeight) / 2] as const),
      ...([cutWidth, cutHeight, left, top, width, height] as const),
    );
    context.fillStyle = palette.ground;
    context.fillRect(left + width - 0.5, top, 1, height);
  }
}

function paintRuler(
  context: CanvasRenderingContext2D,
  { view, endSeconds, width, unit }: Scene,
  xOf: (seconds: number) => number,
  palette: Palette,
): void {
  context.font = `500 ${11 * unit}px ${font}`;
  context.textBaseline = 'middle';
  const bottom = rulerHeight * unit;
  for (const { seconds, label } of ticksOf(view, endSeconds, width / unit)) {
    const x = Math.round(xOf(seconds));
    context.fillStyle = label ? palette.soft : palette.line;
    const length = (label ? 7 : 4) * unit;
    context.fillRect(x, bottom - length, 1, length);
    if (!label) continue;
    // Beside its tick, clear of the playhead's knob there; one that would be cut at the right edge is left out.
    const aside = 7 * unit;
    const room = context.measureText(label).width + aside;
    if (x + room <= width) context.fillText(label, x + aside, bottom / 2 - unit);
  }
}

/** The sound's outline as bars; those inside a clue that was heard are lit. */
function paintSound(
  context: CanvasRenderingContext2D,
  scene: Scene,
  marks: readonly Mark[],
  xOf: (seconds: number) => number,
  palette: Palette,
): void {
  const { width, height, unit, peaks, view, endSeconds } = scene;
  const top = bodyTop(scene);
  const pitch = 3 * unit;
  const bars = Math.ceil(width / pitch);
  if (bars < 1) return;
  const lit = new Uint8Array(bars);
  for (const { kind, verdict, from, to } of marks) {
    if (kind !== 'heard' || verdict === 'rejected') continue;
    const first = Math.max(0, Math.floor(xOf(from) / pitch));
    lit.fill(1, first, Math.max(first + 1, Math.ceil(xOf(to) / pitch)));
  }
  context.fillStyle = palette.heard;
  context.globalAlpha = 0.14;
  lit.forEach((isLit, at) => isLit && context.fillRect(at * pitch, top, pitch, height - top));
  context.globalAlpha = 1;
  if (!peaks) return;
  const from = timeAt(view, endSeconds, 0) / endSeconds;
  const levels = peaksBetween(peaks, from, from + 1 / view.zoom, bars);
  const middle = (top + height) / 2;
  const reach = (height - top) / 2 - 2 * unit;
  for (const pass of [0, 1]) {
    context.fillStyle = pass ? palette.heard : palette.soft;
    context.globalAlpha = pass ? 0.7 : 0.3;
    levels.forEach((level, at) => {
      if (lit[at] !== pass) return;
      const half = Math.max(0.5 * unit, level * reach);
      context.fillRect(at * pitch, middle - half, pitch - unit, 2 * half);
    });
  }
  context.globalAlpha = 1;
}

function paintMarks(
  context: CanvasRenderingContext2D,
  scene: Scene,
  marks: readonly Mark[],
  xOf: (seconds: number) => number,
  palette: Palette,
): number {
  const { unit, width, current, labels, isEditable } = scene;
  const top = lanesTop(scene);
  context.font = `650 ${10.5 * unit}px ${font}`;
  context.textBaseline = 'middle';
  const pieces = piecesOf(marks, xOf, current);
  // The current one last, over its neighbours.
  const order = [...pieces].sort(
    (a, b) => Number(a.mark.id === current) - Number(b.mark.id === current),
  );
  for (const piece of order) {
    const { mark, left, right } = piece;
    const isCurrent = mark.id === current;
    // Far outside, a canvas loses precision; what is cut off there is not seen.
    const from = Math.max(-20 * unit, left);
    const place = {
      left: from,
      width: Math.min(width + 20 * unit, right) - from,
      middle: top + (mark.lane + 0.5) * laneHeight * unit,
      unit,
    };
    const showsGrips = isCurrent && isEditable;
    const label = labels(mark.index);
    paintPiece(context, piece, place, palette, { isCurrent, showsGrips, label });
  }
  return pieces.length;
}

const font = "'Geist Variable', system-ui, sans-serif";

/** The screen is dark in both themes. */
export function screenPalette(isForced: boolean): Palette {
  if (isForced) {
    return {
      ...{ ink: 'CanvasText', soft: 'GrayText', line: 'GrayText', ground: 'Canvas' },
      ...{ onMark: 'Canvas', heard: 'CanvasText', movement: 'CanvasText', object: 'CanvasText' },
    };
  }
  const dark = (name: keyof typeof colours): string => colours[name][1];
  return {
    ...{ ink: dark('screen-ink'), soft: dark('screen-soft'), line: '#6b675b' },
    ...{ ground: dark('screen-raised'), onMark: dark('on-accent'), heard: dark('accent') },
    ...{ movement: dark('movement'), object: dark('object') },
  };
}
