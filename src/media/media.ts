/** What a file holds, as probed before anything is decoded. Times are seconds on the media's own clock. */
export interface MediaInfo {
  container: string;
  /** Length of the presentation; 0 for a still picture. */
  durationSeconds: number;
  /** Smallest presentation time of the file (MPEG-TS often starts at 1.4 s and later). */
  startSeconds: number;
  video: VideoInfo | null;
  audio: AudioInfo | null;
  /**
   * Where only some pictures may be looked at: when each of them is shown, each once, in the order in
   * which they are named and so not always ascending. Absent: any picture may be planned.
   */
  pictureSeconds?: readonly number[];
}

export interface VideoInfo {
  codec: string;
  /** Average frames per second; 0 where it is unknown. */
  fps: number;
  /** Displayed size: rotation and pixel aspect applied. */
  width: number;
  height: number;
  /** Clockwise turn that the container asks for: 0, 90, 180 or 270. */
  rotationDegrees: number;
  /** Width of a stored pixel over its height. */
  pixelAspect: number;
}

export interface AudioInfo {
  codec: string;
  sampleRate: number;
  channels: number;
}

/** One decoded picture: upright, square pixels, RGBA bytes in row order. */
export interface Frame {
  /** The real presentation time of this picture, which may differ from the planned time. */
  timestampSeconds: number;
  /** Size of `data`; scaled down from the displayed size by one factor (see {@link FramePlan}). */
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

export interface FramePlan {
  /** Ascending, on the media's own clock. */
  timesSeconds: readonly number[];
  /** The longer side of a delivered frame is at most this many pixels. Never scaled up. */
  maxSide: number;
  /**
   * `shown`: of each time the picture that is on the screen then, whatever that costs; absent: the
   * nearest, or the nearest keyframe where the times lie far apart.
   */
  pick?: 'shown';
  /** Nearest among the pictures that begin from the one time on and before the other. */
  withinSeconds?: readonly [number, number];
}

/** Sound as 16 kHz mono, amplitude −1…1. */
export interface Samples {
  sampleRate: 16000;
  /** Media time of `data[0]`. */
  startSeconds: number;
  data: Float32Array;
}

/** How much of a clip a model was shown, where it cannot take all of it. */
export interface MediaUse {
  frames: number;
  /** Seconds of sound, of those that there are. */
  heardSeconds: number;
  soundSeconds: number;
  /** What was left out and why, in a sentence; null where nothing was. */
  note: string | null;
  /** Positions that the language model read, and tokens that it wrote. */
  tokens?: { read: number; written: number };
}

/** An opened file. Frames and sound can be asked for in any order, one request at a time. */
export interface Media {
  readonly info: MediaInfo;
  /**
   * The frames nearest to the planned times, in ascending order of their real time; two planned
   * times that fall on one picture deliver it once. The cost grows with the number of planned
   * times, not with the length of the file.
   * @throws AppError `decode-failed` when not a single frame can be decoded.
   */
  frames(plan: FramePlan, signal: AbortSignal): AsyncGenerator<Frame>;
  /**
   * The whole sound track, or the part inside `range` (seconds on the media's clock).
   * @throws AppError `decode-failed`
   */
  samples(signal: AbortSignal, range?: readonly [number, number]): Promise<Samples>;
  /** Releases the decoder and the mounted file. */
  close(): Promise<void>;
}
