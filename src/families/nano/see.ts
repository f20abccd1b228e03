import type { Box } from '../../clues/clue';
import { AppError } from '../../errors';
import type { Frame } from '../../media/media';
import { letterbox, toDisplayed } from '../../tensors/letterbox';
import type { Graph } from '../../tokens/tensor';
import { describe, layoutOf } from './appearance';
import { detect } from './detections';
import type { ObjectsConfig } from './objects-config';
import type { ObjectProposal } from './proposal';
import type { Sighting } from './track';
import { ObjectTracker } from './tracker';

/** The object tower over one clip: frames in ascending time in, proposals out. */
export class Seer {
  private readonly tracker: ObjectTracker;

  /**
   * @param graph `image [1, 3, side, side]` → `scores [1, anchors, labels]`, `boxes [1, anchors, 4 · bins]`.
   * @param displayed size of the displayed picture, the unit of every box.
   */
  constructor(
    private readonly graph: Graph,
    private readonly config: ObjectsConfig,
    private readonly displayed: { width: number; height: number },
  ) {
    this.tracker = new ObjectTracker(config.tracker);
  }

  /** Looks at the next frame. @throws AppError `model-corrupt` when the graph has other outputs. */
  async look(frame: Frame): Promise<void> {
    const { tensor, ...place } = letterbox(frame, this.config.input);
    const { scores, boxes } = await this.graph.run({ image: tensor });
    if (!scores || !boxes)
      throw new AppError('model-corrupt', 'The object graph lacks its outputs.');
    const sightings = detect(scores, boxes, this.config).map((detection): Sighting => {
      const inFrame = toDisplayed(detection.box, place, frame);
      const box = toDisplayed(detection.box, place, this.displayed);
      return {
        ...detection,
        box,
        appearance: describe(frame, inFrame),
        cutOff: touchesEdge(inFrame, frame),
      };
    });
    this.tracker.step(sightings, frame.timestampSeconds, layoutOf(frame));
  }

  /** Every object seen, in the order of first appearance. */
  finish(): ObjectProposal[] {
    return this.tracker.finish();
  }
}

function touchesEdge(box: Box, frame: Frame): boolean {
  const margin = 0.01 * Math.max(frame.width, frame.height);
  return (
    Math.min(box[0], box[1]) < margin ||
    box[2] > frame.width - margin ||
    box[3] > frame.height - margin
  );
}
