import { page } from 'vitest/browser';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import '../../src/ui/av-workspace';
import type { AvWorkspace } from '../../src/ui/av-workspace';
import type { Playback } from '../../src/ui/events';
import { clipNames, openBarcode, readScreen, stateOf, type Barcode, type Reading } from './barcode';
import { inside, mount } from './mount';

beforeAll(() => page.viewport(1280, 720));

let url = '';
afterEach(() => {
  document.body.replaceChildren();
  URL.revokeObjectURL(url);
});

async function openClip(clip: Barcode) {
  url = URL.createObjectURL(clip.file);
  const workspace = await mount<AvWorkspace>('av-workspace', { app: stateOf(clip, url) });
  let last: Playback | null = null;
  workspace.addEventListener('av-playback', ({ playback }) => (last = playback));
  const player = inside(workspace, 'av-player');
  const video = inside<HTMLVideoElement>(player, 'video');
  await vi.waitFor(() => expect(video.readyState).toBe(4), { timeout: 20_000 });
  let serial = 0;
  return {
    ...{ workspace, player, video },
    last: () => last,
    seek(timeSeconds: number): void {
      const { app } = workspace;
      if (app.video.kind !== 'open') throw new Error('no video');
      serial += 1;
      workspace.app = { ...app, video: { ...app.video, seek: { timeSeconds, serial } } };
    },
  };
}

/** Numbers from 0 to 1, always the same ones. */
function* seeded(seed: number): Generator<number> {
  for (;;) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    yield seed / 2 ** 32;
  }
}

/** How the reading is wrong, in words; empty when box and picture are the same number. */
function complaint({ picture, box }: Reading): string {
  if (box === null) return `picture ${picture}: no box`;
  return Math.abs(box - picture) < 0.35 ? '' : `picture ${picture}: box of ${box.toFixed(2)}`;
}

describe.each(clipNames)('the boxes over %s', (name) => {
  it('belong to the picture after 100 seeks', async () => {
    const clip = await openBarcode(name);
    const { seek, video } = await openClip(clip);
    const random = seeded(7);
    const wrong: string[] = [];
    for (let turn = 0; turn < 100; turn++) {
      const index = Math.floor(random.next().value! * clip.times.length);
      seek(clip.times[index]!);
      await new Promise((resolve) => setTimeout(resolve, random.next().value! * 60));
      const reading = await readScreen(document.querySelector('av-workspace')!);
      wrong.push(complaint(reading));
    }
    console.log(name, video.duration, wrong.filter(Boolean).length, wrong.filter(Boolean).slice(0,6));
    expect(wrong.filter(Boolean)).toEqual([]);
  });

  it.each([1, 2])('belong to the picture at %i×', async (speed) => {
    const clip = await openBarcode(name);
    const { player, video, workspace } = await openClip(clip);
    player.setSpeed(speed);
    player.toggleSound();
    await player.updateComplete;
    const readings: Reading[] = [];
    player.toggle();
    const t0 = performance.now();
    await vi.waitFor(() => expect(video.paused).toBe(false));
    while (!video.ended && performance.now() - t0 < 9000) readings.push(await readScreen(workspace));
    const wrong = readings.map(complaint).filter(Boolean);
    console.log(name, speed, readings.length, wrong.length, wrong.slice(0,6));
    expect(wrong).toEqual([]);
  });
});
