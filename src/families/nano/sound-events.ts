import type { SoundProposal } from './proposal';
import { recurrence } from './recurrence';
import type { SoundEventsConfig } from './sound-config';
import { indexOfLargest } from './peak';
import { dampSyllables } from './syllables';

/** What the sound tower says, one value or row per step; probabilities 0…1 but for the last. */
export interface SoundCurves {
  /** Something begins here. */
  onset: Float32Array;
  /** `[steps, classes]`: a sound of the class is going on. */
  activity: Float32Array;
  /** `[steps, classes]`: a sound of the class begins here. */
  classOnset: Float32Array;
  /** `[steps, any]`: what sounds alike points the same way. */
  fingerprint: Float32Array;
}

/**
 * Curves → sound proposals in order of time. Every peak of the onset curve above a low threshold is
 * proposed: the decoder chooses, and cannot point at what is missing.
 * Source: `models/tools/sound/events.py`.
 * @param labels the classes of the curves, or these and `repeated`, whose score is then added.
 * @param durationSeconds length of the sound; nothing ends later.
 * @param startSeconds media time of the first step.
 */
export function findSoundEvents(
  curves: SoundCurves,
  labels: readonly string[],
  durationSeconds: number,
  startSeconds: number,
  config: SoundEventsConfig,
): SoundProposal[] {
  const { onset, activity, fingerprint } = curves;
  const widthOf = (rows: Float32Array): number =>
    Math.round(rows.length / Math.max(1, onset.length));
  const labelCount = widthOf(activity);
  const { stepSeconds } = config;
  const peaks = findPeaks(onset, config);
  const pool = Math.max(1, Math.round(config.poolSeconds / stepSeconds));
  const poolEnds = peaks.map((peak, k) =>
    Math.max(peak + 1, Math.min(peak + pool, peaks[k + 1] ?? onset.length)),
  );
  const scores = peaks.map((peak, k) =>
    classScores(curves, labelCount, peak, poolEnds[k]!, config.onsetShare),
  );
  const prints = peaks.map((peak, k) =>
    direction(fingerprint, widthOf(fingerprint), peak, poolEnds[k]!),
  );
  dampAll(peaks, scores, labels, config);
  const best = scores.map(indexOfLargest);
  const again =
    labels.length > labelCount
      ? recurrence(
          peaks.map((peak) => peak * stepSeconds),
          peaks.map((peak) => onset[peak]!),
          prints,
          config,
        )
      : null;
  const longest = Math.round(config.maxLengthSeconds / stepSeconds);
  return peaks.map((peak, k) => {
    const strength = (j: number): number => scores[j]![best[k]!]! * onset[peaks[j]!]!;
    const rival = peaks.find(
      (_, j) => j > k && best[j] === best[k] && strength(j) >= config.rivalShare * strength(k),
    );
    const last = Math.min(rival ?? onset.length, onset.length, peak + longest);
    const end = fall(activity, scores[k]!, peak, last, config.offShare);
    const start = (peak + vertex(onset, peak)) * stepSeconds;
    const stop = Math.max(end * stepSeconds, start + config.minLengthSeconds);
    return {
      kind: 'sound',
      startSeconds: startSeconds + Math.max(0, Math.min(start, durationSeconds)),
      endSeconds: startSeconds + Math.min(stop, Math.max(durationSeconds, start)),
      confidence: onset[peak]!,
      classScores: again ? Float32Array.of(...scores[k]!, again[k]!) : scores[k]!,
      fingerprint: prints[k]!,
    };
  });
}

/** Local maxima; of two equal values the first wins. */
function findPeaks(onset: Float32Array, config: SoundEventsConfig): number[] {
  const reach = Math.round(config.minGapSeconds / config.stepSeconds);
  const peaks: number[] = [];
  for (let i = 0; i < onset.length; i++) {
    const value = onset[i]!;
    let isPeak = value >= config.onsetThreshold;
    for (let d = 1; isPeak && d <= reach; d++)
      isPeak = value > (onset[i - d] ?? -1) && value >= (onset[i + d] ?? -1);
    if (isPeak) peaks.push(i);
  }
  return peaks;
}

/** Mean activity of steps `peak` to `end − 1`, weighed with the class's own onset around the peak. */
function classScores(
  { activity, classOnset }: SoundCurves,
  labelCount: number,
  peak: number,
  end: number,
  onsetShare: number,
): Float32Array {
  return Float32Array.from({ length: labelCount }, (_, label) => {
    let active = 0;
    for (let i = peak; i < end; i++) active += activity[i * labelCount + label]!;
    let begins = 0;
    for (let i = peak - 1; i <= peak + 1; i++)
      begins = Math.max(begins, classOnset[i * labelCount + label] ?? 0);
    return (active / (end - peak)) ** (1 - onsetShare) * begins ** onsetShare;
  });
}

/** The mean row of steps `first` to `end − 1`, brought to length 1. */
function direction(rows: Float32Array, width: number, first: number, end: number): Float32Array {
  const total = new Float64Array(width);
  for (let i = first; i < end; i++)
    for (let c = 0; c < width; c++) total[c]! += rows[i * width + c]!;
  const length = Math.hypot(...total);
  return Float32Array.from(total, (value) => value / Math.max(length, 1e-9));
}

/**
 * The step, between two by a straight line, at which activity weighed with the class scores falls
 * below a share of its peak since `first`; `last` where it does not.
 */
function fall(
  activity: Float32Array,
  scores: Float32Array,
  first: number,
  last: number,
  share: number,
): number {
  let highest = 0;
  let before = 0;
  for (let end = first; end < last; end++) {
    let level = 0;
    for (let c = 0; c < scores.length; c++)
      level += activity[end * scores.length + c]! * scores[c]!;
    highest = Math.max(highest, level);
    if (level < share * highest) return end - 1 + (before - share * highest) / (before - level);
    before = level;
  }
  return last;
}

/** Of every class that cannot begin again so soon, see `syllables.ts`. */
function dampAll(
  peaks: readonly number[],
  scores: readonly Float32Array[],
  labels: readonly string[],
  { classGapSeconds, stepSeconds, syllableShare }: SoundEventsConfig,
): void {
  for (const [name, gap] of Object.entries(classGapSeconds)) {
    const label = labels.indexOf(name);
    if (label < 0) continue;
    const own = scores.map((all) => all[label]!);
    dampSyllables(peaks, own, gap / stepSeconds, syllableShare);
    scores.forEach((all, k) => (all[label] = own[k]!));
  }
}

/** Where between the steps a peak lies: −0.5…0.5, from a parabola through the logarithms. */
function vertex(curve: Float32Array, peak: number): number {
  if (peak === 0 || peak + 1 >= curve.length) return 0;
  const [a, b, c] = [-1, 0, 1].map((d) => Math.log(Math.max(curve[peak + d]!, 1e-6))) as [
    number,
    number,
    number,
  ];
  const bend = a - 2 * b + c;
  return bend >= -1e-9 ? 0 : Math.max(-0.5, Math.min(0.5, (0.5 * (a - c)) / bend));
}
