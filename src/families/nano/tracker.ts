import { appearanceDistance, layoutDistance } from './appearance';
import { assign } from './assignment';
import type { TrackerConfig } from './objects-config';
import type { ObjectProposal } from './proposal';
import { stitch } from './stitch';
import { Track, type Sighting } from './track';

/** So many sightings leave no doubt. */
const SUPPORT = 3;

/**
 * Follows every object through sparsely sampled frames. Strong detections are matched first, weak
 * ones may only continue what is already followed (ByteTrack), and pieces of hidden objects are
 * joined at the end.
 */
export class ObjectTracker {
  private active: Track[] = [];
  private readonly ended: Track[] = [];
  private layout: Float32Array | null = null;
  private scene = 0;
  private frames = 0;
  private lastFrameSeconds = -Infinity;

  constructor(private readonly config: TrackerConfig) {}

  /**
   * Takes the sightings of the next frame.
   * @param layout of the whole frame, see `layoutOf`.
   * @param camera how far the whole picture moved since the last frame, pixels; null where it did
   *   not, or cannot be told.
   */
  step(
    sightings: readonly Sighting[],
    timestampSeconds: number,
    layout: Float32Array,
    camera: readonly [number, number] | null = null,
  ): void {
    const { config } = this;
    // A picture that only moved is no cut, however unlike the layouts are.
    if (camera) for (const track of this.active) track.carry(camera);
    else if (this.layout && layoutDistance(this.layout, layout) > config.cutDistance) this.scene++;
    this.layout = layout;
    this.frames++;
    this.retire(timestampSeconds);
    this.lastFrameSeconds = timestampSeconds;
    const strong = sightings.filter((sighting) => sighting.score >= config.highScore);
    const weak = sightings.filter((sighting) => sighting.score < config.highScore);
    const unseen = this.match(this.active, strong, timestampSeconds);
    const unmatched = this.match(unseen.tracks, weak, timestampSeconds);
    for (const sighting of [...unseen.sightings, ...unmatched.sightings]) {
      if (sighting.score < config.startScore) continue;
      this.active.push(new Track(sighting, timestampSeconds, this.scene));
    }
  }

  /** Every object of the clip, in the order of their first appearance. */
  finish(): ObjectProposal[] {
    const { stitch: stitching, onceAtEdgeScore } = this.config;
    const isSliver = ({ path, cutOff, scores }: Track): boolean =>
      path.length === 1 && cutOff && scores[0]! < onceAtEdgeScore;
    const all = stitch([...this.ended, ...this.active], stitching);
    const tracks = this.frames > SUPPORT ? all.filter((track) => !isSliver(track)) : all;
    tracks.sort(
      (a, b) =>
        a.first.timestampSeconds - b.first.timestampSeconds || mean(b.scores) - mean(a.scores),
    );
    return tracks.map((track, index) => ({
      kind: 'object',
      classScores: track.classScores,
      peakScores: track.peakScores,
      confidence: this.confidence(track),
      startSeconds: track.first.timestampSeconds,
      endSeconds: track.last.timestampSeconds,
      box: track.first.box,
      path: track.path,
      meanScore: mean(track.scores),
      colours: track.colours,
      appearanceDistance: Math.min(
        1,
        ...tracks
          .slice(0, index)
          .map((earlier) => appearanceDistance(earlier.appearance, track.appearance)),
      ),
    }));
  }

  private match(
    tracks: readonly Track[],
    sightings: readonly Sighting[],
    timestampSeconds: number,
  ): { tracks: Track[]; sightings: Sighting[] } {
    const cost = tracks.map((track) =>
      sightings.map((sighting) => track.cost(sighting, timestampSeconds, this.scene, this.config)),
    );
    const taken = new Set<Sighting>();
    const left: Track[] = [];
    for (const [index, column] of assign(cost, this.config.maxCost).entries()) {
      const [track, sighting] = [tracks[index], sightings[column]];
      if (!track) continue;
      if (sighting) {
        track.add(sighting, timestampSeconds, this.scene, this.config);
        taken.add(sighting);
      } else {
        left.push(track);
      }
    }
    return { tracks: left, sightings: sightings.filter((sighting) => !taken.has(sighting)) };
  }

  private retire(timestampSeconds: number): void {
    const fresh = (track: Track) =>
      timestampSeconds - track.last.timestampSeconds <= this.config.maxGapSeconds ||
      track.last.timestampSeconds === this.lastFrameSeconds;
    this.ended.push(...this.active.filter((track) => !fresh(track)));
    this.active = this.active.filter(fresh);
  }

  /** Strongest sightings, discounted where there could have been more of them. */
  private confidence(track: Track): number {
    const strongest = [...track.scores].sort((a, b) => b - a).slice(0, SUPPORT);
    const support = Math.min(1, track.scores.length / Math.min(SUPPORT, this.frames));
    return mean(strongest) * (0.5 + 0.5 * support);
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
