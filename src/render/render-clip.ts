import {
  CanvasSource,
  Conversion,
  Output,
  StreamTarget,
  type ConversionOptions,
  type VideoSample,
} from 'mediabunny';
import { AppError } from '../errors';
import type { RenderProgress, RenderRequest } from '../protocol/render-api';
import { BlobWriter } from './blob-writer';
import { drawFrame, measureOn } from './draw-frame';
import { layOut, type Layout } from './layout';
import { listOutputPlans, quality, type OutputPlan } from './output-plans';
import { openSource, type RenderSource } from './render-source';

/** How often the picture of a file is drawn that is heard only. */
const soundFps = 25;

/** Short, so that a slide can be scrubbed through. */
const keyFrameSeconds = 2;

const chunkBytes = 4 * 2 ** 20;

interface Canvas {
  canvas: OffscreenCanvas;
  context: OffscreenCanvasRenderingContext2D;
  layout: Layout;
}

/**
 * The clip once more, with its clues drawn into it: every frame at its own time, sound kept. The
 * clip begins at 0 where the file's own clock begins.
 * @throws AppError `render-failed` where this browser can't decode the file or encode a video,
 *   `no-media-track`; `AbortError`
 */
export async function renderClip(
  request: RenderRequest,
  onProgress: RenderProgress,
  signal: AbortSignal,
): Promise<File> {
  signal.throwIfAborted();
  try {
    const source = await openSource(request.file);
    try {
      return await renderSource(source, request, onProgress, signal);
    } finally {
      source.input.dispose();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw new AppError('render-failed', 'The clip could not be decoded or written to its end.', {
      cause: error,
    });
  }
}

async function renderSource(
  source: RenderSource,
  request: RenderRequest,
  onProgress: RenderProgress,
  signal: AbortSignal,
): Promise<File> {
  const canvas = prepareCanvas(source, request);
  const { width, height } = canvas.canvas;
  const plans = await listOutputPlans(
    request.format ?? 'auto',
    { width, height },
    source.audio && {
      codec: (await source.audio.getCodec())!,
      channels: await source.audio.getNumberOfChannels(),
      sampleRate: await source.audio.getSampleRate(),
    },
  );
  for (const plan of plans) {
    signal.throwIfAborted();
    const writer = new BlobWriter();
    const target = new StreamTarget(writer.stream, { chunked: true, chunkSize: chunkBytes });
    const output = new Output({ format: plan.format, target });
    const options = conversionOptions(source, output, plan, canvas);
    const conversion = await Conversion.init(options);
    if (conversion.discardedTracks.some(({ reason }) => reason !== 'discarded_by_user')) continue;
    const stop = () => {
      // A conversion of the sound alone leaves the output to us.
      void conversion
        .cancel()
        .then(() => (source.video ? undefined : output.cancel()))
        .catch(() => undefined);
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      signal.throwIfAborted();
      const total = source.endSeconds - source.startSeconds;
      const progress = (done: number) => onProgress(Math.min(done, total), total);
      if (source.video) {
        conversion.onProgress = (_, done) => progress(done);
        await conversion.execute();
      } else {
        await renderSound(source, output, plan, conversion, canvas, progress, signal);
      }
      return new File([writer.blob], resultName(request.file.name, plan.extension), {
        type: plan.mime,
      });
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
  throw new AppError('render-failed', 'This browser cannot write a video of this size and sound.');
}

function prepareCanvas(source: RenderSource, request: RenderRequest): Canvas {
  const { frame, startSeconds, endSeconds } = source;
  const { clues, question, countWords } = request;
  const canvas = new OffscreenCanvas(2, 2);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new AppError('render-failed', 'This browser gave no canvas to draw on.');
  const scene = { clues, question, countWords, frame, startSeconds, endSeconds };
  const layout = layOut(scene, measureOn(context));
  canvas.width = layout.width;
  canvas.height = layout.height;
  return { canvas, context, layout };
}

function conversionOptions(
  { input, video, startSeconds, endSeconds }: RenderSource,
  output: Output,
  plan: OutputPlan,
  { canvas, context, layout }: Canvas,
): ConversionOptions {
  const process = (sample: VideoSample): OffscreenCanvas => {
    sample.draw(context, 0, 0, layout.picture.width, layout.picture.height);
    drawFrame(context, layout, sample.timestamp + startSeconds);
    return canvas;
  };
  return {
    input,
    output,
    tracks: 'primary',
    trim: { start: startSeconds, end: endSeconds },
    video: {
      codec: plan.video,
      quality,
      keyFrameInterval: keyFrameSeconds,
      allowTransformationMetadata: false,
      process,
      processedWidth: canvas.width,
      processedHeight: canvas.height,
    },
    audio: plan.audio ? { codec: plan.audio } : { discard: true },
    showWarnings: false,
    // What the file says of place and time of its recording stays with the file.
    ...(video ? { tags: {} } : { composable: true }),
  };
}

/** The conversion carries the sound; pictures are drawn beside it, a second of each in turn. */
async function renderSound(
  { startSeconds, endSeconds }: RenderSource,
  output: Output,
  plan: OutputPlan,
  conversion: Conversion,
  { canvas, context, layout }: Canvas,
  onProgress: (doneSeconds: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const pictures = new CanvasSource(canvas, {
    codec: plan.video,
    quality,
    keyFrameInterval: keyFrameSeconds,
  });
  output.addVideoTrack(pictures);
  await output.start();
  const count = Math.max(1, Math.ceil((endSeconds - startSeconds) * soundFps - 1e-6));
  for (let index = 0; index < count; index += 1) {
    signal.throwIfAborted();
    const time = index / soundFps;
    if (index % soundFps === 0) await conversion.execute({ until: time + 1 });
    drawFrame(context, layout, time + startSeconds);
    await pictures.add(time, Math.min(1 / soundFps, endSeconds - startSeconds - time));
    if (index % soundFps === 0) onProgress(time);
  }
  pictures.close();
  await conversion.execute();
  await output.finalize();
  onProgress(endSeconds - startSeconds);
}

function resultName(name: string, extension: string): string {
  return `${name.replace(/\.[^.]*$/, '') || 'clip'}-counted.${extension}`;
}
