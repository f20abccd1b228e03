import { melFrames, MEL_BINS } from './whisper-mel';

/*
 * Ola hears a recording in chunks of a fixed length (30 s: 480,000 samples at 16 kHz), the last one
 * filled up with zeros, and at most 25 of them. Both numbers come from the bundle's manifest.
 * Source: `load_audio` of Ola's infer.py; reference: `split_chunks`, models/tools/av_reasoner/preprocess.py.
 */

/** Chunks that a recording of so many samples fills, at least one. */
export function countChunks(samples: number, chunkSamples: number): number {
  return Math.max(1, Math.ceil(samples / chunkSamples));
}

/** The numbers of the chunks that the released code hears: the first `most`. */
export function firstChunks(total: number, most: number): number[] {
  return Array.from({ length: Math.min(total, most) }, (_, i) => i);
}

/**
 * The numbers of at most `most` chunks, evenly over the whole recording, ascending: the middles of
 * `most` equal stretches. All of them where they are few enough.
 */
export function chooseChunks(total: number, most: number): number[] {
  if (total <= most) return firstChunks(total, most);
  return Array.from({ length: most }, (_, i) => Math.floor(((i + 0.5) * total) / most));
}

/** Chunk `index` as a view of the recording; the last one is a copy, filled up with zeros. */
export function cutChunk(
  recording: Float32Array,
  index: number,
  chunkSamples: number,
): Float32Array {
  const start = index * chunkSamples;
  const view = recording.subarray(start, start + chunkSamples);
  if (view.length === chunkSamples) return view;
  const filled = new Float32Array(chunkSamples);
  filled.set(view);
  return filled;
}

/**
 * What stands in for a missing sound track, as one chunk. It is not what silence gives: the picture
 * that Whisper hears is zero everywhere (silence would be −1.5), while BEATs hears a silent wave.
 */
export function noAudio(chunkSamples: number): { mel: Float32Array; wave: Float32Array } {
  return {
    mel: new Float32Array(MEL_BINS * melFrames(chunkSamples)),
    wave: new Float32Array(chunkSamples),
  };
}
