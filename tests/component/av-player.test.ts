import { userEvent } from 'vitest/browser';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MediaInfo } from '../../src/media/media';
import '../../src/ui/av-player';
import type { AvPlayer } from '../../src/ui/av-player';
import type { Playback } from '../../src/ui/events';
import { silentWav } from './clips';
import { auditPage, inside, mount, nextEvent } from './mount';

const urls: string[] = [];

afterEach(() => {
  document.body.replaceChildren();
  urls.splice(0).forEach((url) => URL.revokeObjectURL(url));
});

async function mountPlayer(file: File, properties: Partial<AvPlayer> = {}) {
  const src = URL.createObjectURL(file);
  urls.push(src);
  const seen: Playback[] = [];
  document.body.addEventListener('av-playback', ({ playback }) => seen.push(playback));
  const player = await mount<AvPlayer>('av-player', {
    src,
    mime: file.type,
    name: file.name,
    ...properties,
  });
  return { player, last: () => seen.at(-1) };
}

const hevc: MediaInfo = {
  container: 'mov',
  durationSeconds: 8,
  startSeconds: 1,
  video: { codec: 'hevc', fps: 25, width: 640, height: 360, rotationDegrees: 0, pixelAspect: 1 },
  audio: null,
};

describe('av-player with sound alone', () => {
  it('is accessible and leaves the stage to the timeline', async () => {
    const { player, last } = await mountPlayer(silentWav());
    await vi.waitFor(() => expect(last()?.endSeconds).toBeCloseTo(2, 1));
    await auditPage();
    expect(inside(player, '.stage').clientHeight).toBe(0);
  });

  it('goes where the request says, and tells where it is', async () => {
    const { player, last } = await mountPlayer(silentWav());
    await vi.waitFor(() => expect(last()?.endSeconds).toBeGreaterThan(0));
    player.seek = { timeSeconds: 1.25, serial: 1 };
    await vi.waitFor(() => expect(last()?.timeSeconds).toBeCloseTo(1.25, 2));
    expect(inside<HTMLVideoElement>(player, 'video').currentTime).toBeCloseTo(1.25, 2);
  });

  it('plays and pauses', async () => {
    const { player, last } = await mountPlayer(silentWav());
    await vi.waitFor(() => expect(last()?.endSeconds).toBeGreaterThan(0));
    inside<HTMLVideoElement>(player, 'video').muted = player['muted'] = true;
    await player.updateComplete;
    inside(player, '#play').click();
    await vi.waitFor(() => expect(inside(player, '#play').ariaLabel).toBe('Pause'));
    await vi.waitFor(() => expect(last()?.timeSeconds).toBeGreaterThan(0.05));
    inside(player, '#play').click();
    await vi.waitFor(() => expect(inside(player, '#play').ariaLabel).toBe('Play'));
  });
});

