import type { Decoder } from './decoder';
import { INPUT, OUT } from './mount-points';

/** One coded picture or sound block as it stands in the file, not decoded. */
export interface Packet {
  stream: number;
  ptsSeconds: number;
  durationSeconds: number;
  key: boolean;
}

/**
 * Reads the `packets` list of ffprobe's JSON. AVI and raw streams may know only a decoding time,
 * which then stands in, as it does in ffmpeg; packets without any time are dropped.
 */
export function parsePackets(list: readonly Record<string, unknown>[]): Packet[] {
  return list.flatMap((entry) => {
    const ptsSeconds = Number(entry['pts_time'] ?? entry['dts_time'] ?? NaN);
    if (!Number.isFinite(ptsSeconds)) return [];
    const flags = typeof entry['flags'] === 'string' ? entry['flags'] : '';
    // 'D' marks packets that an edit list leaves out.
    if (flags.includes('D')) return [];
    return [
      {
        stream: Number(entry['stream_index'] ?? 0),
        ptsSeconds,
        durationSeconds: Number(entry['duration_time']) || 0,
        key: flags.includes('K'),
      },
    ];
  });
}

/**
 * Longest distance between keyframes in the list, which must be in presentation order. Infinite
 * when the list holds the whole track and fewer than two keyframes; when it holds only the head of
 * the track, the head's length is the best guess.
 */
export function keyframeSpacing(packets: readonly Packet[], isAll: boolean): number {
  const keys = packets.filter((packet) => packet.key).map((packet) => packet.ptsSeconds);
  if (keys.length < 2) {
    const span = (packets.at(-1)?.ptsSeconds ?? 0) - (packets[0]?.ptsSeconds ?? 0);
    return isAll ? Infinity : span;
  }
  return Math.max(...keys.slice(1).map((time, i) => time - (keys[i] ?? time)));
}

/** Where the last of the packets ends; 0 for none. */
export function lastEnd(packets: readonly Packet[]): number {
  return packets.reduce(
    (end, packet) => Math.max(end, packet.ptsSeconds + packet.durationSeconds),
    0,
  );
}

/** Lists packets with ffprobe; nothing is decoded. In presentation order. */
export async function listPackets(
  decoder: Decoder,
  signal: AbortSignal,
  only: { stream?: number; fromSeconds?: number; toSeconds?: number } = {},
): Promise<Packet[]> {
  const { stream, fromSeconds, toSeconds } = only;
  const args = [
    ...['-v', 'error', '-protocol_whitelist', 'file', '-of', 'json'],
    ...(stream === undefined ? [] : ['-select_streams', String(stream)]),
    ...(fromSeconds === undefined ? [] : ['-read_intervals', `${fromSeconds}%${toSeconds ?? ''}`]),
    ...['-show_entries', 'packet=stream_index,pts_time,dts_time,duration_time,flags'],
    ...['-o', `${OUT}/packets.json`, INPUT],
  ];
  const { files } = await decoder.run('ffprobe', args, signal);
  const text = new TextDecoder().decode(files.get('packets.json')) || '{}';
  const { packets = [] } = JSON.parse(text) as { packets?: Record<string, unknown>[] };
  return parsePackets(packets).sort((a, b) => a.ptsSeconds - b.ptsSeconds);
}
