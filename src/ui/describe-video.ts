import type { OpenVideo } from '../state/state';
import type { Playback } from './events';
import { formatBytes } from '../format-bytes';
import { formatTime } from './format';

/** `1:12.3 · 1280 × 720 · 30 fps · 4.2 MB`: of an open file, as much as is known by now. */
export function describeVideo({ file, info }: OpenVideo, playback: Playback): string {
  const { endSeconds, width, height } = playback;
  const durationSeconds = info?.durationSeconds || endSeconds;
  const picture = info?.video;
  return [
    durationSeconds > 0 ? formatTime(durationSeconds) : '',
    width > 0 ? `${width} × ${height}` : '',
    picture && picture.fps > 0 && durationSeconds > 0
      ? `${Number(picture.fps.toFixed(1))} fps`
      : '',
    formatBytes(file.size),
  ]
    .filter(Boolean)
    .join(' · ');
}
