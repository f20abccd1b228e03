import type { Box } from '../../clues/clue';
import type { Frame } from '../../media/media';
import { area, overlap, suppress, type Detection } from './detections';
import type { ObjectsConfig, TilingConfig } from './objects-config';

/** Frames narrower than this have nothing to show in a second look: a square tile is the frame. */
const SQUARE = 1.15;

/**
 * Two square tiles that together cover the frame, along its longer side; they overlap unless the
 * frame is more than twice as long as wide, where three or more do.
 */
export function tilesOf({ width, height }: { width: number; height: number }): Box[] {
  const side = Math.min(width, height);
  const long = Math.max(width, height);
  if (long < side * SQUARE) return [];
  const count = Math.min(4, Math.max(2, Math.ceil(long / side)));
  return Array.from({ length: count }, (_, index) => {
    const start = Math.round((index * (long - side)) / (count - 1));
    return width >= height ? [start, 0, start + side, side] : [0, start, side, start + side];
  });
}

/** Whether a frame, by its detections in its own pixels, shows many things too small to see well. */
export function wantsTiles(
  detections: readonly Detection[],
  frame: { width: number; height: number },
  config: TilingConfig,
): boolean {
  const limit = config.smallSide * Math.sqrt(frame.width * frame.height);
  const small = detections.filter(
    ({ box, score }) => score >= config.minScore && Math.sqrt(area(box)) < limit,
  );
  return small.length >= config.minSmall;
}

/** The part of a frame inside a box of whole pixels. */
export function crop(frame: Frame, box: Box): Frame {
  const [left, top] = box;
  const [width, height] = [box[2] - left, box[3] - top];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * frame.width + left) * 4;
    data.set(frame.data.subarray(from, from + width * 4), y * width * 4);
  }
  return { timestampSeconds: frame.timestampSeconds, width, height, data };
}

/** What a tile sees whole and small, moved to the frame's pixels. */
export function fromTile(
  detections: readonly Detection[],
  tile: Box,
  frame: { width: number; height: number },
  config: TilingConfig,
): Detection[] {
  const edge = config.edge * Math.max(frame.width, frame.height);
  const largest = config.largestShare * Math.sqrt(area(tile));
  return detections
    .map((detection): Detection => {
      const [left, top, right, bottom] = detection.box;
      return {
        ...detection,
        box: [left + tile[0], top + tile[1], right + tile[0], bottom + tile[1]],
      };
    })
    .filter(({ box }) => {
      const cut =
        (tile[0] > 0 && box[0] < tile[0] + edge) ||
        (tile[1] > 0 && box[1] < tile[1] + edge) ||
        (tile[2] < frame.width && box[2] > tile[2] - edge) ||
        (tile[3] < frame.height && box[3] > tile[3] - edge);
      return !cut && Math.sqrt(area(box)) <= largest;
    });
}

/**
 * Joins the detections of several looks at one frame: boxes that lie on one another are one thing,
 * with the higher of the scores of every class and the box in between; what is left doubled goes
 * as it does within one look.
 */
export function merge(looks: readonly Detection[][], config: ObjectsConfig): Detection[] {
  const things: { seen: Detection[]; looks: Set<number>; first: Detection }[] = [];
  const all = looks.flatMap((detections, look) => detections.map((one) => ({ one, look })));
  all.sort((a, b) => b.one.score - a.one.score);
  for (const { one, look } of all) {
    let best: { thing: (typeof things)[number]; iou: number } | null = null;
    for (const thing of things) {
      if (thing.looks.has(look)) continue;
      const iou = overlap(thing.first.box, one.box);
      if (iou >= config.tiling.joinIou && iou > (best?.iou ?? 0)) best = { thing, iou };
    }
    if (best) {
      best.thing.seen.push(one);
      best.thing.looks.add(look);
    } else {
      things.push({ seen: [one], looks: new Set([look]), first: one });
    }
  }
  return suppress(
    things.map(({ seen }) => join(seen)),
    config.detection,
  );
}

function join(seen: readonly Detection[]): Detection {
  const first = seen[0] as Detection;
  if (seen.length === 1) return first;
  const classScores = first.classScores.slice();
  const box: [number, number, number, number] = [0, 0, 0, 0];
  const total = seen.reduce((sum, { score }) => sum + score, 0);
  for (const one of seen) {
    for (const [label, score] of one.classScores.entries())
      classScores[label] = Math.max(classScores[label] ?? 0, score);
    for (const side of [0, 1, 2, 3] as const) box[side] += (one.score / total) * one.box[side];
  }
  // The first is the strongest, so its best class is the best of all.
  return { box, score: first.score, classScores };
}
