import { ALL_FORMATS, BlobSource, Input } from 'mediabunny';
import { afterEach, beforeEach, describe, expect, it, vi, type MockInstance } from 'vitest';
import '../../src/ui/av-player';
import type { AvPlayer } from '../../src/ui/av-player';
import '../../src/ui/av-recorder';
import type { AvRecorder } from '../../src/ui/av-recorder';
import type { Playback } from '../../src/ui/events';
import { Capture, chooseType, nameRecording, withDuration } from '../../src/ui/recording';
import { auditPage, inside, mount, nextEvent } from './mount';

/* Chromium's fake devices: a camera with a counting clock, a microphone that beeps once a second. */

const untilLong = { timeout: 30_000, interval: 50 };
const streams: MediaStream[] = [];
let asking: MockInstance<MediaDevices['getUserMedia']>;

beforeEach(() => {
  const { mediaDevices } = navigator;
  const ask = mediaDevices.getUserMedia.bind(mediaDevices);
  asking = vi.spyOn(mediaDevices, 'getUserMedia').mockImplementation(async (wish) => {
    const stream = await ask(wish);
    streams.push(stream);
    return stream;
  });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  expect(trackStates()).not.toContain('live');
  streams.length = 0;
});

const trackStates = (): string[] =>
  streams.flatMap((stream) => stream.getTracks().map(({ readyState }) => readyState));

const phaseOf = (recorder: AvRecorder): string => inside(recorder, 'dialog').dataset['phase'] ?? '';

async function reach(recorder: AvRecorder, phase: string): Promise<void> {
  await vi.waitFor(() => expect(phaseOf(recorder)).toBe(phase), untilLong);
}

async function openRecorder(): Promise<AvRecorder> {
  const recorder = await mount<AvRecorder>('av-recorder', {});
  await recorder.open();
  return recorder;
}

async function openReady(): Promise<AvRecorder> {
  const recorder = await openRecorder();
  await reach(recorder, 'ready');
  return recorder;
}

function settingsOf(recorder: AvRecorder): Element {
  return inside(recorder, 'av-record-settings');
}

const choose = (recorder: AvRecorder, value: string): void =>
  inside(settingsOf(recorder), `input[value="${value}"]`).click();

const statusOf = (recorder: AvRecorder): string =>
  inside(recorder, '#recorder-status').textContent.trim();

/** Half-way through a change of colour, contrast is nobody's intention. */
async function auditStill(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  await auditPage();
}

const pressMain = (recorder: AvRecorder): void => inside(recorder, '#main').click();

/** Length and tracks as the file itself says them, read anew. */
async function contentOf(file: File) {
  const input = new Input({ formats: ALL_FORMATS, source: new BlobSource(file) });
  const video = await input.getPrimaryVideoTrack();
  const audio = await input.getPrimaryAudioTrack();
  return { seconds: await input.computeDuration(), video, audio };
}

async function load(file: File): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(file);
  await new Promise((resolve, reject) => {
    video.addEventListener('loadeddata', resolve);
    video.addEventListener('error', () => reject(new Error(video.error?.message)));
  });
  return video;
}

describe('av-recorder before a recording', () => {
  it('shows what the camera sees, mirrored, and is accessible', async () => {
    const recorder = await openReady();
    await auditStill();
    const preview = inside<HTMLVideoElement>(recorder, '#preview');
    await vi.waitFor(() => expect(preview.currentTime).toBeGreaterThan(0.1), untilLong);
    expect(preview.videoWidth).toBeGreaterThan(0);
    expect(getComputedStyle(preview).scale).toBe('-1 1');
    expect(statusOf(recorder)).toBe('The camera is on.');
    expect(recorder.shadowRoot!.activeElement?.id).toBe('main');
  });

  it('asks for sound as it is, not for a call’s', async () => {
    await openReady();
    expect(asking.mock.calls[0]![0]).toMatchObject({
      audio: { noiseSuppression: false, echoCancellation: false },
      video: { width: { ideal: 1280 } },
    });
  });

  it('moves the meter with the sound', async () => {
    const recorder = await openReady();
    const meter = inside(inside(recorder, 'av-level'), '[role=meter]');
    const seen = new Set<string>();
    await vi.waitFor(() => {
      seen.add(meter.ariaValueNow!);
      expect(Math.max(...[...seen].map(Number))).toBeGreaterThan(40);
      expect(seen.size).toBeGreaterThan(3);
    }, untilLong);
    expect(meter.ariaValueText).toMatch(/Silent|Quiet|Good|Too loud/);
  });

  it('counts down, aloud too, and can be called off', async () => {
    const recorder = await openReady();
    const said: string[] = [];
    const status = inside(recorder, '#recorder-status');
    new MutationObserver(() => said.push(statusOf(recorder))).observe(status, {
      ...{ childList: true, characterData: true, subtree: true },
    });
    pressMain(recorder);
    await reach(recorder, 'counting');
    expect(inside(recorder, '.count').textContent).toBe('3');
    await vi.waitFor(() => expect(inside(recorder, '.count').textContent).toBe('1'), untilLong);
    expect(said).toEqual(['Recording starts in 3', '2', '1']);
    pressMain(recorder);
    await reach(recorder, 'ready');
    expect(trackStates()).toEqual(['live', 'live']);
  });
});

