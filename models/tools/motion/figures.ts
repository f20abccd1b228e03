/** Kinematic figures: where the joints of a person are at a phase of an exercise. */

/** COCO's 17 joints, x and y in trunk lengths; y points down, the floor is at 0. */
export type Figure = [number, number][];

export interface Exercise {
  label: string;
  /** Seconds of one cycle, from and to. */
  seconds: readonly [number, number];
  /** @param phase 0 at rest … 1 at the extreme */
  pose(phase: number, view: View): Figure;
}

export interface View {
  /** From the front, or from the side. */
  side: boolean;
}

/** Lengths in trunks: thigh, shin, upper arm, forearm, half the shoulders, half the hips. */
const THIGH = 0.85;
const SHIN = 0.8;
const UPPER = 0.6;
const FORE = 0.52;
const SHOULDER = 0.36;
const HIP = 0.22;

type Point = [number, number];

/** A standing person from given hips, trunk lean and limb angles (0 hangs down, π up; + to the right). */
function build(
  hip: Point,
  lean: number,
  arms: readonly [[number, number], [number, number]],
  legs: readonly [[number, number], [number, number]],
  width: number,
): Figure {
  const neck: Point = [hip[0] + Math.sin(lean), hip[1] - Math.cos(lean)];
  const head: Point = [neck[0] + 0.42 * Math.sin(lean), neck[1] - 0.42 * Math.cos(lean)];
  const across: Point = [Math.cos(lean), Math.sin(lean)];
  const limb = (
    from: Point,
    angles: readonly [number, number],
    a: number,
    b: number,
  ): [Point, Point] => {
    const middle: Point = [from[0] + a * Math.sin(angles[0]), from[1] + a * Math.cos(angles[0])];
    return [middle, [middle[0] + b * Math.sin(angles[1]), middle[1] + b * Math.cos(angles[1])]];
  };
  const at = (from: Point, share: number): Point => [
    from[0] + share * width * across[0],
    from[1] + share * width * across[1],
  ];
  const shoulders: [Point, Point] = [at(neck, SHOULDER), at(neck, -SHOULDER)];
  const hips: [Point, Point] = [at(hip, HIP), at(hip, -HIP)];
  const [leftArm, rightArm] = [0, 1].map((i) => limb(shoulders[i]!, arms[i]!, UPPER, FORE));
  const [leftLeg, rightLeg] = [0, 1].map((i) => limb(hips[i]!, legs[i]!, THIGH, SHIN));
  const eye = (share: number, up: number): Point => [
    head[0] + share * width * across[0] + up * Math.sin(lean),
    head[1] + share * width * across[1] - up * Math.cos(lean),
  ];
  return [
    ...[head, eye(0.07, 0.08), eye(-0.07, 0.08), eye(0.14, 0.04), eye(-0.14, 0.04)],
    ...[shoulders[0], shoulders[1], leftArm![0], rightArm![0], leftArm![1], rightArm![1]],
    ...[hips[0], hips[1], leftLeg![0], rightLeg![0], leftLeg![1], rightLeg![1]],
  ];
}

/** Knee and ankle angles for hips at a height above the floor, feet below them. */
function bent(height: number, forward: number): [number, number] {
  const reach = Math.min(THIGH + SHIN - 1e-3, Math.max(0.4, height));
  const knee = Math.acos((THIGH ** 2 + reach ** 2 - SHIN ** 2) / (2 * THIGH * reach));
  const ankle = Math.acos((SHIN ** 2 + reach ** 2 - THIGH ** 2) / (2 * SHIN * reach));
  return [forward * knee, -forward * ankle];
}

const STAND = THIGH + SHIN - 0.02;
const mix = (a: number, b: number, share: number): number => a + (b - a) * share;

function turned(figure: Figure, angle: number, about: Point): Figure {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return figure.map(([x, y]) => [
    about[0] + cos * (x - about[0]) - sin * (y - about[1]),
    about[1] + sin * (x - about[0]) + cos * (y - about[1]),
  ]);
}

