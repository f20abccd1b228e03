import { page } from 'vitest/browser';
import type { ObjectClue } from '../../src/clues/clue';
import { reviewOf } from '../../src/clues/review';
import type { MediaInfo } from '../../src/media/media';
import { initialState, type AppState } from '../../src/state/state';
import type { AvWorkspace } from '../../src/ui/av-workspace';
import { inside } from './mount';

// The clips are described in tests/fixtures/make-numbered.sh.
const urls = import.meta.glob<string>('../fixtures/media/numbered-*', {
  query: '?url',
  import: 'default',
  eager: true,
});
const lists = import.meta.glob<string>('../fixtures/media/numbered-*.csv', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const clipNames = Object.keys(urls)
  .map((path) => path.replace(/.*\//, ''))
  .filter((name) => !name.endsWith('.csv'));

const size = { width: 320, height: 180 };

/** The box of picture `n` stands at this x; no other picture's box is nearer than `stride`. */
const firstX = 10;
const stride = 1.75;
const boxY = [34, 82] as const;
const boxWidth = 14;

export interface Barcode {
  readonly file: File;
  /** When each picture begins, as ffprobe says. */
  readonly times: readonly number[];
  readonly info: MediaInfo;
  /** One thing that is seen in every picture, at a place of its own in each. */
  readonly clue: ObjectClue;
}

export async function openBarcode(name: string): Promise<Barcode> {
  const url = urls[`../fixtures/media/${name}`];
  const list = lists[`../fixtures/media/${name.replace('.', '-')}.csv`];
  if (url === undefined || list === undefined) throw new Error(`no clip ${name}`);
  const type = name.endsWith('webm') ? 'video/webm' : 'video/mp4';
  const file = new File([await (await fetch(url)).blob()], name, { type });
  const times = list.trim().split('\n').map(Number);
  const path = times.map((timestampSeconds, n) => {
    const x = firstX + n * stride;
    return { timestampSeconds, box: [x, boxY[0], x + boxWidth, boxY[1]] as const };
  });
  const [first = 0] = times;
  const durationSeconds = (times.at(-1) ?? 0) - first + 0.04;
  const rotationDegrees = name.includes('rotated') ? 90 : 0;
  const pixelAspect = name.includes('wide') ? 2 : 1;
  const fps = times.length / durationSeconds;
  return {
    file,
    times,
    info: {
      container: type === 'video/webm' ? 'matroska,webm' : 'mov,mp4',
      durationSeconds,
      startSeconds: first,
      video: { codec: 'h264', fps, ...size, rotationDegrees, pixelAspect },
      audio: null,
    },
    clue: { kind: 'object', timestampSeconds: first, box: path[0]!.box, label: 'it', path },
  };
}

/** The page after a run that found the clip's clue. */
export function stateOf({ file, info, clue }: Barcode, url: string): AppState {
  return {
    ...initialState,
    video: {
      ...{ kind: 'open', file, url, title: file.name },
      ...{ sample: null, info, glimpse: null, seek: null },
    },
    run: {
      ...{ kind: 'cancelled', id: 1, question: 'How many?', text: '' },
      ...{ clues: [clue], review: reviewOf([clue]) },
    },
  };
}

export interface Reading {
  /** The number that the picture on the screen shows. */
  readonly picture: number;
  /** The number that the box over it stands for; a fraction between two pictures, null without a box. */
  readonly box: number | null;
}

/** Reads both numbers off the pixels of one screenshot of the page. */
export async function readScreen(workspace: AvWorkspace): Promise<Reading> {
  const place = placeOf(workspace);
  const base64 = await page.screenshot({ save: false });
  const bytes = await (await fetch(`data:image/png;base64,${base64}`)).blob();
  const image = await createImageBitmap(bytes);
  const context = contextOf(image.width, image.height);
  context.drawImage(image, 0, 0);
  const scale = place.width / size.width;
  const row = (y: number): Uint8ClampedArray =>
    context.getImageData(place.left, place.top + y * scale, place.width, 1).data;
  const pixels = row((boxY[0] + boxY[1]) / 2);
  const isBorder = (x: number): boolean => {
    const [red = 0, green = 0, blue = 0] = pixels.slice(4 * x, 4 * x + 3);
    return red > 200 && green > 160 && blue < 130;
  };
  const border = Array.from({ length: pixels.length / 4 }, (_, x) => x).find(isBorder);
  return {
    picture: numberIn(row(135)),
    box: border === undefined ? null : (border / scale - firstX) / stride,
  };
}

/**
 * Reads both numbers off the page itself: what will be painted next. Faster than a screenshot, but
 * blind to a video that changes its picture apart from the page; so it demands the painted one.
 */
export function readPage(workspace: AvWorkspace): Reading {
  const canvas = inside<HTMLCanvasElement>(inside(workspace, 'av-player'), 'canvas');
  if (getComputedStyle(canvas).visibility !== 'visible') throw new Error('nothing is painted');
  const context = contextOf(size.width, 1);
  context.drawImage(canvas, 0, canvas.height * 0.75, canvas.width, 1, 0, 0, size.width, 1);
  const box = inside(workspace, 'av-overlay').shadowRoot?.querySelector<HTMLElement>('.box');
  const left = box ? (parseFloat(box.style.left) / 100) * size.width : null;
  return {
    picture: numberIn(context.getImageData(0, 0, size.width, 1).data),
    box: left === null ? null : (left - firstX) / stride,
  };
}

/** Where the picture is seen on the page. */
function placeOf(workspace: AvWorkspace): DOMRect {
  return inside(inside(workspace, 'av-overlay'), '.picture').getBoundingClientRect();
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  return new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
}

/** The number that a row of pixels through the cells stands for. */
function numberIn(row: Uint8ClampedArray): number {
  const width = row.length / 4;
  let number = 0;
  for (let bit = 0; bit < 10; bit++) {
    if ((row[4 * Math.round(((bit + 0.5) * width) / 10)] ?? 0) > 128) number |= 1 << bit;
  }
  return number;
}