describe('av-recorder with a recording', () => {
  it('gives a clip of five seconds that a player seeks exactly', async () => {
    const recorder = await openReady();
    choose(recorder, '5');
    await recorder.updateComplete;
    expect(inside(recorder, '#main').textContent.trim()).toBe('Record 5 seconds');
    pressMain(recorder);
    await reach(recorder, 'recording');
    expect(inside(recorder, '#seconds-left').textContent).toBe('5');
    await auditStill();
    await reach(recorder, 'recorded');
    await auditStill();
    expect(statusOf(recorder)).toBe('Recorded 5 seconds.');
    expect(trackStates()).toEqual(['ended', 'ended']);

    const chosen = nextEvent('av-file');
    pressMain(recorder);
    const { file } = await chosen;
    await recorder.updateComplete;
    expect(inside<HTMLDialogElement>(recorder, 'dialog').open).toBe(false);
    expect(file.name).toMatch(/^recording-\d{4}-\d\d-\d\d-\d{4}\.webm$/);
    expect(file.type).toBe('video/webm');

    const { seconds, video, audio } = await contentOf(file);
    expect(seconds).toBeGreaterThan(4.4);
    expect(seconds).toBeLessThan(5.8);
    expect([video?.codec, audio?.codec]).toEqual(['vp9', 'opus']);
    const element = await load(file);
    expect(element.duration).toBeCloseTo(seconds, 1);
    expect(element.seekable.end(0)).toBeCloseTo(seconds, 1);

    const moments: Playback[] = [];
    document.body.addEventListener('av-playback', ({ playback }) => moments.push(playback));
    const src = element.src;
    const player = await mount<AvPlayer>('av-player', { src, mime: file.type, name: file.name });
    await vi.waitFor(() => expect(moments.at(-1)?.endSeconds).toBeCloseTo(seconds, 1), untilLong);
    player.seek = { timeSeconds: 3.2, serial: 1 };
    await vi.waitFor(() => expect(moments.at(-1)?.timeSeconds).toBeCloseTo(3.2, 1), untilLong);
  });

  it('uses a clip that is stopped early, of a second at least', async () => {
    const recorder = await openReady();
    pressMain(recorder);
    await reach(recorder, 'recording');
    const chosen = nextEvent('av-file');
    pressMain(recorder);
    const { file } = await chosen;
    const { seconds } = await contentOf(file);
    expect(seconds).toBeGreaterThan(0.7);
    expect(seconds).toBeLessThan(4);
    expect(phaseOf(recorder)).toBe('closed');
    expect(trackStates()).toEqual(['ended', 'ended']);
  });

  it('takes a double click on Record for one press', async () => {
    const recorder = await openReady();
    const main = inside(recorder, '#main');
    main.dispatchEvent(new MouseEvent('click', { detail: 1 }));
    await reach(recorder, 'counting');
    main.dispatchEvent(new MouseEvent('click', { detail: 2 }));
    await recorder.updateComplete;
    expect(phaseOf(recorder)).toBe('counting');
    const held = new KeyboardEvent('keydown', { key: 'Enter', repeat: true, cancelable: true });
    expect(main.dispatchEvent(held)).toBe(false);
  });

  it('records again', async () => {
    const recorder = await openReady();
    pressMain(recorder);
    await reach(recorder, 'recording');
    inside(recorder, '#again').click();
    await reach(recorder, 'counting');
    await auditStill();
    await reach(recorder, 'recording');
    expect(Number(inside(recorder, '#seconds-left').textContent)).toBeGreaterThan(7);
    recorder.close();
  });

  it('records the sound only', async () => {
    const recorder = await openReady();
    choose(recorder, 'sound');
    await vi.waitFor(() => expect(asking).toHaveBeenCalledTimes(2), untilLong);
    await reach(recorder, 'ready');
    await auditStill();
    expect(asking.mock.calls[1]![0]).toMatchObject({ video: false });
    pressMain(recorder);
    await reach(recorder, 'recording');
    await vi.waitFor(
      () => expect(inside(recorder, '#seconds-left').textContent).toBe('8'),
      untilLong,
    );
    const chosen = nextEvent('av-file');
    pressMain(recorder);
    const { file } = await chosen;
    expect(file.type).toBe('audio/webm');
    const { seconds, video, audio } = await contentOf(file);
    expect([video, audio?.codec]).toEqual([null, 'opus']);
    expect((await load(file)).duration).toBeCloseTo(seconds, 1);
  });
});

