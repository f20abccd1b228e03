import type { Samples } from '../../media/media';
import { createLogMel } from '../../tensors/log-mel';
import type { Graph } from '../../tokens/tensor';
import type { SoundProposal } from './proposal';
import type { SoundConfig } from './sound-config';
import { findSoundEvents, type SoundCurves } from './sound-events';

/**
 * Runs the sound tower over a whole sound track, window by window: the cost grows with the length,
 * and only the curves (36 kB per second of sound) are kept. The context around a window is longer
 * than the tower's reach, so that the windows leave no seam.
 * @param graph `mel [1, frames, bins] → onset [1, steps], activity and class_onset [1, steps, classes],
 *   fingerprint [1, steps, any]`
 * @param onProgress absolute seconds of sound heard so far, and in all.
 * @returns proposals in order of time, on the media's clock; empty for empty or silent sound.
 * @throws AbortError when the signal fires, checked before every window.
 */
export async function hear(
  samples: Samples,
  graph: Graph,
  config: SoundConfig,
  onProgress: (doneSeconds: number, totalSeconds: number) => void,
  signal: AbortSignal,
): Promise<SoundProposal[]> {
  signal.throwIfAborted();
  const { data } = samples;
  if (data.length === 0) return [];
  const { features, labels, events } = config;
  const framesPerSecond = features.sampleRate / features.hopLength;
  const stride = Math.round(events.stepSeconds * framesPerSecond);
  // Windows start on a step, so that each has the same grid as the whole.
  const window = Math.ceil((config.windowSeconds * framesPerSecond) / stride) * stride;
  const context = Math.ceil((config.contextSeconds * framesPerSecond) / stride) * stride;

  const logMel = createLogMel(features);
  const total = logMel.frameCount(data.length);
  const reference = logMel.reference(data);
  if (reference <= features.minReference) return [];
  const steps = Math.ceil(total / stride);
  // `repeated` is made of the others.
  const classes = labels.filter((label) => label !== 'repeated').length;
  const curves: SoundCurves = {
    onset: new Float32Array(steps),
    activity: new Float32Array(steps * classes),
    classOnset: new Float32Array(steps * classes),
    fingerprint: new Float32Array(0),
  };
  for (let start = 0; start < total; start += window) {
    signal.throwIfAborted();
    const first = Math.max(0, start - context);
    const end = Math.min(total, start + window + context);
    const mel = logMel.frames(data, first, end - first, reference);
    const output = await graph.run({
      mel: { dims: [1, end - first, features.melBins], data: mel },
    });
    const skip = (start - first) / stride;
    const to = start / stride;
    const count = Math.min(window / stride, steps - to);
    const keep = (target: Float32Array, name: string, width: number): void => {
      const values = output[name]?.data as Float32Array;
      target.set(values.subarray(skip * width, (skip + count) * width), to * width);
    };
    const size = output['fingerprint']!.dims[2]!;
    if (start === 0) curves.fingerprint = new Float32Array(steps * size);
    keep(curves.onset, 'onset', 1);
    keep(curves.activity, 'activity', classes);
    keep(curves.classOnset, 'class_onset', classes);
    keep(curves.fingerprint, 'fingerprint', size);
    onProgress(Math.min(start + window, total) / framesPerSecond, total / framesPerSecond);
  }
  const durationSeconds = data.length / samples.sampleRate;
  return findSoundEvents(curves, labels, durationSeconds, samples.startSeconds, events);
}
