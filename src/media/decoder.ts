import { FFFSType, FFmpeg, type LogEvent } from '@ffmpeg/ffmpeg';
import { AppError } from '../errors';
import { codecUrls } from './ffmpeg';
import { OUT } from './mount-points';

/** What one run of ffmpeg or ffprobe left behind. */
export interface RunResult {
  exitCode: number;
  /** Log lines, in order. */
  log: string[];
  /** Contents of the output folder by file name. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

/** An instance faults after some tens of runs (ffmpeg.wasm issue #820), so it is replaced before. */
const RUNS_PER_INSTANCE = 15;
/** ffmpeg writes a status line twice a second; this long a silence is a hang. */
const SILENCE_MS = 25_000;

interface Instance {
  ffmpeg: FFmpeg;
  runs: number;
}

/**
 * ffmpeg.wasm over one mounted file. Owns the life of the instance: starts it late, replaces it
 * when it is worn or has faulted, and ends it at once on abort, on a hang and on close.
 */
export class Decoder {
  #instance: Instance | null = null;
  #busy = false;

  constructor(readonly file: File) {}

  /**
   * One run over the mounted file. A fault (a trap, an exhausted heap) is tried once more on a fresh
   * instance. An exit code other than 0 is a result.
   * @throws AppError `decode-failed` on a second fault or a hang; `AbortError`
   */
  async run(
    tool: 'ffmpeg' | 'ffprobe',
    args: readonly string[],
    signal: AbortSignal,
  ): Promise<RunResult> {
    if (this.#busy) throw new AppError('bug', 'The decoder was asked for two things at once.');
    this.#busy = true;
    try {
      return await this.#attempt(tool, args, signal).catch((error: unknown) => {
        if (error instanceof AppError || signal.aborted) throw error;
        return this.#attempt(tool, args, signal);
      });
    } catch (error) {
      if (signal.aborted) throw new DOMException('Decoding was stopped.', 'AbortError');
      if (error instanceof AppError) throw error;
      throw new AppError('decode-failed', 'The decoder failed on this file.', { cause: error });
    } finally {
      this.#busy = false;
    }
  }

  /** Ends the instance; its memory is free at once. A later run starts another. */
  close(): void {
    this.#instance?.ffmpeg.terminate();
    this.#instance = null;
  }

  async #attempt(
    tool: 'ffmpeg' | 'ffprobe',
    args: readonly string[],
    signal: AbortSignal,
  ): Promise<RunResult> {
    signal.throwIfAborted();
    const urls = await codecUrls();
    let stop: (reason: Error) => void = () => {};
    const stopped = new Promise<never>((_, reject) => (stop = reject));
    const onAbort = () => stop(new DOMException('Decoding was stopped.', 'AbortError'));
    signal.addEventListener('abort', onAbort, { once: true });
    const watchdog = new Watchdog(SILENCE_MS, () =>
      stop(new AppError('decode-failed', 'The decoder stopped responding on this file.')),
    );
    const work = async () => {
      if (this.#instance && this.#instance.runs >= RUNS_PER_INSTANCE) this.close();
      const instance = (this.#instance ??= { ffmpeg: new FFmpeg(), runs: 0 });
      if (!instance.ffmpeg.loaded) await this.#start(instance.ffmpeg, urls);
      instance.runs += 1;
      return collect(instance.ffmpeg, tool, args, () => watchdog.feed());
    };
    try {
      signal.throwIfAborted();
      return await Promise.race([work(), stopped]);
    } catch (error) {
      // Whatever state the instance is in, it is not used again. Terminating is also the only
      // way to stop a run: an aborted promise alone leaves ffmpeg running.
      this.close();
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
      watchdog.stop();
    }
  }

  async #start(ffmpeg: FFmpeg, urls: Awaited<ReturnType<typeof codecUrls>>): Promise<void> {
    await ffmpeg.load({ ...urls });
    await ffmpeg.createDir(OUT);
    await ffmpeg.createDir('/in');
    const mount = { blobs: [{ name: 'media', data: this.file }] };
    await ffmpeg.mount(FFFSType.WORKERFS, mount, '/in');
  }
}

async function collect(
  ffmpeg: FFmpeg,
  tool: 'ffmpeg' | 'ffprobe',
  args: readonly string[],
  onSign: () => void,
): Promise<RunResult> {
  const log: string[] = [];
  const onLog = ({ message }: LogEvent) => {
    log.push(message);
    onSign();
  };
  ffmpeg.on('log', onLog);
  ffmpeg.on('progress', onSign);
  try {
    const exitCode = await (tool === 'ffmpeg' ? ffmpeg.exec([...args]) : ffmpeg.ffprobe([...args]));
    const files = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const { name, isDir } of await ffmpeg.listDir(OUT)) {
      if (isDir) continue;
      files.set(name, (await ffmpeg.readFile(`${OUT}/${name}`)) as Uint8Array<ArrayBuffer>);
      await ffmpeg.deleteFile(`${OUT}/${name}`);
      onSign();
    }
    return { exitCode, log, files };
  } finally {
    ffmpeg.off('log', onLog);
    ffmpeg.off('progress', onSign);
  }
}

/** Calls `onSilence` once when it was not fed for `silenceMs`. */
class Watchdog {
  #timer: ReturnType<typeof setTimeout>;
  constructor(
    private readonly silenceMs: number,
    private readonly onSilence: () => void,
  ) {
    this.#timer = setTimeout(onSilence, silenceMs);
  }
  feed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.onSilence, this.silenceMs);
  }
  stop(): void {
    clearTimeout(this.#timer);
  }
}
