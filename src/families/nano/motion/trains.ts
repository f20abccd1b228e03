import type { Mark, Train } from './train';
import type { TrainsConfig } from './motion-config';
import { meanOf, median } from './series';
import type { Feature, Signals } from './signals';

/** A train with what speaks for it. */
export interface ScoredTrain extends Train {
  /** The marks that are cycles. */
  sure: Mark[];
  /** 0…1: everything is alike at its marks, and unlike in between. */
  recurrence: number;
  /** 0…1: share of the sources whose own best trains count the same. */
  agreement: number;
  /** 0…1: it comes back by the way that it went; what turns round and round does not. */
  retrace: number;
  score: number;
}

/**
 * Weighs every train, best first. Three things tell the true rhythm from its half and its double:
 * at the marks of the true one the whole body (or picture) comes back to the same place with the same
 * speed; half way between two marks it does not; and most sources count the same.
 */
export function rankTrains(
  trains: readonly Train[],
  { features }: Signals,
  config: TrainsConfig,
): ScoredTrain[] {
  const scored = worthALook(trains, config).map((train): ScoredTrain => {
    const own = features.filter(
      ({ of }) => of === (train.signal.place === 'joints' ? 'body' : 'picture'),
    );
    const places = own.filter(({ isPlace }) => isPlace);
    const { rest } = config;
    const dwell = dwellOf(train.sure, places, rest.nearShare);
    const retrace = retraceOf(train.sure, places, rest.wayShare);
    const recurrence =
      train.sure.length > 1
        ? recurrenceOf(train.sure, own)
        : // What moves once counts where it goes and comes back, and nothing else happens.
          returnOf(train.sure[0]!, places) *
          retrace *
          Math.min(1, Math.max(rest.leastForOne, dwell + rest.bonusForOne));
    // What dwells at its marks has its rest there, and its cycles in between.
    const outgoing = rest.floor + rest.height / (1 + Math.exp(-rest.slope * dwell));
    const score = train.score * recurrence ** 2 * Math.min(1, outgoing);
    return { ...train, recurrence, retrace, score };
  });
  const sources = new Map<string, ScoredTrain[]>();
  for (const train of scored) {
    const same = sources.get(train.signal.source) ?? [];
    same.push(train);
    sources.set(train.signal.source, same);
  }
  const agreements = scored.map((train) => {
    let agreed = 0;
    let all = 0;
    for (const [source, others] of sources) {
      if (source === train.signal.source) continue;
      const best = Math.max(...others.map(({ score }) => score));
      const most = Math.max(
        ...others.map((other) => (other.score / best) * sameCount(train.sure, other.sure)),
      );
      all += best;
      agreed += best * most;
    }
    return all > 0 ? agreed / all : 0.5;
  });
  return scored
    .map((train, at) => {
      const agreement = agreements[at]!;
      const { agreementShare } = config;
      const score = train.score * (1 - agreementShare + agreementShare * agreement);
      return { ...train, agreement, score };
    })
    .sort((a, b) => b.score - a.score);
}

/** The best trains by what they are in themselves, each once. */
function worthALook(trains: readonly Train[], config: TrainsConfig): ScoredTrain[] {
  const weighed = trains.flatMap((train): ScoredTrain[] => {
    const sure = train.marks.filter(({ height }) => height >= config.sureMarker);
    if (sure.length === 0) return [];
    const few = config.fewWeights[Math.min(sure.length, config.fewWeights.length) - 1] ?? 1;
    const weight = config.sourceWeights[train.signal.source] ?? 1;
    // Which side is the rest changes the count by one at most, so it matters less.
    const side = 0.6 + 0.4 * train.sided;
    const score = weight * few * side * train.signal.strength * train.certainty;
    return [{ ...train, sure, recurrence: 0, agreement: 0, retrace: 0, score }];
  });
  weighed.sort((a, b) => b.score - a.score);
  const chosen: ScoredTrain[] = [];
  for (const train of weighed) {
    const known = chosen.some(
      (other) =>
        other.signal === train.signal &&
        other.sign === train.sign &&
        other.sure.length === train.sure.length,
    );
    if (!known) chosen.push(train);
    if (chosen.length >= config.mostTrains) break;
  }
  return chosen;
}

/** 0…1: how often two trains have one mark each where the other has one. */
export function sameCount(a: readonly Mark[], b: readonly Mark[]): number {
  if (a.length === 1 && b.length === 1) return 1;
  const within = (these: readonly Mark[], those: readonly Mark[]): number => {
    // Between two marks of one lies one mark of the other, wherever in the cycle it puts it.
    let good = 0;
    for (let at = 0; at + 1 < these.length; at++) {
      const from = these[at]!.seconds;
      const to = these[at + 1]!.seconds;
      if (those.filter(({ seconds }) => seconds >= from && seconds < to).length === 1) good++;
    }
    return these.length > 1 ? good / (these.length - 1) : 0;
  };
  const off = Math.abs(a.length - b.length);
  return (Math.min(within(a, b), within(b, a)) * 1) / (1 + off);
}

/**
 * 0…1. Moments are points in the space of features and their speeds; compares the distance from mark
 * to mark with the distance from a mark to where the movement is half way to the next.
 */