export const EXERCISES: readonly Exercise[] = [
  {
    label: 'squat',
    seconds: [1.2, 4],
    pose(phase, { side }) {
      const height = mix(STAND, 0.75, phase);
      const forward = side ? 1 : 0.45;
      const leg = bent(height, forward);
      const right: [number, number] = side ? leg : [-leg[0], -leg[1]];
      const lean = side ? 0.6 * phase : 0;
      const arm = mix(0.1, side ? 1.5 : 0.3, phase);
      const figure = build(
        [side ? -0.25 * phase : 0, -height],
        lean,
        [[arm, arm], side ? [arm, arm] : [-arm, -arm]],
        [leg, right],
        side ? 0.25 : 1,
      );
      if (side) return figure;
      // From the front the thighs point at the viewer: knees part, feet stay where they are.
      return figure.map(([x, y], at): Point => {
        const way = at % 2 === 1 ? 1 : -1;
        if (at === 13 || at === 14)
          return [way * (HIP + 0.35 * phase), -mix(SHIN, 0.7 * SHIN, phase)];
        return at === 15 || at === 16 ? [way * 1.1 * HIP, 0] : [x, y];
      });
    },
  },
  {
    label: 'push-up',
    seconds: [0.8, 3],
    pose(phase, { side }) {
      // From the front the body is foreshortened behind its shoulders.
      const height = mix(1.05, 0.28, phase);
      const out = Math.acos(Math.min(1, height / (UPPER + FORE))) * 1.1;
      if (!side)
        return build(
          [0, -height + 0.42],
          0,
          [
            [out, -out * 0.9],
            [-out, out * 0.9],
          ],
          [
            [0.1, 0.1],
            [-0.1, -0.1],
          ],
          1.3,
        ).map(([x, y], at): Point =>
          at >= 15
            ? [x, -0.1]
            : at >= 11
              ? [x, -height + (y + height) * 0.25 + 0.2]
              : at < 5
                ? [x, y + 0.25]
                : [x, y],
        );
      const length = 1 + THIGH + SHIN;
      const tilt = Math.asin(Math.min(0.6, (height - 0.05) / length));
      const arm: [number, number] = [-out, out * 0.9];
      const figure = build(
        [0, 0],
        0,
        [
          [0, 0],
          [0, 0],
        ],
        [
          [0, 0],
          [0, 0],
        ],
        0.15,
      );
      const lying = turned(figure, Math.PI / 2 - tilt, [0, STAND]);
      const shift = lying[5]!;
      const elbow: Point = [
        shift[0] + UPPER * Math.sin(arm[0]),
        shift[1] + UPPER * Math.cos(arm[0]),
      ];
      const wrist: Point = [shift[0], shift[1] + height];
      for (const at of [7, 8]) lying[at] = [elbow[0], elbow[1]];
      for (const at of [9, 10]) lying[at] = [wrist[0], wrist[1]];
      return lying.map(([x, y]) => [x, y - STAND]);
    },
  },
  {
    label: 'pull-up',
    seconds: [1.2, 4],
    pose(phase) {
      const hang = UPPER + FORE - 0.03;
      const drop = mix(hang, 0.12, phase);
      const out = Math.acos(Math.min(1, drop / (UPPER + FORE)));
      const up = Math.PI - out;
      return build(
        [0, -4 + drop + 1],
        0,
        [
          [up, Math.PI + out],
          [-up, -Math.PI - out],
        ],
        [
          [0.05, 0.05],
          [-0.05, -0.05],
        ],
        1.2,
      );
    },
  },
  {
    label: 'jumping jack',
    seconds: [0.7, 1.8],
    pose(phase) {
      const arm = mix(0.15, 2.8, phase);
      const leg = mix(0.04, 0.42, phase);
      const hop = 0.18 * Math.sin(Math.PI * Math.min(1, 2 * Math.min(phase, 1 - phase) + 0.2));
      return build(
        [0, -STAND * Math.cos(leg) - hop],
        0,
        [
          [arm, arm],
          [-arm, -arm],
        ],
        [
          [leg, leg],
          [-leg, -leg],
        ],
        1,
      );
    },
  },
  {
    label: 'wave',
    seconds: [0.4, 1.2],
    pose(phase) {
      const fore = mix(2.4, 3.7, phase);
      return build(
        [0, -STAND],
        0,
        [
          [1.2, fore],
          [-0.1, -0.1],
        ],
        [
          [0.05, 0.05],
          [-0.05, -0.05],
        ],
        1,
      );
    },
  },
  {
    label: 'clap',
    seconds: [0.35, 0.9],
    pose(phase) {
      const fore = mix(1.7, 2.8, 1 - phase);
      const inward = mix(0.9, -1.3, phase);
      return build(
        [0, -STAND],
        0,
        [
          [0.3, inward + fore * 0.3],
          [-0.3, -inward - fore * 0.3],
        ],
        [
          [0.05, 0.05],
          [-0.05, -0.05],
        ],
        1,
      );
    },
  },
  {
    label: 'sit-up',
    seconds: [1.5, 4],
    pose(phase) {
      const lean = mix(-Math.PI / 2, 0.25, phase);
      return build(
        [0, -0.2],
        lean,
        [
          [lean + 2.6, lean + 2.9],
          [lean + 2.6, lean + 2.9],
        ],
        [
          [2.2, 0.5],
          [2.2, 0.5],
        ],
        0.2,
      );
    },
  },
  {
    label: 'jump',
    seconds: [0.6, 1.4],
    pose(phase) {
      const lift = 0.6 * phase;
      const leg = bent(STAND - 0.1 * (1 - phase), 1);
      return build(
        [0, -STAND + 0.05 - lift],
        0,
        [
          [0.3 + 0.5 * phase, 0.6],
          [-0.3 - 0.5 * phase, -0.6],
        ],
        [leg, leg],
        0.6,
      );
    },
  },
];
