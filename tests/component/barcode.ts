import { ALL_FORMATS, AudioSampleSink, BlobSource, Input, VideoSampleSink } from 'mediabunny';

/** A decoded picture of a clip made by tests/fixtures/make-barcode.sh, or of one made from it. */
export interface BarcodeFrame {
  timestampSeconds: number;
  durationSeconds: number;
  /** The number that is written into the picture. */
  number: number;
  picture: ImageData;
}

const bits = 10;
const squarePixels = 24;
const marginPixels = 16;

export const fps = 25;

/** Where the dark square of a picture is, in pixels of the displayed frame. */
export function squareBox(number: number): readonly [number, number, number, number] {
  return [20 + 8 * number, 200, 100 + 8 * number, 280];
}

/** One of the clips of tests/fixtures/media. */
export async function fixture(name: string, type = 'video/mp4'): Promise<File> {
  const response = await fetch(new URL(`../fixtures/media/${name}`, import.meta.url));
  return new File([await response.blob()], name, { type });
}

/** Every picture of the clip, as displayed, in the order of time. */
export async function decodeFrames(file: Blob): Promise<BarcodeFrame[]> {
  using input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('no pictures');
  const canvas = new OffscreenCanvas(await track.getDisplayWidth(), await track.getDisplayHeight());
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  const frames: BarcodeFrame[] = [];
  for await (using sample of new VideoSampleSink(track).samples()) {
    sample.draw(context, 0, 0, canvas.width, canvas.height);
    const picture = context.getImageData(0, 0, canvas.width, canvas.height);
    frames.push({
      timestampSeconds: sample.timestamp,
      durationSeconds: sample.duration,
      number: readNumber(picture),
      picture,
    });
  }
  return frames;
}

/** Red, green and blue of a pixel. */
export function pixelAt(picture: ImageData, x: number, y: number): [number, number, number] {
  const at = 4 * (Math.round(y) * picture.width + Math.round(x));
  return [picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0];
}

/** The first moment and the last at which the sound is loud, in seconds; null where it never is. */
export async function loudSpan(file: Blob): Promise<[number, number] | null> {
  using input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
  const track = await input.getPrimaryAudioTrack();
  if (!track) return null;
  let span: [number, number] | null = null;
  for await (using sample of new AudioSampleSink(track).samples()) {
    const data = new Float32Array(sample.numberOfFrames);
    sample.copyTo(data, { planeIndex: 0, format: 'f32-planar' });
    data.forEach((value, index) => {
      if (Math.abs(value) < 0.1) return;
      const time = sample.timestamp + index / sample.sampleRate;
      span = [span?.[0] ?? time, time];
    });
  }
  return span;
}

function readNumber(picture: ImageData): number {
  let number = 0;
  for (let bit = 0; bit < bits; bit += 1) {
    const x = marginPixels + (bit + 0.5) * squarePixels;
    const [red] = pixelAt(picture, x, marginPixels + squarePixels / 2);
    if (red > 128) number += 2 ** bit;
  }
  return number;
}
