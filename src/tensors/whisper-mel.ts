import { AppError } from '../errors';
import { createPairSpectrum } from './fft';
import { filterSpectrum, triangleFilters, type MelFilter } from './mel-filters';

/** Whisper large-v3's own numbers; they are the same in every bundle, as its weights expect them. */
export const MEL_BINS = 128;
const SAMPLE_RATE = 16_000;
const WINDOW = 400;
const HOP = 160;

/** Spectra of a chunk: 3000 of 30 s. */
export function melFrames(samples: number): number {
  return Math.floor(samples / HOP);
}

/**
 * Prepares window and filters once. The function that comes back turns a chunk of 16 kHz samples
 * (amplitude −1…1) into `[128, melFrames]`: powers of a reflect-padded STFT under a periodic Hann
 * window, in Slaney's mel bands, as (log10 + 4) / 4, nothing more than 8 below the chunk's loudest.
 * The spectrum behind the last sample is left out.
 *
 * Source: `log_mel_spectrogram`, openai/whisper. Reference: `whisper_log_mel`,
 * models/tools/av_reasoner/preprocess.py.
 * @throws AppError `bug` for a chunk that is too short to reflect
 */
export function createWhisperMel(): (chunk: Float32Array) => Float32Array {
  const powersOf = createPairSpectrum(WINDOW);
  const filters = slaneyFilters();
  const window = Float64Array.from(
    { length: WINDOW },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / WINDOW),
  );
  const frames = [new Float64Array(WINDOW), new Float64Array(WINDOW)] as const;
  const powers = [new Float64Array(WINDOW / 2 + 1), new Float64Array(WINDOW / 2 + 1)] as const;
  const bands = new Float64Array(MEL_BINS);

  return (chunk) => {
    if (chunk.length <= WINDOW / 2) throw new AppError('bug', 'A chunk of sound is too short.');
    const count = melFrames(chunk.length);
    const out = new Float32Array(MEL_BINS * count);
    let loudest = -Infinity;
    for (let frame = 0; frame < count; frame += 2) {
      cutFrame(chunk, frame * HOP, window, frames[0]);
      cutFrame(chunk, (frame + 1) * HOP, window, frames[1]);
      powersOf(frames[0], frames[1], powers[0], powers[1]);
      for (let half = 0; half < 2 && frame + half < count; half++) {
        filterSpectrum(filters, powers[half]!, bands);
        for (let band = 0; band < MEL_BINS; band++) {
          const value = Math.log10(Math.max(bands[band]!, 1e-10));
          if (value > loudest) loudest = value;
          out[band * count + frame + half] = value;
        }
      }
    }
    const floor = loudest - 8;
    for (let i = 0; i < out.length; i++) out[i] = (Math.max(out[i]!, floor) + 4) / 4;
    return out;
  };
}

/** The windowed samples around `centre`; beyond the ends the chunk is mirrored. */
function cutFrame(
  chunk: Float32Array,
  centre: number,
  window: Float64Array,
  out: Float64Array,
): void {
  const last = chunk.length - 1;
  for (let i = 0, at = centre - WINDOW / 2; i < WINDOW; i++, at++) {
    const inside = at < 0 ? -at : at > last ? 2 * last - at : at;
    out[i] = chunk[inside]! * window[i]!;
  }
}

/** Triangles of equal area, straight in Hz. Source: `librosa.filters.mel`, norm 'slaney'. */
function slaneyFilters(): MelFilter[] {
  const top = hzToMel(SAMPLE_RATE / 2);
  const corners = Float64Array.from({ length: MEL_BINS + 2 }, (_, i) =>
    melToHz((top * i) / (MEL_BINS + 1)),
  );
  const bins = Float64Array.from({ length: WINDOW / 2 + 1 }, (_, k) => (k * SAMPLE_RATE) / WINDOW);
  const heights = Float64Array.from(
    { length: MEL_BINS },
    (_, band) => 2 / (corners[band + 2]! - corners[band]!),
  );
  return triangleFilters(corners, bins, heights);
}

/** Slaney's mel: linear to 1000 Hz (mel 15), 27 steps for each factor of 6.4 above. */
const LINEAR_HZ = 200 / 3;
const BREAK_HZ = 1000;
const BREAK_MEL = BREAK_HZ / LINEAR_HZ;
const LOG_STEP = Math.log(6.4) / 27;

function hzToMel(hz: number): number {
  return hz < BREAK_HZ ? hz / LINEAR_HZ : BREAK_MEL + Math.log(hz / BREAK_HZ) / LOG_STEP;
}

function melToHz(mel: number): number {
  return mel < BREAK_MEL ? mel * LINEAR_HZ : BREAK_HZ * Math.exp((mel - BREAK_MEL) * LOG_STEP);
}
