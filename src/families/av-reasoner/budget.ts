import type { MediaInfo, MediaUse } from '../../media/media';
import { chooseChunks, countChunks, firstChunks } from '../../tensors/audio-chunks';
import { linspaceIndices } from '../../tensors/frame-indices';
import { fitFrame, patchGrid, tokensPerFrame } from '../../tensors/ola-frame';
import type { AvReasonerManifest } from '../../weights/manifest';
import type { Compat } from './settings';

type Numbers = Pick<AvReasonerManifest['avReasoner'], 'vision' | 'audio' | 'context'>;

/** What of a clip goes into the model's context, in positions of the decoder. */
export interface Budget {
  /** Ascending, on the media's clock. */
  timesSeconds: number[];
  tokensPerFrame: number;
  /** Chunks of sound that there are, by the length of the clip. */
  totalChunks: number;
  /** Most chunks that have room. */
  mostChunks: number;
  compat: Compat;
}

export interface BudgetRequest {
  info: MediaInfo;
  numbers: Numbers;
  compat: Compat;
  /** Most frames. */
  frames: number;
  /** Positions of everything that is text, with `frames` frames. */
  textTokens: number;
  maxNewTokens: number;
}

/** Begin and end vectors around the frames, and around the sound. */
const boundaries = 2;

/** Positions of a whole picture sequence. Source: reference C.4. */
export function pictureTokens(frames: number, perFrame: number): number {
  return frames === 0 ? 0 : frames * perFrame + boundaries;
}

/** Positions of the sound: 150 and a newline for every chunk. Source: reference C.5. */
export function soundTokens(chunks: number, perChunk: number): number {
  return chunks === 0 ? 0 : chunks * perChunk + boundaries;
}

/**
 * Chooses frames and chunks of sound. A chunk of 30 s costs less than one frame, so sound goes first
 * and frames take what is left; both are spread evenly over the clip. Without a sound track one chunk
 * is still counted: the model was trained with an empty one. A still picture has none. Of single
 * pictures that may be looked at, the first that are named have room, so that each keeps its number.
 */
export function budget(request: BudgetRequest): Budget {
  const { info, numbers, compat } = request;
  const { audio, context } = numbers;
  const perFrame = info.video ? tokensOf(info.video, numbers) : 0;
  const totalChunks = soundChunks(info, numbers);
  const total = info.video ? frameCount(info) : 0;
  const pick = (count: number) => frameTimes(info, total, count);
  const base = { tokensPerFrame: perFrame, totalChunks, compat };
  const mostHeard = Math.min(totalChunks, audio.maxChunks);
  if (compat === 'released') return { ...base, timesSeconds: pick(1), mostChunks: mostHeard };
  const wanted = Math.min(total, request.frames);
  if (compat === 'intended') return { ...base, timesSeconds: pick(wanted), mostChunks: mostHeard };

  const room = context - request.maxNewTokens - request.textTokens;
  const framesBeside = (chunks: number): number => {
    if (wanted === 0) return 0;
    const left = room - soundTokens(chunks, audio.tokensPerChunk) - boundaries;
    return Math.min(wanted, Math.floor(left / perFrame));
  };
  // Sound may take so much that few frames are left; then it gives way down to half of the room.
  let chunks = mostHeard;
  const fair = Math.min(wanted, Math.floor(room / 2 / Math.max(1, perFrame)));
  while (
    chunks > 1 &&
    (framesBeside(chunks) < fair || room < soundTokens(chunks, audio.tokensPerChunk))
  )
    chunks--;
  const frames = Math.max(Math.min(1, wanted), framesBeside(chunks));
  const left = room - pictureTokens(frames, perFrame) - boundaries;
  const mostChunks = Math.min(
    audio.maxChunks,
    Math.max(chunks, Math.floor(left / audio.tokensPerChunk)),
  );
  return { ...base, timesSeconds: pick(frames), mostChunks };
}

/** Which chunks of a recording with `total` of them are heard. */
export function heardChunks({ compat, mostChunks }: Budget, total: number): number[] {
  return compat === 'budgeted' ? chooseChunks(total, mostChunks) : firstChunks(total, mostChunks);
}

/** What the model was shown, and a sentence about what it was not. */
export function mediaUse(
  info: MediaInfo,
  { audio, vision }: Numbers,
  frames: { shown: number; planned: number },
  chunks: { heard: readonly number[]; total: number },
): MediaUse {
  const chunkSeconds = audio.chunkSamples / audio.sampleRate;
  const soundSeconds = info.audio ? info.durationSeconds : 0;
  const lengthOf = (chunk: number) =>
    Math.min(chunkSeconds, Math.max(0, soundSeconds - chunk * chunkSeconds));
  const heardSeconds = info.audio
    ? chunks.heard.reduce((sum, chunk) => sum + lengthOf(chunk), 0)
    : 0;
  const notes: string[] = [];
  const { pictureSeconds } = info;
  const most = info.video ? Math.min(vision.frames, frameCount(info)) : 0;
  if (pictureSeconds && frames.shown < pictureSeconds.length)
    notes.push(`The model was shown ${frames.shown} of ${pictureSeconds.length} pictures.`);
  // A file may hold fewer pictures than its frame rate says; that leaves nothing out.
  if (!pictureSeconds && frames.planned < most)
    notes.push(
      `The model was shown ${frames.shown} ${frames.shown === 1 ? 'frame' : 'frames'}; it takes up to ${most} at once.`,
    );
  if (info.audio && chunks.heard.length < chunks.total)
    notes.push(
      `It heard ${Math.round(heardSeconds)} of ${Math.round(soundSeconds)} seconds of sound.`,
    );
  const note = notes.length > 0 ? notes.join(' ') : null;
  return { frames: frames.shown, heardSeconds, soundSeconds, note };
}

function tokensOf(video: { width: number; height: number }, { vision }: Numbers): number {
  return tokensPerFrame(
    patchGrid(fitFrame(video.width, video.height, vision, 'infer'), vision.patch),
  );
}

function soundChunks(info: MediaInfo, { audio }: Numbers): number {
  if (!info.audio) return info.durationSeconds > 0 ? 1 : 0;
  return countChunks(Math.round(info.durationSeconds * audio.sampleRate), audio.chunkSamples);
}

/** Where the file does not say how many frames a second has, 25 stand for it. */
function frameRate({ video }: MediaInfo): number {
  return video && video.fps > 0 ? video.fps : 25;
}

function frameCount(info: MediaInfo): number {
  if (info.pictureSeconds) return info.pictureSeconds.length;
  return Math.max(1, Math.round(info.durationSeconds * frameRate(info)));
}

/** A frame is shown once, where Ola repeats the frames of very short clips. */
function frameTimes(info: MediaInfo, total: number, count: number): number[] {
  if (count === 0) return [];
  if (info.pictureSeconds) return info.pictureSeconds.slice(0, count).sort((a, b) => a - b);
  const rate = frameRate(info);
  return [...new Set(linspaceIndices(total, count))].map(
    (index) => info.startSeconds + index / rate,
  );
}
