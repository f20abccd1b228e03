import { AppError } from '../errors';
import { Decoder } from './decoder';
import { FrameReader } from './frames';
import type { Media } from './media';
import { lastEnd, listPackets } from './packets';
import { parseProbe, PROBE_FILE, probeArgs } from './probe';
import { readSamples } from './samples';

/**
 * Probes a file and makes it ready for decoding. Nothing is copied: ffmpeg reads the File in place.
 * @throws AppError `file-unreadable`, `no-media-track`, `decode-failed`; `AbortError`
 */
export async function openMedia(file: File, signal: AbortSignal): Promise<Media> {
  if (file.size === 0) throw new AppError('file-unreadable', 'This file is empty.');
  const decoder = new Decoder(file);
  try {
    const { files } = await decoder.run('ffprobe', probeArgs, signal);
    const probe = parseProbe(JSON.parse(new TextDecoder().decode(files.get(PROBE_FILE)) || '{}'));
    if (probe.durationMissing) {
      const end = lastEnd(await listPackets(decoder, signal));
      probe.info.durationSeconds = end - probe.info.startSeconds;
    }
    return {
      info: probe.info,
      frames: async function* (plan, signal) {
        const { info, video } = probe;
        if (!info.video || !video) {
          throw new AppError('no-media-track', 'This file holds no pictures.');
        }
        yield* new FrameReader(decoder, info, info.video, video, plan, signal).read();
      },
      samples: async (signal, range) => {
        if (!probe.audio) throw new AppError('no-media-track', 'This file holds no sound.');
        return readSamples(decoder, probe.audio, signal, range);
      },
      close: () => {
        decoder.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    decoder.close();
    throw error;
  }
}
