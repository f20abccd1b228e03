import { AppError } from '../errors';
import type { AudioInfo, MediaInfo, VideoInfo } from './media';
import { INPUT, OUT } from './mount-points';
import { lastEnd, parsePackets, type Packet } from './packets';

/** What the decoding stages need to know beyond {@link MediaInfo}. */
export interface Probe {
  info: MediaInfo;
  /** The duration is not written in the file: read all packets (see {@link listPackets}). */
  durationMissing: boolean;
  video: VideoTrack | null;
  audio: AudioTrack | null;
}

export interface VideoTrack {
  /** Index of the stream in the file, as ffmpeg's `-map` takes it. */
  index: number;
  /** Stored size, before rotation and pixel aspect. */
  codedWidth: number;
  codedHeight: number;
  /** The packets at the head of the file, in presentation order. */
  head: readonly Packet[];
  /** The head is the whole track. */
  headIsAll: boolean;
}

export interface AudioTrack {
  index: number;
  /** Presentation time of the first sample. */
  startSeconds: number;
  sampleRate: number;
}

/** Enough to see a few keyframes; bounded, whatever the bit rate and length of the file. */
const HEAD_PACKETS = 800;

/** What ffprobe is asked of any file, in JSON. */
export const probeQuery: readonly string[] = [
  ...['-v', 'error', '-protocol_whitelist', 'file', '-of', 'json'],
  ...['-read_intervals', `%+#${HEAD_PACKETS}`, '-show_entries'],
  'format=format_name,start_time,duration' +
    ':stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,avg_frame_rate' +
    ',start_time,duration,sample_rate,channels' +
    ':stream_disposition=attached_pic,timed_thumbnails,default' +
    ':stream_side_data=rotation' +
    ':packet=stream_index,pts_time,dts_time,duration_time,flags',
];

/** Arguments for ffprobe; its answer lands in the output folder as {@link PROBE_FILE}. */
export const PROBE_FILE = 'probe.json';
export const probeArgs: readonly string[] = [
  ...probeQuery,
  ...['-o', `${OUT}/${PROBE_FILE}`, INPUT],
];

/** The part of ffprobe's JSON that {@link probeQuery} asks for. Numbers come as text mostly. */
interface ProbeJson {
  format?: { format_name?: string; start_time?: string; duration?: string };
  streams?: Stream[];
  packets?: Record<string, unknown>[];
}
interface Stream {
  index: number;
  codec_type?: string;
  codec_name?: string;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  avg_frame_rate?: string;
  start_time?: string;
  duration?: string;
  sample_rate?: string;
  channels?: number;
  disposition?: Record<string, number>;
  side_data_list?: { rotation?: number }[];
}

/** Containers of one picture. ffprobe gives them a made-up frame rate. */
const STILL = /(^|,)(image2|[a-z0-9]+_pipe|ico)(,|$)/;

/**
 * Reads ffprobe's JSON (see {@link probeQuery}).
 * @throws AppError `file-unreadable` when it is not media, `no-media-track` when nothing in it can
 *   be played or heard.
 */
