import type { Box } from '../../../clues/clue';
import type { CycleProposal } from '../proposal';
import type { MotionConfig, ThingsConfig } from './motion-config';
import { judge, measure } from './postures';
import type { Recording } from './recording';
import { fullTurns, type Rotation } from './rotation';
import { cutCycles, type Segment } from './segments';
import { median } from './series';
import { trackJoints, type JointTrack } from './joints';
import type { Signal } from './signals';
import { sameCount, type ScoredTrain } from './trains';

/**
 * The cycles of the best train, and of others where it has none, in the order of time.
 * @param displayed size of the displayed picture, the unit of every box
 */
export function propose(
  ranked: readonly ScoredTrain[],
  recording: Recording,
  config: MotionConfig,
  displayed: { width: number; height: number },
): CycleProposal[] {
  const best = ranked[0];
  if (!best) return [];
  const { trains, labels, pose } = config;
  const track = trackJoints(recording, pose.minJointScore);
  const proposals: CycleProposal[] = [];
  for (const train of ranked) {
    if (train.score < trains.minShare * best.score) break;
    const segments = cutCycles(train, trains.departShare).filter((segment) =>
      proposals.every(
        ({ startSeconds, endSeconds }) =>
          segment.endSeconds < startSeconds + MARGIN || segment.startSeconds > endSeconds - MARGIN,
      ),
    );
    const sure = segments.filter(({ height }) => height >= trains.sureMarker);
    if (train !== best && (sure.length < 2 || sure.length < 0.3 * train.sure.length)) continue;
    // Where the joints count the same, it is the body that moves.
    const byJoints = ranked.find(
      (other) => other.signal.place === 'joints' && sameCount(other.sure, train.sure) > 0.6,
    );
    // The flow knows which way things go, the picture does not.
    const byWay = ranked.find(
      (other) =>
        (other.signal.source === 'flow' || other.signal.source === 'centre') &&
        sameCount(other.sure, train.sure) > 0.6,
    );
    const signal =
      byJoints && byJoints.score > 0.3 * train.score
        ? byJoints.signal
        : { ...train.signal, vertical: byWay?.signal.vertical ?? train.signal.vertical };
    proposals.push(
      ...toProposals({ ...train, signal }, segments, track, recording, {
        labels,
        trains,
        displayed,
      }),
    );
  }
  return proposals.sort((a, b) => a.startSeconds - b.startSeconds);
}

/** The full turns of what turns round and round; its spokes are no cycles. */
export function proposeTurns(
  rotation: Rotation,
  { looks }: Recording,
  { labels, rotation: numbers }: Pick<MotionConfig, 'labels' | 'rotation'>,
  displayed: { width: number; height: number },
): CycleProposal[] {
  const turns = fullTurns(rotation, numbers);
  const typicalLength = median(turns.map((turn) => lengthOf(turn))) || 1;
  const { grey } = looks[0]!;
  const { centre, radius, likeness } = rotation;
  const scale = displayed.width / grey.width;
  const box: Box = [
    Math.max(0, (centre.x - radius) * scale),
    Math.max(0, (centre.y - radius) * scale),
    Math.min(displayed.width, (centre.x + radius) * scale),
    Math.min(displayed.height, (centre.y + radius) * scale),
  ];
  const confidence = numbers.confidence * Math.min(1, likeness / 0.8);
  const classScores = Float32Array.from(labels, (label) =>
    label === labels.at(-1) ? confidence : confidence * (numbers.scores[label] ?? 0),
  );
  return turns.map((turn) => ({
    ...{ kind: 'cycle', classScores, confidence, box, ...turn },
    ...{ regularity: likeness, amplitude: 1, periodRatio: lengthOf(turn) / typicalLength },
  }));
}

/** A further train may overlap the cycles that are there by this much, seconds. */
const MARGIN = 0.1;

function toProposals(
  train: ScoredTrain,
  segments: readonly Segment[],
  track: JointTrack | null,
  recording: Recording,
  {
    labels,
    trains,
    displayed,
  }: Pick<MotionConfig, 'labels' | 'trains'> & { displayed: { width: number; height: number } },
): CycleProposal[] {
  const sure = segments.filter(({ height }) => height >= trains.sureMarker);
  const typicalExcursion = median(sure.map(({ excursion }) => excursion)) || 1;
  const typicalLength = median(sure.map((segment) => lengthOf(segment))) || 1;
  const spread =
    median(sure.map(({ excursion }) => Math.abs(excursion / typicalExcursion - 1))) +
    median(sure.map((segment) => Math.abs(lengthOf(segment) / typicalLength - 1)));
  const overall =
    1 / (1 + Math.exp(-trains.confidenceSlope * (train.score - trains.confidenceMiddle)));
  const judged = segments.map(({ startSeconds, endSeconds }) =>
    judgeCycle(train, track, startSeconds, endSeconds, trains.things),
  );
  const flips = judged.reduce((sum, one) => sum + (one.flip ?? 0), 0) / Math.max(1, judged.length);
  const gait = train.signal.place === 'joints' && track ? walks(track, sure, trains) : 0;
  const certain = overall * (1 - gait * (1 - flips));
  return segments.map((segment, at) => {
    const { startSeconds, endSeconds, excursion, height } = segment;
    const amplitude = excursion / typicalExcursion;
    const periodRatio = lengthOf(segment) / typicalLength;
    const ordinary = Math.min(1, amplitude / 0.4);
    const confidence = certain * Math.sqrt(height) * ordinary;
    const classScores = Float32Array.from(labels, (label) => {
      if (label === labels.at(-1)) return confidence;
      const mean = judged.reduce((sum, one) => sum + (one[label] ?? 0), 0) / judged.length;
      return confidence * (0.7 * mean + 0.3 * (judged[at]![label] ?? 0));
    });
    return {
      kind: 'cycle',
      classScores,
      confidence,
      startSeconds,
      endSeconds,
      box: boxOf(train.signal, recording, startSeconds, endSeconds, displayed),
      regularity:
        Math.exp(-spread) *
        Math.exp(-Math.abs(Math.log(Math.max(amplitude, 0.05))) / 2) *
        train.recurrence,
      amplitude,
      periodRatio,
    };
  });
}

