import type { MarkKind, Piece } from './timeline-marks';

/** Colours of the canvas: the page's own, or the system's where it has forced colours. */
export interface Palette extends Readonly<Record<MarkKind, string>> {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly ground: string;
  /** On a mark. */
  readonly onMark: string;
}

/** Where one piece is drawn; sizes in pixels, `unit` of them to a text-sized one. */
export interface Place {
  readonly left: number;
  readonly width: number;
  /** Middle of its lane. */
  readonly middle: number;
  readonly unit: number;
}

export const markHeight = 14;

/**
 * One mark. Its shape says what it is (sound: round ends; movement: slanted; thing: a square with a
 * tail for as long as it is seen), stripes and dashes that it is uncertain, a line through it that it
 * was rejected, a tick that it was accepted, a plus that the visitor added it.
 */
export function paintPiece(
  context: CanvasRenderingContext2D,
  { mark, count }: Piece,
  place: Place,
  palette: Palette,
  state: { readonly isCurrent: boolean; readonly showsGrips: boolean; readonly label: string },
): void {
  const { width, unit } = place;
  const isRejected = mark.verdict === 'rejected';
  const colour = palette[mark.kind];
  context.save();
  if (isRejected) context.globalAlpha = state.isCurrent ? 0.8 : 0.5;
  if (count > 1) {
    paintCrowd(context, count, place, colour, palette);
  } else {
    const isObject = mark.kind === 'object';
    const shape = isObject ? square(place) : outlineOf(mark.kind, place);
    if (isObject && width > markHeight * unit) paintTail(context, place, colour);
    paintBody(context, shape, place, { colour, isHollow: isRejected || mark.isUncertain, palette });
    if (mark.isUncertain && !isRejected) stripe(context, shape, place, colour);
    if (state.isCurrent) ring(context, shape, 2.5 * unit, palette.ink);
    else if (mark.isByVisitor) ring(context, shape, 1.25 * unit, palette.ink);
    const isFilled = !isRejected && !mark.isUncertain;
    const glyphRoom = paintGlyph(
      context,
      mark,
      place,
      isFilled ? palette.onMark : palette.ink,
      palette,
    );
    const textColour = isFilled && !isObject ? palette.onMark : palette.ink;
    paintLabel(
      context,
      state.label,
      place,
      glyphRoom + (isObject ? 14 * unit : 0),
      textColour,
      palette,
    );
    if (state.showsGrips && !isObject) paintGrips(context, place, palette);
  }
  if (isRejected) strike(context, place, palette.ink);
  context.restore();
}

function outlineOf(kind: MarkKind, { left, width, middle, unit }: Place): Path2D {
  const height = markHeight * unit;
  const top = middle - height / 2;
  const path = new Path2D();
  if (kind === 'heard') {
    path.roundRect(left, top, width, height, Math.min(height, width) / 2);
    return path;
  }
  const slant = Math.min(5 * unit, width / 3);
  path.moveTo(left + slant, top);
  path.lineTo(left + width, top);
  path.lineTo(left + width - slant, top + height);
  path.lineTo(left, top + height);
  path.closePath();
  return path;
}

/** An object's first sighting. */
function square({ left, middle, unit }: Place): Path2D {
  const side = 11 * unit;
  const path = new Path2D();
  path.roundRect(left, middle - side / 2, side, side, 2 * unit);
  return path;
}

function paintTail(
  context: CanvasRenderingContext2D,
  { left, width, middle, unit }: Place,
  colour: string,
): void {
  context.fillStyle = colour;
  context.globalAlpha *= 0.55;
  context.fillRect(left, middle + 3 * unit, width, 2.5 * unit);
  context.globalAlpha /= 0.55;
}

function paintBody(
  context: CanvasRenderingContext2D,
  shape: Path2D,
  { unit }: Place,
  { colour, isHollow, palette }: { colour: string; isHollow: boolean; palette: Palette },
): void {
  // A rim in the ground's colour keeps neighbours apart, and marks off the sound's outline.
  context.lineWidth = 2 * unit;
  context.strokeStyle = palette.ground;
  context.stroke(shape);
  context.fillStyle = isHollow ? palette.ground : colour;
  context.fill(shape);
  if (!isHollow) return;
  context.strokeStyle = colour;
  context.lineWidth = 1.5 * unit;
  context.setLineDash([4 * unit, 2.5 * unit]);
  context.stroke(shape);
  context.setLineDash([]);
}

