import type { Category, Clue } from '../clues/clue';
import type { ErrorCode } from '../errors';
import type { MediaInfo, MediaUse } from '../media/media';
import type { Backend } from '../tokens/tensor';

export type { Backend };

/** Receives events of a running call. The worker awaits it, so a slow page slows the worker down. */
export type Emit<T> = (event: T) => void | Promise<void>;

/** What this browser can do, before anything is loaded. */
export interface Capabilities {
  /** The backend that `load` picks on its own. */
  backend: Backend;
  /** Why WebGPU is not used, in a sentence; null where it is. */
  webgpuMissing: string | null;
  shaderF16: boolean;
  /** The adapter's own limits in bytes; null where there is no adapter. */
  limits: { maxBufferSize: number; maxStorageBufferBindingSize: number } | null;
  /** What the browser would still keep for this page, in bytes; null where it does not say. */
  freeBytes: number | null;
  /** Origins besides the page's own that models may come from; decided when the page was built. */
  modelOrigins: readonly string[];
  crossOriginIsolated: boolean;
  threads: number;
}

export interface SourceOptions {
  /** Absent: WebGPU where the adapter is real hardware, else wasm. */
  backend?: Backend;
  /** How the model is asked, by name; what a family does not know, it leaves alone. */
  settings?: Readonly<Record<string, string>>;
}

/** A bundle at an address: fetched, and kept on this device. */
export interface UrlSource extends SourceOptions {
  kind: 'url';
  /** Absolute address of the bundle's `manifest.json`. */
  manifestUrl: string;
}

/** A bundle in a folder of the visitor: used where it lies. */
export interface FolderSource extends SourceOptions {
  kind: 'folder';
  /** The files of the folder itself, none of folders in it. */
  files: readonly File[];
}

export type ModelSource = UrlSource | FolderSource;

/** What a model asks of the device, for one whose manifest is not here. */
export interface ModelNeeds {
  webgpu: boolean;
  shaderF16: boolean;
  largestTensorBytes: number;
  bytes: number;
}

/** What can be said of a model before a byte of it is fetched. */
export interface Inspection {
  bytes: number;
  /** How much of it is on this device already. */
  cachedBytes: number;
  /** Why it would not run here; the decisive reason first. */
  problems: readonly { code: ErrorCode; message: string }[];
}

/** Whether a model can count what a question asks for. */
export interface QuestionReach {
  covered: boolean;
  category: Category | null;
  /** Why not, as a sentence; null where it can. */
  reason: string | null;
}

/** What a model noticed at a first, quick look at a clip: nothing to count by, but worth asking about. */
export interface Glimpse {
  info: MediaInfo;
  /** Words of the model's reach, the most noticed first. */
  sounds: readonly string[];
  objects: readonly string[];
}

export interface LoadEvent {
  kind: 'progress';
  /** `verify`: a folder's files are read and compared with the manifest. */
  stage: 'fetch' | 'verify' | 'compile' | 'codec';
  /** Of `fetch` and `verify` bytes, those that were here before included. */
  done: number;
  total: number;
}

/** A line of the model card's measured table, in per cent. */
export interface Figure {
  /** The kind of question it speaks of. */
  category: Category;
  label: string;
  exact: number;
  withinOne: number;
  /** How many answers it was measured on. */
  n: number;
  /** The same, by how sure the model was of its answers. */
  calibration: readonly Reliability[];
}

/** How often answers of about one confidence were right, in per cent. */
export interface Reliability {
  /** Answer confidence 0…1: `from` belongs to it, `to` to the next. */
  from: number;
  to: number;
  exact: number;
  withinOne: number;
  n: number;
}

export interface ModelInfo {
  id: string;
  title: string;
  version: string;
  /** sha256 of the manifest, which names the sha256 of every shard. */
  sha256: string;
  backend: Backend;
  bytes: number;
  licence: string;
  /** True where the weights are random: the model runs, and its answers mean nothing. */
  testWeights: boolean;
  /** True where the model reads the question as words, and so can be asked to think first. */
  asksInWords: boolean;
  /** What it can count and tell apart, as words for the page: “dog bark”, “push-up”, “person”, “red”. */
  reach: Readonly<Record<'sound' | 'movement' | 'object' | 'colour', readonly string[]>>;
  figures: readonly Figure[];
}

