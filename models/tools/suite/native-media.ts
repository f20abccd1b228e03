import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { AppError } from '../../../src/errors';
import { frameSize, pictureFor } from '../../../src/media/frame-plan';
import type { Frame, FramePlan, Media, MediaInfo, Samples } from '../../../src/media/media';
import { parseProbe, probeQuery, type AudioTrack } from '../../../src/media/probe';

/*
 * The media of a run, decoded by the ffmpeg of this machine: the same pictures and samples as in the
 * browser, several times as fast. All frames of a plan come from one run, each the one that the plan
 * asks for (the browser takes the nearest keyframe instead where the plan is very sparse).
 */

const run = promisify(execFile);
const quiet = ['-v', 'error', '-threads', '1'];
const sampleRate = 16000;

async function probeJson<T>(path: string, args: readonly string[]): Promise<T> {
  const { stdout } = await run('ffprobe', [...args, path], {
    maxBuffer: 2 ** 28,
  }).catch((cause: unknown) => {
    throw new AppError('file-unreadable', `${path} is not a video or sound file.`, { cause });
  });
  return JSON.parse(stdout) as T;
}

/** @throws AppError `file-unreadable`, `no-media-track` */
export async function openNativeMedia(path: string): Promise<Media> {
  const { info, video, audio } = parseProbe(await probeJson(path, probeQuery));
  return {
    info,
    async *frames(plan, signal) {
      if (!video) throw new AppError('no-media-track', 'This file holds no pictures.');
      yield* readFrames(path, info, video.index, plan, signal);
    },
    async samples(signal, range) {
      if (!audio) throw new AppError('no-media-track', 'This file holds no sound.');
      return readSamples(path, audio, signal, range);
    },
    close: () => Promise.resolve(),
  };
}

/** Presentation times of all pictures, ascending; what an edit list leaves out is left out. */
async function pictureTimes(path: string, index: number): Promise<number[]> {
  const args = [
    ...['-v', 'error', '-of', 'json', '-select_streams', String(index)],
    ...['-show_entries', 'packet=pts_time,flags'],
  ];
  const { packets = [] } = await probeJson<{ packets?: { pts_time?: string; flags: string }[] }>(
    path,
    args,
  );
  return packets
    .filter(({ flags }) => !flags.includes('D'))
    .map(({ pts_time }) => Number(pts_time))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
}

async function* readFrames(
  path: string,
  info: MediaInfo,
  index: number,
  plan: FramePlan,
  signal: AbortSignal,
): AsyncGenerator<Frame> {
  const { width, height } = frameSize(info.video!, plan.maxSide);
  const all = info.durationSeconds === 0 ? [] : await pictureTimes(path, index);
  const chosen = [...new Set(plan.timesSeconds.map((time) => pictureFor(all, time, plan)))];
  chosen.sort((a, b) => a - b);
  const times = all.length > 0 ? chosen.map((i) => all[i]!) : [info.startSeconds];
  const terms = times.map((t) => `between(t,${(t - 1e-3).toFixed(6)},${(t + 1e-3).toFixed(6)})`);
  // ffmpeg takes sums of at most a hundred terms, but sums of sums.
  const sums = terms.flatMap((_, i) =>
    i % 50 === 0 ? `(${terms.slice(i, i + 50).join('+')})` : [],
  );
  const select = all.length > 0 ? [`select='${sums.join('+')}'`] : [];
  const turned = info.video!.rotationDegrees % 180 !== 0;
  const scale = `scale=${turned ? `${height}:${width}` : `${width}:${height}`},format=rgba`;
  const turns: Record<number, string> = {
    90: 'transpose=clock',
    180: 'hflip,vflip',
    270: 'transpose=cclock',
  };
  const filters = [...select, scale, turns[info.video!.rotationDegrees] ?? []].flat();
  const args = [
    ...[...quiet, '-copyts', '-noautorotate', '-i', path, '-map', `0:${index}`],
    ...['-fps_mode', 'passthrough', '-vf', filters.join(','), '-frames:v', String(times.length)],
    ...['-f', 'rawvideo', '-'],
  ];
  const child = spawn('ffmpeg', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const bytes = width * height * 4;
    let data = new Uint8ClampedArray(bytes);
    let filled = 0;
    let done = 0;
    for await (const part of child.stdout as AsyncIterable<Uint8Array>) {
      signal.throwIfAborted();
      for (let at = 0; at < part.length;) {
        const taken = part.subarray(at, at + bytes - filled);
        data.set(taken, filled);
        at += taken.length;
        filled += taken.length;
        if (filled < bytes || done >= times.length) continue;
        yield { timestampSeconds: times[done++]!, width, height, data };
        data = new Uint8ClampedArray(bytes);
        filled = 0;
      }
    }
    if (done === 0) throw new AppError('decode-failed', `No picture of ${path} could be decoded.`);
  } finally {
    child.kill();
  }
}

/** The filters of `src/media/samples.ts`: a mean of the channels, on the media's clock. */
async function readSamples(
  path: string,
  track: AudioTrack,
  signal: AbortSignal,
  range?: readonly [number, number],
): Promise<Samples> {
  const { startSeconds: trackStart, sampleRate: rate } = track;
  const [from, to] = range ?? [trackStart, Infinity];
  const firstSample = Math.ceil(Math.max(from, trackStart) * rate);
  const startSeconds = firstSample / rate;
  const until = to < Infinity ? `:end=${to}` : '';
  const filters = [
    ...(range ? [`atrim=start=${startSeconds}${until}`] : []),
    `aresample=${sampleRate}:async=1:min_hard_comp=0.1:first_pts=${firstSample}` +
      ':out_channel_layout=mono:out_sample_fmt=flt:rematrix_maxval=1',
    'aformat=sample_fmts=flt:channel_layouts=mono',
  ];
  const args = [
    ...[...quiet, '-copyts', '-i', path, '-map', `0:${track.index}`],
    ...['-af', filters.join(','), '-f', 'f32le', '-'],
  ];
  const { stdout } = await run('ffmpeg', args, {
    encoding: 'buffer',
    maxBuffer: 2 ** 30,
    signal,
  });
  const bytes = new Uint8Array(stdout);
  const data = new Float32Array(bytes.buffer, 0, Math.floor(bytes.byteLength / 4));
  data.forEach((value, i) => (data[i] = Math.min(1, Math.max(-1, value))));
  return { sampleRate, startSeconds, data };
}
