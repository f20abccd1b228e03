/** The numbers of the object tower: `models/tools/objects/config.json`, carried by the manifest. */
export interface ObjectsConfig {
  /** COCO-80 names, in the order of the class scores. */
  labels: readonly string[];
  /** Basic colour names, in the order of `coloursOf`. */
  colours: readonly string[];
  input: {
    /** Side of the square input in pixels. */
    side: number;
    /** Channels in the order of the input planes, as offsets into RGBA. */
    channels: readonly [number, number, number];
    /** Per plane, on the 0…255 scale. */
    mean: readonly [number, number, number];
    std: readonly [number, number, number];
  };
  exposure: ExposureConfig;
  head: {
    /** Anchors lie on one grid per stride, in this order. */
    strides: readonly number[];
    /** Each side of a box is a distribution over 0…bins−1 strides. */
    bins: number;
  };
  detection: {
    /** Weaker detections are dropped. */
    minScore: number;
    /** Of two boxes that overlap more, the weaker goes: with the same best class, and with another. */
    sameClassIou: number;
    otherClassIou: number;
    /** Of two boxes of one class the weaker goes when this share of the smaller is in the other. */
    insideShare: number;
    /** At most this many detections a frame. */
    maxCount: number;
  };
  presence: ObjectPresence;
  presumption: ColourPresumption;
  /** Classes of one look that exclude one another: car and truck; see `sharpenKindred`. */
  kindred: readonly (readonly string[])[];
  tracker: TrackerConfig;
  sampling: SamplingConfig;
  /** So many frames at most are each looked at in the mirror as well; see `mirror.ts`. */
  mirror: { maxFrames: number };
  tiling: TilingConfig;
}

/** How dark frames are lit for the detector; see `exposureGain`. */
export interface ExposureConfig {
  /** The brightest pixels, as a share of all, may be brighter than `bright` (0…255); the others are not. */
  brightShare: number;
  bright: number;
  /** No frame is raised more than so many times: what is black stays black. */
  mostGain: number;
}

export interface ObjectPresence {
  /** Where no sighting in a clip has an asked class with this score, nothing of that class is there. */
  class: number;
  /** A thing that no sighting shows with this score is none of them. */
  thing: number;
  /** Nor is one whose best sighting scores less than this share of the best thing's, if it never stirs. */
  faintShare: number;
  /** A thing stirs whose middle goes further than this from where it was at first, in box sizes. */
  stillReach: number;
}

/** When grey things pass for white or for black ones that are asked for (`presume.ts`). */
export interface ColourPresumption {
  /** Not where a thing has this much of the asked colour, relative to its main one. */
  clearShare: number;
  /** Share of its pixels that must have the asked colour. */
  leastShare: number;
}

/** Lengths are in box sizes (the root of the area); appearance and class distances are 0…1. */
export interface TrackerConfig {
  /** A track starts only from a detection of at least this score. */
  startScore: number;
  /** Detections below this are matched in the second round only. */
  highScore: number;
  /**
   * What one frame of several shows once, cut off by the picture's edge, is dropped below this score: most
   * are slivers of something that the detector recognises only by half.
   */
  onceAtEdgeScore: number;
  /** A pair that costs more than this is not matched. */
  maxCost: number;
  /** How far an object may stray from its prediction: at once, and per second since it was seen. */
  strayAtOnce: number;
  strayPerSecond: number;
  /** Weights of the cost's parts; the motion part has weight 1. */
  appearanceWeight: number;
  sizeWeight: number;
  classWeight: number;
  /** Unlike classes are unlike things, unless the boxes overlap as much as `sameThingIou`. */
  maxClassDistance: number;
  sameThingIou: number;
  /** A track not seen for this long, and not in the last frame either, waits for stitching. */
  maxGapSeconds: number;
  /** Share of a fresh measurement in position and in velocity. */
  positionGain: number;
  velocityGain: number;
  /** Two frames whose layouts differ by more than this have a camera cut between them. */
  cutDistance: number;
  stitch: StitchConfig;
}

/** When the pieces of a hidden object are one object again; see `stitch.ts`. */
export interface StitchConfig {
  maxClassDistance: number;
  /** Largest appearance distance: back in the same place, elsewhere, and after a cut. */
  samePlaceDistance: number;
  elsewhereDistance: number;
  afterCutDistance: number;
  /** Same place: the boxes overlap at least this much. */
  samePlaceIou: number;
  /** The longer the gap the closer the likeness must be: it halves over these seconds. */
  samePlaceHalfSeconds: number;
  elsewhereHalfSeconds: number;
}

export interface SamplingConfig {
  framesPerSecond: number;
  minFrames: number;
  maxFrames: number;
  /** Longer side of the frames, pixels: what the tiles need; see `tiling.ts`. */
  maxSide: number;
}

/** When and how a frame is looked at again in parts; see `tiling.ts`. */
export interface TilingConfig {
  /** A small thing: the root of its area is below this share of the frame's. */
  smallSide: number;
  /** So many small things of at least this score ask for a second look. */
  minSmall: number;
  minScore: number;
  /** At most this many frames of a clip get one, spread evenly. */
  maxFrames: number;
  /** What fills more of a tile (root of the area) is left to the whole frame. */
  largestShare: number;
  /** What comes this close to a cut, in shares of the frame's longer side, is cut in two. */
  edge: number;
  /** Boxes of the two looks that overlap more are one thing. */
  joinIou: number;
}
