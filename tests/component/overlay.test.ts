import { page } from 'vitest/browser';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import '../../src/ui/av-workspace';
import type { AvPlayer } from '../../src/ui/av-player';
import type { AvWorkspace } from '../../src/ui/av-workspace';
import type { Playback } from '../../src/ui/events';
import { clipNames, openBarcode, readPage, readScreen, stateOf } from './numbered';
import type { Barcode, Reading } from './numbered';
import { inside, mount } from './mount';

// No larger than the window of the runner, which would scale the page otherwise.
beforeAll(() => page.viewport(1280, 720));

let url = '';
afterEach(() => {
  document.body.replaceChildren();
  URL.revokeObjectURL(url);
});

async function openClip(clip: Barcode) {
  url = URL.createObjectURL(clip.file);
  const workspace = await mount<AvWorkspace>('av-workspace', { app: stateOf(clip, url) });
  // Large enough that a pixel of a screenshot is less than half the way between two boxes.
  workspace.style.setProperty('--stage-height', '352px');
  let last: Playback | null = null;
  workspace.addEventListener('av-playback', ({ playback }) => (last = playback));
  const player = inside<AvPlayer>(workspace, 'av-player');
  const video = inside<HTMLVideoElement>(player, 'video');
  await vi.waitFor(() => expect(video.readyState).toBe(4), { timeout: 20_000 });
  player.toggleSound();
  let serial = 0;
  return {
    ...{ workspace, player, video },
    playback: () => last,
    seek: (timeSeconds: number): void => {
      const { app } = workspace;
      if (app.video.kind !== 'open') throw new Error('no video');
      serial += 1;
      workspace.app = { ...app, video: { ...app.video, seek: { timeSeconds, serial } } };
    },
  };
}

