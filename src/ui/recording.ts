/** Why nothing can be recorded; `recorder-words.ts` has the sentences. */
export type Trouble =
  | 'insecure'
  | 'unsupported'
  | 'denied'
  | 'denied-by-system'
  | 'no-camera'
  | 'no-devices'
  | 'busy'
  | 'lost'
  | 'failed';

export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  constructor(
    readonly trouble: Trouble,
    options?: { cause?: unknown },
  ) {
    super(trouble, options);
  }
}

/** What to record from; an empty id leaves the choice to the browser. */
export interface CaptureWish {
  soundOnly: boolean;
  cameraId: string;
  microphoneId: string;
}

export interface Device {
  id: string;
  /** Empty until the visitor has allowed its use. */
  label: string;
}

export interface Devices {
  cameras: readonly Device[];
  microphones: readonly Device[];
}

/** A clip is at least this long, however early it is stopped. */
export const leastSeconds = 1;

const videoTypes = [
  'video/webm;codecs=vp9,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'video/mp4',
];
const soundTypes = ['audio/webm;codecs=opus', 'audio/webm', 'audio/mp4'];

/** The best container and codecs that this browser records. @throws RecordingError `unsupported` */
export function chooseType(soundOnly: boolean): string {
  const types = soundOnly ? soundTypes : videoTypes;
  const found =
    typeof MediaRecorder === 'undefined'
      ? undefined
      : types.find((type) => MediaRecorder.isTypeSupported(type));
  if (found === undefined) throw new RecordingError('unsupported');
  return found;
}

/** Name of a recording that was made at this local time: `recording-2026-11-29-2345.webm`. */
export function nameRecording(type: string, at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const ending = type.startsWith('audio/mp4') ? 'm4a' : type.includes('mp4') ? 'mp4' : 'webm';
  return `recording-${date}-${two(at.getHours())}${two(at.getMinutes())}.${ending}`;
}

/** The cameras and microphones that there are. */
export async function listDevices(): Promise<Devices> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind): Device[] =>
    all
      .filter((device) => device.kind === kind)
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { cameras: of('videoinput'), microphones: of('audioinput') };
}

function troubleOf(error: unknown): Trouble {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return /system/i.test(message) ? 'denied-by-system' : 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    // A chosen device that is no longer there.
    case 'OverconstrainedError':
      return 'lost';
    default:
      return 'failed';
  }
}

/** The open camera and microphone. Whoever opens one must close it: until then the camera is on. */
export class Capture {
  #context: AudioContext | null = null;
  #analyser: AnalyserNode | null = null;
  #heard = new Float32Array(1024);

  private constructor(
    readonly stream: MediaStream,
    readonly soundOnly: boolean,
    readonly type: string,
  ) {
    if (!this.hasSound) return;
    this.#context = new AudioContext();
    // A context that was made without a gesture may wait for one.
    this.#context.resume().catch(() => undefined);
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = this.#heard.length;
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
  }

  /**
   * Asks for the devices; the browser may ask the visitor. Where there is no microphone, the picture
   * is recorded alone. Aborted, it lets go of whatever it got.
   * @throws RecordingError
   */
  static async open(wish: CaptureWish, signal: AbortSignal): Promise<Capture> {
    // Not there at all on a page without a secure address.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices) throw new RecordingError('insecure');
    const type = chooseType(wish.soundOnly);
    const { cameras, microphones } = await listDevices();
    // Some browsers list nothing before they are allowed to.
    const unlisted = cameras.length + microphones.length === 0;
    if (!wish.soundOnly && cameras.length === 0 && !unlisted) throw new RecordingError('no-camera');
    if (wish.soundOnly && microphones.length === 0 && !unlisted)
      throw new RecordingError('no-devices');
    const withSound = microphones.length > 0 || unlisted;
    let stream: MediaStream;
    try {
      stream = await devices.getUserMedia({
        audio: withSound && soundOf(wish),
        video: !wish.soundOnly && pictureOf(wish),
      });
    } catch (cause) {
      throw new RecordingError(await explain(cause, wish), { cause });
    }
    if (signal.aborted) {
      release(stream);
      signal.throwIfAborted();
    }
    try {
      return new Capture(stream, wish.soundOnly, type);
    } catch (cause) {
      release(stream);
      throw new RecordingError('failed', { cause });
    }
  }

  get hasSound(): boolean {
    return this.stream.getAudioTracks().length > 0;
  }

  /** True for a camera that looks at the visitor: such a preview is expected to be a mirror. */
  get facesVisitor(): boolean {
    return this.stream.getVideoTracks()[0]?.getSettings().facingMode !== 'environment';
  }

