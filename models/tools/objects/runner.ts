import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ObjectsConfig } from '../../../src/families/nano/objects-config';
import { objectFrameTimes } from '../../../src/families/nano/sampling';
import { Seer } from '../../../src/families/nano/see';
import type { ObjectProposal } from '../../../src/families/nano/proposal';
import type { Frame, MediaInfo } from '../../../src/media/media';
import type { Graph } from '../../../src/tokens/tensor';
import { nativeRuntime } from '../native-runtime';

const here = import.meta.dirname;
export const config = JSON.parse(readFileSync(`${here}/config.json`, 'utf8')) as ObjectsConfig;

/** The detector on native ONNX Runtime, one thread. */
export function openGraph(): Promise<Graph> {
  return nativeRuntime.load(readFileSync(`${here}/../../served/nano/objects.onnx`));
}

export interface Clip {
  path: string;
  width: number;
  height: number;
  durationSeconds: number;
  fps: number;
}

/** What the tower saw in a clip, and what is there to be seen. */
export interface Seen {
  file: string;
  clip: Clip;
  /** Classes that are counted on, of `present`. */
  truth: Record<string, number>;
  present: readonly string[];
  proposals: ObjectProposal[];
}

/** The planned frames of a clip, decoded by the ffmpeg of this machine. */
export function framesOf(clip: Clip): Frame[] {
  const info: MediaInfo = {
    container: '',
    durationSeconds: clip.durationSeconds,
    startSeconds: 0,
    video: {
      codec: '',
      fps: clip.fps,
      width: clip.width,
      height: clip.height,
      rotationDegrees: 0,
      pixelAspect: 1,
    },
    audio: null,
  };
  const scale = Math.min(1, config.sampling.maxSide / Math.max(clip.width, clip.height));
  const width = Math.max(1, Math.round(clip.width * scale));
  const height = Math.max(1, Math.round(clip.height * scale));
  return objectFrameTimes(info, config.sampling).map((timestampSeconds) => {
    const seek = clip.durationSeconds > 0 ? ['-ss', timestampSeconds.toFixed(3)] : [];
    const pixels = execFileSync(
      'ffmpeg',
      [
        '-v',
        'error',
        '-threads',
        '1',
        ...seek,
        '-i',
        clip.path,
        '-frames:v',
        '1',
        '-vf',
        `scale=${width}:${height}:flags=area`,
        '-f',
        'rawvideo',
        '-pix_fmt',
        'rgba',
        '-',
      ],
      { maxBuffer: width * height * 4 + 1024 },
    );
    return { timestampSeconds, width, height, data: new Uint8ClampedArray(pixels) };
  });
}

/** Runs the whole tower over a clip. */
export async function proposalsOf(
  graph: Graph,
  clip: Clip,
  frames = framesOf(clip),
): Promise<ObjectProposal[]> {
  const seer = new Seer(graph, config, clip, frames.length);
  for (const frame of frames) await seer.look(frame);
  return seer.finish();
}
