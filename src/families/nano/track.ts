import type { Box, BoxAtTime } from '../../clues/clue';
import { appearanceDistance, blend } from './appearance';
import { area, overlap, type Detection } from './detections';
import type { TrackerConfig } from './objects-config';

/** So many looks are remembered one by one, the latest ones. */
const GALLERY_SIZE = 12;
/** How much of a change of size counts at the frame's edge. */
const EDGE_SHARE = 0.3;

/** A detection in pixels of the displayed frame, with what it looks like. */
export interface Sighting extends Detection {
  appearance: Float32Array;
  /** Share of its pixels in each basic colour, see `coloursOf`. */
  colours: Float32Array;
  /** Its box touches the edge of the frame, so a part of it may be out of view. */
  cutOff: boolean;
}

/** One object over time: a constant-velocity filter for its place, a running mean of its looks. */
export class Track {
  readonly path: BoxAtTime[] = [];
  readonly scores: number[] = [];
  readonly classScores: Float32Array;
  /** Its best sighting's score, class by class. */
  readonly peakScores: Float32Array;
  /** Running mean of its looks. */
  appearance: Float32Array;
  private gallery: Float32Array[];
  /** Mean of its colours, weighted by the scores. */
  readonly colours: Float32Array;
  private colourWeight: number;
  /** Counts camera cuts; places are comparable only inside one scene. */
  scene: number;
  /** Whether the last sighting was cut off by the frame's edge. */
  cutOff: boolean;
  private x: number;
  private y: number;
  private velocityX = 0;
  private velocityY = 0;
  /** How far the camera has moved the picture since the last sighting. */
  private drift: [number, number] = [0, 0];

  constructor(sighting: Sighting, timestampSeconds: number, scene: number) {
    this.appearance = sighting.appearance;
    this.gallery = [sighting.appearance];
    this.colours = sighting.colours.slice();
    this.colourWeight = sighting.score;
    this.classScores = sighting.classScores.slice();
    this.peakScores = sighting.classScores.slice();
    this.scene = scene;
    this.cutOff = sighting.cutOff;
    [this.x, this.y] = centre(sighting.box);
    this.path.push({ timestampSeconds, box: sighting.box });
    this.scores.push(sighting.score);
  }

  get first(): BoxAtTime {
    return this.path[0] as BoxAtTime;
  }

  get last(): BoxAtTime {
    return this.path[this.path.length - 1] as BoxAtTime;
  }

  /** Where its centre should be now. Nothing keeps its pace for long, so the run-on is bounded. */
  predict(timestampSeconds: number, maxGapSeconds: number): [number, number] {
    const gap = Math.min(timestampSeconds - this.last.timestampSeconds, maxGapSeconds);
    return [
      this.x + this.drift[0] + this.velocityX * gap,
      this.y + this.drift[1] + this.velocityY * gap,
    ];
  }

  /** The camera turned: everything in the picture moved by so many pixels. */
  carry(camera: readonly [number, number]): void {
    this.drift[0] += camera[0];
    this.drift[1] += camera[1];
  }

  /** What it would cost to call this sighting the same object; Infinity where it cannot be. */
  cost(sighting: Sighting, timestampSeconds: number, scene: number, config: TrackerConfig): number {
    const looks = appearanceDistance(this.appearance, sighting.appearance);
    const kind = 1 - cosine(this.classScores, sighting.classScores);
    const alike = config.appearanceWeight * looks + config.classWeight * kind;
    // After a cut every place is new: only looks and kind can tell.
    if (scene !== this.scene) {
      const same = looks < config.stitch.afterCutDistance && kind < config.maxClassDistance;
      return same ? alike : Infinity;
    }
    const { box } = sighting;
    const still = overlap(moved(this.last.box, this.drift), box) >= config.sameThingIou;
    if (kind > config.maxClassDistance && !still) return Infinity;
    const [before, now] = [area(this.last.box), area(box)];
    const gap = timestampSeconds - this.last.timestampSeconds;
    const size = Math.sqrt(Math.sqrt(before * now));
    const [x, y] = this.predict(timestampSeconds, config.maxGapSeconds);
    const [seenX, seenY] = centre(box);
    const reach = size * (config.strayAtOnce + config.strayPerSecond * gap);
    const stray = Math.hypot(seenX - x, seenY - y) / Math.max(1, reach);
    if (stray > 1) return Infinity;
    const growth = Math.abs(Math.log2((now + 1) / (before + 1)));
    // What is smaller because the frame's edge cuts it off has not changed its size.
    const cut = now < before ? sighting.cutOff : this.cutOff;
    return stray + alike + config.sizeWeight * (cut ? EDGE_SHARE : 1) * growth;
  }

