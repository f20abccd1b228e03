import { Filmstrip, tileTimes } from './filmstrip';
import type { Palette } from './mark-paint';
import {
  filmHeight,
  paintTimeline,
  screenPalette,
  type FilmTile,
  type Scene,
} from './timeline-paint';
import { remPixels } from './rem';
import { viewLength } from './timeline-view';

/** More tiles than this are never asked for at once: each is a seek of a video. */
const mostTiles = 14;

/** Changes of these properties of the timeline leave the canvas as it is. */
export const stillFor: ReadonlySet<string> = new Set(['timeSeconds', 'swept', 'hovered', 'fps']);

/** What the timeline knows; the rest of a scene is measured here. */
export type Shown = Pick<
  Scene,
  'view' | 'endSeconds' | 'layout' | 'peaks' | 'current' | 'isEditable' | 'labels'
>;

/**
 * The canvas of one timeline: sized to its box, painted once per screen refresh at most, with frames
 * from a {@link Filmstrip} where there is a video.
 */
export class TimelinePicture {
  #film: Filmstrip | null = null;
  #url = '';
  #pending = 0;
  #wanted: readonly number[] = [];
  #measured = { width: 0, height: 0, unit: 1 };
  readonly #onFilm: () => void;

  /** @param onFilm called when a frame has come, to paint again. */
  constructor(onFilm: () => void) {
    this.#onFilm = onFilm;
  }

  get hasFilm(): boolean {
    return (this.#film?.size ?? 0) > 0;
  }

  /** Frames from this object URL from now on, or none for ''. True where that is another video. */
  show(url: string): boolean {
    if (url === this.#url) return false;
    this.#film?.dispose();
    this.#url = url;
    this.#wanted = [];
    this.#film = url === '' ? null : new Filmstrip(url, this.#onFilm);
    return true;
  }

  /** The track's measures in CSS pixels, as {@link measure} found them. */
  get sizes(): { unit: number; width: number; height: number; hasFilm: boolean } {
    return { ...this.#measured, hasFilm: this.hasFilm };
  }

  /** To be called whenever the track's box changes: to look at each paint would cost a layout. */
  measure({ clientWidth: width, clientHeight: height }: HTMLElement): void {
    this.#measured = { width, height, unit: remPixels() / 16 };
  }

  /** Paints before the next refresh; a later call before that wins. */
  paint(canvas: HTMLCanvasElement, shown: Shown): void {
    cancelAnimationFrame(this.#pending);
    this.#pending = requestAnimationFrame(() => this.#paintNow(canvas, shown));
  }

  #paintNow(canvas: HTMLCanvasElement, shown: Shown): void {
    const { sizes } = this;
    if (sizes.width === 0 || !(shown.endSeconds > 0)) return;
    const density = Math.min(3, devicePixelRatio || 1);
    const [width, height] = [sizes.width * density, sizes.height * density].map(Math.round);
    if (canvas.width !== width) canvas.width = width ?? 0;
    if (canvas.height !== height) canvas.height = height ?? 0;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.setTransform(density, 0, 0, density, 0, 0);
    const film = this.#tiles(shown, sizes);
    const pieces = paintTimeline(context, { ...shown, ...sizes, film }, palette());
    canvas.dataset['pieces'] = String(pieces);
  }

  /** The tiles of this view, with the frames there are; the missing ones are asked for. */
  #tiles({ view, endSeconds }: Shown, sizes: { width: number; unit: number }): FilmTile[] {
    const film = this.#film;
    if (!film) return [];
    const aspect = film.aspect || 16 / 9;
    const tileWidth = Math.max(28, filmHeight * aspect) * sizes.unit;
    const count = Math.max(1, Math.min(mostTiles, Math.floor(sizes.width / tileWidth)));
    const length = viewLength(view, endSeconds);
    const times = tileTimes(view.startSeconds, length, count).filter((time) => time < endSeconds);
    if (String(times) !== String(this.#wanted)) film.show((this.#wanted = times));
    const half = length / count / 2;
    return times.map((time) => ({
      from: time - half,
      to: time + half,
      picture: film.frameAt(time),
    }));
  }
}

function palette(): Palette {
  return screenPalette(matchMedia('(forced-colors: active)').matches);
}