/** Numbers from 0 to 1, always the same ones. */
function seeded(seed: number): () => number {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

/** How readings are wrong, in words: picture and box must stand for the same number. */
function complaints(readings: readonly Reading[]): string[] {
  return readings
    .filter(({ picture, box }) => box === null || Math.abs(box - picture) > 0.35)
    .map(({ picture, box }) => `picture ${picture}: box of ${box?.toFixed(2) ?? 'none'}`);
}

const nextPaint = (): Promise<number> => new Promise(requestAnimationFrame);
const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Chromium does not seek beyond the length in an MP4's header, which leaves out its late start. */
const reachOf = (name: string, video: HTMLVideoElement): number =>
  name === 'numbered-offset.mp4' ? video.duration - 0.01 : Infinity;

/**
 * Chromium takes the length of a picture from the order of decoding. Where that differs from the order
 * of showing and the lengths differ much, a film at rest cannot show some of its pictures.
 */
const hidesPictures = (name: string): boolean => name === 'numbered-reordered.mp4';

describe.each(clipNames)('the boxes over %s', (name) => {
  it('belong to the picture while and after 100 seeks, each of which lands in its picture', async () => {
    const clip = await openBarcode(name);
    const { workspace, seek, video } = await openClip(clip);
    const random = seeded(7);
    const reach = reachOf(name, video);
    const readings: Reading[] = [];
    for (let turn = 0; turn < 100; turn++) {
      const index = Math.floor(random() * clip.times.filter((time) => time < reach).length);
      seek(clip.times[index]!);
      // In the middle of the seek, whatever picture that is.
      await wait(random() * 40);
      await nextPaint();
      readings.push(readPage(workspace));
      await vi.waitFor(() => expect(video.seeking).toBe(false), { interval: 15 });
      if (!hidesPictures(name)) {
        await vi.waitFor(() => expect(readPage(workspace).picture).toBe(index), { interval: 15 });
      }
      readings.push(readPage(workspace));
      if (turn % 12 === 0) readings.push(await readScreen(workspace));
    }
    expect(readings.length).toBeGreaterThan(200);
    expect(complaints(readings)).toEqual([]);
  });

  it.each([1, 2])('belong to the picture while it plays at %i×', async (speed) => {
    const clip = await openBarcode(name);
    const { player, video, workspace } = await openClip(clip);
    player.setSpeed(speed);
    player.toggle();
    await vi.waitFor(() => expect(video.paused).toBe(false));
    expect(video.playbackRate).toBe(speed);
    const readings: Reading[] = [];
    const shots: Reading[] = [];
    const watch = (): void => {
      if (video.ended) return;
      readings.push(readPage(workspace));
      requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
    while (!video.ended) shots.push(await readScreen(workspace));
    expect(complaints(shots)).toEqual([]);
    expect(complaints(readings)).toEqual([]);
    expect(new Set(readings.map(({ picture }) => picture)).size).toBeGreaterThan(20);
  });

  it.skipIf(hidesPictures(name))('step from picture to picture, there and back', async () => {
    const clip = await openBarcode(name);
    const { player, seek, workspace } = await openClip(clip);
    const start = 30;
    seek(clip.times[start]!);
    await vi.waitFor(() => expect(readPage(workspace).picture).toBe(start));
    const readings: Reading[] = [];
    for (const step of [...Array<1>(9).fill(1), ...Array<-1>(12).fill(-1)]) {
      const before = readPage(workspace).picture;
      player.step(step);
      await vi.waitFor(() => expect(readPage(workspace).picture).not.toBe(before), {
        timeout: 10_000,
      });
      const reading = readPage(workspace);
      expect(reading.picture).toBe(before + step);
      readings.push(reading);
    }
    expect(complaints(readings)).toEqual([]);
  });
});

describe('the player', () => {
  it('puts the playhead at once where a seek goes, and the boxes when the picture is there', async () => {
    const clip = await openBarcode('numbered-variable.mp4');
    const { seek, playback, workspace } = await openClip(clip);
    // In the middle of a picture.
    const time = (clip.times[70]! + clip.times[71]!) / 2;
    seek(time);
    await vi.waitFor(() => expect(playback()?.timeSeconds).toBeCloseTo(time, 3));
    await vi.waitFor(() => expect(playback()?.frameSeconds).toBeCloseTo(clip.times[70]!, 4));
    await vi.waitFor(() => expect(playback()?.frameUntilSeconds).toBeCloseTo(time, 3));
    expect(complaints([readPage(workspace)])).toEqual([]);
  });

  it('plays a clue over and over, never beyond it, and lets go of it', async () => {
    const clip = await openBarcode('numbered-constant.mp4');
    const clue = { ...clip.clue, path: clip.clue.path!.slice(20, 41) };
    clue.timestampSeconds = clip.times[20]!;
    const { player, video, seek, playback, workspace } = await openClip({ ...clip, clue });
    seek(clip.times[20]!);
    await vi.waitFor(() => expect(playback()?.frameSeconds).toBeCloseTo(clip.times[20]!, 4));
    await player.updateComplete;
    inside(player, '#loop').click();
    await player.updateComplete;
    expect(inside(player, '#loop').ariaPressed).toBe('true');
    const pictures: number[] = [];
    const watching = new AbortController();
    const { signal } = watching;
    workspace.addEventListener('av-playback', () => pictures.push(readPage(workspace).picture), {
      signal,
    });
    const starts: number[] = [];
    video.addEventListener('seeking', () => starts.push(video.currentTime), { signal });
    player.toggle();
    const laps = (): number[] => pictures.filter((n, i) => n < (pictures[i - 1] ?? 0));
    await vi.waitFor(() => expect(laps().length).toBeGreaterThanOrEqual(3), { timeout: 15_000 });
    watching.abort();
    starts.forEach((start) => expect(start).toBeCloseTo(clip.times[20]!, 2));
    expect(Math.max(...pictures)).toBeLessThanOrEqual(41);
    expect(Math.min(...pictures)).toBe(20);
    player.toggleLoop();
    await vi.waitFor(() => expect(playback()?.timeSeconds).toBeGreaterThan(clip.times[45]!), {
      timeout: 10_000,
    });
  });
});