  add(sighting: Sighting, timestampSeconds: number, scene: number, config: TrackerConfig): void {
    const [x, y] = centre(sighting.box);
    if (scene === this.scene) {
      const gap = Math.max(1e-3, timestampSeconds - this.last.timestampSeconds);
      const [guessX, guessY] = this.predict(timestampSeconds, config.maxGapSeconds);
      // The second sighting is the first to say anything about the pace.
      const gain = this.path.length === 1 ? 1 : config.velocityGain;
      this.velocityX += (gain * (x - guessX)) / gap;
      this.velocityY += (gain * (y - guessY)) / gap;
      this.x = guessX + config.positionGain * (x - guessX);
      this.y = guessY + config.positionGain * (y - guessY);
    } else {
      [this.x, this.y, this.velocityX, this.velocityY] = [x, y, 0, 0];
      this.scene = scene;
    }
    this.drift = [0, 0];
    const count = this.path.length;
    for (let label = 0; label < this.classScores.length; label++) {
      const mean = this.classScores[label] ?? 0;
      this.classScores[label] = mean + ((sighting.classScores[label] ?? 0) - mean) / (count + 1);
    }
    this.raise(sighting.classScores);
    this.appearance = blend(this.appearance, sighting.appearance, 1 / Math.min(count + 1, 10));
    this.gallery[count % GALLERY_SIZE] = sighting.appearance;
    this.mixColours(sighting.colours, sighting.score);
    this.cutOff = sighting.cutOff;
    this.path.push({ timestampSeconds, box: sighting.box });
    this.scores.push(sighting.score);
  }

  /**
   * Distance of the closest pair of looks, 0…1. Occlusion and turning spread the looks of one
   * object widely, but some view of it comes back nearly the same.
   */
  looksDistance(other: Track): number {
    let least = 1;
    for (const mine of this.gallery)
      for (const theirs of other.gallery) least = Math.min(least, appearanceDistance(mine, theirs));
    return least;
  }

  /** Where it usually is: the median of every side. */
  home(): Box {
    const side = (index: 0 | 1 | 2 | 3) => {
      const values = this.path.map(({ box }) => box[index]).sort((a, b) => a - b);
      return values[values.length >> 1] ?? 0;
    };
    return [side(0), side(1), side(2), side(3)];
  }

  private raise(scores: Float32Array): void {
    for (const [label, score] of scores.entries())
      this.peakScores[label] = Math.max(this.peakScores[label] ?? 0, score);
  }

  private mixColours(fresh: Float32Array, weight: number): void {
    this.colourWeight += weight;
    const share = weight / this.colourWeight;
    for (let colour = 0; colour < this.colours.length; colour++) {
      const mean = this.colours[colour] ?? 0;
      this.colours[colour] = mean + share * ((fresh[colour] ?? 0) - mean);
    }
  }

  /** Takes over a later piece of the same object. */
  append(later: Track): void {
    const [mine, theirs] = [this.path.length, later.path.length];
    const share = theirs / (mine + theirs);
    for (let label = 0; label < this.classScores.length; label++) {
      const mean = this.classScores[label] ?? 0;
      this.classScores[label] = mean + share * ((later.classScores[label] ?? 0) - mean);
    }
    this.raise(later.peakScores);
    this.appearance = blend(this.appearance, later.appearance, share);
    this.gallery = later.gallery;
    this.mixColours(later.colours, later.colourWeight);
    this.path.push(...later.path);
    this.scores.push(...later.scores);
    this.scene = later.scene;
  }
}

function moved([left, top, right, bottom]: Box, [x, y]: readonly [number, number]): Box {
  return [left + x, top + y, right + x, bottom + y];
}

function centre(box: Box): [number, number] {
  return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}

/** Cosine of the angle between two score vectors, 0…1 for scores. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let lengthA = 0;
  let lengthB = 0;
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [a[index] ?? 0, b[index] ?? 0];
    dot += x * y;
    lengthA += x * x;
    lengthB += y * y;
  }
  return dot / Math.sqrt(lengthA * lengthB || 1);
}
