import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { MotionConfig } from '../../../src/families/nano/motion/motion-config';
import type { Frame, MediaInfo } from '../../../src/media/media';
import type { Graph } from '../../../src/tokens/tensor';
import { nativeRuntime } from '../native-runtime';

const here = import.meta.dirname;
export const config = JSON.parse(readFileSync(`${here}/config.json`, 'utf8')) as MotionConfig & {
  graphs: { pose: string };
};

/** The pose graph on native ONNX Runtime, one thread. */
export function openGraph(): Promise<Graph> {
  return nativeRuntime.load(readFileSync(`${here}/../../served/nano/${config.graphs.pose}`));
}

/** A decoded clip: every frame, small, at its own time. */
export interface Clip {
  info: MediaInfo;
  frames: Frame[];
}

/**
 * Decodes a clip with the ffmpeg of this machine.
 * @param filter more ffmpeg filters, before the picture is scaled down
 */
export function openClip(path: string, filter = ''): Clip {
  const before = filter === '' ? [] : [filter];
  const probe = JSON.parse(
    execFileSync('ffprobe', [
      ...['-v', 'error', '-select_streams', 'v:0', '-of', 'json', '-show_entries'],
      ...['stream=width,height,avg_frame_rate:format=duration:stream_side_data=rotation', path],
    ]).toString(),
  ) as {
    streams: {
      width: number;
      height: number;
      side_data_list?: { rotation?: number }[];
    }[];
  };
  const stream = probe.streams[0]!;
  const turned = Math.abs(stream.side_data_list?.[0]?.rotation ?? 0) % 180 === 90;
  const shown = turned
    ? { width: stream.height, height: stream.width }
    : { width: stream.width, height: stream.height };
  const scale = Math.min(1, config.sampling.maxSide / Math.max(shown.width, shown.height));
  const width = Math.max(1, Math.round(shown.width * scale));
  const height = Math.max(1, Math.round(shown.height * scale));
  const chain = [...before, `scale=${width}:${height}:flags=area`, 'showinfo'].join(',');
  const args = ['-nostdin', '-threads', '1', '-i', path, '-an', '-fps_mode', 'passthrough'];
  const output = ['-vf', chain, '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'];
  const decoded = spawnSync('ffmpeg', [...args, ...output], { maxBuffer: 2 ** 31 - 1 });
  if (decoded.status !== 0)
    throw new Error(`ffmpeg cannot decode ${path}: ${decoded.stderr.toString()}`);
  const bytes = decoded.stdout;
  const times = [...decoded.stderr.toString().matchAll(/ pts_time:\s*([-\d.]+)/g)].map((match) =>
    Number(match[1]),
  );
  const size = width * height * 4;
  const frames = times.slice(0, Math.floor(bytes.length / size)).map((timestampSeconds, at) => ({
    timestampSeconds,
    width,
    height,
    data: new Uint8ClampedArray(bytes.buffer, bytes.byteOffset + at * size, size),
  }));
  const first = frames[0]?.timestampSeconds ?? 0;
  const last = frames.at(-1)?.timestampSeconds ?? 0;
  const fps = frames.length > 1 ? (frames.length - 1) / (last - first) : 0;
  const durationSeconds = last - first + (fps > 0 ? 1 / fps : 0);
  const video = { codec: '', fps, ...shown, rotationDegrees: 0, pixelAspect: 1 };
  return {
    info: { container: '', durationSeconds, startSeconds: first, video, audio: null },
    frames,
  };
}

/** The frames nearest to the planned times, each once. */
export function pick(frames: readonly Frame[], times: readonly number[]): Frame[] {
  const chosen = new Set<Frame>();
  let at = 0;
  for (const time of times) {
    while (
      at < frames.length - 1 &&
      Math.abs(frames[at + 1]!.timestampSeconds - time) <=
        Math.abs(frames[at]!.timestampSeconds - time)
    )
      at++;
    chosen.add(frames[at]!);
  }
  return [...chosen];
}
