import { canTellPictures, type VideoClock } from './video-clock';

/** A film that moves on while it is painted is painted again, so often at most. */
const mostTries = 5;

/**
 * Paints the picture that the video holds, no finer than the canvas is seen. Boxes that are drawn in
 * the same task belong to it for certain, while `<video>` itself changes its picture apart from the
 * page.
 *
 * @param toldSeconds when that picture begins, as far as the frame callback knows
 * @returns when it begins, on the media's clock; null where nothing could be painted
 */
export function paintPicture(
  canvas: HTMLCanvasElement,
  clock: VideoClock,
  toldSeconds: number,
): number | null {
  const { video } = clock;
  const { videoWidth, videoHeight } = video;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context || videoWidth === 0) return null;
  // Contained in the canvas's place, like the video itself.
  const { clientWidth, clientHeight } = canvas;
  const scale = Math.min(clientWidth / videoWidth, clientHeight / videoHeight) * devicePixelRatio;
  const share = scale > 0 ? Math.min(1, scale) : 1;
  const width = Math.max(1, Math.round(videoWidth * share));
  const height = Math.max(1, Math.round(videoHeight * share));
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  let painted = clock.pictureSeconds();
  // Without a picture to take, there is none to draw either.
  if (painted === null && canTellPictures) return null;
  for (let tries = 0; tries < mostTries; tries++) {
    context.drawImage(video, 0, 0, width, height);
    const now = clock.pictureSeconds();
    if (now === painted) break;
    painted = now ?? painted;
  }
  return painted ?? toldSeconds;
}
