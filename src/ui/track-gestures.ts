import type { Hit } from './timeline-marks';

/** What the track does with gestures. `x` and `y` are CSS pixels from the track's corner. */
export interface Track {
  hitAt(x: number, y: number, isCoarse: boolean): Hit | null;
  /** Whether the clue may be moved by this gesture. */
  mayDrag(hit: Hit, isCoarse: boolean): boolean;
  scrub(x: number): void;
  pick(hit: Hit): void;
  /** The pointer is `byX` to the right of where it took hold of the clue. */
  drag(hit: Hit, byX: number, toFrames: boolean): void;
  drop(hit: Hit): void;
  /** The drag is off: the clue is where it was. */
  leave(): void;
  zoom(factor: number, x: number): void;
  pan(byX: number): void;
  /** Nothing is held; the pointer is over this mark, or over none. */
  hover(hit: Hit | null): void;
}

type Gesture =
  | { readonly kind: 'none' }
  | { readonly kind: 'scrub'; readonly pointer: number }
  | {
      readonly kind: 'mark';
      readonly pointer: number;
      readonly hit: Hit;
      readonly startX: number;
      readonly isCoarse: boolean;
      readonly isDragging: boolean;
    }
  | { readonly kind: 'pinch'; readonly apart: number; readonly middle: number };

/** A pointer that moves less than this still clicks. */
const clickPixels = { fine: 3, coarse: 8 };

/**
 * Turns the pointers of one track into its gestures: scrub, pick or drag a mark, pinch with two
 * fingers. One finger drags a mark only where {@link Track.mayDrag} says so, else it scrubs.
 */
export class TrackGestures {
  #gesture: Gesture = { kind: 'none' };
  readonly #pointers = new Map<number, number>();

  constructor(
    readonly element: () => HTMLElement | null,
    readonly track: Track,
  ) {}

  get isDragging(): boolean {
    return this.#gesture.kind === 'mark' && this.#gesture.isDragging;
  }

  readonly onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const { x, y } = this.#place(event);
    this.#pointers.set(event.pointerId, x);
    this.element()?.setPointerCapture(event.pointerId);
    if (this.#pointers.size === 2) {
      this.cancel();
      this.#gesture = { kind: 'pinch', ...this.#spread() };
      return;
    }
    if (this.#gesture.kind !== 'none') return;
    const isCoarse = event.pointerType === 'touch';
    const hit = this.track.hitAt(x, y, isCoarse);
    const pointer = event.pointerId;
    if (hit) {
      this.#gesture = { kind: 'mark', pointer, hit, startX: x, isCoarse, isDragging: false };
    } else {
      this.#gesture = { kind: 'scrub', pointer };
      this.track.scrub(x);
    }
  };

  readonly onMove = (event: PointerEvent): void => {
    const { x, y } = this.#place(event);
    const gesture = this.#gesture;
    if (!this.#pointers.has(event.pointerId)) {
      if (event.pointerType !== 'touch') this.#hoverAt(x, y);
      return;
    }
    this.#pointers.set(event.pointerId, x);
    if (gesture.kind === 'pinch') this.#pinch(gesture);
    else if (gesture.kind === 'scrub' && gesture.pointer === event.pointerId) this.track.scrub(x);
    else if (gesture.kind === 'mark' && gesture.pointer === event.pointerId) {
      this.#moveMark(gesture, x, event.altKey);
    }
  };

  readonly onUp = (event: PointerEvent): void => {
    if (!this.#pointers.delete(event.pointerId)) return;
    const gesture = this.#gesture;
    if (gesture.kind === 'pinch') {
      if (this.#pointers.size === 0) this.#gesture = { kind: 'none' };
      return;
    }
    if (gesture.kind === 'none' || gesture.pointer !== event.pointerId) return;
    this.#gesture = { kind: 'none' };
    if (gesture.kind !== 'mark') return;
    if (gesture.isDragging) this.track.drop(gesture.hit);
    else this.track.pick(gesture.hit);
  };

  readonly onCancel = (event: PointerEvent): void => {
    if (this.#pointers.delete(event.pointerId)) this.cancel();
  };

  /** Gives up what is being done. */
  cancel(): void {
    if (this.isDragging) this.track.leave();
    this.#gesture = { kind: 'none' };
  }

  #moveMark(gesture: Extract<Gesture, { kind: 'mark' }>, x: number, toFrames: boolean): void {
    const byX = x - gesture.startX;
    if (!gesture.isDragging) {
      if (Math.abs(byX) <= clickPixels[gesture.isCoarse ? 'coarse' : 'fine']) return;
      if (!this.track.mayDrag(gesture.hit, gesture.isCoarse)) {
        this.#gesture = { kind: 'scrub', pointer: gesture.pointer };
        this.track.scrub(x);
        return;
      }
      this.#gesture = { ...gesture, isDragging: true };
    }
    this.track.drag(gesture.hit, byX, toFrames);
  }

  #pinch(before: { readonly apart: number; readonly middle: number }): void {
    const now = this.#spread();
    this.#gesture = { kind: 'pinch', ...now };
    this.track.pan(now.middle - before.middle);
    this.track.zoom(now.apart / before.apart, now.middle);
  }

  /** Fingers on one spot would be infinitely far apart afterwards. */
  #spread(): { apart: number; middle: number } {
    const [a = 0, b = 0] = this.#pointers.values();
    return { apart: Math.max(16, Math.abs(a - b)), middle: (a + b) / 2 };
  }

  #hoverAt(x: number, y: number): void {
    this.track.hover(this.track.hitAt(x, y, false));
  }

  #place(event: PointerEvent): { x: number; y: number } {
    const box = this.element()?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  }
}