export function parseProbe(json: unknown): Probe {
  const { format, streams = [], packets: entries = [] } = json as ProbeJson;
  if (!format) {
    throw new AppError('file-unreadable', 'This file is not a video or sound file.');
  }
  const container = format.format_name ?? 'unknown';
  const packets = parsePackets(entries);
  // A track without a single packet (a bare header) holds nothing to decode.
  const filled = streams.filter(
    (stream) =>
      entries.some((packet) => packet['stream_index'] === stream.index) ||
      (entries.length >= HEAD_PACKETS && seconds(stream.duration) !== 0),
  );
  const video = pick(filled.filter(isVideo));
  const audio = pick(filled.filter((stream) => stream.codec_type === 'audio'));
  if (!video && !audio) {
    const empty = streams.some((s) => s.codec_type === 'audio' || isVideo(s));
    throw new AppError(
      'no-media-track',
      empty ? 'The tracks in this file are empty.' : 'This file holds neither pictures nor sound.',
    );
  }
  const head = packets
    .filter((packet) => packet.stream === video?.index)
    .sort((a, b) => a.ptsSeconds - b.ptsSeconds);
  const complete = entries.length < HEAD_PACKETS;
  const still =
    video !== undefined && (STILL.test(container) || (container === 'gif' && entries.length === 1));
  const startSeconds = firstNumber(
    seconds(format.start_time),
    seconds(video?.start_time),
    seconds(audio?.start_time),
  );
  // Recorders in browsers write no duration; then the packets tell, when all of them were read.
  const written = seconds(format.duration) || longest(video, audio);
  // MP4 and Matroska count from 0, so what they write is where a late beginner ends.
  const known = complete ? lastEnd(packets) : latestEnd(video, audio);
  const isEnd = written > startSeconds && Math.abs(written - known) < startSeconds / 2;
  const stated = isEnd ? written - startSeconds : written;
  const durationSeconds = still ? 0 : stated || (complete ? lastEnd(packets) - startSeconds : 0);
  return {
    info: {
      container,
      durationSeconds,
      startSeconds,
      video: video ? videoInfo(video, still ? 0 : frameRate(video, head)) : null,
      audio: audio ? audioInfo(audio) : null,
    },
    durationMissing: !still && durationSeconds === 0 && !complete,
    video: video
      ? {
          index: video.index,
          codedWidth: video.width ?? 0,
          codedHeight: video.height ?? 0,
          head,
          headIsAll: complete,
        }
      : null,
    audio: audio
      ? {
          index: audio.index,
          startSeconds: firstNumber(seconds(audio.start_time), startSeconds),
          sampleRate: Number(audio.sample_rate) || 48000,
        }
      : null,
  };
}

function videoInfo(stream: Stream, fps: number): VideoInfo {
  const sideData = stream.side_data_list?.find((data) => data.rotation !== undefined);
  const turn = sideData?.rotation ?? 0;
  // ffprobe's angle is counter-clockwise.
  const rotationDegrees = (((Math.round(-turn / 90) * 90) % 360) + 360) % 360;
  const pixelAspect = ratio(stream.sample_aspect_ratio, ':') || 1;
  const size = [Math.round((stream.width ?? 0) * pixelAspect), stream.height ?? 0] as const;
  const [width, height] = rotationDegrees % 180 === 0 ? size : [size[1], size[0]];
  const codec = stream.codec_name ?? 'unknown';
  return { codec, fps, width, height, rotationDegrees, pixelAspect };
}

/** The container's average; where it has none (0/0, or its clock's tick), that of the head. */
function frameRate(stream: Stream, head: readonly Packet[]): number {
  const average = ratio(stream.avg_frame_rate, '/');
  if (average > 0 && average <= 480) return average;
  const span = (head.at(-1)?.ptsSeconds ?? 0) - (head[0]?.ptsSeconds ?? 0);
  return span > 0 ? (head.length - 1) / span : 0;
}

function audioInfo(stream: Stream): AudioInfo {
  return {
    codec: stream.codec_name ?? 'unknown',
    sampleRate: Number(stream.sample_rate) || 0,
    channels: stream.channels ?? 0,
  };
}

/** Cover art and chapter pictures are tracks of a sound file, not video. */
function isVideo(stream: Stream): boolean {
  const { attached_pic: cover, timed_thumbnails: chapter } = stream.disposition ?? {};
  return stream.codec_type === 'video' && !cover && !chapter && (stream.width ?? 0) > 0;
}

function pick(streams: Stream[]): Stream | undefined {
  return streams.find((stream) => stream.disposition?.['default'] === 1) ?? streams[0];
}

function longest(...streams: (Stream | undefined)[]): number {
  return Math.max(0, ...streams.map((stream) => seconds(stream?.duration) ?? 0));
}

/** Where the tracks end, as far as they say; 0 where none does. */
function latestEnd(...streams: (Stream | undefined)[]): number {
  return Math.max(
    0,
    ...streams.map((stream) => {
      const length = seconds(stream?.duration) ?? 0;
      return length > 0 ? (seconds(stream?.start_time) ?? 0) + length : 0;
    }),
  );
}

function seconds(text: string | undefined): number | undefined {
  const value = text === undefined ? NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function firstNumber(...values: (number | undefined)[]): number {
  return values.find((value) => value !== undefined) ?? 0;
}

/** `30000/1001` or `2:1` as a number; 0 where it says "unknown". */
function ratio(text: string | undefined, separator: string): number {
  const [over, under] = (text ?? '').split(separator).map(Number);
  return over && under && over > 0 && under > 0 ? over / under : 0;
}
