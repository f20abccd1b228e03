/** How sound becomes the picture that the sound tower reads. */
export interface LogMelConfig {
  sampleRate: number;
  /** Samples under the window (periodic Hann), and points of the transform (a power of two). */
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
  const { melBins, hopLength } = config;
  const powerOfPair = createPairSpectrum(config);
  const filters = melFilters(config);

  /** Calls `take` with the mel power of every frame; two frames share one transform. */
  function eachFrame(
    samples: Float32Array,
    first: number,
    count: number,
    take: (index: number, power: Float64Array) => void,
  ): void {
    const spectra = [
      new Float64Array(config.fftLength / 2 + 1),
      new Float64Array(config.fftLength / 2 + 1),
    ] as const;
    const power = new Float64Array(melBins);
    for (let index = 0; index < count; index += 2) {
      const centre = (first + index) * hopLength;
      powerOfPair(samples, centre, centre + hopLength, spectra[0], spectra[1]);
      for (let half = 0; half < 2 && index + half < count; half++) {
        for (let bin = 0; bin < melBins; bin++) {
          const { from, weights } = filters[bin]!;
          let sum = 0;
          for (let k = 0; k < weights.length; k++) sum += weights[k]! * spectra[half]![from + k]!;
          power[bin] = sum;
        }
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

/** The weights of one mel band over the spectrum bins `from`, `from + 1`, … */
interface MelFilter {
  from: number;
  weights: Float64Array;
}

/** Triangles of height 1 on the HTK mel scale. */
function melFilters(config: LogMelConfig): MelFilter[] {
  const toMel = (hz: number): number => 2595 * Math.log10(1 + hz / 700);
  const toHz = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);
  const low = toMel(config.minHz);
  const step = (toMel(config.maxHz) - low) / (config.melBins + 1);
  const hzPerBin = config.sampleRate / config.fftLength;
  return Array.from({ length: config.melBins }, (_, band) => {
    const [left, middle, right] = [band, band + 1, band + 2].map((i) => toHz(low + i * step)) as [
      number,
      number,
      number,
    ];
    const from = Math.ceil(left / hzPerBin);
    const to = Math.floor(right / hzPerBin);
    const weights = Float64Array.from({ length: Math.max(0, to - from + 1) }, (__, k) => {
      const hz = (from + k) * hzPerBin;
      return Math.max(0, Math.min((hz - left) / (middle - left), (right - hz) / (right - middle)));
    });
    return { from, weights };
  });
}

/**
 * A function that writes the power spectra of two windows of real samples. One is the real, the
 * other the imaginary part of a single complex radix-2 transform.
 */
function createPairSpectrum({ fftLength: n, windowLength }: LogMelConfig) {
  const window = Float64Array.from(
    { length: windowLength },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / windowLength),
  );
  const cosines = Float64Array.from({ length: n / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / n));
  const sines = Float64Array.from({ length: n / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / n));
  const reversed = new Uint16Array(n);
  for (let i = 0; i < n; i++) reversed[i] = (reversed[i >> 1]! >> 1) | (i & 1 ? n >> 1 : 0);
  const real = new Float64Array(n);
  const imaginary = new Float64Array(n);

  function transform(): void {
    for (let half = 1, stride = n >> 1; half < n; half <<= 1, stride >>= 1) {
      for (let start = 0; start < n; start += half << 1) {
        for (let k = 0, turn = 0; k < half; k++, turn += stride) {
          const a = start + k;
          const b = a + half;
          const re = real[b]! * cosines[turn]! - imaginary[b]! * sines[turn]!;
          const im = real[b]! * sines[turn]! + imaginary[b]! * cosines[turn]!;
          real[b] = real[a]! - re;
          imaginary[b] = imaginary[a]! - im;
          real[a] = real[a]! + re;
          imaginary[a] = imaginary[a]! + im;
        }
      }
    }
  }

  return (
    samples: Float32Array,
    firstCentre: number,
    secondCentre: number,
    firstPower: Float64Array,
    secondPower: Float64Array,
  ): void => {
    real.fill(0);
    imaginary.fill(0);
    const a = firstCentre - (windowLength >> 1);
    const b = secondCentre - (windowLength >> 1);
    for (let i = 0; i < windowLength; i++) {
      const slot = reversed[i]!;
      real[slot] = (samples[a + i] ?? 0) * window[i]!;
      imaginary[slot] = (samples[b + i] ?? 0) * window[i]!;
    }
    transform();
    for (let k = 0; k <= n / 2; k++) {
      const mirror = (n - k) % n;
      const evenRe = real[k]! + real[mirror]!;
      const evenIm = imaginary[k]! - imaginary[mirror]!;
      const oddRe = imaginary[k]! + imaginary[mirror]!;
      const oddIm = real[mirror]! - real[k]!;
      firstPower[k] = (evenRe * evenRe + evenIm * evenIm) / 4;
      secondPower[k] = (oddRe * oddRe + oddIm * oddIm) / 4;
    }
  };
}
