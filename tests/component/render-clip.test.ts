import { describe, expect, it } from 'vitest';
import type { Clue } from '../../src/clues/clue';
import { startRender, type RenderRequest } from '../../src/protocol/render-client';
import { renderClip } from '../../src/render/render-clip';
import {
  decodeFrames,
  fixture,
  fps,
  loudSpan,
  pixelAt,
  squareBox,
  type BarcodeFrame,
} from './barcode';
import { silentWav } from './clips';

const never = new AbortController().signal;

/** Follows the dark square of pictures 10 to 30, on a clock that begins at `startSeconds`. */
function squareClue(startSeconds = 0): Clue {
  const path = [10, 20, 30].map((number) => ({
    timestampSeconds: startSeconds + number / fps,
    box: squareBox(number),
  }));
  return { kind: 'object', ...path[0]!, label: 'square', path };
}

const heard: Clue = { kind: 'event', startSeconds: 0.4, endSeconds: 0.6, label: 'beep' };

function request(file: File, clues: readonly Clue[], more = {}): RenderRequest {
  const question = 'How many squares are there?';
  return { file, clues, question, countWords: `of ${clues.length}`, ...more };
}

async function render(file: File, clues: readonly Clue[], more = {}): Promise<File> {
  return startRender(request(file, clues, more), () => undefined, never);
}

/** How yellow the most yellow pixel within two of this one is: the accent, whatever the encoder did. */
function accentAt({ picture }: BarcodeFrame, x: number, y: number): number {
  let most = -Infinity;
  for (let dy = -2; dy <= 2; dy += 1) {
    for (let dx = -2; dx <= 2; dx += 1) {
      const [red, green, blue] = pixelAt(picture, x + dx, y + dy);
      most = Math.max(most, (red + green) / 2 - blue);
    }
  }
  return most;
}

/** The box is on all four sides of the square of this picture, and neither inside nor beyond. */
function expectBoxAround(frame: BarcodeFrame): void {
  const [x1, y1, x2, y2] = squareBox(frame.number);
  const middle = [(x1 + x2) / 2, (y1 + y2) / 2] as const;
  const where = `picture ${frame.number}`;
  for (const [x, y] of [
    [x1, middle[1]],
    [x2, middle[1]],
    [middle[0], y1],
    [middle[0], y2],
  ] as const) {
    expect(accentAt(frame, x, y), where).toBeGreaterThan(90);
  }
  for (const [x, y] of [
    middle,
    [x1 - 12, middle[1]],
    [x2 + 12, middle[1]],
    [middle[0], y2 + 12],
  ] as const) {
    expect(accentAt(frame, x, y), where).toBeLessThan(60);
  }
}

function expectBoxes(frames: readonly BarcodeFrame[]): void {
  const boxed = frames.filter(({ number }) => number >= 10 && number <= 30);
  expect(boxed.length).toBeGreaterThan(10);
  boxed.forEach(expectBoxAround);
  // A sighting stays on the screen a little before and after, see `isClueAt`.
  for (const frame of frames.filter(({ number }) => number < 8 || number > 32)) {
    for (const number of [10, frame.number, 30]) {
      const [x1, , , y2] = squareBox(number);
      expect(accentAt(frame, x1, y2 - 10), `picture ${frame.number}`).toBeLessThan(40);
    }
  }
}

/** Every picture is there, at its own time. WebM counts in milliseconds. */
function expectTimes(frames: readonly BarcodeFrame[], numbers: readonly number[], shift = 0): void {
  expect(frames.map(({ number }) => number)).toEqual(numbers);
  for (const { number, timestampSeconds } of frames) {
    expect(Math.abs(timestampSeconds - number / fps - shift)).toBeLessThan(0.0011);
  }
}

/** The length that the browser's own player finds. */
async function playedSeconds(file: File): Promise<number> {
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(file);
  try {
    await new Promise((resolve, reject) => {
      video.onloadeddata = resolve;
      video.onerror = () => reject(new Error(video.error?.message));
    });
    video.currentTime = video.duration / 2;
    await new Promise((resolve) => (video.onseeked = resolve));
    await video.play();
    await new Promise((resolve) => (video.ontimeupdate = resolve));
    return video.duration;
  } finally {
    URL.revokeObjectURL(video.src);
    video.removeAttribute('src');
  }
}

const all = Array.from({ length: 50 }, (_, number) => number);

