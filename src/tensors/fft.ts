/**
 * Writes the power spectra, bins 0 to n / 2, of two frames of real samples of at most n numbers,
 * zeros behind them. The frames are windowed already.
 */
export type PairSpectrum = (
  first: Float64Array,
  second: Float64Array,
  firstPower: Float64Array,
  secondPower: Float64Array,
) => void;

/**
 * Prepares a transform of any even length; it is fast where the length has small prime factors. One
 * frame is the real, the other the imaginary part of a single complex mixed-radix transform
 * (Cooley–Tukey, decimation in time).
 */
export function createPairSpectrum(length: number): PairSpectrum {
  const n = length;
  const stages = primeFactors(n);
  const cosines = Float64Array.from({ length: n }, (_, i) => Math.cos((2 * Math.PI * i) / n));
  const sines = Float64Array.from({ length: n }, (_, i) => -Math.sin((2 * Math.PI * i) / n));
  const slots = slotsOf(n, stages);
  const real = new Float64Array(n);
  const imaginary = new Float64Array(n);
  const partRe = new Float64Array(Math.max(...stages));
  const partIm = new Float64Array(Math.max(...stages));

  function mergePairs(half: number): void {
    const stride = n / (half * 2);
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

  /** Joins `radix` neighbouring spectra of `size` bins each, wherever they lie. */
  function merge(radix: number, size: number): void {
    const stride = n / (size * radix);
    const spoke = n / radix;
    for (let start = 0; start < n; start += size * radix) {
      for (let k = 0; k < size; k++) {
        for (let q = 0, at = start + k; q < radix; q++, at += size) {
          const turn = q * k * stride;
          partRe[q] = real[at]! * cosines[turn]! - imaginary[at]! * sines[turn]!;
          partIm[q] = real[at]! * sines[turn]! + imaginary[at]! * cosines[turn]!;
        }
        for (let p = 0, at = start + k; p < radix; p++, at += size) {
          let re = partRe[0]!;
          let im = partIm[0]!;
          for (let q = 1; q < radix; q++) {
            const turn = ((p * q) % radix) * spoke;
            re += partRe[q]! * cosines[turn]! - partIm[q]! * sines[turn]!;
            im += partRe[q]! * sines[turn]! + partIm[q]! * cosines[turn]!;
          }
          real[at] = re;
          imaginary[at] = im;
        }
      }
    }
  }

  return (first, second, firstPower, secondPower) => {
    real.fill(0);
    imaginary.fill(0);
    for (let i = 0; i < first.length; i++) {
      real[slots[i]!] = first[i]!;
      imaginary[slots[i]!] = second[i]!;
    }
    let size = 1;
    for (const radix of stages) {
      if (radix === 2) mergePairs(size);
      else merge(radix, size);
      size *= radix;
    }
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

/** Ascending, so that the twos come first. */
function primeFactors(n: number): number[] {
  const factors: number[] = [];
  for (let prime = 2, rest = n; rest > 1;) {
    if (rest % prime === 0) {
      factors.push(prime);
      rest /= prime;
    } else prime++;
  }
  return factors;
}

/** Where sample i must lie before the first stage: its digits in reverse order. */
function slotsOf(n: number, stages: readonly number[]): Uint32Array {
  return Uint32Array.from({ length: n }, (_, i) => {
    let slot = 0;
    let size = n;
    for (let stage = stages.length - 1, rest = i; stage >= 0; stage--) {
      const radix = stages[stage]!;
      size /= radix;
      slot += (rest % radix) * size;
      rest = Math.floor(rest / radix);
    }
    return slot;
  });
}
