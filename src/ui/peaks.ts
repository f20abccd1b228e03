/** Larger files are not read for a drawing: decoding needs them in memory as a whole. */
const mostBytes = 48_000_000;

/** Enough for the shape, and a twentieth of the memory of full rate. */
const sampleRate = 8000;

/**
 * The outline of a file's sound for the timeline: the loudest amplitude in each of `count` equal
 * slices, 0…1, the loudest slice at 1. Null where the browser finds no sound, or the file is large.
 * A decoration: what the model hears comes from ffmpeg in the worker.
 */
export async function loadPeaks(file: File, count: number): Promise<Float32Array | null> {
  if (file.size > mostBytes || file.type.startsWith('image/')) return null;
  try {
    const context = new OfflineAudioContext(1, 1, sampleRate);
    const sound = await context.decodeAudioData(await file.arrayBuffer());
    return peaksOf(sound.getChannelData(0), count);
  } catch {
    return null;
  }
}

/** See {@link loadPeaks}; null for digital silence. */
export function peaksOf(samples: Float32Array, count: number): Float32Array | null {
  const peaks = new Float32Array(count);
  let loudest = 0;
  samples.forEach((sample, index) => {
    const slice = Math.floor((index * count) / samples.length);
    const level = Math.abs(sample);
    if (level > (peaks[slice] ?? 0)) peaks[slice] = level;
    if (level > loudest) loudest = level;
  });
  return loudest > 0 ? peaks.map((peak) => peak / loudest) : null;
}

/**
 * The loudest of each of `count` equal parts of the stretch from `fromShare` to `toShare` (0…1 of the
 * whole). Where the parts are finer than the peaks, a peak stands for several.
 */
export function peaksBetween(
  peaks: Float32Array,
  fromShare: number,
  toShare: number,
  count: number,
): Float32Array {
  const from = fromShare * peaks.length;
  const width = ((toShare - fromShare) * peaks.length) / count;
  return Float32Array.from({ length: count }, (_, part) => {
    const first = Math.floor(from + part * width);
    const last = Math.max(first + 1, Math.floor(from + (part + 1) * width));
    let loudest = 0;
    for (let at = first; at < last; at += 1) loudest = Math.max(loudest, peaks[at] ?? 0);
    return loudest;
  });
}
