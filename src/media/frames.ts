import { AppError } from '../errors';
import type { Decoder } from './decoder';
import { INPUT, OUT } from './mount-points';
import {
  frameSize,
  lastKey,
  leastSnapSpacing,
  planChunk,
  planSteps,
  type Exact,
  type Snap,
  type Step,
} from './frame-plan';
import type { Frame, FramePlan, MediaInfo, VideoInfo } from './media';
import { keyframeSpacing, listPackets, type Packet } from './packets';
import type { VideoTrack } from './probe';

/** Raw pictures that one run may leave in ffmpeg's memory. */
const BYTES_PER_RUN = 32 * 2 ** 20;
/** More would make the stream of frames jerky without being faster. */
const FRAMES_PER_RUN = 32;
/** Each seek of a run keeps its own decoder open; they share the heap. */
const PIXELS_PER_RUN = 8 * 1280 * 720;
const SNAPS_PER_RUN = 12;
/** Packets around a stretch, for the pictures just outside of it. */
const MARGIN_SECONDS = 1;
/** Looking farther back for a keyframe is not worth it. */
const LONGEST_MARGIN_SECONDS = 64;
/**
 * Containers without an index: a seek lands between keyframes, and what is decoded from there on is
 * broken until the next keyframe.
 */
const WITHOUT_INDEX = /^(mpegts|mpeg)$/;

/** See {@link Media.frames}. */
export class FrameReader {
  readonly #size: { width: number; height: number };
  readonly #filter: string;
  readonly #indexed: boolean;
  #latest = -Infinity;
  #lastLog: readonly string[] = [];

  constructor(
    private readonly decoder: Decoder,
    private readonly media: MediaInfo,
    private readonly info: VideoInfo,
    private readonly track: VideoTrack,
    private readonly plan: FramePlan,
    private readonly signal: AbortSignal,
  ) {
    this.#size = frameSize(info, plan.maxSide);
    this.#indexed = !WITHOUT_INDEX.test(media.container);
    this.#filter = uprightFilter(info.rotationDegrees, this.#size);
  }

  async *read(): AsyncGenerator<Frame> {
    const { head, headIsAll, codedWidth, codedHeight } = this.track;
    const steps = planSteps(
      this.plan.timesSeconds,
      keyframeSpacing(head, headIsAll),
      leastSnapSpacing(this.info.fps, codedWidth * codedHeight),
      this.plan,
    );
    let failure: unknown = null;
    while (steps.length > 0) {
      try {
        for await (const frame of this.#readNext(steps)) {
          if (frame.timestampSeconds <= this.#latest) continue;
          this.#latest = frame.timestampSeconds;
          failure = null;
          yield frame;
        }
      } catch (error) {
        // One bad place does not cost the rest of the file; two in a row do.
        if (!(error instanceof AppError) || error.code !== 'decode-failed') throw error;
        if (failure !== null) break;
        failure = error;
      }
    }
    if (this.#latest === -Infinity) {
      throw new AppError('decode-failed', 'No picture in this video could be decoded.', {
        cause: failure ?? this.#lastLog.slice(-8).join('\n'),
      });
    }
  }

  /** Takes one or more steps off the list and delivers their frames. */
  async *#readNext(steps: Step[]): AsyncGenerator<Frame> {
    const first = steps[0];
    if (first?.kind === 'exact') {
      steps.shift();
      yield* this.#readExact(first);
      return;
    }
    const end = steps.findIndex((step) => step.kind !== 'snap');
    const pixels = this.track.codedWidth * this.track.codedHeight;
    const most = Math.min(SNAPS_PER_RUN, Math.max(1, Math.floor(PIXELS_PER_RUN / pixels)));
    const snaps = steps.splice(0, Math.min(most, end === -1 ? steps.length : end)) as Snap[];
    const found = await this.#readSnaps(snaps);
    if (found.every((frame) => frame === null)) {
      // No keyframe near any of them, or no way to seek: decode through, once.
      while (steps[0]?.kind === 'snap') snaps.push(steps.shift() as Snap);
      steps.unshift({ kind: 'exact', timesSeconds: snaps.map((snap) => snap.timeSeconds) });
      return;
    }
    let missed: number[] = [];
    for (const [i, frame] of found.entries()) {
      if (frame === null) {
        missed.push(snaps[i]?.timeSeconds ?? 0);
        continue;
      }
      if (missed.length > 0) yield* this.#readExact({ kind: 'exact', timesSeconds: missed });
      missed = [];
      yield frame;
    }
    if (missed.length > 0) yield* this.#readExact({ kind: 'exact', timesSeconds: missed });
  }