function recurrenceOf(marks: readonly Mark[], features: readonly Feature[]): number {
  if (features.length === 0) return UNKNOWN;
  const gaps = marks.slice(1).map(({ seconds }, at) => seconds - marks[at]!.seconds);
  const period = median(gaps);
  const results = features.map((feature) => {
    let next = 0;
    let between = 0;
    for (let at = 0; at + 1 < marks.length; at++) {
      const from = marks[at]!.seconds;
      const to = marks[at + 1]!.seconds;
      const here = phasePoint(feature, from, period);
      next += distance(here, phasePoint(feature, to, period));
      // A long pause lies at rest, so the half way is looked for within one period.
      const length = Math.min(to - from, 1.3 * period);
      between += Math.min(
        ...[0.35, 0.425, 0.5, 0.575, 0.65].map((share) =>
          distance(here, phasePoint(feature, from + share * length, period)),
        ),
      );
    }
    return between / (between + next + 1e-9);
  });
  return results.reduce((sum, value) => sum + value, 0) / results.length;
}

/** Of what nothing is known. */
const UNKNOWN = 0.6;

/** 0…1: after a single movement all is where it was before. */
function returnOf({ seconds }: Mark, places: readonly Feature[]): number {
  return meanOver(places, ({ times, rows }) => {
    const here = rowAt(times, rows, seconds);
    const [first, last] = [rows[0]!, rows.at(-1)!];
    const out = Math.min(distance(here, first), distance(here, last));
    return out / (out + distance(first, last) + 1e-9);
  });
}

/** 0…1: after each mark things come back by the way that they went. */
function retraceOf(marks: readonly Mark[], places: readonly Feature[], wayShare: number): number {
  const spans = marks.map(({ seconds }, at) => [
    at > 0 ? (marks[at - 1]!.seconds + seconds) / 2 : -Infinity,
    at + 1 < marks.length ? (marks[at + 1]!.seconds + seconds) / 2 : Infinity,
  ]);
  return meanOver(places, (place) => {
    const { times, rows } = place;
    let far = 0;
    let astray = 0;
    for (const [at, { seconds }] of marks.entries()) {
      const here = rowAt(times, rows, seconds);
      const [from, to] = spans[at]!.map((end) => Math.min(times.at(-1)!, Math.max(times[0]!, end)));
      const ends = [from!, to!].map((end) => distance(rowAt(times, rows, end), here));
      const out = wayShare * Math.min(...ends);
      const going = wayFrom(place, seconds, from!, out);
      const coming = wayFrom(place, seconds, to!, out);
      for (const row of going) {
        far += distance(row, here);
        astray += Math.min(...coming.map((other) => distance(row, other)));
      }
    }
    return far / (far + 2 * astray + 1e-9);
  });
}

function meanOver(places: readonly Feature[], of: (place: Feature) => number): number {
  if (places.length === 0) return UNKNOWN;
  return places.reduce((sum, place) => sum + of(place), 0) / places.length;
}

/** Moments from one on towards another, until things are `far` from where they were. */
function wayFrom(
  { times, rows }: Feature,
  seconds: number,
  end: number,
  far: number,
): Float32Array[] {
  const here = rowAt(times, rows, seconds);
  const step = 0.5 * ((times.at(-1)! - times[0]!) / (times.length - 1)) * Math.sign(end - seconds);
  const points = [here];
  for (let at = seconds + step; step * (end - at) > 0; at += step) {
    const row = rowAt(times, rows, at);
    points.push(row);
    if (distance(row, here) > far) break;
  }
  return points;
}

/**
 * −1…1: how much more of the clip is spent half way between the marks than at them. Where something
 * moves now and then, most moments are like its rest; where it never rests, half are like either turn.
 */
function dwellOf(marks: readonly Mark[], places: readonly Feature[], nearShare: number): number {
  if (places.length === 0) return 0;
  const dwells = places.map(({ times, rows }) => {
    const first = times[0]!;
    const last = times.at(-1)!;
    const seconds = marks.map((mark) => mark.seconds);
    const gaps = seconds.slice(1).map((at, i) => at - seconds[i]!);
    const half = gaps.length > 0 ? median(gaps) / 2 : last - first;
    const between = [
      seconds[0]! - half,
      ...gaps.map((gap, i) => seconds[i]! + gap / 2),
      seconds.at(-1)! + half,
    ];
    const here = meanOf(seconds.map((at) => rowAt(times, rows, at)));
    const away = meanOf(between.map((at) => rowAt(times, rows, at)));
    let atMarks = 0;
    let atRest = 0;
    for (const row of rows) {
      const toMark = distance(row, here);
      const toRest = distance(row, away);
      if (toMark < nearShare * toRest) atMarks++;
      if (toRest < nearShare * toMark) atRest++;
    }
    return (atRest - atMarks) / (atRest + atMarks + 1);
  });
  return dwells.reduce((sum, value) => sum + value, 0) / dwells.length;
}

/** Position and speed (in the unit of position: over a radian of the period). */
function phasePoint({ times, rows }: Feature, seconds: number, period: number): Float32Array {
  const half = period / 10;
  const before = rowAt(times, rows, seconds - half);
  const here = rowAt(times, rows, seconds);
  const after = rowAt(times, rows, seconds + half);
  const width = here.length;
  const point = new Float32Array(2 * width);
  const speed = period / (2 * Math.PI * 2 * half);
  for (let at = 0; at < width; at++) {
    point[at] = (before[at]! + here[at]! + after[at]!) / 3;
    point[width + at] = (after[at]! - before[at]!) * speed;
  }
  return point;
}

function rowAt(
  times: readonly number[],
  rows: readonly Float32Array[],
  seconds: number,
): Float32Array {
  let low = 0;
  let high = times.length - 1;
  if (seconds <= times[0]!) return rows[0]!;
  if (seconds >= times[high]!) return rows[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= seconds) low = middle;
    else high = middle;
  }
  const share = (seconds - times[low]!) / Math.max(1e-6, times[high]! - times[low]!);
  return rows[low]!.map((value, at) => value + share * (rows[high]![at]! - value));
}

function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at]! - b[at]!) ** 2;
  return sum;
}
