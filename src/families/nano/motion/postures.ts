import { joint } from './pose';
import type { JointTrack } from './joints';

/** What a body does during one cycle. Lengths in body sizes (trunks), angles in radians. */
export interface Movement {
  /** Trunk from the upright: 0 standing, π/2 lying; mean, least and most. */
  tilt: number;
  leastTilt: number;
  mostTilt: number;
  /** How far the trunk turned in all. */
  turned: number;
  /** Ranges of the middle of shoulders and of hips. */
  shoulders: number;
  hips: number;
  hipsVertical: number;
  /** Range of the calmer and of the livelier wrist, of ankles, in the picture. */
  wrist: number;
  wristMost: number;
  wristVertical: number;
  ankle: number;
  ankleMost: number;
  ankleVertical: number;
  /** Sideways range of the livelier wrist about its elbow. */
  wristAside: number;
  /** Share of the time that wrists are above shoulders; that they are above elbows. */
  wristsHigh: number;
  wristsUp: number;
  /** Ranges of the distances between wrists and between ankles, and the least of wrists. */
  wristsApart: number;
  wristsLeast: number;
  anklesApart: number;
  anklesMost: number;
  /** Ranges of the mean elbow, knee and hip angles; the larger difference of the knees. */
  elbows: number;
  elbowMost: number;
  knees: number;
  hipAngle: number;
  kneesUnlike: number;
  /** Vertical range of the nose about the shoulders. */
  nose: number;
  /** The shoulders changed sides. */
  turnedRound: boolean;
  /** 0…1: how much of the legs was seen. */
  legsSeen: number;
}