  /** One frame a snap, null where no keyframe lies in its window. */
  async #readSnaps(snaps: readonly Snap[]): Promise<(Frame | null)[]> {
    const inputs = snaps.flatMap(({ fromSeconds, upToSeconds }) => {
      if (this.#indexed) return this.#inputAt(upToSeconds);
      // Without an index take the next keyframe, and do not read on for the one after it.
      const span = (upToSeconds - fromSeconds + 0.5).toFixed(3);
      return this.#inputAt(fromSeconds, ['-skip_frame', 'nokey', '-t', span]);
    });
    const select = this.#indexed ? 'null' : `select='key'`;
    const args = [...inputs, ...snaps.flatMap((_, i) => this.#output(i, select, 1))];
    const frames = await this.#run(args, snaps.length);
    return snaps.map(({ windowSeconds: [after, upTo] }, i) => {
      const frame = frames[i]?.[0];
      if (!frame) return null;
      return frame.timestampSeconds > after && frame.timestampSeconds <= upTo ? frame : null;
    });
  }

  async *#readExact({ timesSeconds }: Exact): AsyncGenerator<Frame> {
    const bytes = this.#size.width * this.#size.height * 4;
    const most = Math.max(1, Math.min(FRAMES_PER_RUN, Math.floor(BYTES_PER_RUN / bytes)));
    for (let rest = timesSeconds; rest.length > 0;) {
      const packets = await this.#packetsAround(rest[0] ?? 0, rest[most] ?? rest.at(-1) ?? 0);
      const chunk = planChunk(rest, packets, most, this.info.fps, this.plan);
      rest = rest.slice(chunk.count);
      const select = selectFilter(chunk.thresholdsSeconds);
      const args = [
        ...this.#inputAt(this.#indexed ? chunk.fromSeconds : chunk.keySeconds),
        ...this.#output(0, select, chunk.thresholdsSeconds.length),
      ];
      yield* (await this.#run(args, 1))[0] ?? [];
    }
  }

  /** The track's packets from one time to another, in presentation order. Nothing is decoded. */
  async #packetsAround(from: number, to: number): Promise<readonly Packet[]> {
    const { head, headIsAll, index } = this.track;
    if (headIsAll || (head.at(-1)?.ptsSeconds ?? -Infinity) > to + MARGIN_SECONDS) return head;
    for (let margin = MARGIN_SECONDS; ; margin *= 4) {
      const fromSeconds = Math.max(0, from - margin);
      const toSeconds = to + MARGIN_SECONDS;
      const packets = await listPackets(this.decoder, this.signal, {
        stream: index,
        fromSeconds,
        toSeconds,
      });
      // With an index the list starts at a keyframe by itself.
      const enough = this.#indexed || lastKey(packets, from) !== undefined;
      const atStart = fromSeconds <= this.media.startSeconds;
      if (enough || atStart || margin >= LONGEST_MARGIN_SECONDS) return packets;
    }
  }

  #inputAt(seconds: number, options: string[] = []): string[] {
    const atStart = seconds <= this.media.startSeconds;
    return [
      ...['-protocol_whitelist', 'file', '-threads', '1', '-noautorotate', ...options],
      ...(atStart ? [] : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', seconds.toFixed(6)]),
      ...['-i', INPUT],
    ];
  }

  #output(input: number, select: string, count: number): string[] {
    return [
      ...['-map', `${input}:${this.track.index}`, '-fps_mode', 'passthrough'],
      ...['-vf', `${select},${this.#filter},settb=AVTB,showinfo@f${input}=checksum=0`],
      ...['-frames:v', String(count), '-f', 'rawvideo', `${OUT}/${input}.rgba`],
    ];
  }

  /** Frames by output. Their times come from the log, in microseconds of the media's clock. */
  async #run(args: string[], outputs: number): Promise<Frame[][]> {
    const all = ['-hide_banner', '-loglevel', 'info', '-copyts', ...args];
    const { files, log } = await this.decoder.run('ffmpeg', all, this.signal);
    this.#lastLog = log;
    const times = pictureTimes(log, outputs);
    const { width, height } = this.#size;
    const bytes = width * height * 4;
    return times.map((list, output) => {
      const raw = files.get(`${output}.rgba`);
      const count = Math.min(list.length, Math.floor((raw?.byteLength ?? 0) / bytes));
      return list.slice(0, count).map((timestampSeconds, i) => ({
        timestampSeconds,
        width,
        height,
        data: new Uint8ClampedArray(raw?.slice(i * bytes, (i + 1) * bytes).buffer ?? []),
      }));
    });
  }
}

/** Scales before it turns: far fewer pixels to turn. */
function uprightFilter(rotationDegrees: number, size: { width: number; height: number }): string {
  const turned = rotationDegrees % 180 !== 0;
  const [width, height] = turned ? [size.height, size.width] : [size.width, size.height];
  const turn = { 90: ',transpose=clock', 180: ',hflip,vflip', 270: ',transpose=cclock' };
  return `scale=${width}:${height},format=rgba${turn[rotationDegrees as 90] ?? ''}`;
}

/** Lets through the first picture at or after each threshold. */
function selectFilter(thresholdsSeconds: readonly number[]): string {
  const first = thresholdsSeconds[0] ?? 0;
  const terms = thresholdsSeconds.map((t) => `lt(prev_t,${t.toFixed(6)})*gte(t,${t.toFixed(6)})`);
  return `select='isnan(prev_t)*gte(t,${first.toFixed(6)})+${terms.join('+')}'`;
}

/** Presentation times that the `showinfo@f0`, `showinfo@f1` … filters logged, in seconds. */
export function pictureTimes(log: readonly string[], outputs: number): number[][] {
  const times: number[][] = Array.from({ length: outputs }, () => []);
  for (const line of log) {
    const match = /showinfo@f(\d+) .*?\bn:\s*\d+\s+pts:\s*(-?\d+)/.exec(line);
    if (match) times[Number(match[1])]?.push(Number(match[2]) / 1e6);
  }
  return times;
}