  /** Calls back when a device goes away by itself; not when this is closed. */
  onLost(callback: () => void): void {
    for (const track of this.stream.getTracks()) track.addEventListener('ended', callback);
  }

  /** The loudest of the last 20 ms, 0…1: from −60 dB to full scale. */
  level(): number {
    if (!this.#analyser) return 0;
    this.#analyser.getFloatTimeDomainData(this.#heard);
    const peak = this.#heard.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return peak <= 0.001 ? 0 : Math.min(1, 1 + Math.log10(peak) / 3);
  }

  /** Begins to record; it ends by itself after `seconds`. */
  record(seconds: number): Take {
    // Needed when it ends; by then it is here.
    loadWriter().catch(() => undefined);
    return new Take(this.stream, this.type, seconds);
  }

  /** Turns the devices off. */
  close(): void {
    release(this.stream);
    this.#analyser?.disconnect();
    this.#analyser = null;
    this.#context?.close().catch(() => undefined);
    this.#context = null;
  }
}

/** One recording on its way. */
export class Take {
  /** The clip, when the recording has ended. @throws RecordingError where it came to nothing */
  readonly file: Promise<File>;
  /** True where somebody ended it before its time. */
  isStopped = false;
  #recorder: MediaRecorder;
  #startedAt = 0;
  #endedAt = 0;
  #timer = 0;
  #limit: number;

  constructor(
    stream: MediaStream,
    type: string,
    readonly seconds: number,
  ) {
    this.#limit = seconds;
    this.#recorder = new MediaRecorder(stream, {
      mimeType: type,
      videoBitsPerSecond: 4_000_000,
      audioBitsPerSecond: 128_000,
    });
    this.file = this.#collect(type);
    this.#recorder.start();
  }

  /** Seconds since the recording began. */
  get elapsedSeconds(): number {
    if (this.#startedAt === 0) return 0;
    return ((this.#endedAt || performance.now()) - this.#startedAt) / 1000;
  }

  /** Ends it now, or as soon as the clip is long enough. */
  stop(): void {
    this.isStopped = true;
    this.#limit = Math.min(this.seconds, Math.max(leastSeconds, this.elapsedSeconds));
    // Not yet begun, it looks at the limit when it begins.
    if (this.#startedAt > 0) this.#stopAtLimit();
  }

  /** Ends it at once; the file is of no interest any more. */
  discard(): void {
    clearTimeout(this.#timer);
    this.file.catch(() => undefined);
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  #stopAtLimit(): void {
    clearTimeout(this.#timer);
    const left = this.#limit - this.elapsedSeconds;
    this.#timer = window.setTimeout(() => {
      if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    }, left * 1000);
  }

  #collect(type: string): Promise<File> {
    const parts: Blob[] = [];
    const recorder = this.#recorder;
    return new Promise((resolve, reject) => {
      recorder.addEventListener('start', () => {
        this.#startedAt = performance.now();
        this.#stopAtLimit();
      });
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
      recorder.addEventListener('error', (cause) => {
        reject(new RecordingError('failed', { cause }));
      });
      recorder.addEventListener('stop', () => {
        this.#endedAt = performance.now();
        clearTimeout(this.#timer);
        const made = (recorder.mimeType || type).split(';')[0]!;
        const file = new File(parts, nameRecording(made, new Date()), { type: made });
        if (file.size > 0) resolve(file);
        else reject(new RecordingError('failed'));
      });
    });
  }
}

/**
 * What a microphone does for calls would take away what is to be counted: to a noise filter, claps
 * and barks are noise.
 */
function soundOf({ microphoneId }: CaptureWish): MediaTrackConstraints {
  return {
    ...(microphoneId ? { deviceId: { exact: microphoneId } } : {}),
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: true,
  };
}

function pictureOf({ cameraId }: CaptureWish): MediaTrackConstraints {
  return {
    ...(cameraId ? { deviceId: { exact: cameraId } } : { facingMode: { ideal: 'user' } }),
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: 30 },
  };
}

async function explain(error: unknown, { soundOnly }: CaptureWish): Promise<Trouble> {
  if (!(error instanceof Error) || error.name !== 'NotFoundError') return troubleOf(error);
  const { microphones } = await listDevices();
  return microphones.length > 0 && !soundOnly ? 'no-camera' : 'no-devices';
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

const loadWriter = () => import('../media/make-seekable');

/** The clip with its duration written into it; as it is where that does not work. */
export async function withDuration(raw: File): Promise<File> {
  try {
    const { makeSeekable } = await loadWriter();
    return await makeSeekable(raw);
  } catch {
    return raw;
  }
}

/** @throws AbortError */
export function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