/** Measures a body between two moments. */
export function measure(track: JointTrack, startSeconds: number, endSeconds: number): Movement {
  const { times, scale, share } = track;
  const steps: number[] = [];
  times.forEach((time, step) => {
    if (time >= startSeconds - 0.05 && time <= endSeconds + 0.05) steps.push(step);
  });
  if (steps.length < 2) {
    const near = times.findIndex((time) => time >= startSeconds);
    steps.push(Math.max(0, near - 1), Math.max(0, near));
  }
  // Where there are looks enough, a joint that strays for one of them is held.
  const calm = steps.length >= 9;
  const x = calm ? track.x.map(middleOfThree) : track.x;
  const y = calm ? track.y.map(middleOfThree) : track.y;
  const series = (of: (step: number) => number): number[] => steps.map(of);
  const middleX = (a: number, b: number, step: number): number => (x[a]![step]! + x[b]![step]!) / 2;
  const middleY = (a: number, b: number, step: number): number => (y[a]![step]! + y[b]![step]!) / 2;
  const { leftShoulder: ls, rightShoulder: rs, leftHip: lh, rightHip: rh } = joint;
  const { leftWrist: lw, rightWrist: rw, leftAnkle: la, rightAnkle: ra } = joint;
  const { leftElbow: le, rightElbow: re, leftKnee: lk, rightKnee: rk } = joint;
  const across = (a: number, b: number, step: number): number =>
    Math.hypot(x[a]![step]! - x[b]![step]!, y[a]![step]! - y[b]![step]!) / scale;
  const travel = (a: number, b: number): number =>
    Math.hypot(
      range(series((step) => middleX(a, b, step))),
      range(series((step) => middleY(a, b, step))),
    ) / scale;
  const own = (at: number): number => travel(at, at);
  const bend = (a: number, b: number, c: number): number[] =>
    series((step) => {
      const ux = x[a]![step]! - x[b]![step]!;
      const uy = y[a]![step]! - y[b]![step]!;
      const vx = x[c]![step]! - x[b]![step]!;
      const vy = y[c]![step]! - y[b]![step]!;
      return Math.abs(Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy));
    });
  const both = (left: number[], right: number[]): number[] =>
    left.map((value, at) => (value + right[at]!) / 2);
  const trunk = series((step) =>
    Math.atan2(
      middleX(ls, rs, step) - middleX(lh, rh, step),
      middleY(lh, rh, step) - middleY(ls, rs, step),
    ),
  );
  const tilts = trunk.map(Math.abs);
  let turned = 0;
  let way = 0;
  for (let at = 1; at < trunk.length; at++) {
    let change = trunk[at]! - trunk[at - 1]!;
    change -= 2 * Math.PI * Math.round(change / (2 * Math.PI));
    way += change;
    turned = Math.max(turned, Math.abs(way));
  }
  const leftElbow = bend(ls, le, lw);
  const rightElbow = bend(rs, re, rw);
  const leftKnee = bend(lh, lk, la);
  const rightKnee = bend(rh, rk, ra);
  const wristGap = series((step) => across(lw, rw, step));
  const ankleGap = series((step) => across(la, ra, step));
  const widths = series((step) => (x[ls]![step]! - x[rs]![step]!) / scale);
  const vertical = (at: number): number => range(series((step) => y[at]![step]!)) / scale;
  const aside = (wrist: number, elbow: number): number =>
    range(series((step) => x[wrist]![step]! - x[elbow]![step]!)) / scale;
  const often = (of: (step: number) => boolean): number => steps.filter(of).length / steps.length;
  return {
    tilt: mean(tilts),
    leastTilt: Math.min(...tilts),
    mostTilt: Math.max(...tilts),
    turned,
    shoulders: travel(ls, rs),
    hips: travel(lh, rh),
    hipsVertical: range(series((step) => middleY(lh, rh, step))) / scale,
    wrist: Math.min(own(lw), own(rw)),
    wristMost: Math.max(own(lw), own(rw)),
    wristVertical: Math.min(vertical(lw), vertical(rw)),
    ankle: Math.min(own(la), own(ra)),
    ankleMost: Math.max(own(la), own(ra)),
    ankleVertical: Math.min(vertical(la), vertical(ra)),
    wristAside: Math.max(aside(lw, le), aside(rw, re)),
    wristsHigh:
      (often((step) => y[lw]![step]! < middleY(ls, rs, step)) +
        often((step) => y[rw]![step]! < middleY(ls, rs, step))) /
      2,
    wristsUp: Math.max(
      often((step) => y[lw]![step]! < y[le]![step]!),
      often((step) => y[rw]![step]! < y[re]![step]!),
    ),
    wristsApart: range(wristGap),
    wristsLeast: Math.min(...wristGap),
    anklesApart: range(ankleGap),
    anklesMost: Math.max(...ankleGap),
    elbows: range(both(leftElbow, rightElbow)),
    elbowMost: Math.max(range(leftElbow), range(rightElbow)),
    knees: range(both(leftKnee, rightKnee)),
    hipAngle: range(both(bend(ls, lh, lk), bend(rs, rh, rk))),
    kneesUnlike: Math.max(...leftKnee.map((value, at) => Math.abs(value - rightKnee[at]!))),
    nose: range(series((step) => y[joint.nose]![step]! - middleY(ls, rs, step))) / scale,
    turnedRound: Math.min(...widths) < -0.15 && Math.max(...widths) > 0.15,
    legsSeen: (share[lk]! + share[rk]! + share[la]! + share[ra]!) / 4,
  };
}

/**
 * How well a movement fits each of the labels that a body can do, 0…1. Each is a product of soft
 * conditions, written from how the exercise is defined, not fitted to clips.
 */