export type Stage = 'probe' | 'listen' | 'look' | 'reason';

/** What a question may say beside its words. All of it may be left out. */
export interface AnalyzeOptions {
  /**
   * Only this part of the file, in seconds of its own clock, as if it were cut to it: nothing outside is
   * seen, heard or counted. What reaches beyond the file is cut off. The answer's times stay on the
   * file's clock.
   */
  rangeSeconds?: readonly [number, number];
  /**
   * Only the pictures that are shown at these times, in seconds of the file's clock, and no sound. The
   * order is that of the frames; a time that comes again is no further frame.
   */
  frameSeconds?: readonly number[];
  /** What is counted, where the asker knows it; a model that tells by the question alone ignores it. */
  category?: Category;
  /**
   * How a model that is asked in words is asked: for the bare number or for the clues, with thoughts
   * before or without. Absent: as its settings say.
   */
  ask?: { reply: 'number' | 'clues'; thinks: boolean };
}

export interface AnalyzeRequest extends AnalyzeOptions {
  file: File;
  question: string;
}

export type AnalyzeEvent =
  | { kind: 'media'; info: MediaInfo }
  | { kind: 'progress'; stage: Stage; done: number; total: number }
  | { kind: 'text'; text: string }
  | { kind: 'clue'; clue: Clue };

export interface Analysis {
  /** Null where the question is not covered or the model's text has no number. */
  count: number | null;
  category: Category | null;
  /** 0…1: how sure the model is of the count; absent where it does not say. */
  answerConfidence?: number;
  /**
   * What the model said when it was asked for the number alone, beside the count of its clues; absent
   * where it was not asked, null where it gave none.
   */
  bareCount?: number | null;
  /** How much of the clip the model was shown; absent where it takes all that it plans for. */
  used?: MediaUse;
  clues: Clue[];
  covered: boolean;
  /** True where the model spoke but its text holds no readable answer. */
  unparsed: boolean;
  thinkText: string;
  answerText: string;
  /** The whole reply as it was written, by a model that is asked in words; absent for any other. */
  replyText?: string;
  model: { id: string; version: string; sha256: string };
  backend: Backend;
  /** Wall-clock milliseconds per stage; `decode`: what listening and looking waited for ffmpeg. */
  timings: Partial<Record<Stage | 'decode', number>>;
  /** The whole file, also where only a part of it was asked about. */
  media: {
    durationSeconds: number;
    fps: number | null;
    width: number | null;
    height: number | null;
    hasAudio: boolean;
  };
}

/** The worker as the page sees it: a call is one promise, one event stream and one signal. */
export interface ReasonerApi {
  /** Answers as soon as the worker pauses: a sign of life. */
  isAlive(): Promise<true>;
  probe(): Promise<Capabilities>;
  /** @throws AppError `model-refused`, `model-fetch-failed`, `model-corrupt` */
  inspect(model: UrlSource | ModelNeeds): Promise<Inspection>;
  /** What a model's manifest says of it, before a byte of its weights. @throws as `inspect` */
  describe(model: UrlSource): Promise<ModelInfo>;
  /** Takes a bundle's bytes off this device; a model that runs goes on with what it has read. */
  remove(model: UrlSource): Promise<void>;
  /**
   * What has arrived of a bundle is kept, however the call ends. Questions about the model before are
   * answered while this one is fetched; it stays in use where this one fails.
   * @throws AppError; an abort rejects with `AbortError`
   */
  load(model: ModelSource, emit: Emit<LoadEvent>, signal: AbortSignal): Promise<ModelInfo>;
  /**
   * Answers at once, also while something runs. `info` is null where the file was not opened yet.
   * Null where no model is loaded.
   */
  check(question: string, info: MediaInfo | null): Promise<QuestionReach | null>;
  /** Null where the model does not glimpse. @throws AppError; an abort rejects with `AbortError` */
  glimpse(file: File, signal: AbortSignal): Promise<Glimpse | null>;
  /**
   * @throws AppError, `no-media-track` where the file has nothing in the part that was asked about; an
   *   abort rejects with `AbortError`.
   */
  analyze(
    request: AnalyzeRequest,
    emit: Emit<AnalyzeEvent>,
    signal: AbortSignal,
  ): Promise<Analysis>;
}