describe('av-recorder turns the devices off', () => {
  const waysOut: Record<string, (recorder: AvRecorder) => void> = {
    'when it is closed': (recorder) => inside(recorder, '#close-recorder').click(),
    // What the browser does on Esc, on a click beside it, and on a phone's Back.
    'on a request to close': (recorder) =>
      inside<HTMLDialogElement>(recorder, 'dialog').requestClose(),
    'when the page is hidden': () => {
      vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
      document.dispatchEvent(new Event('visibilitychange'));
    },
    'when it is taken out of the page': (recorder) => recorder.remove(),
  };

  it.each(Object.keys(waysOut))('%s', async (name) => {
    const recorder = await openReady();
    expect(trackStates()).toEqual(['live', 'live']);
    waysOut[name]!(recorder);
    await vi.waitFor(() => expect(trackStates()).toEqual(['ended', 'ended']));
    await vi.waitFor(() => expect(phaseOf(recorder)).toBe('closed'));
  });

  it.each(Object.keys(waysOut))(
    '%s in the middle of a recording, and gives no clip',
    async (name) => {
      const recorder = await openReady();
      const clips = vi.fn();
      document.body.addEventListener('av-file', clips, { once: true });
      pressMain(recorder);
      await reach(recorder, 'recording');
      waysOut[name]!(recorder);
      await vi.waitFor(() => expect(trackStates()).toEqual(['ended', 'ended']));
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(clips).not.toHaveBeenCalled();
      document.body.removeEventListener('av-file', clips);
    },
  );

  it('where it was closed before the visitor answered', async () => {
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const real = asking.getMockImplementation()!;
    asking.mockImplementation((wish) => answered.then(() => real(wish)));
    const recorder = await mount<AvRecorder>('av-recorder', {});
    const opening = recorder.open();
    await reach(recorder, 'asking');
    await vi.waitFor(() => expect(asking).toHaveBeenCalled());
    recorder.close();
    answer();
    await opening;
    await vi.waitFor(() => expect(trackStates()).toEqual(['ended', 'ended']));
    expect(phaseOf(recorder)).toBe('closed');
  });

  it('gives the keyboard back to what opened it', async () => {
    const recorder = await mount<AvRecorder>('av-recorder', {});
    const opener = document.createElement('button');
    document.body.append(opener);
    opener.focus();
    await recorder.open();
    await reach(recorder, 'ready');
    inside(recorder, '#close-recorder').click();
    expect(document.activeElement).toBe(opener);
  });
});

