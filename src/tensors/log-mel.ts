import { createPairSpectrum } from './fft';
import { filterSpectrum, triangleFilters, type MelFilter } from './mel-filters';

/** How sound becomes the picture that the sound tower reads. */
export interface LogMelConfig {
  sampleRate: number;
  /** Samples under the window (periodic Hann), and points of the transform (even). */
  windowLength: number;
  fftLength: number;
  hopLength: number;
  melBins: number;
  minHz: number;
  maxHz: number;
  /** Total power of a frame below which a recording counts as digital silence. */
  minReference: number;
  /** value = (ln(power / reference + floor) + offset) · scale */
  floor: number;
  offset: number;
  scale: number;
}

/** Log-mel spectra of a recording, frame by frame, so that long ones need little memory. */
export interface LogMel {
  /** Frames of so many samples, at least one. Frame t is centred on sample t · hopLength. */
  frameCount(samples: number): number;
  /**
   * The loudest frame's total mel power: what the recording is measured against, so that gain does
   * not matter. Never below `minReference`.
   */
  reference(samples: Float32Array): number;
  /** Frames `first` to `first + count − 1`, `[count, melBins]` in row order. Silence outside. */
  frames(samples: Float32Array, first: number, count: number, reference: number): Float32Array;
}

/**
 * Prepares windows, twiddle factors and mel filters once.
 * Source of the numbers: `models/tools/sound/features.py`.
 */
export function createLogMel(config: LogMelConfig): LogMel {
  const { melBins, hopLength, windowLength, fftLength } = config;
  const powersOf = createPairSpectrum(fftLength);
  const filters = melFilters(config);
  const window = Float64Array.from(
    { length: windowLength },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / windowLength),
  );

  /** Calls `take` with the mel power of every frame; two frames share one transform. */
  function eachFrame(
    samples: Float32Array,
    first: number,
    count: number,
    take: (index: number, power: Float64Array) => void,
  ): void {
    const cut = [new Float64Array(windowLength), new Float64Array(windowLength)] as const;
    const spectra = [
      new Float64Array(fftLength / 2 + 1),
      new Float64Array(fftLength / 2 + 1),
    ] as const;
    const power = new Float64Array(melBins);
    for (let index = 0; index < count; index += 2) {
      const start = (first + index) * hopLength - (windowLength >> 1);
      for (let i = 0; i < windowLength; i++) {
        cut[0][i] = (samples[start + i] ?? 0) * window[i]!;
        cut[1][i] = (samples[start + hopLength + i] ?? 0) * window[i]!;
      }
      powersOf(cut[0], cut[1], spectra[0], spectra[1]);
      for (let half = 0; half < 2 && index + half < count; half++) {
        filterSpectrum(filters, spectra[half]!, power);
        take(index + half, power);
      }
    }
  }

  const frameCount = (samples: number): number => Math.max(1, Math.ceil(samples / hopLength));
  return {
    frameCount,
    reference(samples) {
      let loudest = config.minReference;
      eachFrame(samples, 0, frameCount(samples.length), (_, power) => {
        let total = 0;
        for (let bin = 0; bin < melBins; bin++) total += power[bin]!;
        if (total > loudest) loudest = total;
      });
      return loudest;
    },
    frames(samples, first, count, reference) {
      const out = new Float32Array(count * melBins);
      eachFrame(samples, first, count, (index, power) => {
        for (let bin = 0; bin < melBins; bin++)
          out[index * melBins + bin] =
            (Math.log(power[bin]! / reference + config.floor) + config.offset) * config.scale;
      });
      return out;
    },
  };
}

/** Triangles of height 1 on the HTK mel scale, straight in Hz. */
function melFilters(config: LogMelConfig): MelFilter[] {
  const toMel = (hz: number): number => 2595 * Math.log10(1 + hz / 700);
  const toHz = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);
  const low = toMel(config.minHz);
  const step = (toMel(config.maxHz) - low) / (config.melBins + 1);
  const hzPerBin = config.sampleRate / config.fftLength;
  return triangleFilters(
    Float64Array.from({ length: config.melBins + 2 }, (_, i) => toHz(low + i * step)),
    Float64Array.from({ length: config.fftLength / 2 + 1 }, (_, k) => k * hzPerBin),
  );
}
