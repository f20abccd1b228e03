import type { Frame } from '../../../media/media';
import type { Graph } from '../../../tokens/tensor';
import type { CycleProposal } from '../proposal';
import type { MotionConfig, RegionsConfig } from './motion-config';
import { PoseFollower } from './pose';
import { propose, proposeTurns } from './propose';
import { Recording } from './recording';
import { rotationOf } from './rotation';
import { collectSignals } from './signals';
import { rankTrains, type ScoredTrain } from './trains';
import { readTrains } from './zigzag';

export interface MotionGraphs {
  /** `image [1, 3, side, side]` → `centre`, `heat`, `regress`, `offset` `[1, n, grid, grid]` */
  pose: Graph;
}

/** The cycle tower over one clip: frames in ascending time in, repetitions out. */
export class Watcher {
  private readonly recording: Recording;
  private readonly follower: PoseFollower;
  private nextPose = -Infinity;

  /** @param displayed size of the displayed picture, the unit of every box. */
  constructor(
    graphs: MotionGraphs,
    private readonly config: MotionConfig,
    private readonly displayed: { width: number; height: number },
  ) {
    this.recording = new Recording(config);
    this.follower = new PoseFollower(graphs.pose, config.pose);
  }

  /** Looks at the next frame. @throws AppError `model-corrupt` when the pose graph has other outputs. */
  async look(frame: Frame): Promise<void> {
    const due = frame.timestampSeconds >= this.nextPose;
    const pose = due ? await this.follower.look(frame) : null;
    // A little early is on time: frames never come at even moments.
    if (due) this.nextPose = frame.timestampSeconds + 0.8 / this.config.pose.perSecond;
    this.recording.add(frame, pose);
  }

  /** Every repetition seen, in the order of time. */
  finish(): CycleProposal[] {
    return findCycles(this.recording, this.config, this.displayed);
  }
}

/** The repetitions in what was recorded of a clip, in the order of time. */
export function findCycles(
  recording: Recording,
  config: MotionConfig,
  displayed: { width: number; height: number },
): CycleProposal[] {
  if (recording.looks.length < 5) return [];
  const rotation = rotationOf(recording, config.rotation);
  if (rotation) return proposeTurns(rotation, recording, config, displayed);
  const proposals = propose(readCycles(recording, config), recording, config, displayed);
  const { parts, unlessConfidence, mostCameraPath, ...least } = config.regions;
  if (proposals.some(({ confidence }) => confidence >= unlessConfidence)) return proposals;
  const camera = recording.cameraReach();
  if (Math.max(camera.x, camera.y) > mostCameraPath) return proposals;
  // What goes on beside it drowns a repetition in the whole picture, but not in a part of it.
  const clear = parts
    .map((region) => {
      const part = recording.within(region);
      return { part, ranked: readCycles(part, config) };
    })
    .filter(({ ranked: [best] }) => best && isClear(best, least))
    .sort((a, b) => b.ranked[0]!.score - a.ranked[0]!.score);
  return clear[0] ? propose(clear[0].ranked, clear[0].part, config, displayed) : proposals;
}

/** Every train of cycles in a recording, best first. */
function readCycles(recording: Recording, config: MotionConfig): ScoredTrain[] {
  const seen = collectSignals(recording, config.signals, config.pose.minJointScore);
  return rankTrains(readTrains(seen.signals, config.zigzag), seen, config.trains);
}

/** Whether a train of a part of the picture stands for itself, so many being tried. */
function isClear(
  { sure, score, recurrence }: ScoredTrain,
  {
    leastCycles,
    leastScore,
    leastRecurrence,
  }: Pick<RegionsConfig, 'leastCycles' | 'leastScore' | 'leastRecurrence'>,
): boolean {
  return sure.length >= leastCycles && score >= leastScore && recurrence >= leastRecurrence;
}