describe('av-recorder where nothing can be recorded', () => {
  const troubles = [
    ['NotAllowedError', 'Permission denied', 'denied'],
    ['NotAllowedError', 'Permission denied by system', 'denied-by-system'],
    ['NotReadableError', 'Could not start video source', 'busy'],
    ['NotFoundError', 'Requested device not found', 'no-camera'],
    ['TypeError', 'What', 'failed'],
  ] as const;

  it.each(troubles)('says in a plain sentence: %s, %s', async (name, message, trouble) => {
    asking.mockRejectedValueOnce(new DOMException(message, name));
    const recorder = await openRecorder();
    await reach(recorder, 'failed');
    await auditStill();
    const alert = inside(recorder, '[role=alert]');
    expect(alert.dataset['trouble']).toBe(trouble);
    expect(alert.textContent).not.toContain(name);
    pressMain(recorder);
    await reach(recorder, 'ready');
  });

  it('offers the sound where there is no camera', async () => {
    asking.mockRejectedValueOnce(new DOMException('', 'NotFoundError'));
    const recorder = await openRecorder();
    await reach(recorder, 'failed');
    inside(recorder, '#sound-instead').click();
    await reach(recorder, 'ready');
    expect(streams[0]!.getVideoTracks()).toEqual([]);
  });

  it('records without sound where there is no microphone', async () => {
    const real = await navigator.mediaDevices.enumerateDevices();
    vi.spyOn(navigator.mediaDevices, 'enumerateDevices').mockResolvedValue(
      real.filter(({ kind }) => kind === 'videoinput'),
    );
    const recorder = await openReady();
    expect(streams[0]!.getAudioTracks()).toEqual([]);
    expect(inside(recorder, '.meter').textContent).toContain('no microphone');
  });

  it('says that the address is not secure, or the browser too old', async () => {
    const mediaDevices = vi.spyOn(navigator, 'mediaDevices', 'get');
    mediaDevices.mockReturnValue(undefined as unknown as MediaDevices);
    const recorder = await openRecorder();
    await reach(recorder, 'failed');
    expect(inside(recorder, '#trouble').dataset['trouble']).toBe('insecure');
    mediaDevices.mockRestore();
    vi.stubGlobal('MediaRecorder', undefined);
    pressMain(recorder);
    await vi.waitFor(() =>
      expect(inside(recorder, '#trouble').dataset['trouble']).toBe('unsupported'),
    );
    vi.unstubAllGlobals();
  });

  it('says that the camera went away', async () => {
    const recorder = await openReady();
    streams[0]!.getVideoTracks()[0]!.dispatchEvent(new Event('ended'));
    await reach(recorder, 'failed');
    expect(inside(recorder, '#trouble').dataset['trouble']).toBe('lost');
    expect(trackStates()).toEqual(['ended', 'ended']);
  });
});

describe('recording', () => {
  it('prefers VP9 in WebM, and takes MP4 where there is no WebM', () => {
    expect(chooseType(false)).toBe('video/webm;codecs=vp9,opus');
    vi.spyOn(MediaRecorder, 'isTypeSupported').mockImplementation((type) => type.includes('mp4'));
    expect([chooseType(false), chooseType(true)]).toEqual(['video/mp4', 'audio/mp4']);
  });

  it('writes the duration that a live stream lacks, and keeps what it cannot read', async () => {
    const wish = { soundOnly: false, cameraId: '', microphoneId: '' };
    const capture = await Capture.open(wish, new AbortController().signal);
    // In slices, as a live stream: without a duration.
    const parts: Blob[] = [];
    const recorder = new MediaRecorder(capture.stream, { mimeType: capture.type });
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    recorder.start(200);
    setTimeout(() => recorder.stop(), 1000);
    await new Promise((resolve) => recorder.addEventListener('stop', resolve));
    capture.close();
    const raw = new File(parts, 'recording.webm', { type: 'video/webm' });
    expect((await load(raw)).duration).toBe(Infinity);
    const written = await withDuration(raw);
    expect((await load(written)).duration).toBeLessThan(3);
    expect([written.name, written.type]).toEqual([raw.name, 'video/webm']);
    const odd = new File(['not a film'], 'recording.webm', { type: 'video/webm' });
    expect(await withDuration(odd)).toBe(odd);
  });

  it('names a clip after its local time', () => {
    const at = new Date(2026, 10, 29, 23, 45);
    expect(nameRecording('video/webm', at)).toBe('recording-2026-11-29-2345.webm');
    expect(nameRecording('video/mp4', at)).toBe('recording-2026-11-29-2345.mp4');
    expect(nameRecording('audio/mp4', at)).toBe('recording-2026-11-29-2345.m4a');
  });
});
