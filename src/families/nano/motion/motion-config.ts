/** The numbers of the cycle tower: `models/tools/motion/config.json`, carried by the manifest. */
export interface MotionConfig {
  /** In the order of the class scores; the last is the generic one. */
  labels: readonly string[];
  sampling: MotionSamplingConfig;
  pose: PoseConfig;
  field: FieldConfig;
  signals: SignalsConfig;
  zigzag: ZigzagConfig;
  trains: TrainsConfig;
  /** Where no cycle is as sure as this, nothing repeats itself. */
  presence: number;
  regions: RegionsConfig;
  presumption: PresumptionConfig;
  rotation: RotationConfig;
}

/** When something turns round and round; see `rotationOf`. */
export interface RotationConfig {
  /** Steps of a full turn in which angles are compared. */
  bins: number;
  /** From one look to the next nothing turns further than this, radians. */
  mostTurn: number;
  /** Pixels of the grey picture by which the camera may stray, and the smallest thing looked at. */
  mostCameraPath: number;
  leastRadius: number;
  /** Blocks belong to the thing where they change by this share of the most. */
  placeShare: number;
  /** Grey levels that noise reaches. */
  noiseLevel: number;
  /** The pace is that of so many looks before and after, within so many bins. */
  paceSteps: number;
  paceBins: number;
  /** The median correlation of a picture, turned on, with the next. */
  leastLikeness: number;
  /** Radians in all, and the share of them that goes one way. */
  leastTurn: number;
  leastOneWay: number;
  /** A last turn counts where no more than this share of it is missing. */
  slack: number;
  /** How sure a cycle of a perfect rotation is, and what it scores as each label. */
  confidence: number;
  scores: Readonly<Record<string, number>>;
}

export interface MotionSamplingConfig {
  /** Frames are looked at this often, or each where the clip has fewer. */
  framesPerSecond: number;
  /** At most this many frames: a longer clip is looked at less often. */
  maxFrames: number;
  /** The longer side of a frame, pixels. */
  maxSide: number;
}

export interface PoseConfig {
  /** Side of the square input, and of the heads' grid. */
  side: number;
  grid: number;
  /** Joints are looked for this often. */
  perSecond: number;
  /** A joint below this score is not seen. */
  minJointScore: number;
  /** Mean joint score from which there is a body at all. */
  minBodyScore: number;
  /** The crop around a person: distances of the torso's joints and of all joints, times these. */
  torsoMargin: number;
  bodyMargin: number;
  /** After this many looks without a body, only every n-th look is taken. */
  patience: number;
  idleEvery: number;
}

export interface FieldConfig {
  /** The longer side of the grey picture, pixels. */
  side: number;
  /** Blocks of the flow: side and distance, pixels of the grey picture. */
  block: number;
  stride: number;
  /** Differences above this (0…255) count no more for the camera's movement. */
  robustLevel: number;
  /** Texture below this (squared grey levels a pixel) says little about the flow. */
  flowRegular: number;
  /** The camera's step is looked for up to this many pixels of the grey picture. */
  searchRadius: number;
}

export interface SignalsConfig {
  /** Grey levels or pixels of the grey picture that noise reaches: weaker signals count less. */
  noiseLevel: number;
  noiseFlow: number;
  /** Share of the body's size that the noise of joints reaches. */
  noiseJoint: number;
  /** Principal components taken from each source. */
  components: number;
}

export interface ZigzagConfig {
  /** Signals of less strength are not read. */
  minStrength: number;
  /** A reading takes off what is slower than its window: it finds cycles up to about that length. */
  windowsSeconds: readonly number[];
  /** Steps in a window, at most; and the share of it over which a curve is smoothed. */
  stepsPerWindow: number;
  smoothShare: number;
  /** A turn goes at least this share of the curve's range; several are tried. */
  leastShares: readonly number[];
  /** Smaller movements than this share are noise; what lies between makes a reading doubtful. */
  smallShare: number;
}

export interface TrainsConfig {
  /** A cycle begins and ends where the signal is this share of its height away from rest. */
  departShare: number;
  /** A mark from this height on is a cycle; lower ones are weak proposals. */
  sureMarker: number;
  /** At most this many trains are compared with the picture and with each other. */
  mostTrains: number;
  /** How much a train of one, two, three … cycles counts; the last is for all longer ones. */
  fewWeights: readonly number[];
  /** How much a source counts; 1 where none is given. */
  sourceWeights: Readonly<Record<string, number>>;
  /** Share of a train's score that depends on the agreement of other sources. */
  agreementShare: number;
  /** The train's score is read as a confidence: 1 / (1 + exp(−slope · (score − middle))). */
  confidenceSlope: number;
  confidenceMiddle: number;
  /** A body that goes this far in every cycle (trunk lengths) walks: its steps are no repetitions. */
  travelMiddle: number;
  travelWidth: number;
  /** A further train is proposed beside the best where it has at least this share of its score. */
  minShare: number;
  rest: RestConfig;
  things: ThingsConfig;
}

/** How much a train counts by where most of the clip stays; see `dwellOf` and `retraceOf`. */
export interface RestConfig {
  /** A moment is like the marks, or like the rest, where it is nearer to it by this factor. */
  nearShare: number;
  /** The way out and back is compared up to this share of its length. */
  wayShare: number;
  /** A train's factor is floor + height / (1 + exp(−slope · dwell)), 1 at most. */
  floor: number;
  height: number;
  slope: number;
  /** A single movement's is its dwell and this bonus, but no less than the other. */
  bonusForOne: number;
  leastForOne: number;
}

/** How a movement without a body is named by its way. */
export interface ThingsConfig {
  /** From this retrace on it goes to and fro, the more so over this width. */
  straightFrom: number;
  straightWidth: number;
  /** What the direction says for each label, at most. */
  upAndDown: Readonly<Record<string, number>>;
  sideways: Readonly<Record<string, number>>;
  round: Readonly<Record<string, number>>;
  /** Where there is a body in the clip, it has this share in the naming of what was seen in the picture. */
  bodyShare: number;
}

/** A part of the picture: left, top, right and bottom, shares 0…1 of its width and height. */
export type Region = readonly [number, number, number, number];

/** When a part of the picture is read by itself (`watch.ts`). */
export interface RegionsConfig {
  parts: readonly Region[];
  /** Not where the whole picture shows cycles of this confidence, nor where the camera goes further (grey pixels). */
  unlessConfidence: number;
  mostCameraPath: number;
  /** What a part's best train must have. */
  leastCycles: number;
  leastScore: number;
  leastRecurrence: number;
}

/** When cycles pass for a movement that they do not look like (`presume.ts`). */
export interface PresumptionConfig {
  /** Only cycles of at least this confidence say what the movement looks like. */
  leastConfidence: number;
  /** From this share of the confidence on, another label's mean score says that it is another movement. */
  rivalShare: number;
  /** The share of its confidence that a cycle scores at least as the asked movement. */
  grantedShare: number;
  /** Likenesses to other movements count for at most this share of that. */
  othersShare: number;
}