export function judge(m: Movement): Record<string, number> {
  const lying = above(m.tilt, 0.95, 0.2);
  const upright = 1 - above(m.tilt, 0.8, 0.2);
  // The hands hold on to something: the body moves, they do not.
  const handsHold = below(
    Math.min(m.wrist, 1.3 * m.wristVertical) / (m.shoulders + 0.05),
    0.5,
    0.12,
  );
  const feetStand = below(m.ankle / (m.hips + 0.1), 0.5, 0.15);
  const still = below(m.hips, 0.25, 0.07) * below(m.shoulders, 0.35, 0.08);
  const elbows = above(m.elbows, 0.45, 0.12);
  const legs = 0.4 + 0.6 * m.legsSeen;
  const jack =
    above(m.wristVertical, 0.8, 0.2) *
    above(m.anklesApart, 0.25, 0.08) *
    legs *
    below(m.knees, 1.2, 0.3);
  const pull =
    handsHold *
    elbows *
    above(m.wristsHigh, 0.2, 0.08) *
    above(m.wristsUp, 0.6, 0.1) *
    above(m.shoulders, 0.3, 0.08) *
    upright;
  const sink =
    above(m.hipsVertical, 0.28, 0.07) * above(m.knees, 0.5, 0.15) * feetStand * upright * legs;
  const split = above(m.anklesMost, 0.9, 0.15) * above(m.kneesUnlike, 0.6, 0.15);
  const jump =
    above(m.ankleVertical, 0.15, 0.05) *
    above(m.hipsVertical, 0.18, 0.05) *
    above(m.ankleVertical / (m.hipsVertical + 0.05), 0.6, 0.15) *
    upright *
    legs;
  const arms = still * above(m.wristMost, 0.2, 0.06);
  const meet = above(m.wristsApart, 0.3, 0.08) * below(m.wristsLeast, 0.45, 0.12);
  const aside = above(m.wristAside, 0.2, 0.06) * above(m.wristsUp, 0.6, 0.1);
  return {
    'push-up':
      handsHold *
      above(m.elbows, 0.35, 0.12) *
      below(m.wristsHigh, 0.25, 0.1) *
      above(m.shoulders, 0.18, 0.05) *
      (0.45 + 0.55 * lying) *
      (1 - sink),
    'pull-up': pull,
    'sit-up':
      above(m.mostTilt, 1.1, 0.15) *
      above(m.mostTilt - m.leastTilt, 0.5, 0.12) *
      below(m.turned, 2.6, 0.3) *
      below(m.hips / (m.shoulders + 0.05), 0.6, 0.15),
    squat: sink * (1 - 0.7 * split) * (1 - 0.8 * pull),
    lunge: sink * split,
    'jumping jack': jack,
    jump: jump * (1 - jack) * (1 - 0.8 * pull) * (1 - 0.9 * handsHold * elbows),
    wave: arms * aside,
    clap: arms * meet,
    punch:
      below(m.hips, 0.5, 0.1) *
      above(m.elbowMost, 0.8, 0.2) *
      above(m.wristMost, 0.5, 0.12) *
      below(m.wristsHigh, 0.7, 0.1) *
      (1 - handsHold) *
      (1 - sink) *
      (1 - 0.8 * meet) *
      (1 - jack) *
      0.7,
    kick:
      above(m.ankleMost, 0.7, 0.15) *
      below(m.ankle / (m.ankleMost + 0.05), 0.4, 0.1) *
      below(m.hips, 0.6, 0.15) *
      legs,
    nod: still * below(m.wristMost, 0.2, 0.05) * above(m.nose, 0.07, 0.02),
    flip: above(m.turned, 4.5, 0.4),
    spin: m.turnedRound && m.turned < 2 ? 0.6 : 0,
    bounce: 0.3 * jump,
    swing: 0,
  };
}

function above(value: number, middle: number, width: number): number {
  return 1 / (1 + Math.exp(-(value - middle) / (width / 2)));
}

function below(value: number, middle: number, width: number): number {
  return 1 - above(value, middle, width);
}

/** Without the single wildest value at either end where there are many: one lost joint is no movement. */
function range(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length / 12);
  return sorted[sorted.length - 1 - cut]! - sorted[cut]!;
}

function middleOfThree(values: Float32Array): Float32Array {
  return values.map((value, at) => {
    const before = values[at - 1] ?? value;
    const after = values[at + 1] ?? value;
    return Math.max(Math.min(before, value), Math.min(Math.max(before, value), after));
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
