import type { Frame } from '../../media/media';
import type { ExposureConfig } from './objects-config';

/**
 * By how much a frame's values, as they are displayed, would have to be raised to be well lit: the
 * detector has learnt from photographs, and photographers see to the light. 1 for all that is not dark.
 */
export function exposureGain(
  frame: Frame,
  { brightShare, bright, mostGain }: ExposureConfig,
): number {
  const counts = new Uint32Array(256);
  const pixels = frame.width * frame.height;
  const step = Math.max(1, Math.floor(pixels / 6000));
  let total = 0;
  for (let pixel = 0; pixel < pixels; pixel += step) {
    const at = 4 * pixel;
    const { data } = frame;
    const luma = 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
    counts[Math.min(255, Math.round(luma))]!++;
    total++;
  }
  let level = 255;
  for (
    let above = counts[level]!;
    level > 0 && above < brightShare * total;
    above += counts[level]!
  )
    level--;
  return Math.min(mostGain, Math.max(1, bright / Math.max(1, level)));
}