describe('the controls', () => {
  async function mountSound() {
    const mounted = await mountPlayer(silentWav());
    await vi.waitFor(() => expect(mounted.last()?.endSeconds).toBeGreaterThan(0));
    return { ...mounted, video: inside<HTMLVideoElement>(mounted.player, 'video') };
  }

  it('set the speed and keep the pitch', async () => {
    const { player, video } = await mountSound();
    const speed = inside<HTMLSelectElement>(player, '#speed');
    expect([...speed.options].map(({ value }) => Number(value))).toEqual([0.25, 0.5, 1, 1.5, 2]);
    speed.value = '1.5';
    speed.dispatchEvent(new Event('change'));
    await player.updateComplete;
    expect([video.playbackRate, video.preservesPitch]).toEqual([1.5, true]);
    player.changeSpeed(1);
    player.changeSpeed(1);
    await player.updateComplete;
    expect([video.playbackRate, speed.value]).toEqual([2, '2']);
  });

  it('offer to loop where there is a clue only, and go round in sound alone, too', async () => {
    const { player, video, last } = await mountSound();
    const loop = inside<HTMLButtonElement>(player, '#loop');
    expect(loop.disabled).toBe(true);
    player.loop = [0.5, 0.8];
    player.toggleSound();
    player.seek = { timeSeconds: 0.5, serial: 1 };
    await vi.waitFor(() => expect(last()?.timeSeconds).toBeCloseTo(0.5, 2));
    loop.click();
    await player.updateComplete;
    expect([loop.disabled, loop.ariaPressed]).toEqual([false, 'true']);
    await auditPage();
    const times: number[] = [];
    video.addEventListener('seeking', () => times.push(video.currentTime));
    player.toggle();
    await vi.waitFor(() => expect(times.length).toBeGreaterThanOrEqual(3), { timeout: 10_000 });
    times.forEach((time) => expect(time).toBeCloseTo(0.5, 2));
    // Another clue does not take its place while it goes round; a seek of the visitor ends it.
    player.loop = [1.2, 1.4];
    await vi.waitFor(() => expect(times.length).toBeGreaterThanOrEqual(5), { timeout: 10_000 });
    expect(times.at(-1)).toBeCloseTo(0.5, 2);
    player.seek = { timeSeconds: 1.2, serial: 2 };
    await vi.waitFor(() => expect(times.slice(-2).every((time) => time > 1.19)).toBe(true), {
      timeout: 10_000,
    });
  });

  it('fill the screen and give it back', async () => {
    const { player } = await mountSound();
    const full = await vi.waitFor(() => inside(player, '#full'));
    await userEvent.click(full);
    await vi.waitFor(() => expect(full.ariaLabel).toBe('Leave full screen'));
    expect(player.shadowRoot?.fullscreenElement?.contains(full)).toBe(true);
    await auditPage();
    await userEvent.click(full);
    await vi.waitFor(() => expect(full.ariaLabel).toBe('Full screen'));
  });

  it('tell the sound’s state and ask for the list of keys', async () => {
    const { player, video } = await mountSound();
    inside(player, '#mute').click();
    await player.updateComplete;
    expect([video.muted, inside(player, '#mute').ariaPressed]).toEqual([true, 'true']);
    const asked = nextEvent('av-shortcuts');
    inside(player, '#shortcuts').click();
    await asked;
  });
});

describe('av-player with a format that the browser cannot play', () => {
  const file = new File(['not a film'], 'clip.avi', { type: 'video/x-msvideo' });

  it('says so, is accessible, and keeps a clock for the timeline', async () => {
    const { player, last } = await mountPlayer(file);
    await vi.waitFor(() => expect(inside(player, '.notice')).toBeTruthy());
    player.info = hevc;
    await player.updateComplete;
    await auditPage();
    expect(inside(player, '.notice').textContent).toContain('HEVC');
    player.seek = { timeSeconds: 4, serial: 1 };
    await player.updateComplete;
    expect(last()).toEqual({
      ...{ timeSeconds: 4, frameSeconds: 4, frameUntilSeconds: 4 },
      ...{ endSeconds: 9, width: 640, height: 360 },
    });
    player.seek = { timeSeconds: 99, serial: 2 };
    await player.updateComplete;
    expect(last()?.timeSeconds).toBe(9);
  });

  it('starts afresh with the next file', async () => {
    const { player, last } = await mountPlayer(file);
    await vi.waitFor(() => expect(inside(player, '.notice')).toBeTruthy());
    const wav = silentWav();
    player.src = URL.createObjectURL(wav);
    urls.push(player.src);
    player.mime = wav.type;
    await vi.waitFor(() => expect(last()?.endSeconds).toBeCloseTo(2, 1));
    expect(player.shadowRoot?.querySelector('.notice')).toBeNull();
  });
});

describe('av-player with a picture', () => {
  it('tells its size and needs no playback controls', async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done));
    const { player, last } = await mountPlayer(
      new File([blob ?? ''], 'still.png', { type: 'image/png' }),
    );
    await vi.waitFor(() => expect(last()).toMatchObject({ width: 40, height: 30 }));
    await auditPage();
    expect(player.shadowRoot?.querySelector('#play')).toBeNull();
  });
});
