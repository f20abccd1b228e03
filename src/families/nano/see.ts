import type { Box } from '../../clues/clue';
import { AppError } from '../../errors';
import type { Frame } from '../../media/media';
import { letterbox, toDisplayed } from '../../tensors/letterbox';
import type { Graph, Tensor } from '../../tokens/tensor';
import { describe, layoutOf } from './appearance';
import { cameraShift, thumbnailOf } from './camera';
import { coloursOf, lightOf } from './colours';
import { exposureGain } from './exposure';
import { detect, sharpenKindred, type Detection } from './detections';
import type { ObjectsConfig } from './objects-config';
import { bothLooks, mirrored, type HeadOutputs } from './mirror';
import type { PictureClock } from './picture-clock';
import type { ObjectProposal } from './proposal';
import { crop, fromTile, merge, tilesOf, wantsTiles } from './tiling';
import type { Sighting } from './track';
import { ObjectTracker } from './tracker';

/** The object tower over one clip: frames in ascending time in, proposals out. */
export class Seer {
  private readonly tracker: ObjectTracker;
  private readonly kindred: number[][];
  private thumbnail: Float32Array | null = null;
  private looked = 0;
  /** Of so many frames, one may be looked at again in tiles. */
  private readonly tileEvery: number;
  /** Few frames are each looked at in the mirror as well. */
  private readonly mirrors: boolean;

  /**
   * @param graph `image [1, 3, side, side]` → `scores [1, anchors, labels]`, `boxes [1, anchors, 4 · bins]`.
   * @param displayed size of the displayed picture, the unit of every box.
   * @param frameCount how many frames will come; bounds the further looks.
   * @param clock for single pictures, which may lie far apart.
   */
  constructor(
    private readonly graph: Graph,
    private readonly config: ObjectsConfig,
    private readonly displayed: { width: number; height: number },
    frameCount: number,
    private readonly clock: PictureClock | null = null,
  ) {
    this.tracker = new ObjectTracker(config.tracker);
    this.kindred = config.kindred.map((names) => names.map((name) => config.labels.indexOf(name)));
    this.mirrors = frameCount <= config.mirror.maxFrames;
    this.tileEvery = Math.max(1, Math.ceil(frameCount / config.tiling.maxFrames));
  }

  /** Looks at the next frame. @throws AppError `model-corrupt` when the graph has other outputs. */
  async look(frame: Frame): Promise<void> {
    const light = lightOf(frame);
    const toFull = { left: 0, top: 0, width: frame.width, height: frame.height };
    const sightings = (await this.detections(frame)).map((detection): Sighting => {
      const { box } = detection;
      return {
        ...detection,
        box: toDisplayed(box, toFull, this.displayed),
        appearance: describe(frame, box),
        colours: coloursOf(frame, box, light),
        cutOff: touchesEdge(box, frame),
      };
    });
    const { timestampSeconds } = frame;
    const seconds = this.clock?.tick(timestampSeconds) ?? timestampSeconds;
    this.tracker.step(sightings, seconds, layoutOf(frame), this.cameraOf(frame));
  }

  /** Every object seen, in the order of first appearance. */
  finish(): ObjectProposal[] {
    return this.tracker.finish().map((proposal) => ({
      ...(this.clock?.back(proposal) ?? proposal),
      classScores: sharpenKindred(proposal.classScores, this.kindred),
      peakScores: sharpenKindred(proposal.peakScores, this.kindred),
    }));
  }

  /** How far the camera moved the picture since the last frame, in displayed pixels. */
  private cameraOf(frame: Frame): readonly [number, number] | null {
    const before = this.thumbnail;
    this.thumbnail = thumbnailOf(frame);
    const shift = before && cameraShift(before, this.thumbnail);
    return shift && [shift[0] * this.displayed.width, shift[1] * this.displayed.height];
  }

  /** What is in the frame, in its own pixels: seen whole and, where much is small, in tiles, too. */
  private async detections(frame: Frame): Promise<Detection[]> {
    const { tiling } = this.config;
    const gain = exposureGain(frame, this.config.exposure);
    const whole = await this.detect(frame, gain);
    if (this.looked++ % this.tileEvery > 0 || !wantsTiles(whole, frame, tiling)) return whole;
    const looks = [whole];
    for (const tile of tilesOf(frame))
      looks.push(fromTile(await this.detect(crop(frame, tile), gain), tile, frame, tiling));
    return looks.length === 1 ? whole : merge(looks, this.config);
  }

  private async detect(frame: Frame, gain: number): Promise<Detection[]> {
    const { tensor, ...place } = letterbox(frame, { ...this.config.input, gain });
    const plain = await this.head(tensor);
    const looked = this.mirrors
      ? bothLooks(plain, await this.head(mirrored(tensor)), this.config)
      : plain;
    return detect(looked.scores, looked.boxes, this.config).map((detection) => ({
      ...detection,
      box: toDisplayed(detection.box, place, frame),
    }));
  }

  private async head(image: Tensor): Promise<HeadOutputs> {
    const { scores, boxes } = await this.graph.run({ image });
    if (!scores || !boxes)
      throw new AppError('model-corrupt', 'The object graph lacks its outputs.');
    return { scores, boxes };
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
