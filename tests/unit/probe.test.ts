import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors';
import { parseProbe } from '../../src/media/probe';

const video = {
  index: 0,
  codec_type: 'video',
  codec_name: 'h264',
  width: 640,
  height: 360,
  sample_aspect_ratio: '1:1',
  avg_frame_rate: '30000/1001',
  start_time: '1.400000',
  duration: '10.000000',
  disposition: { default: 1, attached_pic: 0, timed_thumbnails: 0 },
};
const audio = {
  index: 1,
  codec_type: 'audio',
  codec_name: 'aac',
  sample_rate: '44100',
  channels: 6,
  avg_frame_rate: '0/0',
  start_time: '1.380000',
  disposition: { default: 1 },
};
const format = { format_name: 'mpegts', start_time: '1.380000', duration: '10.020000' };

function packet(stream: number, pts: number, flags = '__') {
  const pts_time = pts.toFixed(6);
  return { stream_index: stream, pts_time, dts_time: pts_time, duration_time: '0.04', flags };
}
const packets = [packet(0, 1.4, 'K_'), packet(1, 1.38, 'K_'), packet(0, 1.44)];

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
  }
  return 'none';
}

describe('parseProbe', () => {
  test('reads tracks, clock, rate and size', () => {
    const probe = parseProbe({ format, streams: [video, audio], packets });
    expect(probe.info).toEqual({
      container: 'mpegts',
      durationSeconds: 10.02,
      startSeconds: 1.38,
      video: {
        codec: 'h264',
        fps: 30000 / 1001,
        width: 640,
        height: 360,
        rotationDegrees: 0,
        pixelAspect: 1,
      },
      audio: { codec: 'aac', sampleRate: 44100, channels: 6 },
    });
    expect(probe.audio).toEqual({ index: 1, startSeconds: 1.38, sampleRate: 44100 });
    expect(probe.video?.head.map((p) => p.ptsSeconds)).toEqual([1.4, 1.44]);
    expect(probe.video?.headIsAll).toBe(true);
  });

  test.each([
    [-90, 90, 360, 640],
    [90, 270, 360, 640],
    [180, 180, 640, 360],
    [-180, 180, 640, 360],
    [-89.6, 90, 360, 640],
  ])('turns the display matrix angle %f into %i clockwise', (rotation, degrees, width, height) => {
    const turned = { ...video, side_data_list: [{}, { rotation }] };
    const { info } = parseProbe({ format, streams: [turned], packets });
    expect(info.video).toMatchObject({ rotationDegrees: degrees, width, height });
  });

  test('applies the pixel aspect before the rotation', () => {
    const wide = { ...video, sample_aspect_ratio: '2:1', side_data_list: [{ rotation: -90 }] };
    const { info } = parseProbe({ format, streams: [wide], packets });
    expect(info.video).toMatchObject({ width: 360, height: 1280, pixelAspect: 2 });
  });

  test('an unknown pixel aspect is square', () => {
    const unknown = { ...video, sample_aspect_ratio: '0:1' };
    expect(parseProbe({ format, streams: [unknown], packets }).info.video?.pixelAspect).toBe(1);
  });

  test('a cover picture is no video', () => {
    const cover = { ...video, disposition: { attached_pic: 1 } };
    const probe = parseProbe({ format, streams: [cover, audio], packets });
    expect([probe.video, probe.info.video]).toEqual([null, null]);
  });

  test('prefers the default track', () => {
    const second = { ...audio, index: 2, disposition: { default: 1 } };
    const first = { ...audio, disposition: { default: 0 } };
    const list = [...packets, packet(2, 1.4)];
    expect(parseProbe({ format, streams: [first, second], packets: list }).audio?.index).toBe(2);
  });

  test('takes rate and duration from the packets where the file does not say', () => {
    const streams = [{ ...video, avg_frame_rate: '1000/1', duration: undefined }];
    const { info, durationMissing } = parseProbe({
      format: { format_name: 'matroska,webm', start_time: '1.4' },
      streams,
      packets,
    });
    expect(info.video?.fps).toBeCloseTo(25);
    expect(info.durationSeconds).toBeCloseTo(0.08);
    expect(durationMissing).toBe(false);
  });

  test.each([
    ['its packets', { ...video, start_time: '1.5', duration: undefined }, [1.5, 6.26]],
    ['its tracks', { ...video, start_time: '1.5', duration: '4.8' }, Array(800).fill(1.5)],
  ])('takes a length that counts from 0 for the end, by %s', (_by, stream, times) => {
    const { info } = parseProbe({
      format: { format_name: 'mov,mp4', start_time: '1.500000', duration: '6.300000' },
      streams: [stream],
      packets: times.map((time: number) => packet(0, time)),
    });
    expect(info.startSeconds).toBe(1.5);
    expect(info.durationSeconds).toBeCloseTo(4.8);
  });

  test('asks for all packets when neither the file nor its head tells the duration', () => {
    const streams = [{ ...video, duration: undefined }];
    const long = Array.from({ length: 800 }, (_, i) => packet(0, i * 0.04));
    const probe = parseProbe({ format: { format_name: 'matroska' }, streams, packets: long });
    expect([probe.durationMissing, probe.video?.headIsAll]).toEqual([true, false]);
  });

  test.each(['png_pipe', 'image2', 'webp_pipe', 'gif'])('%s is a still picture', (name) => {
    const probe = parseProbe({
      format: { format_name: name, duration: '0.1' },
      streams: [video],
      packets: [packet(0, 0, 'K_')],
    });
    expect(probe.info.durationSeconds).toBe(0);
    expect(probe.info.video?.fps).toBe(0);
  });

  test('refuses what is not media, has no tracks, or has empty ones', () => {
    expect(codeOf(() => parseProbe({}))).toBe('file-unreadable');
    expect(codeOf(() => parseProbe({ format, streams: [], packets }))).toBe('no-media-track');
    expect(codeOf(() => parseProbe({ format, streams: [audio], packets: [] }))).toBe(
      'no-media-track',
    );
    const subtitles = { ...video, codec_type: 'subtitle' };
    expect(codeOf(() => parseProbe({ format, streams: [subtitles], packets }))).toBe(
      'no-media-track',
    );
  });
});
