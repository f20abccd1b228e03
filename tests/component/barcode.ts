import { page } from 'vitest/browser';
import type { ObjectClue } from '../../src/clues/clue';
import { reviewOf } from '../../src/clues/review';
import type { MediaInfo } from '../../src/media/media';
import { initialState, type AppState } from '../../src/state/state';
import type { AvWorkspace } from '../../src/ui/av-workspace';
import { inside } from './mount';

// The clips are described in tests/fixtures/make-barcode.sh.
const urls = import.meta.glob<string>('../fixtures/media/barcode-*', {
  query: '?url',
  import: 'default',
  eager: true,
});
const lists = import.meta.glob<string>('../fixtures/media/barcode-*.csv', {
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
  const shot = await page.screenshot({ save: false, base64: true, animations: 'allow' } as never);
  const base64 = typeof shot === 'string' ? shot : (shot as { base64: string }).base64;
  const bytes = await (await fetch(`data:image/png;base64,${base64}`)).blob();
  return readPixels(await createImageBitmap(bytes), place);
}

/** Where the picture is seen on the page. */
export function placeOf(workspace: AvWorkspace): DOMRect {
  return inside(inside(workspace, 'av-overlay'), '.picture').getBoundingClientRect();
}

export function readPixels(image: ImageBitmap, place: DOMRect): Reading {
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(image, 0, 0);
  const scale = place.width / size.width;
  const row = (y: number): Uint8ClampedArray =>
    context.getImageData(place.left, place.top + y * scale, place.width, 1).data;
  const cells = row(135);
  let picture = 0;
  for (let bit = 0; bit < 10; bit++) {
    const at = 4 * Math.round(((bit + 0.5) * place.width) / 10);
    if ((cells[at] ?? 0) > 128) picture |= 1 << bit;
  }
  const pixels = row((boxY[0] + boxY[1]) / 2);
  for (let x = 0; 4 * x < pixels.length; x++) {
    const [red = 0, green = 0, blue = 0] = pixels.slice(4 * x, 4 * x + 3);
    if (red > 200 && green > 160 && blue < 130) {
      return { picture, box: (x / scale - firstX) / stride };
    }
  }
  return { picture, box: null };
}