/** 0…1: the body moves on by much the same way in every cycle. */
function walks(
  { times, x, scale }: JointTrack,
  segments: readonly Segment[],
  { travelMiddle, travelWidth }: MotionConfig['trains'],
): number {
  const middle = (seconds: number): number => {
    const found = times.findIndex((time) => time >= seconds);
    const step = found < 0 ? times.length - 1 : found;
    return (x[5]![step]! + x[6]![step]! + x[11]![step]! + x[12]![step]!) / 4;
  };
  const ways = segments.map(
    ({ startSeconds, endSeconds }) => (middle(endSeconds) - middle(startSeconds)) / scale,
  );
  return 1 / (1 + Math.exp((travelMiddle - Math.abs(median(ways))) / travelWidth));
}

function lengthOf({
  startSeconds,
  endSeconds,
}: Pick<Segment, 'startSeconds' | 'endSeconds'>): number {
  return Math.max(1e-3, endSeconds - startSeconds);
}

/** How well a cycle fits the labels: by the body where its joints show it, else by its direction and way. */
function judgeCycle(
  { signal, retrace }: Pick<ScoredTrain, 'signal' | 'retrace'>,
  track: JointTrack | null,
  startSeconds: number,
  endSeconds: number,
  things: ThingsConfig,
): Record<string, number> {
  const body = track ? judge(measure(track, startSeconds, endSeconds)) : {};
  if (signal.place === 'joints') return body;
  const { vertical } = signal;
  // To and fro goes back by the same way; round and round does not.
  const straight = Math.min(1, Math.max(0, (retrace - things.straightFrom) / things.straightWidth));
  const thing = Object.fromEntries(
    [
      { labels: things.upAndDown, share: vertical * straight },
      { labels: things.sideways, share: (1 - vertical) * straight },
      { labels: things.round, share: 1 - straight },
    ].flatMap(({ labels, share }) =>
      Object.entries(labels).map(([label, most]) => [label, most * share]),
    ),
  ) as Record<string, number>;
  // What was seen in the picture may still be the body, or something beside it.
  const share = track ? things.bodyShare : 0;
  const names = new Set([...Object.keys(body), ...Object.keys(thing)]);
  return Object.fromEntries(
    [...names].map((name) => [name, share * (body[name] ?? 0) + (1 - share) * (thing[name] ?? 0)]),
  );
}

/** The hull of the moving joints, or of the moving blocks, in pixels of the displayed frame. */
export function boxOf(
  { place }: Pick<Signal, 'place'>,
  recording: Recording,
  startSeconds: number,
  endSeconds: number,
  displayed: { width: number; height: number },
): Box {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  const grow = (left: number, top: number, right: number, bottom: number): void => {
    box[0] = Math.min(box[0], left);
    box[1] = Math.min(box[1], top);
    box[2] = Math.max(box[2], right);
    box[3] = Math.max(box[3], bottom);
  };
  const inside = (seconds: number): boolean =>
    seconds >= startSeconds - 0.06 && seconds <= endSeconds + 0.06;
  if (place === 'joints') {
    const { frame, poses } = recording;
    const scaleX = displayed.width / frame.width;
    const scaleY = displayed.height / frame.height;
    for (const { timestampSeconds, joints } of poses) {
      if (!inside(timestampSeconds)) continue;
      for (let at = 0; at < joints.length; at += 3) {
        if (joints[at + 2]! < 0.25) continue;
        const x = joints[at]! * scaleX;
        const y = joints[at + 1]! * scaleY;
        grow(x, y, x, y);
      }
    }
    const margin = 0.06 * Math.max(box[2] - box[0], box[3] - box[1]);
    grow(box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin);
  } else {
    const look = recording.looks.find(({ field }) => field !== null);
    if (look?.field) {
      const { columns, rows } = look.field;
      const wide = displayed.width / (columns + 1);
      const high = displayed.height / (rows + 1);
      place.forEach((weight, cell) => {
        if (weight < 0.4) return;
        const x = (cell % columns) * wide;
        const y = Math.floor(cell / columns) * high;
        grow(x, y, x + 2 * wide, y + 2 * high);
      });
    }
  }
  if (!(box[2] > box[0] && box[3] > box[1])) return [0, 0, displayed.width, displayed.height];
  return [
    Math.max(0, box[0]),
    Math.max(0, box[1]),
    Math.min(displayed.width, box[2]),
    Math.min(displayed.height, box[3]),
  ];
}