describe('a clip with its clues drawn in', () => {
  for (const format of ['mp4', 'webm'] as const) {
    it(`keeps pictures, times and sound as ${format}`, async () => {
      const file = await fixture('barcode-plain.mp4');
      const result = await render(file, [squareClue()], { format });
      expect(result.name).toBe(`barcode-plain-counted.${format}`);
      expect(result.type).toBe(`video/${format}`);
      expect(Math.abs((await playedSeconds(result)) - 2)).toBeLessThan(1 / fps + 0.001);
      const frames = await decodeFrames(result);
      expectTimes(frames, all);
      expectBoxes(frames);
      const [from, to] = (await loudSpan(result)) ?? [0, 0];
      expect(Math.abs(from - 0.4)).toBeLessThan(0.03);
      expect(Math.abs(to - 0.6)).toBeLessThan(0.03);
    });
  }

  it('reads WebM', async () => {
    const file = await fixture('barcode-plain.webm', 'video/webm');
    const source = await decodeFrames(file);
    // WebM begins with the sound's priming: the clue is on the file's own clock.
    const clue = squareClue(source[0]!.timestampSeconds);
    const frames = await decodeFrames(await render(file, [clue]));
    expect(frames.map(({ number }) => number)).toEqual(all);
    frames.forEach(({ timestampSeconds }, index) => {
      expect(Math.abs(timestampSeconds - source[index]!.timestampSeconds)).toBeLessThan(0.0011);
    });
    expectBoxes(frames);
  });

  it('turns pictures upright', async () => {
    const frames = await decodeFrames(
      await render(await fixture('barcode-rotated.mp4'), [squareClue()]),
    );
    expectTimes(frames, all);
    expectBoxes(frames);
  });

  it('makes pixels square', async () => {
    const frames = await decodeFrames(
      await render(await fixture('barcode-wide.mp4'), [squareClue()]),
    );
    expect(frames[0]?.picture.width).toBe(640);
    expectTimes(frames, all);
    expectBoxes(frames);
  });

  it('keeps a variable frame rate', async () => {
    const frames = await decodeFrames(
      await render(await fixture('barcode-vfr.mp4'), [squareClue()]),
    );
    const isMissing = (number: number) =>
      (number >= 5 && number <= 12) || (number >= 20 && number <= 22);
    expectTimes(
      frames,
      all.filter((number) => !isMissing(number)),
    );
    expectBoxes(frames);
  });

  it('begins at 0 where the clock of the file begins later', async () => {
    // Pictures begin at 1.48 s, sound and so the file a little before.
    const file = await fixture('barcode-offset.mpegts', 'video/mp2t');
    const result = await render(file, [squareClue(1.48)]);
    const frames = await decodeFrames(result);
    expectTimes(frames, all, 1.48 - 1.458667);
    expectBoxes(frames);
    const [from] = (await loudSpan(result)) ?? [0];
    expect(Math.abs(from - 0.4 - (1.48 - 1.458667))).toBeLessThan(0.03);
  });

  it('counts up when a clue begins, and names what is only heard', async () => {
    const frames = await decodeFrames(await render(await fixture('barcode-plain.mp4'), [heard]));
    // The counter lights up, at the lower right; the tag of what is heard is at the lower left.
    const lit = (frame: BarcodeFrame): boolean => {
      const points = Array.from(
        { length: 400 },
        (_, at) => [at % 40, Math.floor(at / 40)] as const,
      );
      const yellow = points.filter(([x, y]) => accentAt(frame, 586 + x, 375 + 2 * y) > 90);
      return yellow.length > 0.6 * points.length;
    };
    const tagged = (frame: BarcodeFrame): boolean => accentAt(frame, 16, 345) > 90;
    const numbers = (is: (frame: BarcodeFrame) => boolean): number[] =>
      frames.filter(is).map(({ number }) => number);
    expect(numbers(lit)).toEqual(all.slice(10, 23));
    expect(numbers(tagged)[0]).toBe(9);
    expect(numbers(tagged)).toContain(15);
    expect(numbers(tagged)).not.toContain(30);
  });

  it('makes pictures for sound alone', async () => {
    const clue: Clue = { kind: 'event', startSeconds: 0.5, endSeconds: 1, label: 'hum' };
    const result = await render(silentWav(2), [clue]);
    expect(Math.abs((await playedSeconds(result)) - 2)).toBeLessThan(1 / fps + 0.001);
    const frames = await decodeFrames(result);
    expect(frames).toHaveLength(50);
    expect(frames[0]?.picture.width).toBe(1280);
    expect(frames[0]?.picture.height).toBe(720);
  });

  it('takes a file that is cut off as far as it goes', async () => {
    const whole = await decodeFrames(await fixture('clip.mp4'));
    const frames = await decodeFrames(await render(await fixture('truncated.mp4'), []));
    expect(frames.length).toBeGreaterThan(1);
    expect(frames.length).toBeLessThan(whole.length);
  });

  it('tells how far it is', async () => {
    const told: [number, number][] = [];
    const file = await fixture('barcode-plain.mp4');
    const onProgress = (done: number, total: number) => void told.push([done, total]);
    await startRender(request(file, [squareClue()]), onProgress, never);
    expect(told.length).toBeGreaterThan(10);
    expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).sort((a, b) => a - b));
    expect(told.at(-1)?.[0]).toBeCloseTo(2, 1);
    expect(told.at(-1)?.[1]).toBeCloseTo(2, 1);
  });
});

describe('what cannot be rendered', () => {
  for (const [name, code, words] of [
    ['surround.mkv', 'render-failed', 'AC-3'],
    ['text.mp4', 'render-failed', 'cannot open'],
    ['no-data.mp4', 'no-media-track', 'neither'],
  ] as const) {
    it(`is refused with a code: ${name}`, async () => {
      const error: unknown = await render(await fixture(name), []).catch(
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ name: 'AppError', code });
      expect((error as Error).message).toContain(words);
    });
  }
});

describe('a render that is stopped', () => {
  for (const [where, start, clip] of [
    ['the worker', startRender, () => fixture('minute.mp4')],
    ['the renderer', renderClip, () => fixture('minute.mp4')],
    ['the renderer of sound', renderClip, () => silentWav(60)],
  ] as const) {
    it(`ends without a result: ${where}`, async () => {
      const abort = new AbortController();
      const file = await clip();
      let latest = 0;
      const rendering = start(
        request(file, []),
        (done) => {
          latest = done;
          if (done > 0) abort.abort();
        },
        abort.signal,
      );
      await expect(rendering).rejects.toMatchObject({ name: 'AbortError' });
      const atStop = latest;
      expect(atStop).toBeLessThan(30);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(latest).toBe(atStop);
    });
  }

  it('does not begin when it is stopped before', async () => {
    const file = await fixture('minute.mp4');
    const rendering = startRender(request(file, []), () => undefined, AbortSignal.abort());
    await expect(rendering).rejects.toMatchObject({ name: 'AbortError' });
  });
});
