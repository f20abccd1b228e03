import {
  ADTS,
  BlobSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  UnsupportedInputFormatError,
  WAVE,
  WEBM,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny';
import { AppError } from '../errors';

const formats = [MP4, QTFF, MATROSKA, WEBM, MPEG_TS, OGG, MP3, WAVE, FLAC, ADTS];

/** A visitor's file, opened by the browser's own decoders. */
export interface RenderSource {
  input: Input;
  video: InputVideoTrack | null;
  audio: InputAudioTrack | null;
  /** Displayed size of a picture, rotation and pixel aspect applied; null for sound alone. */
  frame: { width: number; height: number } | null;
  /** Where the file begins and ends on its own clock. */
  startSeconds: number;
  endSeconds: number;
}

/**
 * @throws AppError `render-failed` where this browser cannot decode all that the file holds,
 *   `no-media-track` where it holds nothing
 */
export async function openSource(file: File): Promise<RenderSource> {
  const input = new Input({ source: new BlobSource(file), formats });
  try {
    await input.getFormat().catch((error: unknown) => {
      const isUnknown = error instanceof UnsupportedInputFormatError;
      const why = isUnknown ? 'cannot open this kind of file' : 'cannot read this file';
      throw new AppError('render-failed', `This browser ${why}.`, { cause: error });
    });
    const video = await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    const tracks = [video, audio].filter((track) => track !== null);
    if (tracks.length === 0) {
      throw new AppError('no-media-track', 'This file holds neither pictures nor sound.');
    }
    for (const track of tracks) {
      if (await track.canDecode()) continue;
      const codec = (await track.getCodec()) ?? 'an unknown format';
      const what = track.isVideoTrack() ? 'pictures' : 'sound';
      const name = codecNames[codec] ?? codec;
      throw new AppError(
        'render-failed',
        `This browser cannot decode the ${what} of this file (${name}).`,
      );
    }
    return {
      input,
      video,
      audio,
      frame: video && (await displayedSize(video)),
      // What comes before 0 is there for the decoder only.
      startSeconds: Math.max(0, await input.getFirstTimestamp(tracks)),
      endSeconds: await input.computeDuration(tracks),
    };
  } catch (error) {
    input.dispose();
    throw error;
  }
}

const codecNames: Readonly<Record<string, string>> = {
  ac3: 'AC-3',
  eac3: 'E-AC-3',
  avc: 'H.264',
  av1: 'AV1',
  dts: 'DTS',
  hevc: 'HEVC',
  prores: 'ProRes',
};

/** As `media/probe.ts` has it: pixel aspect changes the stored width, then rotation applies. */
async function displayedSize(video: InputVideoTrack): Promise<{ width: number; height: number }> {
  const { num, den } = await video.getPixelAspectRatio();
  const stored = await video.getCodedWidth();
  const size = [Math.round((stored * num) / den), await video.getCodedHeight()] as const;
  const [width, height] = (await video.getRotation()) % 180 === 0 ? size : [size[1], size[0]];
  return { width, height };
}
