import { AppError } from '../errors';
import { createPairSpectrum } from './fft';
import { filterSpectrum, triangleFilters, type MelFilter } from './mel-filters';

/** Kaldi's numbers for 16 kHz, and BEATs' own for the last step. */
const SAMPLE_RATE = 16_000;
const BANDS = 128;
const WINDOW = 400;
const HOP = 160;
const POINTS = 512;
const LOWEST_HZ = 20;
const PRE_EMPHASIS = 0.97;
const FULL_SCALE = 32768;
const LEAST_POWER = 2 ** -23;
const MEAN = 15.41663;
const SPREAD = 2 * 6.55582;

/** Frames that lie wholly inside a chunk: 2998 of 30 s. */
export function fbankFrames(samples: number): number {
  return 1 + Math.floor((samples - WINDOW) / HOP);
}

/**
 * Prepares window and filters once. The function that comes back turns a chunk of 16 kHz samples
 * (amplitude −1…1) into `[fbankFrames, 128]`, normalised for BEATs: of every frame the mean is taken
 * away, highs are lifted, and ln of the power in 128 mel bands counts.
 *
 * Source: `torchaudio.compliance.kaldi.fbank` (num_mel_bins 128, no dither) and BEATs'
 * `preprocess`. Reference: `beats_fbank`, models/tools/av_reasoner/preprocess.py.
 * @throws AppError `bug` for a chunk without a whole frame
 */
export function createKaldiFbank(): (chunk: Float32Array) => Float32Array {
  const powersOf = createPairSpectrum(POINTS);
  const filters = kaldiFilters();
  const window = Float64Array.from(
    { length: WINDOW },
    // Povey's window: a symmetric Hann window to the power of 0.85.
    (_, i) => (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (WINDOW - 1))) ** 0.85,
  );
  const frames = [new Float64Array(WINDOW), new Float64Array(WINDOW)] as const;
  const powers = [new Float64Array(POINTS / 2 + 1), new Float64Array(POINTS / 2 + 1)] as const;
  const bands = new Float64Array(BANDS);

  return (chunk) => {
    if (chunk.length < WINDOW) throw new AppError('bug', 'A chunk of sound is too short.');
    const count = fbankFrames(chunk.length);
    const out = new Float32Array(count * BANDS);
    for (let frame = 0; frame < count; frame += 2) {
      cutFrame(chunk, frame * HOP, window, frames[0]);
      cutFrame(chunk, Math.min(frame + 1, count - 1) * HOP, window, frames[1]);
      powersOf(frames[0], frames[1], powers[0], powers[1]);
      for (let half = 0; half < 2 && frame + half < count; half++) {
        filterSpectrum(filters, powers[half]!, bands);
        const to = (frame + half) * BANDS;
        for (let band = 0; band < BANDS; band++)
          out[to + band] = (Math.log(Math.max(bands[band]!, LEAST_POWER)) - MEAN) / SPREAD;
      }
    }
    return out;
  };
}

/** One frame without its mean, pre-emphasised (its first sample stands before itself), windowed. */
function cutFrame(
  chunk: Float32Array,
  start: number,
  window: Float64Array,
  out: Float64Array,
): void {
  let mean = 0;
  for (let i = 0; i < WINDOW; i++) mean += chunk[start + i]!;
  mean /= WINDOW;
  let before = (chunk[start]! - mean) * FULL_SCALE;
  for (let i = 0; i < WINDOW; i++) {
    const value = (chunk[start + i]! - mean) * FULL_SCALE;
    out[i] = (value - PRE_EMPHASIS * before) * window[i]!;
    before = value;
  }
}

/** Triangles straight in mel; the Nyquist bin counts for nothing. Source: Kaldi's `get_mel_banks`. */
function kaldiFilters(): MelFilter[] {
  const toMel = (hz: number): number => 1127 * Math.log(1 + hz / 700);
  const low = toMel(LOWEST_HZ);
  const step = (toMel(SAMPLE_RATE / 2) - low) / (BANDS + 1);
  return triangleFilters(
    Float64Array.from({ length: BANDS + 2 }, (_, i) => low + i * step),
    Float64Array.from({ length: POINTS / 2 }, (_, k) => toMel((k * SAMPLE_RATE) / POINTS)),
  );
}
