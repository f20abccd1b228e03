import { BlobSource, BufferTarget, Conversion, Input, Output } from 'mediabunny';
import { MP4, Mp4OutputFormat, WEBM, WebMOutputFormat } from 'mediabunny';
import { AppError } from '../errors';

/**
 * Writes a recording anew with its duration and an index, so that a player knows where it ends and
 * seeks exactly: many browsers record WebM as a live stream, which has neither. The encoded pictures and
 * sound are copied as they are; the earliest of them begins at 0.
 * @throws AppError `file-unreadable` where a track could not be copied; else what the library throws
 */
export async function makeSeekable(file: File): Promise<File> {
  const input = new Input({ formats: [WEBM, MP4], source: new BlobSource(file) });
  try {
    const isMp4 = file.type.endsWith('/mp4');
    const target = new BufferTarget();
    const output = new Output({
      format: isMp4 ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(),
      target,
    });
    const conversion = await Conversion.init({ input, output, showWarnings: false });
    if (!conversion.isValid || conversion.discardedTracks.length > 0)
      throw new AppError('file-unreadable', 'A track of the recording could not be copied.');
    await conversion.execute();
    if (!target.buffer) throw new AppError('file-unreadable', 'The recording came out empty.');
    const { type, lastModified } = file;
    return new File([target.buffer], file.name, { type, lastModified });
  } finally {
    input.dispose();
  }
}
