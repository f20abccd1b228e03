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

/** A closed outline around the middle line, in a box of `peaks.length` by 2. */
export function outline(peaks: Float32Array): string {
  const upper = Array.from(peaks, (peak, x) => `${x} ${(1 - peak * 0.94).toFixed(3)}`);
  const lower = Array.from(peaks, (peak, x) => `${x} ${(1 + peak * 0.94).toFixed(3)}`).reverse();
  return `M${upper.join('L')}L${lower.join('L')}Z`;
}
