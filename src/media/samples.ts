import { AppError } from '../errors';
import type { Decoder } from './decoder';
import { INPUT, OUT } from './mount-points';
import type { Samples } from './media';
import type { AudioTrack } from './probe';

const SAMPLE_RATE = 16000;

/** See {@link Media.samples}. */
export async function readSamples(
  decoder: Decoder,
  track: AudioTrack,
  signal: AbortSignal,
  range?: readonly [number, number],
): Promise<Samples> {
  const [from, to] = range ?? [track.startSeconds, Infinity];
  const firstSample = Math.ceil(Math.max(from, track.startSeconds) * track.sampleRate);
  const startSeconds = firstSample / track.sampleRate;
  const seek = startSeconds > track.startSeconds;
  // `first_pts` (counted in samples of the track) and `async` pin the result to the media's clock:
  // its first sample falls on `startSeconds`, and a hole in the track (over 0.1 s) becomes silence
  // instead of a shift. `rematrix_maxval` makes the down-mix a mean, which cannot clip.
  const filters = [
    ...(seek || to < Infinity ? [`atrim=start=${startSeconds}${until(to)}`] : []),
    `aresample=${SAMPLE_RATE}:async=1:min_hard_comp=0.1:first_pts=${firstSample}` +
      ':out_channel_layout=mono:out_sample_fmt=flt:rematrix_maxval=1',
    'aformat=sample_fmts=flt:channel_layouts=mono',
  ];
  const args = [
    ...['-hide_banner', '-loglevel', 'info', '-copyts', '-protocol_whitelist', 'file'],
    ...(seek ? ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', startSeconds.toFixed(6)] : []),
    ...['-i', INPUT, '-map', `0:${track.index}`, '-af', filters.join(',')],
    ...['-f', 'f32le', `${OUT}/sound.f32`],
  ];
  const { files, log } = await decoder.run('ffmpeg', args, signal);
  const bytes = files.get('sound.f32');
  if (!bytes || bytes.byteLength < 4) {
    if (range) return { sampleRate: SAMPLE_RATE, startSeconds, data: new Float32Array(0) };
    throw new AppError('decode-failed', 'The sound in this file could not be decoded.', {
      cause: log.slice(-5).join('\n'),
    });
  }
  const data = new Float32Array(bytes.buffer, 0, Math.floor(bytes.byteLength / 4));
  // Lossy codecs overshoot.
  data.forEach((value, i) => (data[i] = Math.min(1, Math.max(-1, value))));
  return { sampleRate: SAMPLE_RATE, startSeconds, data };
}

function until(seconds: number): string {
  return seconds < Infinity ? `:end=${seconds}` : '';
}
