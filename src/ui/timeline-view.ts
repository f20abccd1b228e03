/** The part of the file that the timeline shows: from `startSeconds`, the whole divided by `zoom`. */
export interface View {
  readonly startSeconds: number;
  readonly zoom: number;
}

export const wholeView: View = { startSeconds: 0, zoom: 1 };
export const mostZoom = 64;

/** Ticks stand at least this far apart, in CSS pixels at the usual text size. */
const tickRoom = 72;

/** Seconds between labelled ticks, and into how many parts each is divided. */
const steps: readonly (readonly [seconds: number, parts: number])[] = [
  ...([
    [0.01, 2],
    [0.02, 2],
    [0.05, 5],
    [0.1, 5],
    [0.2, 4],
    [0.5, 5],
  ] as const),
  ...([
    [1, 5],
    [2, 4],
    [5, 5],
    [10, 5],
    [15, 3],
    [30, 6],
  ] as const),
  ...([
    [60, 6],
    [120, 4],
    [300, 5],
    [600, 5],
    [900, 3],
    [1800, 6],
    [3600, 6],
  ] as const),
  ...([
    [7200, 4],
    [18000, 5],
    [36000, 5],
  ] as const),
];

export interface Tick {
  readonly seconds: number;
  /** Empty for the small ticks between. */
  readonly label: string;
}

/** How many seconds the view shows. */
export function viewLength({ zoom }: View, endSeconds: number): number {
  return endSeconds / zoom;
}

/** The same view, held inside the file and between 1× and {@link mostZoom}. */
export function heldView({ startSeconds, zoom }: View, endSeconds: number): View {
  const held = Math.min(mostZoom, Math.max(1, zoom));
  const last = endSeconds - endSeconds / held;
  return { startSeconds: Math.min(last, Math.max(0, startSeconds)), zoom: held };
}

/** Zooms by a factor; the moment `aroundSeconds` stays where it is on the screen. */
export function zoomed(
  view: View,
  endSeconds: number,
  factor: number,
  aroundSeconds: number,
): View {
  const zoom = Math.min(mostZoom, Math.max(1, view.zoom * factor));
  const startSeconds = aroundSeconds - (aroundSeconds - view.startSeconds) * (view.zoom / zoom);
  return heldView({ startSeconds, zoom }, endSeconds);
}

export function panned(view: View, endSeconds: number, bySeconds: number): View {
  return heldView({ ...view, startSeconds: view.startSeconds + bySeconds }, endSeconds);
}

export function isInView(view: View, endSeconds: number, timeSeconds: number): boolean {
  const into = timeSeconds - view.startSeconds;
  return into >= 0 && into <= viewLength(view, endSeconds);
}

/** The view turned over like a page, so that the moment stands near its left edge; or as it is. */
export function revealed(view: View, endSeconds: number, timeSeconds: number): View {
  if (isInView(view, endSeconds, timeSeconds)) return view;
  const startSeconds = timeSeconds - 0.1 * viewLength(view, endSeconds);
  return heldView({ ...view, startSeconds }, endSeconds);
}

/** Share of the view's width, 0 at its left edge; outside 0…1 for what is not in view. */
export function shareAt(view: View, endSeconds: number, timeSeconds: number): number {
  return endSeconds > 0 ? ((timeSeconds - view.startSeconds) * view.zoom) / endSeconds : 0;
}

/** The moment at a share of the view's width, inside the file. */
export function timeAt(view: View, endSeconds: number, share: number): number {
  const time = view.startSeconds + (share * endSeconds) / view.zoom;
  return Math.min(endSeconds, Math.max(0, time));
}

/** To a hundredth of a second; where `fps` is positive, to the beginning of the nearest frame. */
export function snapped(timeSeconds: number, fps = 0): number {
  if (fps > 0) return Math.round(timeSeconds * fps) / fps;
  return Math.round(timeSeconds * 100) / 100;
}

/** The ticks of the ruler for a view that is `width` text-sized pixels wide, in ascending order. */
export function ticksOf(view: View, endSeconds: number, width: number): Tick[] {
  const length = viewLength(view, endSeconds);
  if (!(length > 0) || !(width > 0)) return [];
  const room = (length / width) * tickRoom;
  const [step, parts] = steps.find(([seconds]) => seconds >= room) ?? steps.at(-1)!;
  const small = step / parts;
  const first = Math.ceil(view.startSeconds / small - 1e-6);
  const last = Math.floor((view.startSeconds + length) / small + 1e-6);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => {
    const index = first + at;
    const seconds = index * small;
    return { seconds, label: index % parts === 0 ? tickLabel(seconds, step) : '' };
  });
}

/** `75` → `1:15`, `3675` → `1:01:15`; with as many decimals as the step needs. */
function tickLabel(seconds: number, step: number): string {
  const decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  const rounded = Number(seconds.toFixed(decimals));
  const hours = Math.floor(rounded / 3600);
  const minutes = Math.floor(rounded / 60) % 60;
  const rest = (rounded % 60).toFixed(decimals).padStart(decimals ? decimals + 3 : 2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
