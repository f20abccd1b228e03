import {
  Mp4OutputFormat,
  Quality,
  WebMOutputFormat,
  canEncodeAudio,
  canEncodeVideo,
  type AudioCodec,
  type OutputFormat,
  type VideoCodec,
} from 'mediabunny';

/** A file that this browser can write. */
export interface OutputPlan {
  format: OutputFormat;
  extension: 'mp4' | 'webm';
  mime: string;
  video: VideoCodec;
  /** The source's own codec where its packets are copied; null where there is no sound. */
  audio: AudioCodec | null;
}

export interface SoundSource {
  codec: AudioCodec;
  channels: number;
  sampleRate: number;
}

/**
 * By bit rate: told a quantizer for each frame, Chromium's VP9 encoder leaves parts of a picture as
 * they were in the one before.
 */
export const quality = new Quality({ quality: 'high', preferBitrate: true });

interface Container {
  extension: OutputPlan['extension'];
  make: () => OutputFormat;
  /** In order of preference: what most players take, then what is quick to write. */
  video: readonly VideoCodec[];
  /** The first is what other sound is turned into. */
  audio: readonly [AudioCodec, ...AudioCodec[]];
}

const containers: readonly Container[] = [
  {
    extension: 'mp4',
    make: () => new Mp4OutputFormat({ fastStart: false }),
    video: ['avc'],
    audio: ['aac', 'mp3'],
  },
  {
    extension: 'webm',
    make: () => new WebMOutputFormat(),
    video: ['vp9', 'vp8', 'av1'],
    audio: ['opus', 'vorbis'],
  },
];

/** What this browser can write a clip of this size and sound as, the most widely played first. */
export async function listOutputPlans(
  wish: 'mp4' | 'webm' | 'auto',
  size: { width: number; height: number },
  sound: SoundSource | null,
): Promise<OutputPlan[]> {
  const plans: OutputPlan[] = [];
  for (const { extension, make, video, audio } of containers) {
    if (wish !== 'auto' && wish !== extension) continue;
    const audioCodec = sound && (await soundCodec(sound, audio));
    if (sound && !audioCodec) continue;
    for (const codec of video) {
      if (!(await canEncodeVideo(codec, { ...size, quality }))) continue;
      const format = make();
      plans.push({
        format,
        extension,
        mime: `video/${extension}`,
        video: codec,
        audio: audioCodec,
      });
      break;
    }
  }
  return plans;
}

async function soundCodec(
  { codec, channels, sampleRate }: SoundSource,
  [usual, ...others]: Container['audio'],
): Promise<AudioCodec | null> {
  if (codec === usual || others.includes(codec)) return codec;
  const same = { numberOfChannels: channels, sampleRate, quality };
  const stereo = { numberOfChannels: 2, sampleRate: 48000, quality };
  const fits = (await canEncodeAudio(usual, same)) || (await canEncodeAudio(usual, stereo));
  return fits ? usual : null;
}