function stripe(
  context: CanvasRenderingContext2D,
  shape: Path2D,
  { left, width, middle, unit }: Place,
  colour: string,
): void {
  const height = markHeight * unit;
  context.save();
  context.clip(shape);
  context.strokeStyle = colour;
  context.globalAlpha *= 0.55;
  context.lineWidth = 1.5 * unit;
  context.beginPath();
  for (let x = left - height; x < left + Math.max(width, height); x += 5 * unit) {
    context.moveTo(x, middle + height / 2);
    context.lineTo(x + height, middle - height / 2);
  }
  context.stroke();
  context.restore();
}

function ring(
  context: CanvasRenderingContext2D,
  shape: Path2D,
  width: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(shape);
}

/** The tick or the plus. Returns the room that it takes at the left end of the mark. */
function paintGlyph(
  context: CanvasRenderingContext2D,
  { verdict, isByVisitor, kind }: Piece['mark'],
  { left, width, middle, unit }: Place,
  colour: string,
  palette: Palette,
): number {
  const isTick = verdict === 'accepted';
  if (!isTick && !isByVisitor) return 0;
  const size = 7 * unit;
  const shown = kind === 'object' ? 11 * unit : width;
  const isInside = shown >= 11 * unit;
  // On a narrow mark the sign is wider than the mark: it gets a ground of its own.
  const x = isInside && shown > 22 * unit ? left + 9 * unit : left + shown / 2;
  if (!isInside) {
    context.fillStyle = palette.ground;
    context.beginPath();
    context.arc(x, middle, 6 * unit, 0, 2 * Math.PI);
    context.fill();
  }
  context.strokeStyle = isInside ? colour : palette.ink;
  context.lineWidth = 2 * unit;
  context.lineCap = 'round';
  context.beginPath();
  if (isTick) {
    context.moveTo(x - size * 0.5, middle + size * 0.05);
    context.lineTo(x - size * 0.12, middle + size * 0.42);
    context.lineTo(x + size * 0.55, middle - size * 0.42);
  } else {
    context.moveTo(x - size / 2, middle);
    context.lineTo(x + size / 2, middle);
    context.moveTo(x, middle - size / 2);
    context.lineTo(x, middle + size / 2);
  }
  context.stroke();
  context.lineCap = 'butt';
  if (kind === 'object') return 0;
  return shown > 22 * unit ? 12 * unit : width;
}

/** As much of the label as has room; nothing where not even its number has. */
function paintLabel(
  context: CanvasRenderingContext2D,
  label: string,
  { left, width, middle, unit }: Place,
  indent: number,
  colour: string,
  { ground, onMark }: Palette,
): void {
  const room = width - indent - 10 * unit;
  if (room < 8 * unit) return;
  const [number = ''] = label.split(' ', 1);
  const text = [label, number].find((words) => context.measureText(words).width <= room);
  if (!text) return;
  const x = left + indent + 6 * unit;
  if (colour !== onMark) {
    // Over stripes and over the sound's outline, a rim keeps words legible.
    context.strokeStyle = ground;
    context.lineWidth = 4 * unit;
    context.lineJoin = 'round';
    context.strokeText(text, x, middle + unit / 2);
  }
  context.fillStyle = colour;
  context.fillText(text, x, middle + unit / 2);
}

function paintGrips(
  context: CanvasRenderingContext2D,
  { left, width, middle, unit }: Place,
  palette: Palette,
): void {
  context.fillStyle = palette.ink;
  for (const x of [left - 3 * unit, left + width]) {
    context.beginPath();
    context.roundRect(x, middle - 9 * unit, 3 * unit, 18 * unit, 1.5 * unit);
    context.fill();
  }
}

function strike(
  context: CanvasRenderingContext2D,
  { left, width, middle, unit }: Place,
  colour: string,
): void {
  context.fillStyle = colour;
  context.fillRect(left - 3 * unit, middle - unit, width + 6 * unit, 2 * unit);
}

/** Several marks in one place: a block, with their number where it has room. */
function paintCrowd(
  context: CanvasRenderingContext2D,
  count: number,
  { left, width, middle, unit }: Place,
  colour: string,
  palette: Palette,
): void {
  const height = markHeight * unit;
  context.fillStyle = colour;
  context.beginPath();
  // A gap on the right, as crowds often stand in a row.
  context.roundRect(left, middle - height / 2, Math.max(2, width - unit), height, 3 * unit);
  context.fill();
  const text = `${count}×`;
  if (context.measureText(text).width + 6 * unit > width) return;
  context.fillStyle = palette.onMark;
  context.fillText(text, left + 3 * unit, middle + unit / 2);
}
